// Made by scripts/embed-rules from rules/; a test compares the two.

/// Tests of the scenarios A.
extension ShippedRuleTests {
    static let groupA: [(name: String, text: String)] = [
        (
            "A1-task-started",
            #"""
            # 任务变为“进行中”时提醒负责人。/ The owner hears of it when a task is started.
            - name: 改成“进行中”就响，写明谁改的、原来是什么
              rules: task-started
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member:
                  - {id: wang, name: 王芳}
                  - {id: li, name: 李强}
                task:
                  - {id: T-1, title: 写需求, status: 待办, assignee: wang, creator: li}
              events:
                - {at: 2026-10-12T10:00, record: task/T-1, by: li, set: {status: 进行中}}
                - {at: 2026-10-12T11:00, record: task/T-1, by: li, set: {title: 写需求文档}}
                - {at: 2026-10-12T15:00, record: task/T-1, by: wang, set: {status: 已完成}}
                - {at: 2026-10-13T10:00, record: task/T-1, by: wang, set: {status: 进行中}}
              ends: 2026-10-14
              expect:
                - at: 2026-10-12T10:00
                  rule: task-started
                  record: task/T-1
                  to: [wang]
                  via: chat
                  late: false
                  title: 「写需求」待办 → 进行中
                  contains: [修改人：李强, 负责人：王芳]
                - {at: 2026-10-13T10:00, to: [wang], title: 「写需求文档」已完成 → 进行中, contains: 修改人：王芳}
              nothing_else: true

            - name: the English words of the status count as well
              rules: task-started
              timezone: Asia/Shanghai
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
                task:
                  - {id: T-1, title: Write, status: To do, assignee: kim, creator: lee}
                  - {id: T-2, title: Draw, status: To do, assignee: kim}
                  - {id: T-3, title: Test, status: To do, assignee: kim}
                  - {id: T-4, title: Ship, status: To do, assignee: kim}
              events:
                - {at: 2026-10-12T10:00, record: task/T-1, by: lee, set: {status: In progress}}
                - {at: 2026-10-12T10:10, record: task/T-2, set: {status: in progress}}
                - {at: 2026-10-12T10:20, record: task/T-3, set: {status: doing}}
                - {at: 2026-10-12T10:30, record: task/T-4, set: {status: Blocked}}
              expect:
                - at: 2026-10-12T10:00
                  record: task/T-1
                  to: [kim]
                  title: "“Write”: To do → In progress"
                  contains: ["Changed by: Lee"]
                - {at: 2026-10-12T10:10, record: task/T-2, to: [kim]}
                - {at: 2026-10-12T10:20, record: task/T-3, to: [kim]}
              nothing_else: true

            - name: 停机时的修改，恢复后补响一次；改了又改回也算
              rules: task-started
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}]
                task: [{id: T-1, title: 写需求, status: 待办, assignee: wang}]
              events:
                - {at: 2026-10-13T10:00, record: task/T-1, set: {status: 进行中}}
                - {at: 2026-10-13T10:05, record: task/T-1, set: {status: 待办}}
              down: [[2026-10-12T20:00, 2026-10-14T08:30]]
              ends: 2026-10-15
              expect:
                - {at: 2026-10-14T08:30, record: task/T-1, to: [wang], title: 「写需求」待办 → 进行中}
              nothing_else: true

