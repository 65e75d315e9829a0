// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B13.
extension ShippedRules {
    static let b13: [(name: String, text: String)] = [
        (
            "B13-bought-twice",
            #"""
            # 同一产品有两份有效合同 → 财务和 IT，一个产品一条。合并成一份以后又多买，才会再响；已关闭的、没写产品的不算。
            # 财务、IT 写在成员的“角色”里（finance、it）。
            # Two live contracts for one product → finance and IT, once a product; again only after there was one.
            id: bought-twice
            title: 重复购买 / Bought twice
            when: {while: records.size() > 1}
            select: contract
            where: contract.open
            group: contract.product
            then:
              - notify:
                  via: mail
                  to: [role("finance"), role("it")]
                  title:
                    zh: 「{{ group }}」有 {{ records.size() }} 份有效合同，请核对是否重复购买
                    en: '“{{ group }}”: {{ records.size() }} live contracts, please check whether it was bought twice'
                  text:
                    zh: |
                      「{{ group }}」同时有 {{ records.size() }} 份合同。请财务与 IT 本周内核对：重复的在到期前取消或合并，旧合同已结束的请改状态。
                      {{ table(records, ["name", "vendor", "department", "owner", "seats", "amount", "expires_on"]) }}
                    en: |
                      There are {{ records.size() }} contracts for “{{ group }}” at the same time. Finance and IT, please check this week: cancel or merge doubles before they expire, and set the status of those that have ended.
                      {{ table(records, ["name", "vendor", "department", "owner", "seats", "amount", "expires_on"]) }}
                  digest: working day at 09:00

            """#
        )
    ]
}
