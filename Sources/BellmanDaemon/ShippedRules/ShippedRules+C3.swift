// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario C3.
extension ShippedRules {
    static let c3: [(name: String, text: String)] = [
        (
            "C3-risks",
            #"""
            # 风险值（可能性 × 影响）到 12 或以上 → 项目经理；一个月没有评审过的风险 → 风险负责人（没有就是项目经理），每人一条列出来，每周最多一次。
            # 从没评审过的，从登记那天算起。
            # Probability × impact at or above 12 → the project manager. Risks not reviewed for a month → their owner, else the
            # project manager: one message a person, once a week at most. Those never reviewed count from the day they were entered.
            - id: high-risk
              title: 高风险 / High risk
              when: {while: risk.open && risk.score >= 12}
              then:
                - notify:
                    via: mail
                    to: default(risk.project.manager, risk.owner)
                    title:
                      zh: 高风险：「{{ risk.title }}」风险值 {{ risk.score }}（到 12 就要处理）
                      en: 'High risk: “{{ risk.title }}” scores {{ risk.score }} (12 or more needs action)'
                    text:
                      zh: |
                        - 项目：{{ risk.project }}
                        - 可能性 × 影响：{{ risk.probability }} × {{ risk.impact }} = {{ risk.score }}
                        - 负责人：{{ risk.owner }}

                        请{{ default(risk.project.manager, risk.owner) }}本周内定下应对措施和负责人，处理之后更新可能性和影响。
                      en: |
                        - Project: {{ risk.project }}
                        - Probability × impact: {{ risk.probability }} × {{ risk.impact }} = {{ risk.score }}
                        - Owner: {{ risk.owner }}

                        {{ default(risk.project.manager, risk.owner) }}, please decide this week what is done about it and by whom, and update probability and impact afterwards.
                    priority: high

            - id: risk-not-reviewed
              title: 风险该评审了 / Risks to review
              when: {every: working day at 09:00}
              select: risk
              where: risk.open && default(risk.reviewed_on, date(risk.created_at)) <= today.minus("1 month")
              group: default(risk.owner, risk.project.manager)
              limit: 1 per 7 days
              then:
                - notify:
                    via: mail
                    to: group
                    title:
                      zh: 请评审 {{ records.size() }} 个风险：一个月以上没有评审了
                      en: Please review your risks ({{ records.size() }} not reviewed for a month or longer)
                    text:
                      zh: |
                        请{{ group.name }}本周内看看可能性和影响有没有变化，改好后更新评审日期；已经消除的请关闭。

                        {{ table(records, ["title", "project.name", "score", "reviewed_on"]) }}
                      en: |
                        {{ group.name }}, please see this week whether probability or impact has changed, then update the review date; close the risks that are gone.

                        {{ table(records, ["title", "project.name", "score", "reviewed_on"]) }}

            """#
        )
    ]
}