            """#
        ),
        (
            "A2-deadline-3-days",
            #"""
            # 截止前 3 天提醒项目经理。/ Three days before the deadline, to the project manager.
            - name: 前 3 天 9 点响；已完成的不响；改了日期重新计时
              rules: deadline-3-days
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: zhao, name: 赵敏}]
                project: [{id: P-1, name: 官网, manager: zhao}]
                task:
                  - {id: T-1, title: 写代码, project: P-1, assignee: wang, status: 进行中, due: 2026-10-23}
                  - {id: T-2, title: 画图, project: P-1, assignee: wang, status: 已完成, due: 2026-10-23}
                  - {id: T-3, title: 联调, project: P-1, assignee: wang, status: 进行中, due: 2026-10-22}
                  - {id: T-4, title: 上线, project: P-1, assignee: wang, status: 进行中, due: 2026-10-24T18:00}
                  - {id: T-5, title: 验收, project: P-1, assignee: wang, status: 进行中, due: 2026-10-27}
              events:
                - {at: 2026-10-13T10:00, record: task/T-3, set: {due: 2026-10-26}}
                - {at: 2026-10-20T10:00, record: task/T-5, set: {status: 已关闭}}
              ends: 2026-10-31
              expect:
                - at: 2026-10-20T09:00
                  rule: deadline-3-days
                  record: task/T-1
                  to: [zhao]
                  via: mail
                  late: false
                  title: 「写代码」截止 2026-10-23，还有 3 天
                  contains: [负责人：王芳, 状态：进行中]
                - {at: 2026-10-20T09:00, record: task/T-2, outcome: condition_false}
                - {at: 2026-10-21T18:00, record: task/T-4, to: [zhao], contains: 还有 3 天}
                - {at: 2026-10-23T09:00, record: task/T-3, to: [zhao], contains: 2026-10-26}
                - {at: 2026-10-24T09:00, record: task/T-5, outcome: condition_false}
              nothing_else: true

            - name: in English
              rules: deadline-3-days
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
                project: [{id: P-1, name: Site, manager: lee}]
                task: [{id: T-1, title: Write, project: P-1, assignee: kim, status: doing, due: 2026-10-27}]
              expect:
                # The clocks go back on the 25th: nine o'clock stays nine o'clock.
                - {at: 2026-10-24T09:00:00+02:00, to: [lee], title: "“Write”: due 2026-10-27, 3 days left"}
              nothing_else: true

            - name: 停机错过了，恢复时补响一次，写真正剩下的天数
              rules: deadline-3-days
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: zhao, name: 赵敏}]
                project: [{id: P-1, name: 官网, manager: zhao}]
                task: [{id: T-1, title: 写代码, project: P-1, status: 进行中, due: 2026-10-23}]
              down: [[2026-10-19T00:00, 2026-10-21T10:00]]
              ends: 2026-10-31
              expect:
                - {at: 2026-10-21T10:00, to: [zhao], late: true, contains: [还有 2 天, 本应提醒于]}
              nothing_else: true

            """#
        ),
        (
            "A4-overdue",
            #"""
            # 过期 1、3、7 天提醒负责人；第 7 天后再过一个工作日，提醒经理的上级。
            # 1, 3 and 7 days overdue, to the owner; a working day after the seventh, to the manager's manager.
            - name: 三次提醒，然后升级；国庆假期不算工作日
              rules: task-overdue
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-09-21T08:00
              records:
                member:
                  - {id: wang, name: 王芳}
                  - {id: zhao, name: 赵敏, manager: chen}
                  - {id: chen, name: 陈刚}
                project: [{id: P-1, name: 官网, manager: zhao}]
                task:
                  - {id: T-1, title: 写代码, project: P-1, assignee: wang, status: 进行中, due: 2026-09-23}
              ends: 2026-10-31
              expect:
                - at: 2026-09-24T09:00
                  rule: task-overdue
                  record: task/T-1
                  to: [wang]
                  via: [mail, chat]
                  title: 「写代码」截止 2026-09-23，已过 1 天
                  priority: normal
                - {at: 2026-09-26T09:00, to: [wang], via: [mail, chat], contains: 已过 3 天}
                - {at: 2026-09-30T09:00, to: [wang], via: [mail, chat], contains: 已过 7 天}
                # 10 月 1 日至 7 日放假 / holidays from the 1st to the 7th
                - {at: 2026-10-08T09:00, to: [chen], via: mail, contains: 已过 15 天, priority: high}
              nothing_else: true

            - name: 任务一关闭就停，等待中的升级也取消
              rules: task-overdue
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-09-21T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: zhao, name: 赵敏, manager: chen}, {id: chen, name: 陈刚}]
                project: [{id: P-1, name: 官网, manager: zhao}]
                task:
                  - {id: T-1, title: 写代码, project: P-1, assignee: wang, status: 进行中, due: 2026-09-23}
                  - {id: T-2, title: 画图, project: P-1, assignee: wang, status: 进行中, due: 2026-09-23}
              events:
                - {at: 2026-09-25T10:00, record: task/T-1, set: {status: 已完成}}
                - {at: 2026-10-02T10:00, record: task/T-2, set: {status: 已取消}}
              ends: 2026-10-31
              expect:
                - {at: 2026-09-24T09:00, record: task/T-1, to: [wang]}
                - {at: 2026-09-26T09:00, record: task/T-1, outcome: condition_false}
                - {at: 2026-09-30T09:00, record: task/T-1, outcome: condition_false}
                - {at: 2026-09-24T09:00, record: task/T-2, to: [wang]}
                - {at: 2026-09-26T09:00, record: task/T-2, to: [wang]}
                - {at: 2026-09-30T09:00, record: task/T-2, to: [wang]}
                - {at: 2026-10-08T09:00, record: task/T-2, outcome: cancelled, reason: condition_false}
              nothing_else: true

            - name: a moved deadline counts anew
              rules: task-overdue
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee, manager: max}, {id: max, name: Max}]
                project: [{id: P-1, name: Site, manager: lee}]
                task: [{id: T-1, title: Write, project: P-1, assignee: kim, status: doing, due: 2026-10-13}]
              events:
                - {at: 2026-10-15T12:00, record: task/T-1, set: {due: 2026-10-20}}
              ends: 2026-10-31
              expect:
                - {at: 2026-10-14T09:00, to: [kim], title: "“Write”: due 2026-10-13, passed 1 day ago"}
                - {at: 2026-10-21T09:00, to: [kim], contains: passed 1 day ago}
                # A working day after this one, on Monday the 26th, it is six days: nobody else hears of it.
                - {at: 2026-10-23T09:00, to: [kim], contains: passed 3 days ago}
                - {at: 2026-10-27T09:00, to: [kim], contains: passed 7 days ago}
                - {at: 2026-10-28T09:00, to: [max], via: mail}
              nothing_else: true

            - name: 停机期间错过的只补最近一次
              rules: task-overdue
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-09-21T08:00
              records:
                member: [{id: wang, name: 王芳}]
                task: [{id: T-1, title: 写代码, assignee: wang, status: 进行中, due: 2026-09-23}]
              down: [[2026-09-23T20:00, 2026-09-27T10:00]]
              ends: 2026-09-29
              expect:
                - {at: 2026-09-27T10:00, to: [wang], late: true, contains: 已过 4 天}
                - {at: 2026-09-24T09:00, outcome: superseded}
              nothing_else: true

            """#
        ),
        (
            "A5-incomplete-task",
            #"""
            # 新任务一小时后还缺负责人或截止日期 → 创建人和项目经理。
            # A new task that has no owner or no deadline an hour later → its creator and the project manager.
            - name: 缺一样就响；补齐了、已关闭的不响
              rules: task-incomplete
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: sun, name: 孙丽}, {id: zhao, name: 赵敏}]
                project: [{id: P-1, name: 官网, manager: zhao}]
              events:
                - at: 2026-10-12T10:00
                  record: task/T-1
                  create: {title: 没有负责人, project: P-1, creator: sun, status: 待办, due: 2026-10-30}
                - at: 2026-10-12T10:10
                  record: task/T-2
                  create: {title: 没有日期, project: P-1, creator: sun, status: 待办, assignee: wang}
                - at: 2026-10-12T10:20
                  record: task/T-3
                  create: {title: 都有, project: P-1, creator: sun, status: 待办, assignee: wang, due: 2026-10-30}
                - at: 2026-10-12T10:30
                  record: task/T-4
                  create: {title: 很快补上, project: P-1, creator: sun, status: 待办, assignee: wang}
                - {at: 2026-10-12T11:00, record: task/T-4, set: {due: 2026-10-30}}
                - at: 2026-10-12T10:40
                  record: task/T-5
                  create: {title: 已关闭, project: P-1, creator: sun, status: 已关闭}
              ends: 2026-10-13
              expect:
                - at: 2026-10-12T11:00
                  rule: task-incomplete
                  record: task/T-1
                  to: [sun, zhao]
                  via: mail
                  title: 任务缺负责人或截止日期：「没有负责人」
                - {at: 2026-10-12T11:10, record: task/T-2, to: [sun, zhao], contains: 没有日期}
                - {at: 2026-10-12T10:20, record: task/T-3, outcome: condition_false}
                - {at: 2026-10-12T11:30, record: task/T-4, outcome: cancelled}
                - {at: 2026-10-12T10:40, record: task/T-5, outcome: condition_false}
              nothing_else: true

            - name: an hour counts also while Bellman is stopped
              rules: task-incomplete
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
                project: [{id: P-1, name: Site, manager: lee}]
              events:
                - {at: 2026-10-12T10:00, record: task/T-1, create: {title: Write, project: P-1, creator: kim}}
              down: [[2026-10-12T10:30, 2026-10-12T14:00]]
              expect:
                - {at: 2026-10-12T14:00, record: task/T-1, to: [kim, lee], contains: "Task: Write"}
              nothing_else: true

            """#
        ),
        (
            "A8-team-rhythm",
            #"""
            # 每周、双周、每月、每季度、每年的提醒，避开放假，认得调休。
            # Weekly, every second week, monthly, quarterly and yearly, aware of days off and make-up workdays.
            - name: 周五放假就不站会，节后照常
              rules: friday-standup
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-09-17T08:00
              # 9 月 25 日中秋、10 月 2 日国庆，都是星期五 / both Fridays are days off
              ends: 2026-10-10
              expect:
                - at: 2026-09-18T14:45
                  rule: friday-standup
                  via: chat
                  title: 15:00 站会（15 分钟）/ Stand-up at 15:00 (15 minutes)
                - {at: 2026-09-25T14:45, outcome: condition_false}
                - {at: 2026-10-02T14:45, outcome: condition_false}
                - {at: 2026-10-09T14:45, contains: 下周做什么}
              nothing_else: true

            - name: 双周评审，放假的那次不提醒
              rules: code-review
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-02-01T08:00
              # 2 月 18 日在春节假期里 / within the Spring Festival
              ends: 2026-03-20
              expect:
                - {at: 2026-02-04T10:00, via: chat, title: 代码评审}
                - {at: 2026-02-18T10:00, outcome: condition_false}
                - {at: 2026-03-04T10:00}
                - {at: 2026-03-18T10:00}
              nothing_else: true

            - name: 月底、季初、季末落在工作日上
              rules: [monthly-retrospective, quarterly-training, quarterly-risk-review]
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-01-20T08:00
              records:
                member: [{id: he, name: 何静, role: hr}]
              ends: 2026-05-31
              expect:
                - {at: 2026-01-30T14:00, rule: monthly-retrospective, via: chat, title: 月度复盘}
                # 2 月 28 日是星期六，调休上班 / a make-up workday
                - {at: 2026-02-28T14:00, rule: monthly-retrospective}
                - {at: 2026-03-31T10:00, rule: quarterly-risk-review, via: chat, title: 季度风险评审}
                - {at: 2026-03-31T14:00, rule: monthly-retrospective}
                - {at: 2026-04-01T09:00, rule: quarterly-training, to: [he], via: [mail, chat]}
                - {at: 2026-04-30T14:00, rule: monthly-retrospective}
                - {at: 2026-05-29T14:00, rule: monthly-retrospective}
              nothing_else: true

            - name: 季末是周末、季初是国庆
              rules: [quarterly-risk-review, quarterly-training]
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2022-09-20T08:00
              records:
                member: [{id: he, name: 何静, role: hr}]
              ends: 2023-01-05
              expect:
                - {at: 2022-09-30T10:00, rule: quarterly-risk-review}
                - {at: 2022-10-08T09:00, rule: quarterly-training, title: 季度培训}
                - {at: 2022-12-30T10:00, rule: quarterly-risk-review}
                - {at: 2023-01-03T09:00, rule: quarterly-training}
              nothing_else: true

            - name: once a year, on a working day
              rules: [yearly-budget, digital-office-day]
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-05-20T08:00
              records:
                member: [{id: kim, name: Kim, role: finance-director}]
              ends: 2026-12-31
              expect:
                - {at: 2026-06-01T09:00, rule: yearly-budget, outcome: condition_false}
                - {at: 2026-06-03T09:00, rule: digital-office-day, via: chat, contains: 2026-06-10}
                - {at: 2026-07-01T09:00, rule: digital-office-day, outcome: condition_false}
                - {at: 2026-11-02T09:00, rule: yearly-budget, to: [kim], via: [mail, chat], title: Yearly budget}
              nothing_else: true

            - name: the team's own zone, also when clocks change
              rules: friday-standup
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-22T08:00
              ends: 2026-10-31
              expect:
                - {at: "2026-10-23T14:45:00+02:00"}
                - {at: "2026-10-30T14:45:00+01:00"}
              nothing_else: true

            - name: 停机期间错过几次，回来只响一次
              rules: code-review
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-07-01T08:00
              down: [[2026-07-07T00:00, 2026-08-13T09:30]]
              ends: 2026-08-14
              expect:
                - {at: 2026-08-13T09:30, late: true}
                - {at: 2026-07-08T10:00, outcome: superseded}
                - {at: 2026-07-22T10:00, outcome: superseded}
              nothing_else: true

            """#
        ),
    ]
}
