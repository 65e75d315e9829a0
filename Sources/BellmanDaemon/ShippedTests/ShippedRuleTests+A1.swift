// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A1.
extension ShippedRuleTests {
    static let a1: [(name: String, text: String)] = [
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
                  - {id: T-1, title: 写需求, status: 待办, assignee: wang, creator: li, due: 2026-10-30}
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
                  contains: [修改人：李强, 负责人：王芳, 请处理：王芳，最晚 2026-10-30 完成]
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
                  - {id: T-1, title: Write, status: To do, assignee: kim, creator: lee, due: 2026-10-30}
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
                  contains: ["Changed by: Lee", "Kim, please finish “Write” by 2026-10-30"]
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
        )
    ]
}
