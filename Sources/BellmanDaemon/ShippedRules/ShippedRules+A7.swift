// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A7.
extension ShippedRules {
    static let a7: [(name: String, text: String)] = [
        (
            "A7-daily-progress",
            #"""
            # 每个工作日 17:30：手上有今天没更新过的未完成任务的人 → 每人一条，列出这些任务。还没到开始日期的不算。
            # Every working day at 17:30: whoever has open tasks that were not touched today → one message a person with the list.
            # Tasks whose start is yet to come do not count.
            id: daily-progress
            title: 下班前更新进展 / Update your progress
            when: {every: working day at 17:30}
            select: task
            where: task.open && task.updated_at < today && (task.starts_on == null || task.starts_on <= today)
            group: task.assignee
            then:
              - notify:
                  via: mail
                  to: group
                  title:
                    zh: 下班前请更新进展：{{ records.size() }} 个任务今天没有更新
                    en: Please update your tasks before you leave ({{ records.size() }} not touched today)
                  text:
                    zh: |
                      请{{ group.name }}下班前打开每个任务，改一下状态、完成比例，或者写一句备注。

                      {{ table(records, ["title", "project.name", "due", "status"]) }}
                    en: |
                      {{ group.name }}, before you leave please open each task and change its status or progress, or write a short note.

                      {{ table(records, ["title", "project.name", "due", "status"]) }}
                  priority: low

            """#
        )
    ]
}
