// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario C5.
extension ShippedRules {
    static let c5: [(name: String, text: String)] = [
        (
            "C5-project-budget",
            #"""
            # 项目支出超过预算 80% → 项目经理；超过 100% → 财务。每道线只响一次：降下来再超过才会再响，而且 90 天内不重复。
            # 没填预算、预算为 0、已结束的项目不响。要改的：0.8（80%）；财务写在成员的“角色”里（finance）。
            # Spent over 80 % of a project's budget → its manager; over 100 % → finance. Each line once: again only after it was
            # below, and not within 90 days.
            - id: budget-80
              title: 预算用掉 80% / 80 % of the budget spent
              when: {while: project.open && project.budget > 0 && project.spent > project.budget * 0.8}
              limit: 1 per 90 days
              then:
                - notify:
                    via: mail
                    to: project.manager
                    title:
                      zh: 「{{ project.name }}」预算已用 {{ percent(project.spent / project.budget) }}，超过 80%
                      en: '“{{ project.name }}” has used {{ percent(project.spent / project.budget) }} of its budget, more than 80%'
                    text:
                      zh: |
                        「{{ project.name }}」预算 {{ project.budget }}，已支出 {{ project.spent }}，{{ project.spent > project.budget ? "超支" : "还剩" }} {{ project.spent > project.budget ? project.spent - project.budget : project.budget - project.spent }}。
                        进度 {{ percent(project.progress) }}，结束日期 {{ project.ends_on }}。
                        请{{ project.manager }}本周内核对预算够不够做完剩下的工作，不够就申请追加或缩减范围。
                      en: |
                        The budget of “{{ project.name }}” is {{ project.budget }}; {{ project.spent }} is spent, {{ project.spent > project.budget ? project.spent - project.budget : project.budget - project.spent }} {{ project.spent > project.budget ? "too much" : "is left" }}.
                        Progress {{ percent(project.progress) }}, end date {{ project.ends_on }}.
                        {{ project.manager }}, please check this week whether the budget is enough for the work that remains; if not, ask for more or cut the scope.

            - id: budget-100
              title: 预算超支 / Over budget
              when: {while: project.open && project.budget > 0 && project.spent > project.budget}
              limit: 1 per 90 days
              then:
                - notify:
                    via: mail
                    to: role("finance")
                    title:
                      zh: 「{{ project.name }}」超支 {{ project.spent - project.budget }}
                      en: '“{{ project.name }}” is over budget by {{ project.spent - project.budget }}'
                    text:
                      zh: |
                        「{{ project.name }}」预算 {{ project.budget }}，已支出 {{ project.spent }}（{{ percent(project.spent / project.budget) }}）。
                        项目经理：{{ project.manager }}；进度 {{ percent(project.progress) }}。
                        请财务今天与项目经理确认：追加预算，还是停止支出。
                      en: |
                        The budget of “{{ project.name }}” is {{ project.budget }}; {{ project.spent }} is spent ({{ percent(project.spent / project.budget) }}).
                        Project manager: {{ project.manager }}; progress {{ percent(project.progress) }}.
                        Finance, please settle today with the project manager whether to add budget or to stop spending.
                    priority: high

            """#
        )
    ]
}
