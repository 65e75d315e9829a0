// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B15.
extension ShippedRules {
    static let b15: [(name: String, text: String)] = [
        (
            "B15-price-jump",
            #"""
            # 续费金额比上期高出 10% 以上 → 财务。降回来再涨才会再响；没有上期金额（第一期）的不响。
            # 上期金额：续费办完时由“续费办完”规则（B3）记入，也可以自己填。要改的：1.1（高出 10%）；财务写在成员的“角色”里（finance）。
            # The renewal's amount is over 10 % above the last term's → finance. B3 keeps last_amount at renewal; a first term has none.
            id: price-jump
            title: 续费涨价 / Price jump
            when: {while: contract.open && contract.last_amount > 0 && contract.amount > contract.last_amount * 1.1}
            then:
              - notify:
                  via: mail
                  to: role("finance")
                  title:
                    zh: 「{{ contract.name }}」比上期涨价 {{ percent((contract.amount - contract.last_amount) / contract.last_amount) }}
                    en: '“{{ contract.name }}”: price up {{ percent((contract.amount - contract.last_amount) / contract.last_amount) }} on the last term'
                  text:
                    zh: |
                      「{{ contract.name }}」（{{ contract.vendor }}）这一期 {{ contract.amount }}，上期 {{ contract.last_amount }}，涨幅超过 10%。
                      请财务本周内、付款之前向负责人{{ contract.owner }}核实原因：席位变了、换了套餐，还是供应商提价；必要时要求重新报价。
                      到期：{{ contract.expires_on }}
                    en: |
                      “{{ contract.name }}” ({{ contract.vendor }}) costs {{ contract.amount }} this term, {{ contract.last_amount }} the last: over 10% more.
                      Finance, before it is paid and within this week please ask {{ contract.owner }} for the reason: other seats, another plan, or a rise by the vendor; if need be, ask for a new quote.
                      Expires: {{ contract.expires_on }}
                  digest: working day at 09:00

            """#
        )
    ]
}
