// Made by scripts/embed-rules from rules/; a test compares the two.

/// Tests of the scenarios B.
extension ShippedRuleTests {
    static let groupB: [(name: String, text: String)] = [
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
        ),
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
                  priority: high
                - {at: 2026-11-01T09:00, record: contract/C-1, to: [], via: inbox, priority: high}
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
                - {at: 2026-10-31T09:00, to: [kim], via: mail, title: "“Cloud”: expires 2025-10-31, passed 365 days ago"}
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
        ),
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
        ),
    ]
}
