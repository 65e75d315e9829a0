// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A5.
extension ShippedRuleTests {
    static let a5: [(name: String, text: String)] = [
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
                  title: 任务「没有负责人」缺负责人，请今天补上
                  contains: ["项目：官网", "负责人：（未填写）", "截止日期：2026-10-30", "建立人：孙丽", 请孙丽今天补上，不在时由赵敏补]
                - {at: 2026-10-12T11:10, record: task/T-2, to: [sun, zhao], title: 任务「没有日期」缺截止日期，请今天补上}
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
                - {at: 2026-10-12T14:00, record: task/T-1, to: [kim, lee], title: "Task “Write” has no owner and no deadline, please add it today", contains: ["Project: Site", "Owner: (not set)", "Deadline: (not set)", "Created by: Kim", "Kim, please add what is missing today, or Lee in your absence"]}
              nothing_else: true

            """#
        )
    ]
}
