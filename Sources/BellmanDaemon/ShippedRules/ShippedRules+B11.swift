// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B11.
extension ShippedRules {
    static let B11: [(name: String, text: String)] = [
        (
            "B11-expired-contract",
            #"""
            # 到期没有续签 → 每天提醒负责人和上级，并告知管理通道，直到处理完（状态改为已续费或已关闭）。
            # Expired without renewal → owner, manager and the inbox, daily until someone handles it.
            id: contract-expired
            title: 合同已过期 / Contract expired
            when: {after: contract.expires_on, every: 1 day, times: 365}
            unless: contract.auto_renew || contract.closed
            then:
              - notify: {via: mail, to: [contract.owner, contract.owner.manager], priority: high}
              - notify: {via: [inbox], priority: high}

            """#
        )
    ]
}
