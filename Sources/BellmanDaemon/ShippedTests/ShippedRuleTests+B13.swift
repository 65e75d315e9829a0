// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B13.
extension ShippedRuleTests {
    static let b13: [(name: String, text: String)] = [
        (
            "B13-bought-twice",
            #"""
            # 同一产品两份有效合同 → 财务和 IT。/ Two live contracts for one product, to finance and IT.
            - name: 买第二份时响一次；合并后再多买才再响；已关闭的、没写产品的不算
              rules: bought-twice
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member:
                  - {id: wang, name: 王芳}
                  - {id: ma, name: 马超, role: it}
                  - {id: cai, name: 蔡琴, role: finance}
                  - {id: he, name: 何静, role: hr}
                contract:
                  - {id: C-1, name: 画境一期, product: 画境, vendor: 画境软件, department: 市场部, owner: wang, seats: 10, amount: 9000, expires_on: 2027-03-31, status: 生效}
                  - {id: C-2, name: 画境旧, product: 画境, status: 已终止}
                  - {id: C-3, name: 账明, product: 账明, status: 生效}
                  - {id: C-4, name: 没写产品, status: 生效}
                  - {id: C-5, name: 没写产品二, status: 生效}
              events:
                - {at: 2026-10-13T10:00, record: contract/C-6, create: {name: 画境二期, product: 画境, owner: wang, status: 生效}}
                - {at: 2026-10-14T10:00, record: contract/C-7, create: {name: 画境三期, product: 画境, status: 生效}}
                - {at: 2026-10-15T10:00, record: contract/C-7, set: {status: 已取消}}
                - {at: 2026-10-16T10:00, record: contract/C-6, set: {status: 已终止}}
                - {at: 2026-10-19T10:00, record: contract/C-6, set: {status: 生效}}
              ends: 2026-10-31
              expect:
                - at: 2026-10-13T10:00
                  rule: bought-twice
                  to: [cai, ma]
                  via: mail
                  title: 「画境」有 2 份有效合同，请核对是否重复购买
                  contains: ["「画境」同时有 2 份合同。请财务与 IT 本周内核对", 画境一期, 画境软件, 市场部, 王芳, "席位：10", "9,000", 2027-03-31, 画境二期]
                - {at: 2026-10-19T10:00, to: [cai, ma], title: 「画境」有 2 份有效合同，请核对是否重复购买}
              nothing_else: true

            - name: a product's name that is corrected counts
              rules: bought-twice
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: ida, name: Ida, role: it}, {id: max, name: Max, role: finance}]
                contract: [{id: C-1, name: A, product: CRM}, {id: C-2, name: B, product: EPR}, {id: C-3, name: C, product: ERP}]
              events:
                - {at: 2026-10-13T10:00, record: contract/C-2, set: {product: ERP}}
              ends: 2026-10-31
              expect:
                - {at: 2026-10-13T10:00, to: [max, ida], title: "“ERP”: 2 live contracts, please check whether it was bought twice", contains: ["There are 2 contracts for “ERP” at the same time. Finance and IT, please check", B, C]}
              nothing_else: true

            """#
        )
    ]
}
