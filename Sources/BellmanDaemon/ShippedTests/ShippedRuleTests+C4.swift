// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario C4.
extension ShippedRuleTests {
    static let c4: [(name: String, text: String)] = [
        (
            "C4-material-stock",
            #"""
            # 库存低于最低库存 → 采购员；补货之后再低才再响。
            # Stock below its minimum → the buyer; again only after it was refilled.
            - name: 越过最低库存响一次，继续下降不响，补货后再低才响
              rules: material-low
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: zhao, name: 赵敏}]
                project: [{id: P-1, name: 官网, manager: zhao}]
                material:
                  - {id: M-1, name: 网线, unit: 箱, buyer: wang, stock: 12, minimum: 10}
                  - {id: M-2, name: 螺丝, unit: 盒, project: P-1, stock: 5.5, minimum: 5}
                  - {id: M-3, name: 没有下限, buyer: wang, stock: 5}
              events:
                - {at: 2026-10-13T10:00, record: material/M-1, set: {stock: 10}}
                - {at: 2026-10-14T10:00, record: material/M-1, set: {stock: 9}}
                - {at: 2026-10-14T11:00, record: material/M-1, set: {stock: 3}}
                - {at: 2026-10-14T12:00, record: material/M-1, set: {stock: 9.5}}
                - {at: 2026-10-15T10:00, record: material/M-1, set: {stock: 30}}
                - {at: 2026-10-16T10:00, record: material/M-1, set: {stock: 7}}
                - {at: 2026-10-16T11:00, record: material/M-2, set: {stock: 4.5}}
                - {at: 2026-10-16T12:00, record: material/M-3, set: {stock: 0}}
              ends: 2026-10-17
              expect:
                - at: 2026-10-14T10:00
                  rule: material-low
                  record: material/M-1
                  to: [wang]
                  via: [mail, chat]
                  title: 请补货：「网线」库存 9，低于最低 10（单位：箱）
                  contains: [还差：1, 请王芳今天下单]
                - {at: 2026-10-16T10:00, record: material/M-1, to: [wang], contains: 还差：3}
                - {at: 2026-10-16T11:00, record: material/M-2, to: [zhao], contains: [单位：盒, 库存：4.5, 最低库存：5, 项目：官网, 还差：0.5, 请赵敏今天下单]}
              nothing_else: true

            - name: raising the minimum rings as well, also while stopped
              rules: material-low
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}]
                material: [{id: M-1, name: Cable, unit: box, buyer: kim, stock: 12, minimum: 10}]
              events:
                - {at: 2026-10-13T10:00, record: material/M-1, set: {minimum: 15}}
              down: [[2026-10-13T09:00, 2026-10-13T12:00]]
              ends: 2026-10-14
              expect:
                - at: 2026-10-13T12:00
                  to: [kim]
                  title: "Please reorder “Cable”: stock 12, below the minimum of 15 (unit: box)"
                  contains: ["Stock: 12", "Minimum: 15", "Missing: 3", "Kim, please order today"]
              nothing_else: true

            """#
        )
    ]
}
