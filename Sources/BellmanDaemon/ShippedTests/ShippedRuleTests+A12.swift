// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A12.
extension ShippedRuleTests {
    static let a12: [(name: String, text: String)] = [
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
                - at: 2026-10-15T18:00
                  record: task/T-1
                  to: [kim]
                  via: chat
                  late: true
                  title: "“Write” has been blocked for 3 working days, please get it moving"
                  contains: ["Status: Blocked", "Owner: Kim", "Kim, please chase the other side today"]
                - {at: 2026-10-15T18:00, record: task/T-2, to: [kim], via: chat}
                - {at: 2026-10-15T18:00, record: task/T-3, to: [kim], via: chat}
                - at: 2026-10-19T18:00
                  record: task/T-1
                  to: [lee]
                  via: mail
                  title: "“Write” has been blocked for 5 working days, please help"
                  contains: ["Status: Blocked", "Owner: Kim", "Lee, please work out a solution with the owner today"]
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
        )
    ]
}
