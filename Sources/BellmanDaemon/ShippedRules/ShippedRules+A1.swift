// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A1.
extension ShippedRules {
    static let a1: [(name: String, text: String)] = [
        (
            "A1-task-started",
            #"""
            # 任务变为“进行中” → 提醒负责人。消息里有：谁改的、原来是什么。
            # A task's status becomes "in progress" → its owner. The message names who changed it and the old value.
            id: task-started
            title: 任务开始 / Task started
            when: {changes: task.status, to: [进行中, In progress, in progress, doing]}
            then:
              - notify: {via: chat, to: task.assignee}

            """#
        )
    ]
}
