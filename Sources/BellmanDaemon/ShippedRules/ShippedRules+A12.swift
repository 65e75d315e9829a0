// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A12.
extension ShippedRules {
    static let a12: [(name: String, text: String)] = [
        (
            "A12-blocked",
            #"""
            # 任务受阻或在等别人满 3 个工作日 → 负责人（没有就是项目经理）；再过 2 个工作日还是这样、也没人点“知道了” → 项目经理
            # （没有项目就是负责人的上级）。状态改了或不再等了就停。
            # 等客户的另有规则（C6）。改天数时标题里的也一起改。
            # Blocked or waiting for 3 working days → the owner, else the project manager; 2 working days later still, and
            # not acknowledged → the project manager, else the owner's. It ends as soon as the task moves on. Waiting on the customer
            # has a rule of its own (C6).
            id: task-blocked
            title: 任务受阻 / Task blocked
            when:
              while: >-
                task.open && !default(task.waiting_for, "").matches("(?i)客户|customer|client") && (task.waiting_for != null
                || task.status.lowerAscii() in ["阻塞", "受阻", "等待", "等待中", "挂起", "blocked", "waiting", "on hold"])
              for: 3 working days
            then:
              - notify:
                  via: chat
                  to: default(task.assignee, task.project.manager)
                  title:
                    zh: 「{{ task.title }}」受阻已满 3 个工作日，请推动
                    en: '“{{ task.title }}” has been blocked for 3 working days, please get it moving'
                  text:
                    zh: |
                      - 在等：{{ task.waiting_for }}
                      - 状态：{{ task.status }}
                      - 负责人：{{ task.assignee }}
                      - 截止：{{ task.due }}

                      请{{ default(task.assignee, task.project.manager) }}今天催一下对方，换个做法，或者请项目经理帮忙；通了就更新任务的状态。
                    en: |
                      - Waiting for: {{ task.waiting_for }}
                      - Status: {{ task.status }}
                      - Owner: {{ task.assignee }}
                      - Due: {{ task.due }}

                      {{ default(task.assignee, task.project.manager) }}, please chase the other side today, find another way, or ask the project manager for help; once it moves, update the status of the task.
              - wait: 2 working days
                unless: acknowledged
                notify:
                  via: mail
                  to: default(task.project.manager, task.assignee.manager)
                  title:
                    zh: 「{{ task.title }}」受阻已满 5 个工作日，请帮忙解决
                    en: '“{{ task.title }}” has been blocked for 5 working days, please help'
                  text:
                    zh: |
                      - 在等：{{ task.waiting_for }}
                      - 状态：{{ task.status }}
                      - 负责人：{{ task.assignee }}
                      - 截止：{{ task.due }}

                      请{{ default(task.project.manager, task.assignee.manager) }}今天和负责人商量怎么解决。
                    en: |
                      - Waiting for: {{ task.waiting_for }}
                      - Status: {{ task.status }}
                      - Owner: {{ task.assignee }}
                      - Due: {{ task.due }}

                      {{ default(task.project.manager, task.assignee.manager) }}, please work out a solution with the owner today.
                  priority: high

            """#
        )
    ]
}
