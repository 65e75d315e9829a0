// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario C2.
extension ShippedRuleTests {
    static let c2: [(name: String, text: String)] = [
        (
            "C2-customer-silent",
            #"""
            # 14 天没有联系客户 → 客户负责人。/ A customer not contacted for 14 days → the account owner.
            - name: 从上次联系起 14 天；联系过一次就重新计时；已关闭的不响
              rules: customer-silent
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-08T18:00
              records:
                member: [{id: wang, name: 王芳}, {id: chen, name: 陈刚}]
                customer:
                  - {id: K-1, name: 华星, owner: wang, status: active, last_contact: 2026-10-08T15:00}
                  - {id: K-2, name: 东海, owner: wang, status: active, last_contact: 2026-10-08T16:00}
                  - {id: K-3, name: 老客户, owner: wang, status: 已关闭, last_contact: 2026-10-08T15:00}
              events:
                - {at: 2026-10-20T11:00, record: customer/K-2, set: {last_contact: 2026-10-20T11:00}}
              ends: 2026-11-10
              expect:
                - at: 2026-10-22T15:00
                  rule: customer-silent
                  record: customer/K-1
                  to: [wang]
                  via: chat
                  late: false
                  title: 「华星」上次联系 2026-10-08 15:00，已过 14 天
                - {at: 2026-11-03T11:00, record: customer/K-2, to: [wang], contains: 已过 14 天}
                - {at: 2026-10-22T15:00, record: customer/K-3, outcome: condition_false}
              nothing_else: true

            - name: stopped over the weekend, it rings on Monday
              rules: customer-silent
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-10T18:00
              records:
                member: [{id: kim, name: Kim}]
                customer: [{id: K-1, name: Acme, owner: kim, status: active, last_contact: 2026-10-10T15:00}]
              down: [[2026-10-23T20:00, 2026-10-26T08:00]]
              expect:
                - {at: 2026-10-26T08:00, to: [kim], late: true, title: "“Acme”: last contact 2026-10-10 15:00, passed 16 days ago"}
              nothing_else: true

            """#
        )
    ]
}
