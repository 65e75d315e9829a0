// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B8.
extension ShippedRuleTests {
    static let b8: [(name: String, text: String)] = [
        (
            "B8-incomplete-contract",
            #"""
            # 合同资料不全，每周一告诉负责人，直到补齐。/ Incomplete contracts, each Monday, until they are complete.
            - name: 一人一条，写明缺什么；补齐、已关闭的不响；放假的星期一跳过
              rules: [contract-incomplete, contract-without-owner]
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-09-25T10:00
              records:
                member: [{id: wang, name: 王芳}, {id: li, name: 李强}, {id: cai, name: 蔡琴, role: finance}, {id: he, name: 何静, role: hr}]
                contract:
                  - {id: C-1, name: 云主机, owner: wang, seats: 20, price_terms: 按年, document: https://example.com/1}
                  - {id: C-2, name: 邮箱, owner: wang, expires_on: 2027-09-30, price_terms: 按年, document: https://example.com/2}
                  - {id: C-3, name: 网盘, owner: wang, expires_on: 2027-09-30, seats: 5, document: https://example.com/3}
                  - {id: C-4, name: 会议, owner: li, expires_on: 2027-09-30, seats: 5, price_terms: 按年}
                  - {id: C-5, name: 齐全, owner: li, expires_on: 2027-09-30, seats: 1, price_terms: 按年, document: https://example.com/5}
                  - {id: C-6, name: 旧的, owner: li, status: 已终止}
                  - {id: C-7, name: 没人管, vendor: 云途科技, department: 市场部, expires_on: 2027-09-30, amount: 800, seats: 5, price_terms: 按年, document: https://example.com/7}
                  - {id: C-8, name: 没人管也没用, status: 已终止}
              events:
                - {at: 2026-09-28T11:00, record: contract/C-4, set: {document: https://example.com/4}}
                - {at: 2026-09-28T11:00, record: contract/C-7, set: {owner: li}}
                - {at: 2026-10-12T11:00, record: contract/C-1, set: {expires_on: 2027-09-30}}
                - {at: 2026-10-12T11:00, record: contract/C-2, set: {seats: 3}}
                - {at: 2026-10-12T11:00, record: contract/C-3, set: {price_terms: 按月}}
              ends: 2026-10-31
              expect:
                - at: 2026-09-28T09:00
                  rule: contract-incomplete
                  record: member/wang
                  to: [wang]
                  via: mail
                  title: 您有 3 份合同资料不全，请补上
                  contains: [本周内在台账里补上, "- 云主机：缺 到期日", "- 邮箱：缺 席位", "- 网盘：缺 价格条款"]
                - {at: 2026-09-28T09:00, record: member/li, to: [li], title: 您有 1 份合同资料不全，请补上, contains: "- 会议：缺 文件链接"}
                - at: 2026-09-28T09:00
                  rule: contract-without-owner
                  to: [cai]
                  via: mail
                  title: 有 1 份合同没有负责人，请指定
                  contains: [到期、涨价都没人收到提醒, 没人管, 云途科技, 市场部, 2027-09-30, "800"]
                # 10 月 5 日在国庆假期里 / within the holidays
                - {at: 2026-10-05T09:00, rule: contract-incomplete, outcome: condition_false}
                - {at: 2026-10-12T09:00, rule: contract-incomplete, record: member/wang, to: [wang]}
              nothing_else: true

            - name: a holiday is skipped for contracts without owner too
              rules: contract-without-owner
              timezone: Asia/Shanghai
              calendar: CN
              language: en
              clock: 2026-10-04T10:00
              records:
                member: [{id: cai, name: Cai, role: finance}]
                contract: [{id: C-1, name: Cloud, vendor: Skyline}]
              ends: 2026-10-12
              expect:
                - {at: 2026-10-05T09:00, outcome: condition_false}
                - {at: 2026-10-12T09:00, to: [cai], title: "Contracts without an owner: 1, please name one for each", contains: [Without an owner nobody hears of expiries, Cloud, Skyline]}
              nothing_else: true

            - name: 什么都没填
              rules: contract-incomplete
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-10T10:00
              records:
                member: [{id: wang, name: 王芳}]
                contract: [{id: C-1, name: 云主机, owner: wang}]
              ends: 2026-10-13
              expect:
                - {at: 2026-10-12T09:00, to: [wang], contains: "- 云主机：缺 到期日 席位 价格条款 文件链接"}
              nothing_else: true

            - name: everything is missing, or one thing
              rules: contract-incomplete
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-10T10:00
              records:
                member: [{id: kim, name: Kim}]
                contract:
                  - {id: C-1, name: Cloud, owner: kim}
                  - {id: C-2, name: Mail, owner: kim, expires_on: 2027-09-30, seats: 1, price_terms: yearly}
              ends: 2026-10-13
              expect:
                - at: 2026-10-12T09:00
                  to: [kim]
                  title: "Your contracts with gaps in the ledger: 2, please complete them"
                  contains: ["please fill in what is missing in the ledger this week", "- Cloud: no expiry date, seats, price terms, document link", "- Mail: no document link"]
              nothing_else: true

            """#
        )
    ]
}
