// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B12.
extension ShippedRuleTests {
    static let b12: [(name: String, text: String)] = [
        (
            "B12-several-versions",
            #"""
            # 同一产品版本不一致 → IT。/ Several versions of one product, to IT.
            - name: 出现第二个版本时响一次；统一后再分开才再响；不同产品、已关闭、没写版本的不算
              rules: several-versions
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: ma, name: 马超, role: it}, {id: he, name: 何静, role: hr}]
                contract:
                  - {id: C-1, name: 设计一组, product: 画境, version: "5", department: 市场部, owner: wang, status: 生效}
                  - {id: C-2, name: 设计二组, product: 画境, version: "5", department: 研发部, owner: wang, status: 生效}
                  - {id: C-3, name: 旧合同, product: 画境, version: "4", status: 已终止}
                  - {id: C-4, name: 没写版本, product: 画境, status: 生效}
                  - {id: C-5, name: 别的产品, product: 账明, version: "9", status: 生效}
                  - {id: C-6, name: 没写产品, version: "1", status: 生效}
                  - {id: C-7, name: 没写产品二, version: "1", status: 生效}
              events:
                - {at: 2026-10-13T10:00, record: contract/C-2, set: {version: "6"}}
                - {at: 2026-10-13T10:10, record: contract/C-7, set: {version: "2"}}
                - {at: 2026-10-14T10:00, record: contract/C-4, set: {version: "7"}}
                - {at: 2026-10-15T10:00, record: contract/C-4, set: {version: "6"}}
                - {at: 2026-10-16T10:00, record: contract/C-1, set: {version: "6"}}
                - {at: 2026-10-19T10:00, record: contract/C-1, set: {version: "7"}}
              ends: 2026-10-31
              expect:
                - at: 2026-10-13T10:00
                  rule: several-versions
                  to: [ma]
                  via: mail
                  title: 「画境」有 2 个版本同时在用，请统一
                  contains: [请 IT 本月内与各负责人约定, 设计一组, 市场部, "版本：5", 设计二组, 研发部, "版本：6", 王芳]
                - {at: 2026-10-19T10:00, to: [ma], title: 「画境」有 2 个版本同时在用，请统一}
              nothing_else: true

            - name: a contract that comes to life, closes or is new counts
              rules: several-versions
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: ida, name: Ida, role: it}]
                contract:
                  - {id: C-1, name: Team A, product: CRM, version: "1", status: active}
                  - {id: C-2, name: Team B, product: CRM, version: "2", status: cancelled}
              events:
                - {at: 2026-10-13T10:00, record: contract/C-2, set: {status: active}}
                - {at: 2026-10-14T09:00, record: contract/C-2, set: {status: cancelled}}
                - {at: 2026-10-14T10:00, record: contract/C-3, create: {name: Team C, product: CRM, version: "3", status: active}}
              ends: 2026-10-31
              expect:
                - {at: 2026-10-13T10:00, to: [ida], title: "“CRM”: 2 versions in use at the same time, please agree on one", contains: [Departments use different versions of “CRM”, "IT, please agree with the owners", Team A, Team B]}
                - {at: 2026-10-14T10:00, to: [ida], contains: [Team A, Team C]}
              nothing_else: true

            """#
        )
    ]
}
