// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B1.
extension ShippedRules {
    static let b1: [(name: String, text: String)] = [
        (
            "B1-contract-renewal",
            #"""
            # 到期前 60、30、7 天 → 合同负责人（邮件和群）。每个到期日只提醒一次；已续费或自动续费的不响。
            # 60, 30 and 7 days before expiry → the contract's owner, by mail and chat. Each once for one expiry date.
            id: contract-renewal
            title: 合同续签提醒 / Contract renewal
            when: {before: contract.expires_on, by: [60 days, 30 days, 7 days]}
            unless: contract.auto_renew || contract.closed
            then:
              - notify: {via: [mail, chat], to: contract.owner}

            """#
        )
    ]
}
