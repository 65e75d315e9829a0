// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B8.
extension ShippedRules {
    static let b8: [(name: String, text: String)] = [
        (
            "B8-incomplete-contract",
            #"""
            # 合同缺到期日、席位、价格条款或文件链接 → 负责人，每周一一次，直到补齐；一人一条消息。没有负责人的合同告诉财务。
            # 要改的：monday at 09:00；财务写在成员的“角色”里（finance）。
            # A contract without expiry, seats, price terms or document → its owner, weekly until complete, one message a person; one
            # without an owner → finance.
            - id: contract-incomplete
              title: 合同资料不全 / Contract record incomplete
              when: {every: monday at 09:00}
              select: contract
              where: contract.open && (contract.expires_on == null || default(contract.seats, 0) == 0 || contract.price_terms == null || contract.document == null)
              group: contract.owner
              if: is_working_day(today)
              then:
                - notify:
                    via: mail
                    to: group
                    title:
                      zh: 您有 {{ records.size() }} 份合同资料不全，请补上
                      en: 'Your contracts with gaps in the ledger: {{ records.size() }}, please complete them'
                    text:
                      zh: |
                        请{{ group }}本周内在台账里补上缺的几项，补齐后不再提醒：

                        {{ records.map(c, "- " + c.name + "：缺" + (c.expires_on == null ? " 到期日" : "") + (default(c.seats, 0) == 0 ? " 席位" : "") + (c.price_terms == null ? " 价格条款" : "") + (c.document == null ? " 文件链接" : "")).join("\n") }}
                      en: |
                        {{ group }}, please fill in what is missing in the ledger this week; a complete contract is not brought up again.

                        {{ records.map(c, "- " + c.name + ": no " + [c.expires_on == null ? "expiry date" : "", default(c.seats, 0) == 0 ? "seats" : "", c.price_terms == null ? "price terms" : "", c.document == null ? "document link" : ""].filter(x, x != "").join(", ")).join("\n") }}

            - id: contract-without-owner
              title: 合同没有负责人 / Contract without owner
              when: {every: monday at 09:00}
              select: contract
              where: contract.open && contract.owner == null
              if: is_working_day(today)
              then:
                - notify:
                    via: mail
                    to: role("finance")
                    title:
                      zh: 有 {{ records.size() }} 份合同没有负责人，请指定
                      en: 'Contracts without an owner: {{ records.size() }}, please name one for each'
                    text:
                      zh: |
                        没有负责人，到期、涨价都没人收到提醒。请财务本周内在台账里指定：
                        {{ table(records, ["name", "vendor", "department", "expires_on", "amount"]) }}
                      en: |
                        Without an owner nobody hears of expiries and price rises. Finance, please name one in the ledger this week:
                        {{ table(records, ["name", "vendor", "department", "expires_on", "amount"]) }}

            """#
        )
    ]
}
