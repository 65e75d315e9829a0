// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A7.
extension ShippedRuleTests {
    static let a7: [(name: String, text: String)] = [
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
                - at: 2026-10-15T09:00
                  record: member/kim
                  to: [kim]
                  late: true
                  title: Please update your tasks before you leave (1 not touched today)
                  contains: ["Kim, before you leave please open each task", Write]
                - {at: 2026-10-12T17:30, outcome: condition_false}
              nothing_else: true

            """#
        )
    ]
}
