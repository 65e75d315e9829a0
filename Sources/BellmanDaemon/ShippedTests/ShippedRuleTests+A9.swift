// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A9.
extension ShippedRuleTests {
    static let a9: [(name: String, text: String)] = [
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
                - at: 2026-10-12T10:00
                  record: member/kim
                  to: [kim]
                  title: Kim has 9 open tasks, more than 8
                  contains: ["Kim, please settle with your manager today what comes first", "- **A**"]
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
                - at: 2026-10-12T10:00
                  record: member/kim
                  to: [kim]
                  title: Kim has 2 tasks in progress at once
                  contains: ["Kim, please decide today which one comes first", Write, Draw]
              nothing_else: true

            """#
        )
    ]
}
