// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario C1.
extension ShippedRules {
    static let c1: [(name: String, text: String)] = [
        (
            "C1-customer-report",
            #"""
            # 每周五 16:00 → 客户（抄送客户负责人）：本周完成、未完成、问题、下周计划。每个客户一封，放假也发，换成“周四”或别的时间改 when。
            # 只有写了邮箱的客户；标签里有“内部”或 internal 的任务不给客户看。没有任务的客户不发。
            # Fridays at 16:00 → each customer with an e-mail address, and the account owner: finished this week, open, problems,
            # next steps. Tasks labelled 内部 or internal are not shown; customers without tasks get nothing.
            id: customer-report
            title: 客户周报 / Weekly report to the customer
            when: {every: friday at 16:00}
            select: task
            where: >-
              task.project.open && task.project.customer.open && task.project.customer.email != null
              && !default(task.labels, []).exists(l, l in ["内部", "internal"])
              && (task.open || default(task.closed_at, task.updated_at) > firing.scheduled_at.minus("1 week"))
            group: task.project.customer
            then:
              - notify:
                  via: mail
                  to: [group.email, group.owner]
                  title:
                    zh: '{{ group.name }}：项目周报（{{ date(firing.scheduled_at) }}）'
                    en: '{{ group.name }}: weekly project report ({{ date(firing.scheduled_at) }})'
                  text:
                    zh: |
                      您好，这是本周的项目进展，供您了解，不需要回复。有问题请联系{{ group.owner }}。

                      **本周完成**

                      {{ table(records.filter(t, t.closed), ["title", "project.name", "status"]) }}

                      **未完成**

                      {{ table(records.filter(t, t.open), ["title", "project.name", "due", "progress"]) }}

                      **问题：过期或受阻**

                      {{ table(records.filter(t, t.open && (t.overdue || t.waiting_for != null)), ["title", "due", "waiting_for"]) }}

                      **下周计划**

                      {{ table(records.filter(t, t.open && t.due != null && days_until(t.due) >= 0 && days_until(t.due) <= 9), ["title", "due"]) }}
                    en: |
                      Hello, this is the progress of your projects this week, for your information; no answer is needed. If you have questions, please contact {{ group.owner }}.

                      **Finished this week**

                      {{ table(records.filter(t, t.closed), ["title", "project.name", "status"]) }}

                      **Open**

                      {{ table(records.filter(t, t.open), ["title", "project.name", "due", "progress"]) }}

                      **Problems: overdue or blocked**

                      {{ table(records.filter(t, t.open && (t.overdue || t.waiting_for != null)), ["title", "due", "waiting_for"]) }}

                      **Plan for next week**

                      {{ table(records.filter(t, t.open && t.due != null && days_until(t.due) >= 0 && days_until(t.due) <= 9), ["title", "due"]) }}

            """#
        )
    ]
}
