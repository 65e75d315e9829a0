// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario C4.
extension ShippedRules {
    static let c4: [(name: String, text: String)] = [
        (
            "C4-material-stock",
            #"""
            # 库存低于最低库存 → 采购员（没有就是项目经理）。补到最低库存以上，再次低于时才再提醒。
            # Stock below its minimum → the buyer, else the project manager. It rings again only after the stock was refilled.
            id: material-low
            title: 物料不足 / Material running low
            when: {while: material.stock < material.minimum}
            then:
              - notify:
                  via: [mail, chat]
                  to: default(material.buyer, material.project.manager)
                  title:
                    zh: 请补货：「{{ material.name }}」库存 {{ material.stock }}，低于最低 {{ material.minimum }}（单位：{{ material.unit }}）
                    en: 'Please reorder “{{ material.name }}”: stock {{ material.stock }}, below the minimum of {{ material.minimum }} (unit: {{ material.unit }})'
                  text:
                    zh: |
                      - 项目：{{ material.project }}
                      - 库存：{{ material.stock }}
                      - 最低库存：{{ material.minimum }}
                      - 还差：{{ material.minimum - material.stock }}

                      请{{ default(material.buyer, material.project.manager) }}今天下单，到货后更新库存。
                    en: |
                      - Project: {{ material.project }}
                      - Stock: {{ material.stock }}
                      - Minimum: {{ material.minimum }}
                      - Missing: {{ material.minimum - material.stock }}

                      {{ default(material.buyer, material.project.manager) }}, please order today, and update the stock when it has arrived.

            """#
        )
    ]
}
