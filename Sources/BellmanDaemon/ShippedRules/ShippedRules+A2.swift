// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A2.
extension ShippedRules {
    static let a2: [(name: String, text: String)] = [
        (
            "A2-deadline-3-days",
            #"""
            # 截止前 3 天 → 邮件提醒项目经理，没有项目或经理的提醒负责人。已完成的任务不响；改了截止日期会重新计时。
            # 3 days before the deadline → mail to the project manager, without one to the owner. Closed tasks never ring; a moved deadline counts anew.
            id: deadline-3-days
            title: 三天后到期 / Due in three days
            when: {before: task.due, by: 3 days}
            if: task.open
            then:
              - notify: {via: mail, to: "default(task.project.manager, task.assignee)"}

            """#
        )
    ]
}
