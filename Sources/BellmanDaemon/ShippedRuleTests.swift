// Made by scripts/embed-rules from rules/; a test compares the two.

/// Their tests, by the rule's name.
public enum ShippedRuleTests {
    public static let all: [(name: String, text: String)] = [
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
                - {at: 2026-10-12T10:00, record: task/T-1, set: {status: 进行中}, by: li}
                - {at: 2026-10-12T11:00, record: task/T-1, set: {title: 写需求文档}, by: li}
                - {at: 2026-10-12T15:00, record: task/T-1, set: {status: 已完成}, by: wang}
                - {at: 2026-10-13T10:00, record: task/T-1, set: {status: 进行中}, by: wang}
              ends: 2026-10-14
              expect:
                - at: 2026-10-12T10:00
                  rule: task-started
                  record: task/T-1
                  to: [wang]
                  via: chat
                  title: 「写需求」待办 → 进行中
                  contains: [修改人：李强, 负责人：王芳]
                  late: false
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
                - {at: 2026-10-12T10:00, record: task/T-1, set: {status: In progress}, by: lee}
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
                  title: 「写代码」截止 2026-10-23，还有 3 天
                  contains: [负责人：王芳, 状态：进行中]
                  late: false
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
                - {at: 2026-10-08T09:00, to: [chen], via: mail, priority: high, contains: 已过 15 天}
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
                  title: 任务缺负责人或截止日期 / Task without owner or deadline：没有负责人
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
            "B1-contract-renewal",
            #"""
            # 到期前 60、30、7 天提醒合同负责人。/ 60, 30 and 7 days before a contract expires, to its owner.
            - name: 三次提醒，邮件和群
              rules: contract-renewal
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-09-01T08:00
              records:
                member: [{id: wang, name: 王芳, email: wang@example.com}]
                contract: [{id: C-12, name: 云主机, owner: wang, expires_on: 2026-11-30, status: active}]
              ends: 2026-12-31
              expect:
                - at: 2026-10-01T09:00
                  rule: contract-renewal
                  record: contract/C-12
                  to: [wang]
                  via: [mail, chat]
                  title: 「云主机」到期 2026-11-30，还有 60 天
                  contains: 负责人：王芳
                  late: false
                - {at: 2026-10-31T09:00, to: [wang], via: [mail, chat], contains: 还有 30 天}
                - {at: 2026-11-23T09:00, to: [wang], via: [mail, chat], contains: 还有 7 天}
              nothing_else: true

            - name: 已续费、已关闭或自动续费的不响；续签后的新日期重新提醒
              rules: contract-renewal
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-09-01T08:00
              records:
                member: [{id: wang, name: 王芳}]
                contract:
                  - {id: C-1, name: 自动续, owner: wang, expires_on: 2026-11-30, status: active, auto_renew: true}
                  - {id: C-2, name: 已关闭, owner: wang, expires_on: 2026-11-30, status: 已关闭}
                  - {id: C-3, name: 中途续费, owner: wang, expires_on: 2026-11-30, status: active}
                  - {id: C-4, name: 延了一年, owner: wang, expires_on: 2026-11-30, status: active}
              events:
                - {at: 2026-10-05T10:00, record: contract/C-3, set: {status: 已续费}}
                - {at: 2026-10-05T10:00, record: contract/C-4, set: {expires_on: 2027-11-30}}
              ends: 2027-10-15
              expect:
                - {at: 2026-10-01T09:00, record: contract/C-1, outcome: condition_false}
                - {at: 2026-10-01T09:00, record: contract/C-2, outcome: condition_false}
                - {at: 2026-10-01T09:00, record: contract/C-3, to: [wang]}
                - {at: 2026-10-31T09:00, record: contract/C-3, outcome: condition_false}
                - {at: 2026-10-01T09:00, record: contract/C-4, to: [wang]}
                - {at: 2027-10-01T09:00, record: contract/C-4, to: [wang], contains: 2027-11-30}
              nothing_else: true

            - name: stopped over two reminders, the nearest rings on return
              rules: contract-renewal
              timezone: Europe/Berlin
              language: en
              clock: 2026-09-01T08:00
              records:
                member: [{id: kim, name: Kim}]
                contract: [{id: C-1, name: Cloud, owner: kim, expires_on: 2026-11-30, status: active}]
              down: [[2026-09-30T00:00, 2026-11-02T12:00]]
              ends: 2026-11-20
              expect:
                - {at: 2026-11-02T12:00, to: [kim], late: true, title: "“Cloud”: expires 2026-11-30, 28 days left"}
                - {at: 2026-10-01T09:00, outcome: superseded}
              nothing_else: true

            """#
        ),
        (
            "B11-expired-contract",
            #"""
            # 到期没有续签 → 每天提醒负责人和上级，并告知管理通道。
            # Expired without renewal → owner, manager and the inbox, daily until someone handles it.
            - name: 每天两条，续费后停止
              rules: contract-expired
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-30T08:00
              records:
                member: [{id: wang, name: 王芳, manager: chen}, {id: chen, name: 陈刚}]
                contract:
                  - {id: C-1, name: 云主机, owner: wang, expires_on: 2026-10-31, status: active}
                  - {id: C-2, name: 自动续, owner: wang, expires_on: 2026-10-31, status: active, auto_renew: true}
              events:
                - {at: 2026-11-02T10:00, record: contract/C-1, set: {status: 已续费}}
              ends: 2026-11-10
              expect:
                - at: 2026-11-01T09:00
                  rule: contract-expired
                  record: contract/C-1
                  to: [wang, chen]
                  via: mail
                  title: 「云主机」到期 2026-10-31，已过 1 天
                  priority: high
                - {at: 2026-11-01T09:00, record: contract/C-1, to: [], via: inbox, priority: high}
                - {at: 2026-11-02T09:00, record: contract/C-1, to: [wang, chen], via: mail, contains: 已过 2 天}
                - {at: 2026-11-02T09:00, record: contract/C-1, to: [], via: inbox}
                - {at: 2026-11-03T09:00, record: contract/C-1, outcome: condition_false}
                - {at: 2026-11-01T09:00, record: contract/C-2, outcome: condition_false}
              nothing_else: true

            - name: after a year it is given up
              rules: contract-expired
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-30T10:00
              records:
                member: [{id: kim, name: Kim}]
                contract: [{id: C-1, name: Cloud, owner: kim, expires_on: 2025-10-31, status: active}]
              ends: 2026-11-10
              expect:
                - {at: 2026-10-31T09:00, to: [kim], via: mail, title: "“Cloud”: expires 2025-10-31, passed 365 days ago"}
                - {at: 2026-10-31T09:00, to: [], via: inbox}
              nothing_else: true

            - name: 停机几天，恢复时只补一次
              rules: contract-expired
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-30T08:00
              records:
                member: [{id: wang, name: 王芳}]
                contract: [{id: C-1, name: 云主机, owner: wang, expires_on: 2026-10-31, status: active}]
              events:
                - {at: 2026-11-05T10:00, record: contract/C-1, set: {expires_on: 2027-10-31}}
              down: [[2026-10-31T20:00, 2026-11-03T08:00]]
              ends: 2026-11-10
              expect:
                - {at: 2026-11-03T08:00, to: [wang], via: mail, late: true, contains: 已过 3 天}
                - {at: 2026-11-03T08:00, to: [], via: inbox, late: true}
                - {at: 2026-11-01T09:00, outcome: superseded}
                - {at: 2026-11-03T09:00, to: [wang], via: mail, late: false}
                - {at: 2026-11-03T09:00, to: [], via: inbox}
                - {at: 2026-11-04T09:00, to: [wang], via: mail}
                - {at: 2026-11-04T09:00, to: [], via: inbox}
                - {at: 2026-11-05T09:00, to: [wang], via: mail}
                - {at: 2026-11-05T09:00, to: [], via: inbox}
              nothing_else: true

            """#
        ),
        (
            "B4-cancel-in-time",
            #"""
            # 自动续费的合同，最后可取消日前 14 天提醒负责人。
            # Contracts that renew themselves: 14 days before the last day to cancel, to the owner.
            - name: 到期日减通知期，再提前 14 天
              rules: cancel-in-time
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-01T08:00
              records:
                member: [{id: wang, name: 王芳, manager: chen}, {id: chen, name: 陈刚}]
                contract:
                  - {id: C-1, name: 云主机, owner: wang, expires_on: 2026-12-31, notice_period: 30 天, auto_renew: true, status: active}
                  - {id: C-2, name: 邮箱, owner: wang, expires_on: 2026-12-31, notice_period: 1 个月, auto_renew: true, status: active}
                  - {id: C-3, name: 不自动续, owner: wang, expires_on: 2026-12-31, notice_period: 30 天, status: active}
                  - {id: C-4, name: 已取消, owner: wang, expires_on: 2026-12-31, notice_period: 30 天, auto_renew: true, status: 已取消}
                  - {id: C-5, name: 没有通知期, owner: wang, expires_on: 2026-12-31, auto_renew: true, status: active}
              ends: 2027-01-31
              expect:
                - at: 2026-11-17T09:00
                  rule: cancel-in-time
                  record: contract/C-1
                  to: [wang]
                  via: mail
                  title: 「云主机」最后可取消日 2026-12-01，还有 14 天
                  priority: high
                  late: false
                # 12 月 31 日往前一个月是 11 月 30 日 / a month before 31 December is 30 November
                - {at: 2026-11-16T09:00, record: contract/C-2, to: [wang], contains: 2026-11-30}
                - {at: 2026-11-17T09:00, record: contract/C-3, outcome: condition_false}
                - {at: 2026-11-17T09:00, record: contract/C-4, outcome: condition_false}
              nothing_else: true

            - name: a longer notice period comes earlier, and being stopped does not lose it
              rules: cancel-in-time
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-01T08:00
              records:
                member: [{id: kim, name: Kim}]
                contract: [{id: C-1, name: Cloud, owner: kim, expires_on: 2026-12-31, notice_period: 30 days, auto_renew: true}]
              events:
                - {at: 2026-10-10T10:00, record: contract/C-1, set: {notice_period: 45 days}}
              down: [[2026-11-01T20:00, 2026-11-03T08:00]]
              expect:
                - at: 2026-11-03T08:00
                  to: [kim]
                  late: true
                  title: "“Cloud”: last day to cancel 2026-11-16, 13 days left"
              nothing_else: true

            """#
        ),
        (
            "C2-customer-silent",
            #"""
            # 14 天没有联系客户 → 客户负责人。/ A customer not contacted for 14 days → the account owner.
            - name: 从上次联系起 14 天；联系过一次就重新计时；已关闭的不响
              rules: customer-silent
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-08T18:00
              records:
                member: [{id: wang, name: 王芳}, {id: chen, name: 陈刚}]
                customer:
                  - {id: K-1, name: 华星, owner: wang, status: active, last_contact: 2026-10-08T15:00}
                  - {id: K-2, name: 东海, owner: wang, status: active, last_contact: 2026-10-08T16:00}
                  - {id: K-3, name: 老客户, owner: wang, status: 已关闭, last_contact: 2026-10-08T15:00}
              events:
                - {at: 2026-10-20T11:00, record: customer/K-2, set: {last_contact: 2026-10-20T11:00}}
              ends: 2026-11-10
              expect:
                - at: 2026-10-22T15:00
                  rule: customer-silent
                  record: customer/K-1
                  to: [wang]
                  via: chat
                  title: 「华星」上次联系 2026-10-08 15:00，已过 14 天
                  late: false
                - {at: 2026-11-03T11:00, record: customer/K-2, to: [wang], contains: 已过 14 天}
                - {at: 2026-10-22T15:00, record: customer/K-3, outcome: condition_false}
              nothing_else: true

            - name: stopped over the weekend, it rings on Monday
              rules: customer-silent
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-10T18:00
              records:
                member: [{id: kim, name: Kim}]
                customer: [{id: K-1, name: Acme, owner: kim, status: active, last_contact: 2026-10-10T15:00}]
              down: [[2026-10-23T20:00, 2026-10-26T08:00]]
              expect:
                - {at: 2026-10-26T08:00, to: [kim], late: true, title: "“Acme”: last contact 2026-10-10 15:00, passed 16 days ago"}
              nothing_else: true

            """#
        ),
    ]
}
