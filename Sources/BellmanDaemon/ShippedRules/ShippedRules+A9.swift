// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A9.
extension ShippedRules {
    static let a9: [(name: String, text: String)] = [
        (
            "A9-workload",
            #"""
            # 一个人的未完成任务超过 8 个 → 本人和上级；同时“进行中”的任务超过 1 个 → 本人。越过上限时响一次，回到上限以内后再次越过才再响；一天最多一次。
            # 改上限：改 while 里的数字，标题里的也一起改。
            # More than 8 open tasks for one person → that person and their manager; more than one in progress → that person.
            # Rings on crossing the limit, again only after it fell below; once a day at most. Change the number in the title too.
            - id: too-many-tasks
              title: 任务过多 / Too many tasks
              when: {while: records.size() > 8}
              select: task
              where: task.open
              group: task.assignee
              limit: 1 per 1 day
              then:
                - notify:
                    via: mail
                    to: [group, group.manager]
                    title:
                      zh: 「{{ group.name }}」有 {{ records.size() }} 个未完成的任务，超过 8 个
                      en: '{{ group.name }} has {{ records.size() }} open tasks, more than 8'
                    text:
                      zh: |
                        请{{ group.name }}和上级{{ group.manager }}今天商量：先做哪些，推迟、转交或取消哪些。

                        {{ table(records, ["title", "project.name", "due", "status"]) }}
                      en: |
                        {{ group.name }}, please settle with {{ default(group.manager.name, "your manager") }} today what comes first and what to postpone, hand over or cancel.

                        {{ table(records, ["title", "project.name", "due", "status"]) }}

            - id: two-in-progress
              title: 同时进行多个任务 / Several tasks in progress
              when: {while: records.size() > 1}
              select: task
              where: task.status.lowerAscii() in ["进行中", "in progress", "doing"]
              group: task.assignee
              limit: 1 per 1 day
              then:
                - notify:
                    via: mail
                    to: group
                    title:
                      zh: 「{{ group.name }}」同时有 {{ records.size() }} 个任务在进行
                      en: '{{ group.name }} has {{ records.size() }} tasks in progress at once'
                    text:
                      zh: |
                        请{{ group.name }}今天定下先做哪一个，其余的改回“待办”，或者转交。

                        {{ table(records, ["title", "project.name", "due", "status"]) }}
                      en: |
                        {{ group.name }}, please decide today which one comes first; set the others back to “to do”, or hand them over.

                        {{ table(records, ["title", "project.name", "due", "status"]) }}

            """#
        )
    ]
}
