// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A5.
extension ShippedRules {
    static let A5: [(name: String, text: String)] = [
        (
            "A5-incomplete-task",
            #"""
            # 新任务一小时后还没有负责人或截止日期 → 创建人和项目经理。
            # A task that has no owner or no deadline an hour after it was created → its creator and the project manager.
            id: task-incomplete
            title: 任务缺负责人或截止日期 / Task without owner or deadline
            when: {created: task}
            if: task.open && (task.assignee == null || task.due == null)
            then:
              - wait: 1 hour
                notify: {via: mail, to: [task.creator, task.project.manager]}

            """#
        )
    ]
}
