// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B11.
extension ShippedRuleTests {
    static let b11: [(name: String, text: String)] = [
        (
            "B11-expired-contract",
            #"""
            # 到期没有续签 → 每天提醒负责人和上级，并告知管理通道。
            # Expired without renewal → owner, manager and the inbox, daily until someone handles it.
            - name: 每天两条，续费后停止
              rules: contract-expired
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-30T08:00
              records:
                member: [{id: wang, name: 王芳, manager: chen}, {id: chen, name: 陈刚}]
                contract:
                  - {id: C-1, name: 云主机, owner: wang, expires_on: 2026-10-31, status: active}
                  - {id: C-2, name: 自动续, owner: wang, expires_on: 2026-10-31, status: active, auto_renew: true}
              events:
                - {at: 2026-11-02T10:00, record: contract/C-1, set: {status: 已续费}}
              ends: 2026-11-10
              expect:
                - at: 2026-11-01T09:00
                  rule: contract-expired
                  record: contract/C-1
                  to: [wang, chen]
                  via: mail
                  title: 「云主机」到期 2026-10-31，已过 1 天
                  contains: [2026-10-31 已到期，还没有续签, 请王芳今天办理续签或终止，并把状态改为“已续费”或“已关闭”；陈刚请督促]
                  priority: high
                - {at: 2026-11-01T09:00, record: contract/C-1, to: [], via: inbox, title: "「云主机」到期 2026-10-31，已过 1 天", priority: high}
                - {at: 2026-11-02T09:00, record: contract/C-1, to: [wang, chen], via: mail, contains: 已过 2 天}
                - {at: 2026-11-02T09:00, record: contract/C-1, to: [], via: inbox}
                - {at: 2026-11-03T09:00, record: contract/C-1, outcome: condition_false}
                - {at: 2026-11-01T09:00, record: contract/C-2, outcome: condition_false}
              nothing_else: true

            - name: after a year it is given up
              rules: contract-expired
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-30T10:00
              records:
                member: [{id: kim, name: Kim}]
                contract: [{id: C-1, name: Cloud, owner: kim, expires_on: 2025-10-31, status: active}]
              ends: 2026-11-10
              expect:
                - {at: 2026-10-31T09:00, to: [kim], via: mail, title: "“Cloud”: expires 2025-10-31, passed 365 days ago", contains: ["expired on 2025-10-31 and is not renewed", "Kim, please renew or end it today and set its status to renewed or closed; manager, please see to it"]}
                - {at: 2026-10-31T09:00, to: [], via: inbox}
              nothing_else: true

            - name: 停机几天，恢复时只补一次
              rules: contract-expired
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-30T08:00
              records:
                member: [{id: wang, name: 王芳}]
                contract: [{id: C-1, name: 云主机, owner: wang, expires_on: 2026-10-31, status: active}]
              events:
                - {at: 2026-11-05T10:00, record: contract/C-1, set: {expires_on: 2027-10-31}}
              down: [[2026-10-31T20:00, 2026-11-03T08:00]]
              ends: 2026-11-10
              expect:
                - {at: 2026-11-03T08:00, to: [wang], via: mail, late: true, contains: 已过 3 天}
                - {at: 2026-11-03T08:00, to: [], via: inbox, late: true}
                - {at: 2026-11-01T09:00, outcome: superseded}
                - {at: 2026-11-03T09:00, to: [wang], via: mail, late: false}
                - {at: 2026-11-03T09:00, to: [], via: inbox}
                - {at: 2026-11-04T09:00, to: [wang], via: mail}
                - {at: 2026-11-04T09:00, to: [], via: inbox}
                - {at: 2026-11-05T09:00, to: [wang], via: mail}
                - {at: 2026-11-05T09:00, to: [], via: inbox}
              nothing_else: true

            """#
        )
    ]
}
