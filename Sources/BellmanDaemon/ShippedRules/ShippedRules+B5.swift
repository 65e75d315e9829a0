// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B5.
extension ShippedRules {
    static let b5: [(name: String, text: String)] = [
        (
            "B5-low-usage",
            #"""
            # 用量连续三个月低于 30% → 建议负责人和财务换小一点的套餐。中间缺数据不猜：45 天没有新数据就告诉负责人，三个月重新算起。
            # 要改的：0.3（30%）、3 months；财务写在成员的“角色”里（finance）。
            # Usage below 30 % for three months in a row → owner and finance, with the plan that would do. Missing figures are not
            # guessed: after 45 days without one the owner is told, and the three months begin anew with the next.
            - id: usage-low
              title: 用量持续偏低 / Low usage
              when: {while: contract.open && contract.usage < 0.3, for: 3 months, fresh: 45 days}
              then:
                - notify:
                    via: mail
                    to: [contract.owner, role("finance")]
                    title:
                      zh: 「{{ contract.name }}」三个月用量低于 30%，建议换小套餐
                      en: '“{{ contract.name }}”: usage below 30% for three months, a smaller plan would do'
                    text:
                      zh: |
                        「{{ contract.name }}」已连续三个月用量低于 30%，现在是 {{ percent(contract.usage) }}。
                        - 席位：{{ contract.seats }}，按现在的用量 {{ int(math.ceil(contract.usage * double(contract.seats))) }} 个就够
                        - 金额：{{ contract.amount }}
                        - 到期：{{ contract.expires_on }}
                        请{{ contract.owner }}{{ contract.expires_on == null ? "本月内" : "在到期前" }}与财务商定：减少席位、换小套餐，或说明为什么保留。
                      en: |
                        “{{ contract.name }}” has been used below 30% for three months in a row; it is at {{ percent(contract.usage) }} now.
                        - Seats: {{ contract.seats }}, at this usage {{ int(math.ceil(contract.usage * double(contract.seats))) }} would do
                        - Amount: {{ contract.amount }}
                        - Expires: {{ contract.expires_on }}
                        {{ contract.owner }}, please agree with finance {{ contract.expires_on == null ? "this month" : "before it expires" }}: fewer seats, a smaller plan, or the reason to keep it as it is.
                    digest: working day at 09:00

            - id: usage-not-measured
              title: 用量数据中断 / Usage figures missing
              when: {after: contract.measured_on, by: 45 days}
              if: contract.open
              then:
                - notify:
                    via: mail
                    to: contract.owner
                    title:
                      zh: 「{{ contract.name }}」已 45 天没有用量数据
                      en: '“{{ contract.name }}”: no usage figures for 45 days'
                    text:
                      zh: |
                        最后一次用量数据是 {{ contract.measured_on }} 的 {{ percent(contract.usage) }}。请{{ contract.owner }}本周内补上数据，或检查导入是否停了。
                        “连续三个月用量低”的统计已经中断，从下一次数据起重新计算，这期间的用量不作推测。
                      en: |
                        The last usage figure is {{ percent(contract.usage) }} of {{ contract.measured_on }}. {{ contract.owner }}, please supply the figures this week, or check whether the import has stopped.
                        The count of three months of low usage is broken off; it starts anew with the next figure, and nothing is guessed in between.
                    digest: working day at 09:00

            """#
        )
    ]
}
