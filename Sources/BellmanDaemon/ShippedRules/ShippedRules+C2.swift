// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario C2.
extension ShippedRules {
    static let c2: [(name: String, text: String)] = [
        (
            "C2-customer-silent",
            #"""
            # 14 天没有联系客户 → 客户负责人。联系过一次，就从那时重新计时。
            # A customer not contacted for 14 days → the account owner. Each contact starts the count anew.
            id: customer-silent
            title: 客户两周未联系 / Customer not contacted
            when: {after: customer.last_contact, by: 14 days}
            if: customer.open
            then:
              - notify: {via: chat, to: customer.owner}

            """#
        )
    ]
}
