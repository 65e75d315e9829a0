// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B6.
extension ShippedRules {
    static let b6: [(name: String, text: String)] = [
        (
            "B6-idle-account",
            #"""
            # 账号 30 天没人用 → 每月第一个工作日，给合同负责人一份清单：每份合同有几个闲置席位、是谁、一年能省多少钱。
            # 从没用过的，从登记那天算起。金额按“合同金额 ÷ 席位 × 闲置数”估算。要改的：-30（天）。
            # Accounts not used for 30 days → the contract's owner, on the first working day of a month: per product the idle seats,
            # whose they are, and the money that could be saved (amount ÷ seats × idle). Never used counts from the day of entry.
            id: idle-accounts
            title: 闲置账号 / Idle accounts
            when: {every: month on first working day at 09:30}
            select: account
            where: account.open && account.contract.open && days_until(default(account.last_active, account.created_at)) <= -30
            group: account.contract.owner
            then:
              - notify:
                  via: mail
                  to: group
                  title:
                    zh: 您负责的产品有 {{ records.size() }} 个账号 30 天没人用
                    en: 'Accounts of your products that nobody used for 30 days: {{ records.size() }}'
                  text:
                    zh: |
                      下面的账号 30 天没人用，请本周内问一下本人：不用的请停用，续费时按实际席位买。

                      {{ records.map(a, a.contract).distinct().map(c, cel.bind(n, records.filter(a, a.contract == c).size(), "- " + c.name + "：闲置 " + string(n) + " 个" + (c.seats == 0 ? "" : default("（共 " + string(c.seats) + " 席），约可省 " + money(c.amount / c.seats * n), "")))).join("\n") }}

                      {{ table(records, ["login", "member.name", "contract.name", "last_active"]) }}
                    en: |
                      Nobody used these accounts for 30 days. Please ask their users this week: close what is not needed, and renew only the seats in use.

                      {{ records.map(a, a.contract).distinct().map(c, cel.bind(n, records.filter(a, a.contract == c).size(), "- " + c.name + ": " + string(n) + " idle" + (c.seats == 0 ? "" : default(" (seats: " + string(c.seats) + "), about " + money(c.amount / c.seats * n) + " could be saved", "")))).join("\n") }}

                      {{ table(records, ["login", "member.name", "contract.name", "last_active"]) }}

            """#
        )
    ]
}
