// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B3.
extension ShippedRuleTests {
    static let b3: [(name: String, text: String)] = [
        (
            "B3-renewal-done",
            #"""
            # 续费办完：台账更新，使用者和负责人得到通知。
            # A renewal done: the ledger is brought up to date, users and owner are told.
            - name: 没有改到期日就往后推一年；旧金额记到上期
              rules: [renewal-done, renewal-told]
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: li, name: 李强}, {id: sun, name: 孙丽}, {id: zhou, name: 周杰}]
                contract:
                  - {id: C-1, name: 云主机, owner: wang, amount: 10000, seats: 20, starts_on: 2025-12-01, expires_on: 2026-11-30, status: 生效}
                account:
                  - {id: A-1, login: li, contract: C-1, member: li, status: 启用}
                  - {id: A-2, login: sun, contract: C-1, member: sun}
                  - {id: A-3, login: zhou, contract: C-1, member: zhou, status: 已停用}
                  - {id: A-4, login: robot, contract: C-1, status: 启用}
              events:
                - {at: 2026-10-20T10:00, record: contract/C-1, by: wang, set: {status: 已续费, amount: 12000, seats: 25}}
                # 30 天内再改一次状态，不会再推一年 / within 30 days it does not move on again
                - {at: 2026-10-25T10:00, record: contract/C-1, by: wang, set: {status: 已续费}}
              ends: 2026-11-10
              expect:
                - at: 2026-10-20T10:00
                  rule: renewal-told
                  record: contract/C-1
                  to: [li, sun]
                  via: mail
                  title: 「云主机」已续费，可以用到 2027-11-30
                  contains: [服务不中断, 您不需要做任何事, 王芳]
                - at: 2026-10-20T10:00
                  rule: renewal-told
                  record: contract/C-1
                  to: [wang]
                  via: mail
                  title: 「云主机」续费已入账，请核对台账
                  contains: [请王芳本周内对照新合同核对, "新到期日：2027-11-30", "12,000", "上期 10,000", "席位：25", "续费日期：2026-10-20", 3 个账号]
                - {at: 2026-10-25T10:00, rule: renewal-done, outcome: skipped}
              at_end:
                contract:
                  - {id: C-1, starts_on: 2026-12-01, expires_on: 2027-11-30, renewed_on: 2026-10-20, amount: 12000, last_amount: 10000, seats: 25}
              nothing_else: true

            - name: the words come back in the language they were written in, and a new expiry that was given is kept
              rules: [renewal-done, renewal-told]
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
                contract:
                  - {id: C-1, name: Cloud, owner: kim, amount: 900, last_amount: 800, seats: 20, starts_on: 2024-12-01, expires_on: 2026-11-30, status: active}
                  # far away: somebody moved the date before
                  - {id: C-2, name: Mail, owner: kim, starts_on: 2026-06-01, expires_on: 2027-04-12, status: active}
                  - {id: C-3, name: Chat, owner: kim, expires_on: 2027-04-11, status: active}
                  - {id: C-4, name: Wiki, owner: kim, status: active}
                account: [{id: A-1, login: lee, contract: C-1, member: lee}, {id: A-2, login: old, contract: C-1, status: disabled}, {id: A-3, login: older, contract: C-1, status: disabled}]
              events:
                - {at: 2026-10-13T10:00, record: contract/C-1, set: {status: renewed, expires_on: 2028-11-30}}
                - {at: 2026-10-13T11:00, record: contract/C-2, set: {status: Renewed}}
                - {at: 2026-10-13T12:00, record: contract/C-3, set: {status: 已续签}}
                - {at: 2026-10-13T13:00, record: contract/C-4, set: {status: 已续约}}
              ends: 2026-11-20
              expect:
                - at: 2026-10-13T10:00
                  record: contract/C-1
                  to: [lee]
                  title: “Cloud” is renewed, good until 2028-11-30
                  contains: [It runs on without a break until 2028-11-30, there is nothing you need to do, Please ask Kim]
                - at: 2026-10-13T10:00
                  record: contract/C-1
                  to: [kim]
                  title: "“Cloud”: the renewal is in the ledger, please check it"
                  contains: ["Kim, please compare these with the new contract this week", "New expiry: 2028-11-30", "(last term 900", "Seats: 20", "Renewed on: 2026-10-13", "(accounts: 1)"]
                - {at: 2026-10-13T11:00, record: contract/C-2, to: [kim], contains: 2027-04-12}
                - {at: 2026-10-13T12:00, record: contract/C-3, to: [kim], contains: 2028-04-11}
                - {at: 2026-10-13T13:00, rule: renewal-told, record: contract/C-4, outcome: condition_false, reason: contract.expires_on is empty}
              at_end:
                contract:
                  - {id: C-1, starts_on: 2026-12-01, expires_on: 2028-11-30, renewed_on: 2026-10-13, last_amount: 900, status: active}
                  - {id: C-2, starts_on: 2026-06-01, expires_on: 2027-04-12, status: active}
                  - {id: C-3, starts_on: 2027-04-12, expires_on: 2028-04-11, status: 生效}
                  - {id: C-4, renewed_on: 2026-10-13, status: 生效}
              nothing_else: true

