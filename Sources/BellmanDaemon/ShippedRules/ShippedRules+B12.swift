// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B12.
extension ShippedRules {
    static let b12: [(name: String, text: String)] = [
        (
            "B12-several-versions",
            #"""
            # 同一产品，几个团队用着不同版本 → IT，一个产品一条。统一以后又出现不同版本，才会再响。已关闭、没写版本的不算。
            # IT 写在成员的“角色”里（it）。
            # Teams on different versions of the same product → IT, once a product; again only after the versions had been the same.
            id: several-versions
            title: 版本不一致 / Several versions of one product
            when:
              while: records.map(c, c.version).distinct().size() > 1
            select: contract
            where: contract.open && contract.version != null
            group: contract.product
            then:
              - notify:
                  via: mail
                  to: role("it")
                  title:
                    zh: 「{{ group }}」有 {{ records.map(c, c.version).distinct().size() }} 个版本同时在用，请统一
                    en: '“{{ group }}”: {{ records.map(c, c.version).distinct().size() }} versions in use at the same time, please agree on one'
                  text:
                    zh: |
                      「{{ group }}」各部门的版本不一样，请 IT 本月内与各负责人约定升级到同一版本：
                      {{ table(records, ["name", "department", "version", "owner"]) }}
                    en: |
                      Departments use different versions of “{{ group }}”. IT, please agree with the owners this month on one version to move to:
                      {{ table(records, ["name", "department", "version", "owner"]) }}
                  digest: working day at 09:00

            """#
        )
    ]
}
