// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A4.
extension ShippedRules {
    static let a4: [(name: String, text: String)] = [
        (
            "A4-overdue",
            #"""
            # 过期 1、3、7 天 → 负责人（没有负责人就是项目经理）。第 7 天那次之后再过一个工作日，任务没完成、也没人点“知道了” → 项目经理的上级。
            # 任务一关闭就停。改天数时，下面 if 里的 7 days 要一起改。
            # 1, 3 and 7 days overdue → the owner, or the project manager where there is none. A working day after the seventh
            # day's reminder, unless someone acknowledged it → the project manager's manager. It stops at once when the task closes.
            # Who changes the days changes "7 days" below as well.
            id: task-overdue
            title: 任务过期 / Task overdue
            when: {after: task.due, by: [1 day, 3 days, 7 days]}
            if: task.open
            then:
              - notify: {via: [mail, chat], to: 'default(task.assignee, task.project.manager)'}
              - wait: 1 working day
                if: anchor.plus(offset) == anchor.plus("7 days")
                unless: acknowledged
                notify:
                  via: mail
                  to: default(task.project.manager.manager, task.assignee.manager)
                  title:
                    zh: 请过问：「{{ task.title }}」已过期 {{ -days_left }} 天，仍未完成
                    en: '“{{ task.title }}” is {{ -days_left }} days overdue and still open, please step in'
                  text:
                    zh: |
                      - 截止：{{ anchor }}
                      - 项目：{{ task.project }}
                      - 负责人：{{ task.assignee }}
                      - 项目经理：{{ task.project.manager }}

                      请{{ default(task.project.manager.manager, task.assignee.manager) }}今天和他们定下新的日期，或者把任务转交、取消。
                    en: |
                      - Due: {{ anchor }}
                      - Project: {{ task.project }}
                      - Owner: {{ task.assignee }}
                      - Project manager: {{ task.project.manager }}

                      {{ default(task.project.manager.manager, task.assignee.manager) }}, please agree on a new date with them today, or hand the task over or cancel it.
                  priority: high
                  digest: day at 09:05

            """#
        )
    ]
}
