// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B9.
extension ShippedRules {
    static let b9: [(name: String, text: String)] = [
        (
            "B9-renewals-over-reserve",
            #"""
            # 本季度到期的续费总额超过预算预留 → 财务。每个工作日核对一次，超过后最多每 30 天响一次。财务写在成员的“角色”里（finance）。
            # 怎样算：到期日在本季度、还没续的，加上本季度到期、已经续了的（新一期从旧到期日第二天开始，见 B3）。预留写在“预算”（budget）里：
            # 部门、期间（如 2026-Q4）、预留金额；部门留空的是全公司的。没有预留的不比较；金额请用同一币种。
            # The renewals due this quarter, done or not, add up to more than the budget's reserve → finance. Looked at every working
            # day, told once in 30 days. Reserves are records of kind budget: department, period (2026-Q4), reserve; no department means
            # the whole company.
            - id: renewals-over-reserve
              title: 部门续费超预算 / Renewals over the department's reserve
              when: {every: working day at 09:00}
              select: contract
              where: contract.amount != null && (contract.open && contract.expires_on.format("yyyy-'Q'Q") == today.format("yyyy-'Q'Q") || contract.renewed_on != null && contract.starts_on.minus("1 day").format("yyyy-'Q'Q") == today.format("yyyy-'Q'Q"))
              group: contract.department
              if: sum(records.map(c, c.amount)) > reserve(group, today.format("yyyy-'Q'Q"))
              limit: 1 per 30 days
              then:
                - notify:
                    via: mail
                    to: role("finance")
                    title:
                      zh: '{{ group }}本季度续费 {{ money(sum(records.map(c, c.amount))) }}，超过预留 {{ money(reserve(group, today.format("yyyy-''Q''Q"))) }}'
                      en: '{{ group }}: renewals this quarter {{ money(sum(records.map(c, c.amount))) }}, over the reserve of {{ money(reserve(group, today.format("yyyy-''Q''Q"))) }}'
                    text:
                      zh: |
                        {{ group }} {{ today.format("yyyy-'Q'Q") }} 到期的续费共 {{ money(sum(records.map(c, c.amount))) }}，预留 {{ money(reserve(group, today.format("yyyy-'Q'Q"))) }}，差 {{ money(sum(records.map(c, c.amount)) - reserve(group, today.format("yyyy-'Q'Q"))) }}。
                        请财务本周内追加预留，或与负责人商定减量、推迟：
                        {{ table(records, ["name", "amount", "expires_on", "owner"]) }}
                      en: |
                        The renewals of {{ group }} that are due in {{ today.format("yyyy-'Q'Q") }} come to {{ money(sum(records.map(c, c.amount))) }}, the reserve is {{ money(reserve(group, today.format("yyyy-'Q'Q"))) }}: {{ money(sum(records.map(c, c.amount)) - reserve(group, today.format("yyyy-'Q'Q"))) }} too little.
                        Finance, please add to the reserve this week, or agree with the owners to take less or to put it off:
                        {{ table(records, ["name", "amount", "expires_on", "owner"]) }}
                    digest: day at 09:05

            - id: renewals-over-total-reserve
              title: 续费总额超预算 / Renewals over the total reserve
              when: {every: working day at 09:00}
              select: contract
              where: contract.amount != null && (contract.open && contract.expires_on.format("yyyy-'Q'Q") == today.format("yyyy-'Q'Q") || contract.renewed_on != null && contract.starts_on.minus("1 day").format("yyyy-'Q'Q") == today.format("yyyy-'Q'Q"))
              if: sum(records.map(c, c.amount)) > reserve(null, today.format("yyyy-'Q'Q"))
              limit: 1 per 30 days
              then:
                - notify:
                    via: mail
                    to: role("finance")
                    title:
                      zh: '本季度续费共 {{ money(sum(records.map(c, c.amount))) }}，超过全公司预留 {{ money(reserve(null, today.format("yyyy-''Q''Q"))) }}'
                      en: Renewals this quarter {{ money(sum(records.map(c, c.amount))) }}, over the whole company’s reserve of {{ money(reserve(null, today.format("yyyy-'Q'Q"))) }}
                    text:
                      zh: |
                        {{ today.format("yyyy-'Q'Q") }} 到期的续费共 {{ money(sum(records.map(c, c.amount))) }}，全公司预留 {{ money(reserve(null, today.format("yyyy-'Q'Q"))) }}。
                        请财务本周内追加预留，或与负责人商定减量、推迟：
                        {{ table(records, ["name", "department", "amount", "expires_on", "owner"]) }}
                      en: |
                        The renewals that are due in {{ today.format("yyyy-'Q'Q") }} come to {{ money(sum(records.map(c, c.amount))) }}, the whole company’s reserve is {{ money(reserve(null, today.format("yyyy-'Q'Q"))) }}.
                        Finance, please add to the reserve this week, or agree with the owners to take less or to put it off:
                        {{ table(records, ["name", "department", "amount", "expires_on", "owner"]) }}
                    digest: day at 09:05

            """#
        )
    ]
}