            - name: 续费日期改成空、或已经过期的，不打扰使用者；更正日期 30 天内不再通知
              rules: renewal-told
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}]
                contract:
                  - {id: C-1, name: 云主机, owner: wang, expires_on: 2027-11-30, renewed_on: 2025-11-01}
                  - {id: C-2, name: 邮箱, owner: wang, expires_on: 2026-10-12}
                  - {id: C-3, name: 网盘, owner: wang, expires_on: 2026-10-13}
                # 停用的账号、没有人的账号，没有谁要通知 / nobody to be told
                account: [{id: A-1, login: old, contract: C-3, member: wang, status: 已停用}, {id: A-2, login: robot, contract: C-3}]
              events:
                - {at: 2026-10-13T10:00, record: contract/C-1, set: {renewed_on: null}}
                - {at: 2026-10-13T10:10, record: contract/C-2, set: {renewed_on: 2026-10-13}}
                - {at: 2026-10-13T10:20, record: contract/C-3, set: {renewed_on: 2026-10-13}}
                - {at: 2026-11-12T10:10, record: contract/C-3, set: {renewed_on: 2026-10-12, expires_on: 2027-10-13}}
                - {at: 2026-11-12T10:30, record: contract/C-3, set: {renewed_on: 2026-10-11}}
              ends: 2026-12-01
              expect:
                - {at: 2026-10-13T10:00, record: contract/C-1, outcome: condition_false}
                - {at: 2026-10-13T10:10, record: contract/C-2, outcome: condition_false}
                - {at: 2026-10-13T10:20, record: contract/C-3, to: [wang]}
                - {at: 2026-11-12T10:10, record: contract/C-3, outcome: skipped}
                - {at: 2026-11-12T10:30, record: contract/C-3, to: [wang]}
              nothing_else: true

            - name: 满 30 天以后才算下一次续费
              rules: renewal-done
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                contract: [{id: C-1, name: 月租, expires_on: 2026-10-31, status: 生效}, {id: C-2, name: 月租二, expires_on: 2026-10-31, status: 生效}]
              events:
                - {at: 2026-10-20T10:00, record: contract/C-1, set: {status: 已续费, expires_on: 2026-11-30}}
                - {at: 2026-10-20T10:00, record: contract/C-2, set: {status: 已续费, expires_on: 2026-11-30}}
                - {at: 2026-11-19T09:59, record: contract/C-1, set: {status: 已续费, expires_on: 2026-12-31}}
                - {at: 2026-11-19T10:01, record: contract/C-2, set: {status: 已续费, expires_on: 2026-12-31}}
              ends: 2026-11-20
              expect:
                - {at: 2026-11-19T09:59, record: contract/C-1, outcome: skipped}
                - {at: 2026-11-19T10:01, record: contract/C-2, outcome: fired}
              at_end:
                contract:
                  - {id: C-1, starts_on: 2026-11-01, renewed_on: 2026-10-20, status: 已续费}
                  - {id: C-2, starts_on: 2026-12-01, renewed_on: 2026-11-19, status: 生效}
              nothing_else: true

            """#
        )
    ]
}
