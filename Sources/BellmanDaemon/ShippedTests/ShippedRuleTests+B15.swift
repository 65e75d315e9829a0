// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B15.
extension ShippedRuleTests {
    static let b15: [(name: String, text: String)] = [
        (
            "B15-price-jump",
            #"""
            # 涨价超过 10% 告诉财务。/ A price over 10 % above the last term's, to finance.
            - name: 超过 10% 响，刚好 10%、第一期、已关闭的不响；降回来再涨会再响
              rules: price-jump
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: cai, name: 蔡琴, role: finance}, {id: sun, name: 孙丽, role: hr}]
                contract:
                  - {id: C-1, name: 云主机, vendor: 云途科技, owner: wang, last_amount: 10000, amount: 10000, expires_on: 2026-11-30, status: 生效}
                  - {id: C-2, name: 邮箱, owner: wang, last_amount: 10000, amount: 10000, status: 生效}
                  - {id: C-3, name: 第一期, owner: wang, amount: 10000, status: 生效}
                  - {id: C-4, name: 已关闭, owner: wang, last_amount: 10000, amount: 10000, status: 已终止}
                  - {id: C-6, name: 便宜的, owner: wang, last_amount: 1, amount: 1, status: 生效}
                  - {id: C-5, name: 赠送, owner: wang, last_amount: 0, amount: 0, status: 生效}
              events:
                - {at: 2026-10-13T10:00, record: contract/C-1, set: {amount: 12550}}
                - {at: 2026-10-13T10:00, record: contract/C-2, set: {amount: 11000}}
                - {at: 2026-10-13T10:00, record: contract/C-3, set: {amount: 20000}}
                - {at: 2026-10-13T10:00, record: contract/C-4, set: {amount: 20000}}
                - {at: 2026-10-13T10:00, record: contract/C-5, set: {amount: 20000}}
                - {at: 2026-10-13T11:00, record: contract/C-6, set: {amount: 2}}
                - {at: 2026-10-14T10:00, record: contract/C-1, set: {amount: 13000}}
                - {at: 2026-10-15T10:00, record: contract/C-1, set: {amount: 10500}}
                - {at: 2026-10-16T10:00, record: contract/C-1, set: {amount: 12000}}
                - {at: 2026-10-16T11:00, record: contract/C-2, set: {amount: 11000.01}}
              ends: 2026-10-31
              expect:
                - at: 2026-10-13T10:00
                  rule: price-jump
                  record: contract/C-1
                  to: [cai]
                  via: mail
                  title: 「云主机」比上期涨价 25.5%
                  contains: ["云途科技", "12,550", "上期 10,000 CNY，涨幅超过 10%。", 请财务本周内、付款之前向负责人王芳核实, 2026-11-30]
                - {at: 2026-10-13T11:00, record: contract/C-6, to: [cai], title: 「便宜的」比上期涨价 100%}
                - {at: 2026-10-16T10:00, record: contract/C-1, to: [cai], title: 「云主机」比上期涨价 20%}
                - {at: 2026-10-16T11:00, record: contract/C-2, to: [cai]}
              nothing_else: true

            - name: told when the renewal is written into the ledger, once
              rules: price-jump
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              currency: EUR
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: max, name: Max, role: finance}]
                contract: [{id: C-1, name: Cloud, vendor: Skyline, owner: kim, last_amount: 950, amount: 900, expires_on: 2026-11-30, status: active}]
              events:
                - {at: 2026-10-13T10:00, record: contract/C-1, set: {status: renewed, amount: 1000}}
                # what B3 then writes / B3 随后记入
                - {at: 2026-10-13T10:01, record: contract/C-1, by: rule renewal-done, set: {status: active, last_amount: 900, expires_on: 2027-11-30}}
              ends: 2026-10-31
              expect:
                - {at: 2026-10-13T10:01, rule: price-jump, to: [max], title: "“Cloud”: price up 11.1% on the last term", contains: ["“Cloud” (Skyline) costs 1,000 EUR this term, 900 EUR the last: over 10% more.", "please ask Kim for the reason", "Expires: 2027-11-30"]}
              nothing_else: true

            """#
        )
    ]
}
