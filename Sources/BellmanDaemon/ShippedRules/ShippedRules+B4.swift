// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B4.
extension ShippedRules {
    static let b4: [(name: String, text: String)] = [
        (
            "B4-cancel-in-time",
            #"""
            # 自动续费的合同：最后可取消日（到期日减通知期）前 14 天 → 负责人。
            # Contracts that renew themselves: 14 days before the last day to cancel (expiry minus notice period) → the owner.
            id: cancel-in-time
            title: 自动续费前的最后机会 / Last day to cancel
            when: {before: contract.cancel_by, by: 14 days}
            if: contract.auto_renew && contract.open
            then:
              - notify:
                  via: mail
                  to: contract.owner
                  priority: high

            """#
        )
    ]
}
