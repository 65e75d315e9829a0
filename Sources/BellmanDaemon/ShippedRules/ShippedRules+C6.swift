// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario C6.
extension ShippedRules {
    static let c6: [(name: String, text: String)] = [
        (
            "C6-waiting-on-customer",
            #"""
            # 任务或商机等客户满 5 个工作日 → 负责人去跟进。客户回复（不再等）就停；再等再计。
            # 怎样认：waiting_for（等谁）里有“客户”、customer 或 client，或者状态是“等待客户”、“waiting for customer”一类。
            # A task or an opportunity waits on the customer for 5 working days → its owner. It counts anew each time it waits.
            - id: task-waits-on-customer
              title: 任务等客户 / Task waits on the customer
              when:
                while: task.open && (task.waiting_for.matches("(?i)客户|customer|client") || task.status.matches("(?i)[等待].*客户|(waiting|pending).*(customer|client)"))
                for: 5 working days
              then:
                - notify:
                    via: chat
                    to: default(task.assignee, task.project.manager)
                    title:
                      zh: 「{{ task.title }}」等客户已满 5 个工作日，请联系客户
                      en: '“{{ task.title }}” has waited on the customer for 5 working days, please contact them'
                    text:
                      zh: |
                        任务「{{ task.title }}」（{{ default(task.project.customer.name, "未填客户") }}）等客户已满 5 个工作日。
                        请{{ default(task.assignee.name, default(task.project.manager.name, "项目经理")) }}今天联系客户催办；客户已回复的，请改状态或清空“等谁”。截止日期：{{ task.due }}。
                      en: |
                        Task “{{ task.title }}” ({{ default(task.project.customer.name, "customer not set") }}) has waited on the customer for 5 working days.
                        {{ default(task.assignee.name, default(task.project.manager.name, "Project manager")) }}, please contact the customer today; if they have answered, change the status or clear “waiting for”. Due: {{ task.due }}.
                    digest: working day at 09:00

            - id: opportunity-waits-on-customer
              title: 商机等客户 / Opportunity waits on the customer
              when:
                while: opportunity.open && (opportunity.waiting_for.matches("(?i)客户|customer|client") || opportunity.status.matches("(?i)[等待].*客户|(waiting|pending).*(customer|client)"))
                for: 5 working days
              then:
                - notify:
                    via: chat
                    to: opportunity.owner
                    title:
                      zh: 商机「{{ opportunity.title }}」等客户已满 5 个工作日，请联系客户
                      en: Opportunity “{{ opportunity.title }}” has waited on the customer for 5 working days, please contact them
                    text:
                      zh: |
                        商机「{{ opportunity.title }}」（{{ default(opportunity.customer.name, "未填客户") }}，{{ opportunity.amount }}）等客户已满 5 个工作日。
                        请{{ opportunity.owner }}今天联系客户推进；客户已回复的，请改状态或清空“等谁”。预计成交：{{ opportunity.close_on }}。
                      en: |
                        Opportunity “{{ opportunity.title }}” ({{ default(opportunity.customer.name, "customer not set") }}, {{ opportunity.amount }}) has waited on the customer for 5 working days.
                        {{ opportunity.owner }}, please contact the customer today; if they have answered, change the status or clear “waiting for”. Expected close: {{ opportunity.close_on }}.
                    digest: working day at 09:00

            """#
        )
    ]
}
