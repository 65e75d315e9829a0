// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B4.
extension ShippedRuleTests {
    static let b4: [(name: String, text: String)] = [
        (
            "B4-cancel-in-time",
            #"""
            # 自动续费的合同，最后可取消日前 14 天提醒负责人。
            # Contracts that renew themselves: 14 days before the last day to cancel, to the owner.
            - name: 到期日减通知期，再提前 14 天
              rules: cancel-in-time
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-01T08:00
              records:
                member: [{id: wang, name: 王芳, manager: chen}, {id: chen, name: 陈刚}]
                contract:
                  - {id: C-1, name: 云主机, owner: wang, expires_on: 2026-12-31, notice_period: 30 天, auto_renew: true, status: active}
                  - {id: C-2, name: 邮箱, owner: wang, expires_on: 2026-12-31, notice_period: 1 个月, auto_renew: true, status: active}
                  - {id: C-3, name: 不自动续, owner: wang, expires_on: 2026-12-31, notice_period: 30 天, status: active}
                  - {id: C-4, name: 已取消, owner: wang, expires_on: 2026-12-31, notice_period: 30 天, auto_renew: true, status: 已取消}
                  - {id: C-5, name: 没有通知期, owner: wang, expires_on: 2026-12-31, auto_renew: true, status: active}
              ends: 2027-01-31
              expect:
                - at: 2026-11-17T09:00
                  rule: cancel-in-time
                  record: contract/C-1
                  to: [wang]
                  via: mail
                  late: false
                  title: 「云主机」最后可取消日 2026-12-01，还有 14 天
                  priority: high
                # 12 月 31 日往前一个月是 11 月 30 日 / a month before 31 December is 30 November
                - {at: 2026-11-16T09:00, record: contract/C-2, to: [wang], contains: 2026-11-30}
                - {at: 2026-11-17T09:00, record: contract/C-3, outcome: condition_false}
                - {at: 2026-11-17T09:00, record: contract/C-4, outcome: condition_false}
              nothing_else: true

            - name: a longer notice period comes earlier, and being stopped does not lose it
              rules: cancel-in-time
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-01T08:00
              records:
                member: [{id: kim, name: Kim}]
                contract: [{id: C-1, name: Cloud, owner: kim, expires_on: 2026-12-31, notice_period: 30 days, auto_renew: true}]
              events:
                - {at: 2026-10-10T10:00, record: contract/C-1, set: {notice_period: 45 days}}
              down: [[2026-11-01T20:00, 2026-11-03T08:00]]
              expect:
                - at: 2026-11-03T08:00
                  to: [kim]
                  late: true
                  title: "“Cloud”: last day to cancel 2026-11-16, 13 days left"
              nothing_else: true

            """#
        )
    ]
}
