// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B6.
extension ShippedRuleTests {
    static let b6: [(name: String, text: String)] = [
        (
            "B6-idle-account",
            #"""
            # 闲置账号：每月一次，一位负责人一封。/ Idle accounts, once a month, one message an owner.
            - name: 满 30 天没用的按合同列出，写明可省的钱；用过的、停用的、合同已结束的不算
              rules: idle-accounts
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              currency: CNY
              clock: 2026-10-07T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: li, name: 李强}, {id: sun, name: 孙丽}]
                contract:
                  - {id: C-1, name: 云主机, owner: wang, seats: 20, amount: 24000, status: 生效}
                  - {id: C-2, name: 邮箱, owner: wang, status: 生效}
                  - {id: C-3, name: 旧系统, owner: wang, status: 已终止}
                  - {id: C-4, name: 设计工具, owner: li, seats: 0, amount: 100, status: 生效}
                  - {id: C-5, name: 没有负责人, seats: 5, amount: 100, status: 生效}
                account:
                  # 10 月 8 日往前 30 天是 9 月 8 日 / 30 days before 8 October
                  - {id: A-1, login: sunl, contract: C-1, member: sun, last_active: 2026-09-08T23:00}
                  - {id: A-2, login: lij, contract: C-1, member: li, last_active: 2026-09-09T00:30}
                  - {id: A-3, login: never, contract: C-1, created_at: 2026-09-01T10:00}
                  - {id: A-4, login: fresh, contract: C-1, created_at: 2026-09-20T10:00}
                  - {id: A-5, login: mail1, contract: C-2, member: sun, last_active: 2026-01-01T10:00}
                  - {id: A-6, login: gone, contract: C-2, last_active: 2026-01-01T10:00, status: 已停用}
                  - {id: A-7, login: old, contract: C-3, last_active: 2026-01-01T10:00}
                  - {id: A-8, login: pen, contract: C-4, member: sun, last_active: 2026-01-01T10:00}
                  - {id: A-9, login: lost, contract: C-5, last_active: 2026-01-01T10:00}
                  - {id: A-10, login: nothing, last_active: 2026-01-01T10:00}
              ends: 2026-10-31
              expect:
                # 10 月 8 日是国庆后的第一个工作日 / the first working day of the month
                - at: 2026-10-08T09:30
                  rule: idle-accounts
                  record: member/wang
                  to: [wang]
                  via: mail
                  title: 您负责的产品有 3 个账号 30 天没人用
                  contains: ["账号 30 天没人用，请本周内问一下", "- 云主机：闲置 2 个（共 20 席），约可省 2,400 CNY", "- 邮箱：闲置 1 个", sunl, 孙丽, never, mail1, 2026-09-08]
                - {at: 2026-10-08T09:30, record: member/li, to: [li], contains: ["- 设计工具：闲置 1 个\n"]}
              nothing_else: true

            - name: nobody idle, nothing rings; in another zone
              rules: idle-accounts
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              currency: EUR
              clock: 2026-10-30T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
                contract: [{id: C-1, name: Cloud, owner: kim, seats: 10, amount: 1000}, {id: C-2, name: Mail, owner: kim, seats: 0, amount: 100}, {id: C-3, name: Chat, owner: kim}]
                account:
                  - {id: A-1, login: lee1, contract: C-1, member: lee, last_active: 2026-10-20T10:00}
                  - {id: A-2, login: lee2, contract: C-2, member: lee, last_active: 2026-10-20T10:00}
                  - {id: A-3, login: lee3, contract: C-3, member: lee, last_active: 2026-10-20T10:00}
              ends: 2026-12-01
              expect:
                - {at: 2026-11-02T09:30, outcome: condition_false}
                - at: 2026-12-01T09:30
                  record: member/kim
                  to: [kim]
                  title: "Accounts of your products that nobody used for 30 days: 3"
                  contains: ["Nobody used these accounts for 30 days.", "- Cloud: 1 idle (seats: 10), about 100 EUR could be saved\n- Mail: 1 idle\n- Chat: 1 idle\n", Lee]
              nothing_else: true

            """#
        )
    ]
}
