// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A5.
extension ShippedRules {
    static let a5: [(name: String, text: String)] = [
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
                notify:
                  via: mail
                  to: [task.creator, task.project.manager]
                  title:
                    zh: '任务「{{ task.title }}」缺{{ [task.assignee == null ? "负责人" : "", task.due == null ? "截止日期" : ""].filter(s, s != "").join("和") }}，请今天补上'
                    en: 'Task “{{ task.title }}” has no {{ [task.assignee == null ? "owner" : "", task.due == null ? "deadline" : ""].filter(s, s != "").join(" and no ") }}, please add it today'
                  text:
                    zh: |
                      - 项目：{{ task.project }}
                      - 负责人：{{ task.assignee }}
                      - 截止日期：{{ task.due }}
                      - 建立人：{{ task.creator }}

                      请{{ default(task.creator.name, "建立人") }}今天补上，不在时由{{ default(task.project.manager.name, "项目经理") }}补；到期才有人收到提醒。
                    en: |
                      - Project: {{ task.project }}
                      - Owner: {{ task.assignee }}
                      - Deadline: {{ task.due }}
                      - Created by: {{ task.creator }}

                      {{ default(task.creator.name, "Creator") }}, please add what is missing today, or {{ default(task.project.manager.name, "the project manager") }} in your absence; without it nobody is reminded.

            """#
        )
    ]
}
