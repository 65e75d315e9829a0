// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B1.
extension ShippedRuleTests {
    static let b1: [(name: String, text: String)] = [
        (
            "B1-contract-renewal",
            #"""
            # 到期前 60、30、7 天提醒合同负责人。/ 60, 30 and 7 days before a contract expires, to its owner.
            - name: 三次提醒，邮件和群
              rules: contract-renewal
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-09-01T08:00
              records:
                member: [{id: wang, name: 王芳, email: wang@example.com}]
                contract: [{id: C-12, name: 云主机, owner: wang, expires_on: 2026-11-30, status: active}]
              ends: 2026-12-31
              expect:
                - at: 2026-10-01T09:00
                  rule: contract-renewal
                  record: contract/C-12
                  to: [wang]
                  via: [mail, chat]
                  late: false
                  title: 「云主机」到期 2026-11-30，还有 60 天
                  contains: 负责人：王芳
                - {at: 2026-10-31T09:00, to: [wang], via: [mail, chat], contains: 还有 30 天}
                - {at: 2026-11-23T09:00, to: [wang], via: [mail, chat], contains: 还有 7 天}
              nothing_else: true

            - name: 已续费、已关闭或自动续费的不响；续签后的新日期重新提醒
              rules: contract-renewal
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-09-01T08:00
              records:
                member: [{id: wang, name: 王芳}]
                contract:
                  - {id: C-1, name: 自动续, owner: wang, expires_on: 2026-11-30, status: active, auto_renew: true}
                  - {id: C-2, name: 已关闭, owner: wang, expires_on: 2026-11-30, status: 已关闭}
                  - {id: C-3, name: 中途续费, owner: wang, expires_on: 2026-11-30, status: active}
                  - {id: C-4, name: 延了一年, owner: wang, expires_on: 2026-11-30, status: active}
              events:
                - {at: 2026-10-05T10:00, record: contract/C-3, set: {status: 已续费}}
                - {at: 2026-10-05T10:00, record: contract/C-4, set: {expires_on: 2027-11-30}}
              ends: 2027-10-15
              expect:
                - {at: 2026-10-01T09:00, record: contract/C-1, outcome: condition_false}
                - {at: 2026-10-01T09:00, record: contract/C-2, outcome: condition_false}
                - {at: 2026-10-01T09:00, record: contract/C-3, to: [wang]}
                - {at: 2026-10-31T09:00, record: contract/C-3, outcome: condition_false}
                - {at: 2026-10-01T09:00, record: contract/C-4, to: [wang]}
                - {at: 2027-10-01T09:00, record: contract/C-4, to: [wang], contains: 2027-11-30}
              nothing_else: true

            - name: stopped over two reminders, the nearest rings on return
              rules: contract-renewal
              timezone: Europe/Berlin
              language: en
              clock: 2026-09-01T08:00
              records:
                member: [{id: kim, name: Kim}]
                contract: [{id: C-1, name: Cloud, owner: kim, expires_on: 2026-11-30, status: active}]
              down: [[2026-09-30T00:00, 2026-11-02T12:00]]
              ends: 2026-11-20
              expect:
                - {at: 2026-11-02T12:00, to: [kim], late: true, title: "“Cloud”: expires 2026-11-30, 28 days left"}
                - {at: 2026-10-01T09:00, outcome: superseded}
              nothing_else: true

            """#
        )
    ]
}
