// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A2.
extension ShippedRuleTests {
    static let a2: [(name: String, text: String)] = [
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
                  - {id: T-6, title: 没有项目, assignee: wang, status: 进行中, due: 2026-10-23}
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
                - {at: 2026-10-20T09:00, record: task/T-6, to: [wang], via: mail}
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
        )
    ]
}
