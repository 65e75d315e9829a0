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
            "A10-behind-schedule",
            #"""
            # 完成的比例比已过的时间少 20 个百分点以上。/ Share done over 20 points less than the share of time elapsed.
            - name: 正好 20 个百分点不响，超过就响；一直落后每周一次；没填进度的按任务算
              rules: behind-schedule
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: zhao, name: 赵敏}, {id: chen, name: 陈刚}, {id: sun, name: 孙丽}, {id: li, name: 李强}]
                project:
                  # 30 天；10 月 13 日过了 40%，14 日 43.3% / thirty days, 40 % on the 13th
                  - {id: P-1, name: 官网, manager: zhao, starts_on: 2026-10-01, ends_on: 2026-10-31, progress: 20%}
                  - {id: P-2, name: 完成了, manager: zhao, starts_on: 2026-09-01, ends_on: 2026-10-31, progress: 0.1, status: 已完成}
                  - {id: P-3, name: 只有一天, manager: li, starts_on: 2026-10-12, ends_on: 2026-10-12, progress: 0}
                  - {id: P-4, name: 没有日期, manager: li, starts_on: 2026-09-01, progress: 0}
                  # 20 天，4 个任务关了 1 个；14 日正好差 20 点 / twenty days, a quarter of the tasks, 20 points on the 14th
                  - {id: P-5, name: 商城, creator: sun, starts_on: 2026-10-05, ends_on: 2026-10-25}
                  - {id: P-6, name: 没有任务, manager: li, starts_on: 2026-09-01, ends_on: 2026-10-31}
                  - {id: P-7, name: 还没开始, manager: li, starts_on: 2026-11-01, ends_on: 2026-11-30, progress: 0}
                  # 时间用完了也只算 100% / never more than the whole time
                  - {id: P-8, name: 到期了, manager: li, starts_on: 2026-09-01, ends_on: 2026-10-10, progress: 0.85}
                  # 1000 天，过了 501 天：差 20.1 点 / 501 of a thousand days: 20.1 points
                  - {id: P-10, name: 长项目, manager: chen, starts_on: 2025-05-29, ends_on: 2028-02-23, progress: 0.3}
                  - {id: P-9, name: 没人管, starts_on: 2026-09-01, ends_on: 2026-10-31, progress: 0}
                task:
                  - {id: T-1, title: 甲, project: P-5, status: 已完成}
                  - {id: T-2, title: 乙, project: P-5, status: 进行中}
                  - {id: T-3, title: 丙, project: P-5, status: 进行中}
                  - {id: T-4, title: 丁, project: P-5, status: 进行中}
              events:
                - {at: 2026-10-19T10:00, record: task/T-2, set: {status: 已完成}}
                - {at: 2026-10-19T10:00, record: task/T-3, set: {status: 已完成}}
              ends: 2026-10-22
              expect:
                - {at: 2026-10-12T09:00, record: member/chen, to: [chen], contains: 「长项目」完成 30%，时间已过 50.1%}
                - at: 2026-10-14T09:00
                  rule: behind-schedule
                  record: member/zhao
                  to: [zhao]
                  via: mail
                  title: 进度比时间慢 20 个百分点以上：官网
                  contains: [请赵敏本周内找出原因, 「官网」完成 20%，时间已过 43.3%（2026-10-01 至 2026-10-31）]
                - {at: 2026-10-15T09:00, record: member/zhao, outcome: skipped}
                - {at: 2026-10-15T09:00, record: member/sun, to: [sun], contains: 「商城」完成 25%，时间已过 50%}
                - {at: 2026-10-19T09:00, record: member/chen, to: [chen], contains: 时间已过 50.8%}
                - {at: 2026-10-21T09:00, record: member/zhao, to: [zhao], contains: 「官网」完成 20%，时间已过 66.7%}
              nothing_else: true

            - name: one message for all projects of a manager
              rules: behind-schedule
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-10T08:00
              records:
                member: [{id: kim, name: Kim}]
                project:
                  - {id: P-1, name: Site, manager: kim, starts_on: 2026-09-01, ends_on: 2026-10-01, progress: 0.79}
                  - {id: P-2, name: Shop, manager: kim, starts_on: 2026-09-01, ends_on: 2026-10-31, progress: 0.1}
              ends: 2026-10-12
              expect:
                - {at: 2026-10-12T09:00, record: member/kim, to: [kim], contains: [Site, Shop, 79%, 100%]}
              nothing_else: true

            """#
        ),
        (
            "A11-milestones-and-closing",
            #"""
            # 里程碑、项目完成、收尾清单。/ Milestones, completed projects, the closing checklist.
            - name: 里程碑完成，告诉全体成员和经理；普通任务、取消的、已完成改已关闭的不响
              rules: milestone-reached
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: li, name: 李强}, {id: zhao, name: 赵敏}]
                project: [{id: P-1, name: 官网, manager: zhao, members: [wang, li]}]
                task:
                  - {id: T-1, title: 内测, project: P-1, assignee: wang, status: 进行中, due: 2026-10-20, milestone: true}
                  - {id: T-2, title: 画图, project: P-1, assignee: wang, status: 进行中, due: 2026-10-20}
                  - {id: T-3, title: 公测, project: P-1, assignee: li, status: 待办, due: 2026-11-20, milestone: true}
                  - {id: T-4, title: 演示, project: P-1, assignee: li, status: 待办, due: 2026-11-01, milestone: true}
                  - {id: T-5, title: 写文档, project: P-1, assignee: li, status: 待办, due: 2026-11-10}
              events:
                - {at: 2026-10-13T10:00, record: task/T-2, by: wang, set: {status: 已完成}}
                - {at: 2026-10-13T11:00, record: task/T-4, by: wang, set: {status: 已取消}}
                - {at: 2026-10-14T10:00, record: task/T-1, by: li, set: {status: 已完成}}
                - {at: 2026-10-14T11:00, record: task/T-1, by: li, set: {status: 已关闭}}
                - {at: 2026-10-14T12:00, record: task/T-3, by: li, set: {status: 进行中}}
              ends: 2026-10-15
              expect:
                - at: 2026-10-14T10:00
                  rule: milestone-reached
                  record: task/T-1
                  to: [wang, li, zhao]
                  via: chat
                  title: 里程碑完成：「内测」
                  text: |-
                    - 项目：官网
                    - 原定日期：2026-10-20
                    - 完成日期：2026-10-14，由李强更新

                    接下来的里程碑：

                    - **公测** · 截止：2026-11-20 · 负责人：李强
                - {at: 2026-10-14T11:00, record: task/T-1, outcome: condition_false}
              nothing_else: true

            - name: the English words count as well, whatever their letter case
              rules: [milestone-reached, project-completed]
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
                project:
                  - {id: P-1, name: Site, manager: lee, members: [kim], status: active, ends_on: 2026-10-30}
                  - {id: P-2, name: Shop, manager: lee, members: [kim], status: active}
                task:
                  - {id: T-1, title: Beta, project: P-1, status: doing, milestone: true}
                  - {id: T-2, title: Launch, project: P-1, status: doing, milestone: true}
                  - {id: T-3, title: Press, project: P-1, status: doing, milestone: true}
                  - {id: T-4, title: Party, project: P-1, status: doing, milestone: true}
                  - {id: T-5, title: Alpha, project: P-1, status: doing, milestone: true}
              events:
                - {at: 2026-10-13T10:00, record: task/T-1, set: {status: Done}}
                - {at: 2026-10-13T10:10, record: task/T-2, set: {status: completed}}
                - {at: 2026-10-13T10:20, record: task/T-3, set: {status: Cancelled}}
                - {at: 2026-10-13T10:30, record: task/T-4, set: {status: finished}}
                - {at: 2026-10-13T10:40, record: task/T-5, set: {status: Closed}}
                - {at: 2026-10-14T10:00, record: project/P-1, by: lee, set: {status: Completed}}
                - {at: 2026-10-14T11:00, record: project/P-1, by: lee, set: {status: archived}}
                - {at: 2026-10-14T12:00, record: project/P-2, by: lee, set: {status: Cancelled}}
              ends: 2026-10-15
              expect:
                - {at: 2026-10-13T10:00, record: task/T-1, to: [kim, lee], contains: Beta}
                - {at: 2026-10-13T10:10, record: task/T-2, to: [kim, lee]}
                - {at: 2026-10-13T10:30, record: task/T-4, to: [kim, lee]}
                - {at: 2026-10-13T10:40, record: task/T-5, to: [kim, lee]}
                - {at: 2026-10-14T10:00, rule: project-completed, record: project/P-1, to: [kim, lee], contains: "5 个已关闭，0 个未关闭"}
              nothing_else: true

            - name: 项目完成，告诉全体成员和经理
              rules: project-completed
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: li, name: 李强}, {id: zhao, name: 赵敏}]
                project:
                  - {id: P-1, name: 官网, manager: zhao, members: [wang, li], status: 进行中, ends_on: 2026-10-30}
                  - {id: P-2, name: 没有成员, manager: zhao, status: 进行中}
                  - {id: P-3, name: 不做了, manager: zhao, members: [wang], status: 进行中}
                  - {id: P-4, name: 还在做, manager: zhao, members: [wang], status: 待启动}
                task:
                  - {id: T-1, title: 写代码, project: P-1, assignee: wang, status: 已完成}
                  - {id: T-2, title: 验收, project: P-1, assignee: li, status: 进行中}
              events:
                - {at: 2026-10-14T10:00, record: project/P-1, by: zhao, set: {status: 已完成}}
                - {at: 2026-10-14T10:10, record: project/P-2, by: zhao, set: {status: 已验收}}
                - {at: 2026-10-14T10:20, record: project/P-3, by: zhao, set: {status: 已终止}}
                - {at: 2026-10-14T10:30, record: project/P-4, by: zhao, set: {status: 进行中}}
              ends: 2026-10-15
              expect:
                - at: 2026-10-14T10:00
                  rule: project-completed
                  record: project/P-1
                  to: [wang, li, zhao]
                  via: chat
                  title: 项目完成：「官网」
                  contains: [项目经理：赵敏, 计划结束：2026-10-30, 完成日期：2026-10-14，由赵敏更新, "1 个已关闭，1 个未关闭", 请在 2026-10-21 前关掉]
                - {at: 2026-10-14T10:10, record: project/P-2, to: [zhao]}
              nothing_else: true

            - name: 项目关闭一小时后还有没关的任务或风险，列给项目经理；再打开任务会再响
              rules: closing-checklist
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: sun, name: 孙丽}, {id: zhao, name: 赵敏}]
                project:
                  - {id: P-1, name: 官网, manager: zhao, creator: sun, status: 进行中}
                  - {id: P-2, name: 商城, creator: sun, status: 进行中}
                  - {id: P-3, name: 都关了, manager: zhao, status: 进行中}
                  - {id: P-4, name: 随后就关, manager: zhao, status: 进行中}
                task:
                  - {id: T-1, title: 验收, project: P-1, assignee: wang, status: 进行中, due: 2026-10-20}
                  - {id: T-2, title: 写代码, project: P-1, assignee: wang, status: 已完成}
                  - {id: T-5, title: 画图, project: P-1, assignee: wang, status: 已完成}
                  - {id: T-3, title: 上线, project: P-3, assignee: wang, status: 已取消}
                  - {id: T-4, title: 归档, project: P-4, assignee: wang, status: 进行中}
                risk:
                  - {id: R-1, title: 供应商, project: P-2, owner: wang, status: 跟踪中}
                  - {id: R-2, title: 人手, project: P-3, owner: wang, status: 已关闭}
              events:
                - {at: 2026-10-14T10:00, record: project/P-1, set: {status: 已完成}}
                - {at: 2026-10-14T10:00, record: project/P-2, set: {status: 已归档}}
                - {at: 2026-10-14T10:00, record: project/P-3, set: {status: 已完成}}
                - {at: 2026-10-14T10:00, record: project/P-4, set: {status: 已完成}}
                - {at: 2026-10-14T10:50, record: task/T-4, set: {status: 已完成}}
                - {at: 2026-10-15T10:00, record: task/T-1, set: {status: 已完成}}
                - {at: 2026-10-16T10:00, record: task/T-2, set: {status: 待办}}
              ends: 2026-10-17
              expect:
                - at: 2026-10-14T11:00
                  rule: closing-checklist
                  record: project/P-1
                  to: [zhao]
                  via: mail
                  title: 项目「官网」已关闭，还有 1 个任务、0 个风险没关
                  text: |-
                    请赵敏在 2026-10-21 前逐项关闭，或移到别的项目。

                    没关的任务：

                    - **验收** · 负责人：王芳 · 截止：2026-10-20 · 状态：进行中

                    没关的风险：

                    （没有记录）
                - {at: 2026-10-14T11:00, record: project/P-2, to: [sun], contains: ["0 个任务、1 个风险", 供应商, 请孙丽在]}
                - {at: 2026-10-16T11:00, record: project/P-1, to: [zhao], contains: 写代码}
              nothing_else: true

            """#
        ),
        (
            "A12-blocked",
            #"""
            # 受阻满 3 个工作日 → 负责人，再过 2 个工作日 → 项目经理。
            # Blocked for 3 working days → the owner, 2 working days later → the project manager.
            - name: 国庆假期不算；状态和“在等谁”都算；等客户的不算；没有负责人的找项目经理
              rules: task-blocked
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-09-28T08:00
              records:
                member: [{id: wang, name: 王芳, manager: chen}, {id: zhao, name: 赵敏}, {id: chen, name: 陈刚}]
                project: [{id: P-1, name: 官网, manager: zhao}]
                task:
                  - {id: T-1, title: 写代码, project: P-1, assignee: wang, status: 进行中, due: 2026-10-30}
                  - {id: T-2, title: 画图, project: P-1, assignee: wang, status: 进行中}
                  - {id: T-3, title: 打样, project: P-1, status: 进行中}
                  - {id: T-4, title: 验收, project: P-1, assignee: wang, status: 进行中}
                  - {id: T-5, title: 联调, project: P-1, assignee: wang, status: 已完成}
                  - {id: T-6, title: 报价, assignee: wang, status: 进行中}
              events:
                - {at: 2026-09-29T10:00, record: task/T-1, set: {status: 阻塞}}
                - {at: 2026-09-29T11:00, record: task/T-2, set: {waiting_for: 法务}}
                - {at: 2026-09-29T12:00, record: task/T-3, set: {status: 等待中}}
                - {at: 2026-09-29T13:00, record: task/T-4, set: {status: 等待, waiting_for: 客户确认}}
                - {at: 2026-09-29T13:00, record: task/T-5, set: {waiting_for: 法务}}
                - {at: 2026-09-29T14:00, record: task/T-6, set: {waiting_for: 供应商}}
                # 还差一点满 3 个工作日，又推动了 / moved on just before
                - {at: 2026-10-09T11:30, record: task/T-3, set: {status: 进行中}}
                - {at: 2026-10-10T09:00, record: task/T-2, set: {waiting_for: null}}
                - {at: 2026-10-12T12:00, record: task/T-3, set: {status: 挂起}}
              ends: 2026-10-19T18:00
              expect:
                # 9 月 30 日、10 月 8 日、9 日 / three working days
                - at: 2026-10-09T10:00
                  rule: task-blocked
                  record: task/T-1
                  to: [wang]
                  via: chat
                  title: 「写代码」受阻已满 3 个工作日，请推动
                  contains: [在等：（未填写）, 状态：阻塞, 负责人：王芳, 截止：2026-10-30, 请王芳今天催一下对方]
                  priority: normal
                - {at: 2026-10-09T11:00, record: task/T-2, to: [wang], contains: 在等：法务}
                - {at: 2026-10-09T14:00, record: task/T-6, to: [wang], contains: 在等：供应商}
                # 10 月 10 日是调休上班的星期六 / a make-up workday
                - at: 2026-10-12T10:00
                  record: task/T-1
                  to: [zhao]
                  via: mail
                  title: 「写代码」受阻已满 5 个工作日，请帮忙解决
                  contains: [状态：阻塞, 负责人：王芳, 请赵敏今天和负责人商量]
                  priority: high
                - {at: 2026-10-12T11:00, record: task/T-2, outcome: cancelled}
                - {at: 2026-10-15T12:00, record: task/T-3, to: [zhao], via: chat, contains: 状态：挂起}
                - {at: 2026-10-12T14:00, record: task/T-6, to: [chen], via: mail, contains: 在等：供应商}
                - {at: 2026-10-19T12:00, record: task/T-3, to: [zhao], via: mail}
              nothing_else: true

            - name: the English words count, and being stopped does not lose it
              rules: task-blocked
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
                project: [{id: P-1, name: Site, manager: lee}]
                task:
                  - {id: T-1, title: Write, project: P-1, assignee: kim, status: doing}
                  - {id: T-2, title: Draw, project: P-1, assignee: kim, status: doing}
                  - {id: T-3, title: Test, project: P-1, assignee: kim, status: doing}
                  - {id: T-4, title: Ask, project: P-1, assignee: kim, status: doing}
              events:
                - {at: 2026-10-12T10:00, record: task/T-1, set: {status: Blocked}}
                - {at: 2026-10-12T10:10, record: task/T-2, set: {status: On hold}}
                - {at: 2026-10-12T10:20, record: task/T-3, set: {status: waiting}}
                - {at: 2026-10-12T10:30, record: task/T-4, set: {waiting_for: The client}}
                - {at: 2026-10-16T09:00, record: task/T-2, set: {status: doing}}
                - {at: 2026-10-16T09:00, record: task/T-3, set: {status: cancelled}}
              down: [[2026-10-14T20:00, 2026-10-15T18:00]]
              ends: 2026-10-20
              expect:
                - {at: 2026-10-15T18:00, record: task/T-1, to: [kim], via: chat, late: true}
                - {at: 2026-10-15T18:00, record: task/T-2, to: [kim], via: chat}
                - {at: 2026-10-15T18:00, record: task/T-3, to: [kim], via: chat}
                - {at: 2026-10-19T18:00, record: task/T-1, to: [lee], via: mail}
              nothing_else: true

            - name: 有人点了“知道了”，就不再找项目经理
              rules: task-blocked
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: zhao, name: 赵敏}]
                project: [{id: P-1, name: 官网, manager: zhao}]
                task: [{id: T-1, title: 写代码, project: P-1, assignee: wang, status: 进行中}]
              events:
                - {at: 2026-10-12T10:00, record: task/T-1, set: {status: 受阻}}
                - {at: 2026-10-15T11:00, record: task/T-1, by: wang, ack: task-blocked}
              ends: 2026-10-23
              expect:
                - {at: 2026-10-15T10:00, record: task/T-1, to: [wang], via: chat}
              nothing_else: true

            """#
        ),
        (
            "A13-access-review",
            #"""
            # 季度权限复核、临时权限到期。/ Quarterly access review, temporary access that ends.
            - name: 季度第一个工作日，每位项目经理一条
              rules: access-review
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-09-20T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: li, name: 李强}, {id: zhao, name: 赵敏}, {id: sun, name: 孙丽}]
                contract: [{id: C-1, name: 网盘}]
                account:
                  - {id: A-1, login: wang@pan, contract: C-1, member: wang, access: 管理员}
                  - {id: A-2, login: wang-old, member: wang, status: 已停用}
                  - {id: A-3, login: wang-vpn, member: wang}
                project:
                  - {id: P-1, name: 官网, manager: zhao, creator: sun, members: [wang, li]}
                  - {id: P-2, name: 商城, manager: zhao, members: [li]}
                  - {id: P-3, name: 关了, manager: zhao, members: [wang], status: 已归档}
                  - {id: P-4, name: 新项目, creator: sun}
                document: [{id: D-1, title: 需求, project: P-1}, {id: D-2, title: 报价, project: P-1}]
              # 10 月 1 日至 7 日放假 / holidays from the 1st to the 7th
              ends: 2026-12-31
              expect:
                - at: 2026-10-08T09:00
                  rule: access-review
                  record: member/zhao
                  to: [zhao]
                  via: mail
                  title: 季度权限复核：请核对 2 个项目的成员和权限
                  contains:
                    - 请赵敏本周内核对
                    - 「官网」成员：王芳（网盘：管理员，wang-vpn：权限未写明）、李强；文档：需求、报价
                    - 「商城」成员：李强；文档：（无）
                - {at: 2026-10-08T09:00, record: member/sun, to: [sun], contains: [核对 1 个项目, 「新项目」成员：（无）]}
              nothing_else: true

            - name: 临时权限到期前 3 天；停用的不响；延长后重新计时
              rules: temporary-access
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member:
                  - {id: guest, name: 访客, manager: chen}
                  - {id: chen, name: 陈刚}
                  - {id: zhao, name: 赵敏}
                contract: [{id: C-1, name: 网盘, owner: zhao}]
                account:
                  - {id: A-1, login: guest1, contract: C-1, member: guest, access: 只读, expires_on: 2026-10-20}
                  - {id: A-2, login: guest2, contract: C-1, expires_on: 2026-10-20, status: 已停用}
                  - {id: A-3, login: guest3, member: guest, expires_on: 2026-10-21}
                  - {id: A-4, login: staff, contract: C-1, member: guest}
              events:
                - {at: 2026-10-18T10:00, record: account/A-3, set: {expires_on: 2026-11-21}}
                - {at: 2026-10-18T10:00, record: account/A-1, set: {status: 已停用}}
              ends: 2026-11-30
              expect:
                - at: 2026-10-17T09:00
                  rule: temporary-access
                  record: account/A-1
                  to: [zhao, chen]
                  via: mail
                  title: 「guest1」的临时权限 2026-10-20 到期，还有 3 天：延长还是收回？
                  contains: [使用人：访客, 产品：网盘, 权限：只读, 请合同负责人赵敏和上级陈刚在 2026-10-20 前定下]
                - {at: 2026-10-17T09:00, record: account/A-2, outcome: condition_false}
                - {at: 2026-10-18T09:00, record: account/A-3, to: [chen], contains: guest3}
                - {at: 2026-11-18T09:00, record: account/A-3, to: [chen], contains: 2026-11-21}
              nothing_else: true

            - name: in another zone, late after a stop
              rules: [access-review, temporary-access]
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-12-28T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
                contract: [{id: C-1, name: Drive, owner: lee}]
                account: [{id: A-1, login: guest, contract: C-1, expires_on: 2027-01-05}]
                project: [{id: P-1, name: Site, manager: kim, members: [lee]}]
              down: [[2027-01-01T20:00, 2027-01-03T08:00]]
              ends: 2027-01-10
              expect:
                - {at: 2027-01-01T09:00, rule: access-review, record: member/kim, to: [kim], contains: Site}
                - {at: 2027-01-03T08:00, rule: temporary-access, to: [lee], late: true, contains: 还有 2 天}
              nothing_else: true

            """#
        ),
        (
            "A14-project-review",
            #"""
            # 项目完成一周后请成员评价，两周后请经理整理经验。
            # A week after completion the members are asked, after two weeks the manager collects the lessons.
            - name: 一周和两周；附上过期任务和风险；取消的项目、重新打开的项目不问
              rules: project-review
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: li, name: 李强}, {id: zhao, name: 赵敏}, {id: sun, name: 孙丽}]
                project:
                  - {id: P-1, name: 官网, manager: zhao, creator: sun, members: [wang, li], status: 进行中}
                  - {id: P-2, name: 商城, creator: sun, members: [wang], status: 进行中}
                  - {id: P-5, name: 没有成员, creator: sun, status: 进行中}
                  - {id: P-3, name: 取消了, manager: zhao, members: [wang], status: 进行中}
                  - {id: P-4, name: 又打开了, manager: zhao, members: [wang], status: 进行中}
                task:
                  - {id: T-1, title: 写代码, project: P-1, assignee: wang, status: 已完成, due: 2026-09-20, closed_at: 2026-09-20T18:00}
                  - {id: T-2, title: 画图, project: P-1, assignee: li, status: 已完成, due: 2026-09-20, closed_at: 2026-09-21T09:00}
                  - {id: T-3, title: 无日期, project: P-1, assignee: li, status: 已完成, closed_at: 2026-09-21T09:00}
                  - {id: T-4, title: 未记录, project: P-1, assignee: li, status: 已完成, due: 2026-09-20}
                risk: [{id: R-1, title: 供应商延期, project: P-1, probability: 3, impact: 4, status: 已关闭}]
              events:
                - {at: 2026-10-12T10:00, record: project/P-1, set: {status: 已完成}}
                - {at: 2026-10-12T10:00, record: project/P-2, set: {status: 已验收}}
                - {at: 2026-10-12T10:00, record: project/P-3, set: {status: 已取消}}
                - {at: 2026-10-12T10:00, record: project/P-5, set: {status: 已完成}}
                - {at: 2026-10-12T10:00, record: project/P-4, set: {status: 已完成}}
                - {at: 2026-10-15T10:00, record: project/P-1, set: {status: 已归档}}
                - {at: 2026-10-18T10:00, record: project/P-4, set: {status: 进行中}}
              ends: 2026-11-15
              expect:
                - at: 2026-10-19T10:00
                  rule: project-review
                  record: project/P-1
                  to: [wang, li]
                  via: mail
                  title: 请评价项目「官网」
                  contains: [请每位成员在 2026-10-26 前写几句，发给项目经理赵敏, 哪些做得好]
                - at: 2026-10-26T10:00
                  rule: project-review
                  record: project/P-1
                  to: [zhao]
                  via: mail
                  title: 请整理项目「官网」的经验教训
                  contains: [请赵敏在 2026-11-02 前汇总成一页, "没有按时完成的任务：\n\n- **画图** · 截止：2026-09-20", "风险：\n\n- **供应商延期** · 风险值：12"]
                - {at: 2026-10-19T10:00, record: project/P-2, to: [wang]}
                - {at: 2026-10-26T10:00, record: project/P-2, to: [sun], contains: [请孙丽在, （没有记录）]}
                - {at: 2026-10-26T10:00, record: project/P-5, to: [sun], contains: 请整理项目「没有成员」}
                - {at: 2026-10-12T10:00, record: project/P-3, outcome: condition_false}
                - {at: 2026-10-19T10:00, record: project/P-4, outcome: cancelled}
              nothing_else: true

            - name: archived, or closed after it was completed, does not ask twice
              rules: project-review
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
                project:
                  - {id: P-1, name: Site, manager: lee, members: [kim], status: active}
                  - {id: P-2, name: Shop, manager: lee, members: [kim], status: active}
                  - {id: P-3, name: Dropped, manager: lee, members: [kim], status: active}
              events:
                - {at: 2026-10-12T10:00, record: project/P-1, set: {status: Done}}
                - {at: 2026-10-13T10:00, record: project/P-1, set: {status: Closed}}
                - {at: 2026-10-20T10:00, record: project/P-1, set: {status: archived}}
                - {at: 2026-10-12T10:00, record: project/P-2, set: {status: finished}}
                - {at: 2026-10-20T10:00, record: project/P-2, set: {status: reopened}}
                - {at: 2026-10-12T10:00, record: project/P-3, set: {status: Cancelled}}
              ends: 2026-11-15
              expect:
                - {at: 2026-10-19T10:00, record: project/P-1, to: [kim], contains: Site}
                - {at: 2026-10-26T10:00, record: project/P-1, to: [lee], contains: Site}
                - {at: 2026-10-19T10:00, record: project/P-2, to: [kim], contains: Shop}
                - {at: 2026-10-26T10:00, record: project/P-2, outcome: cancelled}
              nothing_else: true

            """#
        ),
        (
            "A15-document-changed",
            #"""
            # 项目文档有更新 → 成员，一天最多一封。/ Documents changed → the members, once a day at most.
            - name: 一天改几次也只有一条，17:00 以后的算下一个工作日；关闭的项目、没有项目的文档不响
              rules: document-changed
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-08T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: li, name: 李强}]
                project:
                  - {id: P-1, name: 官网, members: [wang, li]}
                  - {id: P-2, name: 关了, members: [wang], status: 已归档}
                  - {id: P-3, name: 没有成员}
                document:
                  - {id: D-1, title: 需求, project: P-1, version: "1", owner: wang, updated_at: 2026-09-01T10:00}
                  - {id: D-2, title: 设计, project: P-1, location: 网盘/设计, updated_at: 2026-09-01T10:00}
                  - {id: D-3, title: 旧文档, project: P-2, updated_at: 2026-09-01T10:00}
                  - {id: D-6, title: 没有成员, project: P-3, updated_at: 2026-09-01T10:00}
                  - {id: D-4, title: 没有项目, updated_at: 2026-09-01T10:00}
              events:
                - {at: 2026-10-08T10:00, record: document/D-1, set: {version: "2"}}
                - {at: 2026-10-08T16:00, record: document/D-1, set: {version: "3"}}
                - {at: 2026-10-08T16:30, record: document/D-2, set: {version: "2"}}
                - {at: 2026-10-08T18:00, record: document/D-2, set: {version: "3"}}
                - {at: 2026-10-09T10:00, record: document/D-3, set: {version: "2"}}
                - {at: 2026-10-09T10:00, record: document/D-6, set: {version: "2"}}
                - {at: 2026-10-09T10:00, record: document/D-4, set: {version: "2"}}
                # 10 日是调休上班的星期六，没有改动；17:00 以后的算星期一 / the 10th is a make-up workday
                - {at: 2026-10-10T17:30, record: document/D-1, set: {version: "4"}}
                - {at: 2026-10-12T09:00, record: document/D-5, create: {title: 手册, project: P-1}}
              ends: 2026-10-13
              expect:
                - at: 2026-10-08T17:00
                  rule: document-changed
                  record: project/P-1
                  to: [wang, li]
                  via: mail
                  title: 「官网」有 2 份文档更新，请看看和你有关的
                  contains: [请「官网」的成员今天, "**需求** · 版本：3 · 地点：（未填写） · 负责人：王芳", "**设计** · 版本：2 · 地点：网盘/设计"]
                  priority: low
                - {at: 2026-10-09T17:00, record: project/P-1, to: [wang, li], contains: [有 1 份文档更新, "**设计** · 版本：3"]}
                - {at: 2026-10-12T17:00, record: project/P-1, to: [wang, li], contains: [有 2 份文档更新, "**需求** · 版本：4", 手册]}
              nothing_else: true

            - name: what changed while Bellman was stopped comes afterwards, day by day
              rules: document-changed
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-12T18:00
              records:
                member: [{id: kim, name: Kim}]
                project: [{id: P-1, name: Site, members: [kim]}]
                document:
                  - {id: D-1, title: Plan, project: P-1, updated_at: 2026-09-01T10:00}
                  - {id: D-2, title: Budget, project: P-1, updated_at: 2026-09-01T10:00}
              events:
                - {at: 2026-10-13T15:00, record: document/D-1, set: {version: "2"}}
                - {at: 2026-10-14T15:00, record: document/D-2, set: {version: "2"}}
              down: [[2026-10-13T12:00, 2026-10-15T10:00]]
              ends: 2026-10-16
              expect:
                - {at: 2026-10-15T10:00, to: [kim], late: true, contains: [有 1 份文档更新, Plan]}
                - {at: 2026-10-15T10:00, to: [kim], late: true, contains: [有 1 份文档更新, Budget]}
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
            "A3-meeting-invitation",
            #"""
            # 新成员收到项目会议的邀请；改时间、离开、取消都跟着变。
            # A new member is invited to the project's meetings; moves, leaves and cancellations follow.
            - name: 加入就邀请，改时间就更新，离开或取消就撤回；开过的会不动
              rules: meeting-invitation
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member:
                  - {id: wang, name: 王芳, email: wang@example.com}
                  - {id: li, name: 李强, email: li@example.com}
                  - {id: sun, name: 孙丽, email: sun@example.com}
                project: [{id: P-1, name: 官网, members: [wang]}, {id: P-2, name: 商城, members: [li]}]
                meeting:
                  - {id: M-1, title: 需求评审, project: P-1, starts_at: 2026-10-16T10:00, duration: 30 分钟, attendees: [sun]}
                  - {id: M-2, title: 启动会, project: P-1, starts_at: 2026-10-01T10:00}
                  - {id: M-3, title: 面谈, attendees: [li], starts_at: 2026-10-15T10:00}
                  - {id: M-4, title: 还没定时间, project: P-1}
              events:
                - {at: 2026-10-13T10:00, record: project/P-1, set: {members: [wang, li]}}
                - {at: 2026-10-13T11:00, record: meeting/M-1, set: {starts_at: 2026-10-19T14:00}}
                - {at: 2026-10-14T10:00, record: project/P-1, set: {members: [li]}}
                - at: 2026-10-14T11:00
                  record: meeting/M-5
                  create: {title: 上线会, project: P-1, starts_at: 2026-10-21T10:00, duration: 1 小时}
                - {at: 2026-10-14T12:00, record: meeting/M-4, set: {starts_at: 2026-10-15T16:00}}
                - {at: 2026-10-14T13:00, record: meeting/M-2, set: {starts_at: 2026-10-22T10:00}}
                - {at: 2026-10-15T10:00, record: meeting/M-5, delete: true}
                # 10 月 20 日：需求评审、面谈都开过了 / both are over by now
                - {at: 2026-10-20T10:00, record: project/P-1, set: {members: [li, wang]}}
              ends: 2026-10-31
              expect:
                - at: 2026-10-12T08:00
                  rule: meeting-invitation
                  record: meeting/M-1
                  to: [sun, wang]
                  via: mail
                  contains: 需求评审
                - {at: 2026-10-12T08:00, record: meeting/M-3, to: [li], via: mail, contains: 面谈}
                - {at: 2026-10-12T08:00, record: meeting/M-2, outcome: condition_false}
                - {at: 2026-10-13T10:00, record: meeting/M-1, to: [li], via: mail, contains: 需求评审}
                - {at: 2026-10-13T11:00, record: meeting/M-1, to: [sun, wang, li], via: mail, contains: 需求评审}
                - {at: 2026-10-14T10:00, record: meeting/M-1, to: [wang], via: mail, contains: 需求评审}
                - {at: 2026-10-14T11:00, record: meeting/M-5, to: [li], via: mail, contains: 上线会}
                - {at: 2026-10-14T12:00, record: meeting/M-4, to: [li], via: mail, contains: 还没定时间}
                - {at: 2026-10-14T13:00, record: meeting/M-2, to: [li], via: mail, contains: 启动会}
                - {at: 2026-10-15T10:00, record: meeting/M-5, to: [li], via: mail, contains: 上线会}
                - {at: 2026-10-20T10:00, record: meeting/M-2, to: [wang], via: mail, contains: 启动会}
              nothing_else: true

            - name: who joins while Bellman is stopped is invited on return
              rules: meeting-invitation
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim, email: kim@example.com}, {id: lee, name: Lee, email: lee@example.com}]
                project: [{id: P-1, name: Site, members: [kim]}]
                meeting:
                  - {id: M-1, title: Review, project: P-1, starts_at: 2026-10-20T10:00, location: Room 2}
                  - {id: M-2, title: Kick-off, project: P-1, starts_at: 2026-10-14T10:00, location: Room 2}
              events:
                - {at: 2026-10-14T09:00, record: project/P-1, set: {members: [kim, lee]}}
              down: [[2026-10-13T20:00, 2026-10-15T08:00]]
              ends: 2026-10-31
              expect:
                - {at: 2026-10-12T08:00, record: meeting/M-1, to: [kim], via: mail, contains: [Review, Room 2]}
                - {at: 2026-10-12T08:00, record: meeting/M-2, to: [kim], via: mail, contains: Kick-off}
                - {at: 2026-10-15T08:00, record: meeting/M-1, to: [lee], via: mail, contains: Review}
              nothing_else: true

            """#
        ),
        (
            "A4-overdue",
            #"""
            # 过期 1、3、7 天提醒负责人；第 7 天后再过一个工作日还没完成，提醒项目经理的上级。
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
                - at: 2026-10-08T09:00
                  to: [chen]
                  via: mail
                  title: 请过问：「写代码」已过期 15 天，仍未完成
                  contains: [负责人：王芳, 项目经理：赵敏]
                  priority: high
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
                - {at: 2026-10-28T09:00, to: [max], via: mail, contains: [Write, 已过期 8 天]}
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

            - name: 第 3 天那次之后是长假，不升级；没有负责人的找项目经理，没有项目的找负责人的上级
              rules: task-overdue
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-09-25T08:00
              records:
                member:
                  - {id: wang, name: 王芳, manager: chen}
                  - {id: zhao, name: 赵敏, manager: chen}
                  - {id: chen, name: 陈刚}
                project: [{id: P-1, name: 官网, manager: zhao}]
                task:
                  # 9 月 30 日响第三次提醒里的第二次，下一个工作日 10 月 8 日已经过了 11 天
                  # the second reminder is on the 30th, the next working day is the 8th, eleven days after the deadline
                  - {id: T-1, title: 画图, project: P-1, status: 进行中, due: 2026-09-27}
                  - {id: T-2, title: 打样, assignee: wang, status: 进行中, due: 2026-09-27}
              events:
                - {at: 2026-10-03T10:00, record: task/T-1, set: {due: 2026-10-04}}
              ends: 2026-10-10
              expect:
                - {at: 2026-09-28T09:00, record: task/T-1, to: [zhao]}
                - {at: 2026-09-30T09:00, record: task/T-1, to: [zhao]}
                - {at: 2026-10-05T09:00, record: task/T-1, to: [zhao]}
                - {at: 2026-10-07T09:00, record: task/T-1, to: [zhao]}
                - {at: 2026-09-28T09:00, record: task/T-2, to: [wang]}
                - {at: 2026-09-30T09:00, record: task/T-2, to: [wang]}
                - {at: 2026-10-04T09:00, record: task/T-2, to: [wang]}
                - {at: 2026-10-08T09:00, record: task/T-2, to: [chen], via: mail, contains: 已过期 11 天}
              nothing_else: true

            - name: 有人点了“知道了”，就不再找上级
              rules: task-overdue
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: zhao, name: 赵敏, manager: chen}, {id: chen, name: 陈刚}]
                project: [{id: P-1, name: 官网, manager: zhao}]
                task:
                  - {id: T-1, title: 写代码, project: P-1, assignee: wang, status: 进行中, due: 2026-10-12}
                  - {id: T-2, title: 画图, project: P-1, assignee: wang, status: 进行中, due: 2026-10-12}
              events:
                # 第 3 天那次的“知道了”管不到第 7 天 / acknowledging the third day's does not cover the seventh day's
                - {at: 2026-10-15T10:00, record: task/T-2, by: wang, ack: task-overdue}
                - {at: 2026-10-19T10:00, record: task/T-1, by: wang, ack: task-overdue}
              ends: 2026-10-25
              expect:
                - {at: 2026-10-13T09:00, record: task/T-1, to: [wang]}
                - {at: 2026-10-15T09:00, record: task/T-1, to: [wang]}
                - {at: 2026-10-19T09:00, record: task/T-1, to: [wang]}
                - {at: 2026-10-13T09:00, record: task/T-2, to: [wang]}
                - {at: 2026-10-15T09:00, record: task/T-2, to: [wang]}
                - {at: 2026-10-19T09:00, record: task/T-2, to: [wang]}
                - {at: 2026-10-20T09:00, record: task/T-2, to: [chen], via: mail}
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
            "A6-naming",
            #"""
            # 名称不合约定 → 创建人。/ A name breaks the agreed pattern → its creator.
            - name: 任务名不合项目的规则就响；改好再改坏才再响；没有规则的项目、已关闭的任务不响
              rules: task-name
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: sun, name: 孙丽}, {id: zhao, name: 赵敏}]
                project:
                  - {id: P-1, name: 官网, manager: zhao, pattern: '^\[(前端|后端)\] .+$'}
                  - {id: P-2, name: 内部, manager: zhao}
              events:
                - {at: 2026-10-12T10:00, record: task/T-1, create: {title: 登录页, project: P-1, creator: sun, assignee: wang}}
                - {at: 2026-10-12T10:05, record: task/T-2, create: {title: "[前端] 登录页", project: P-1, creator: sun}}
                - {at: 2026-10-12T10:10, record: task/T-3, create: {title: 登录页, project: P-2, creator: sun}}
                - {at: 2026-10-12T10:15, record: task/T-4, create: {title: 登录页, project: P-1, creator: sun, status: 已取消}}
                - {at: 2026-10-12T10:20, record: task/T-5, create: {title: 接口, project: P-1}}
                - {at: 2026-10-12T10:25, record: task/T-6, create: {title: 没有项目, creator: sun}}
                # 从坏名改成坏名不再响 / from one wrong name to another
                - {at: 2026-10-12T11:00, record: task/T-1, set: {title: 前端登录页}}
                - {at: 2026-10-12T12:00, record: task/T-1, set: {title: "[前端] 登录页"}}
                - {at: 2026-10-13T12:00, record: task/T-1, set: {title: "[测试] 登录页"}}
                - {at: 2026-10-13T13:00, record: task/T-3, set: {project: P-1}}
              ends: 2026-10-14
              expect:
                - at: 2026-10-12T10:00
                  rule: task-name
                  record: task/T-1
                  to: [sun]
                  via: mail
                  title: 请改名：任务「登录页」不合项目「官网」的命名规则
                  contains: ['^\[(前端|后端)\] .+$', 负责人：王芳, 请孙丽今天改好]
                - {at: 2026-10-12T10:20, record: task/T-5, to: [zhao], contains: [接口, 请赵敏今天改好]}
                - {at: 2026-10-13T12:00, record: task/T-1, to: [sun], contains: "[测试] 登录页"}
                - {at: 2026-10-13T13:00, record: task/T-3, to: [sun], contains: 官网}
              nothing_else: true

            - name: a project's name is too short, too long, has blanks at its ends or is a placeholder
              rules: project-name
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
              events:
                - {at: 2026-10-12T10:00, record: project/P-1, create: {name: X, creator: kim, manager: lee}}
                - {at: 2026-10-12T10:01, record: project/P-2, create: {name: Shop, creator: kim, manager: lee}}
                - {at: 2026-10-12T10:02, record: project/P-3, create: {name: Test 2, manager: lee}}
                - {at: 2026-10-12T10:03, record: project/P-4, create: {name: untitled, creator: kim, status: archived}}
                - at: 2026-10-12T10:04
                  record: project/P-5
                  create: {name: "12345678901234567890123456789012345678901234567890", creator: kim}
                - at: 2026-10-12T10:05
                  record: project/P-6
                  create: {name: "123456789012345678901234567890123456789012345678901", creator: kim}
                - {at: 2026-10-12T10:06, record: project/P-7, create: {name: AB, creator: kim}}
                - {at: 2026-10-12T10:07, record: project/P-2, by: kim, set: {name: 新建项目（1）}}
                - {at: 2026-10-12T10:08, record: project/P-8, create: {name: A contest, creator: kim}}
              ends: 2026-10-13
              expect:
                - at: 2026-10-12T10:00
                  rule: project-name
                  record: project/P-1
                  to: [kim]
                  via: mail
                  title: 请改名：项目「X」不合命名规则
                  contains: [请Kim今天改好, 2 到 50 个字]
                - {at: 2026-10-12T10:02, record: project/P-3, to: [lee], contains: [Test 2, 请Lee今天改好]}
                - {at: 2026-10-12T10:05, record: project/P-6, to: [kim]}
                - {at: 2026-10-12T10:07, record: project/P-2, to: [kim], contains: 新建项目（1）}
              nothing_else: true

            """#
        ),
        (
            "A7-daily-progress",
            #"""
            # 工作日 17:30，今天没更新过的未完成任务，每人一条。
            # 17:30 on working days: open tasks that were not touched today, one message a person.
            - name: 每人一条；更新过、关闭、没开始、没有负责人的不算；调休的星期六也问，星期天不问
              rules: daily-progress
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-09T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: li, name: 李强}]
                project: [{id: P-1, name: 官网}]
                task:
                  - id: T-1
                    title: 写代码
                    project: P-1
                    assignee: wang
                    status: 进行中
                    due: 2026-10-15
                    updated_at: 2026-10-08T23:30
                  - {id: T-2, title: 画图, assignee: wang, starts_on: 2026-10-12, due: 2026-10-20, updated_at: 2026-10-08T10:00}
                  - {id: T-3, title: 做完了, assignee: wang, status: 已完成, updated_at: 2026-10-08T10:00}
                  - {id: T-4, title: 联调, assignee: li, status: 待办, updated_at: 2026-10-08T10:00}
                  - {id: T-5, title: 没人, status: 待办, updated_at: 2026-10-08T10:00}
              events:
                - {at: 2026-10-09T15:00, record: task/T-4, set: {progress: 0.5}}
                - {at: 2026-10-10T12:00, record: task/T-1, set: {note: 差一点}}
                - {at: 2026-10-12T10:00, record: task/T-4, set: {status: 已完成}}
              ends: 2026-10-12
              expect:
                - at: 2026-10-09T17:30
                  rule: daily-progress
                  record: member/wang
                  to: [wang]
                  via: mail
                  title: 下班前请更新进展：1 个任务今天没有更新
                  contains: [请王芳下班前打开每个任务, "- **写代码** · 项目：官网 · 截止：2026-10-15 · 状态：进行中"]
                  priority: low
                - {at: 2026-10-10T17:30, record: member/li, to: [li], contains: [1 个任务, 联调]}
                - {at: 2026-10-12T17:30, record: member/wang, to: [wang], contains: [2 个任务, 写代码, 画图]}
              nothing_else: true

            - name: today is the day of the rule's zone; stopped at the hour, it rings once on return
              rules: daily-progress
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}]
                task:
                  # 00:30 in Berlin is still the day before in UTC
                  - {id: T-1, title: Write, assignee: kim, status: doing, updated_at: "2026-10-12T00:30:00+02:00"}
                  - {id: T-2, title: Draw, assignee: kim, status: doing, starts_on: 2026-10-16, updated_at: 2026-10-01T08:00}
              down: [[2026-10-13T12:00, 2026-10-15T09:00]]
              ends: 2026-10-15T12:00
              expect:
                - {at: 2026-10-15T09:00, record: member/kim, to: [kim], late: true, contains: [1 个任务, Write]}
                - {at: 2026-10-12T17:30, outcome: condition_false}
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
        (
            "A9-workload",
            #"""
            # 任务过多、同时进行多个任务。/ Too many tasks, several in progress.
            - name: 第 9 个未完成的任务响一次；回到 8 个再到 9 个才再响，一天最多一次
              rules: too-many-tasks
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳, manager: chen}, {id: chen, name: 陈刚}]
                project: [{id: P-1, name: 官网}]
                task:
                  - {id: T-0, title: 做完了, assignee: wang, status: 已完成}
                  - {id: T-1, title: 甲, assignee: wang, status: 进行中, project: P-1, due: 2026-10-20}
                  - {id: T-2, title: 乙, assignee: wang}
                  - {id: T-3, title: 丙, assignee: wang}
                  - {id: T-4, title: 丁, assignee: wang}
                  - {id: T-5, title: 戊, assignee: wang}
                  - {id: T-6, title: 己, assignee: wang}
                  - {id: T-7, title: 庚, assignee: wang}
                  - {id: T-8, title: 辛, assignee: wang}
                  - {id: T-20, title: 没人, status: 待办}
              events:
                - {at: 2026-10-12T10:00, record: task/T-9, create: {title: 壬, assignee: wang}}
                - {at: 2026-10-12T11:00, record: task/T-10, create: {title: 癸, assignee: wang}}
                - {at: 2026-10-12T12:00, record: task/T-9, set: {status: 已完成}}
                - {at: 2026-10-12T12:10, record: task/T-10, set: {status: 已取消}}
                - {at: 2026-10-12T13:00, record: task/T-9, set: {status: 进行中}}
                - {at: 2026-10-13T13:00, record: task/T-9, set: {status: 已完成}}
                - {at: 2026-10-13T14:00, record: task/T-9, set: {status: 待办}}
              ends: 2026-10-15
              expect:
                - at: 2026-10-12T10:00
                  rule: too-many-tasks
                  record: member/wang
                  to: [wang, chen]
                  via: mail
                  title: 「王芳」有 9 个未完成的任务，超过 8 个
                  contains: [请王芳和上级陈刚今天商量, "- **甲** · 项目：官网 · 截止：2026-10-20 · 状态：进行中", 壬]
                - {at: 2026-10-12T13:00, record: member/wang, outcome: skipped}
                - {at: 2026-10-13T14:00, record: member/wang, to: [wang, chen], contains: 有 9 个未完成的任务}
              nothing_else: true

            - name: tasks that are handed over count where they are
              rules: too-many-tasks
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
                task:
                  - {id: T-1, title: A, assignee: kim}
                  - {id: T-2, title: B, assignee: kim}
                  - {id: T-3, title: C, assignee: kim}
                  - {id: T-4, title: D, assignee: kim}
                  - {id: T-5, title: E, assignee: kim}
                  - {id: T-6, title: F, assignee: kim}
                  - {id: T-7, title: G, assignee: kim}
                  - {id: T-8, title: H, assignee: kim}
                  - {id: T-9, title: I, assignee: lee}
              events:
                - {at: 2026-10-12T10:00, record: task/T-9, set: {assignee: kim}}
              ends: 2026-10-13
              expect:
                - {at: 2026-10-12T10:00, record: member/kim, to: [kim], contains: 超过 8 个}
              nothing_else: true

            - name: 同时有两个任务在进行
              rules: two-in-progress
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳, manager: chen}, {id: chen, name: 陈刚}, {id: li, name: 李强}]
                task:
                  - {id: T-1, title: 写代码, assignee: wang, status: 进行中}
                  - {id: T-2, title: 画图, assignee: wang, status: 待办, due: 2026-10-20}
                  - {id: T-3, title: 联调, assignee: wang, status: 待办}
                  - {id: T-4, title: 验收, assignee: li, status: 进行中}
              events:
                - {at: 2026-10-12T10:00, record: task/T-2, set: {status: 进行中}}
                - {at: 2026-10-12T11:00, record: task/T-3, set: {status: 进行中}}
                - {at: 2026-10-12T12:00, record: task/T-3, set: {status: 已完成}}
                - {at: 2026-10-12T13:00, record: task/T-2, set: {status: 已完成}}
                - {at: 2026-10-12T14:00, record: task/T-3, set: {status: 进行中}}
                - {at: 2026-10-13T15:00, record: task/T-1, set: {status: 待办}}
                - {at: 2026-10-13T16:00, record: task/T-1, set: {status: 进行中}}
              ends: 2026-10-14
              expect:
                - at: 2026-10-12T10:00
                  rule: two-in-progress
                  record: member/wang
                  to: [wang]
                  via: mail
                  title: 「王芳」同时有 2 个任务在进行
                  contains: [请王芳今天定下先做哪一个, 写代码, "- **画图** · 项目：（未填写） · 截止：2026-10-20 · 状态：进行中"]
                - {at: 2026-10-12T14:00, record: member/wang, outcome: skipped}
                - {at: 2026-10-13T16:00, record: member/wang, to: [wang], contains: [2 个任务, 联调]}
              nothing_else: true

            - name: the English words for in progress
              rules: two-in-progress
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
                task:
                  - {id: T-1, title: Write, assignee: kim, status: In progress}
                  - {id: T-2, title: Draw, assignee: kim, status: to do}
                  - {id: T-3, title: Test, assignee: lee, status: doing}
                  - {id: T-4, title: Ship, assignee: lee, status: blocked}
              events:
                - {at: 2026-10-12T10:00, record: task/T-2, set: {status: doing}}
                - {at: 2026-10-12T11:00, record: task/T-4, set: {status: waiting}}
              ends: 2026-10-13
              expect:
                - {at: 2026-10-12T10:00, record: member/kim, to: [kim], contains: [Write, Draw]}
              nothing_else: true

            """#
        ),
    ]
}
