// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A13.
extension ShippedRuleTests {
    static let a13: [(name: String, text: String)] = [
        (
            "A13-access-review",
            #"""
            # 季度权限复核、临时权限到期。/ Quarterly access review, temporary access that ends.
            - name: 季度第一个工作日，每位项目经理一条
              rules: access-review
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-09-20T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: li, name: 李强}, {id: zhao, name: 赵敏}, {id: sun, name: 孙丽}]
                contract: [{id: C-1, name: 网盘}]
                account:
                  - {id: A-1, login: wang@pan, contract: C-1, member: wang, access: 管理员}
                  - {id: A-2, login: wang-old, member: wang, status: 已停用}
                  - {id: A-3, login: wang-vpn, member: wang}
                project:
                  - {id: P-1, name: 官网, manager: zhao, creator: sun, members: [wang, li]}
                  - {id: P-2, name: 商城, manager: zhao, members: [li]}
                  - {id: P-3, name: 关了, manager: zhao, members: [wang], status: 已归档}
                  - {id: P-4, name: 新项目, creator: sun}
                document: [{id: D-1, title: 需求, project: P-1}, {id: D-2, title: 报价, project: P-1}]
              # 10 月 1 日至 7 日放假 / holidays from the 1st to the 7th
              ends: 2026-12-31
              expect:
                - at: 2026-10-08T09:00
                  rule: access-review
                  record: member/zhao
                  to: [zhao]
                  via: mail
                  title: 季度权限复核：请核对 2 个项目的成员和权限
                  contains:
                    - 请赵敏本周内核对
                    - 「官网」成员：王芳（网盘：管理员，wang-vpn：权限未写明）、李强；文档：需求、报价
                    - 「商城」成员：李强；文档：（无）
                - {at: 2026-10-08T09:00, record: member/sun, to: [sun], contains: [核对 1 个项目, 「新项目」成员：（还没有填，请补上）]}
              nothing_else: true

            - name: 临时权限到期前 3 天；停用的不响；延长后重新计时
              rules: temporary-access
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member:
                  - {id: guest, name: 访客, manager: chen}
                  - {id: chen, name: 陈刚}
                  - {id: zhao, name: 赵敏}
                contract: [{id: C-1, name: 网盘, owner: zhao}]
                account:
                  - {id: A-1, login: guest1, contract: C-1, member: guest, access: 只读, expires_on: 2026-10-20}
                  - {id: A-2, login: guest2, contract: C-1, expires_on: 2026-10-20, status: 已停用}
                  - {id: A-3, login: guest3, member: guest, expires_on: 2026-10-21}
                  - {id: A-4, login: staff, contract: C-1, member: guest}
              events:
                - {at: 2026-10-18T10:00, record: account/A-3, set: {expires_on: 2026-11-21}}
                - {at: 2026-10-18T10:00, record: account/A-1, set: {status: 已停用}}
              ends: 2026-11-30
              expect:
                - at: 2026-10-17T09:00
                  rule: temporary-access
                  record: account/A-1
                  to: [zhao, chen]
                  via: mail
                  title: 「guest1」的临时权限 2026-10-20 到期，还有 3 天：延长还是收回？
                  contains: [使用人：访客, 产品：网盘, 权限：只读, 请合同负责人赵敏和上级陈刚在 2026-10-20 前定下]
                - {at: 2026-10-17T09:00, record: account/A-2, outcome: condition_false}
                - {at: 2026-10-18T09:00, record: account/A-3, to: [chen], contains: guest3}
                - {at: 2026-11-18T09:00, record: account/A-3, to: [chen], contains: 2026-11-21}
              nothing_else: true

            - name: in another zone, late after a stop
              rules: [access-review, temporary-access]
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-12-28T08:00
              records:
                member: [{id: kim, name: Kim, manager: max}, {id: lee, name: Lee}, {id: max, name: Max}]
                contract: [{id: C-1, name: Drive, owner: lee}]
                account:
                  - {id: A-1, login: guest, contract: C-1, member: kim, expires_on: 2027-01-05}
                  - {id: A-2, login: lee-vpn, member: lee}
                  - {id: A-3, login: lee@drive, contract: C-1, member: lee, access: admin}
                project:
                  - {id: P-1, name: Site, manager: kim, members: [lee, kim]}
                  - {id: P-2, name: Shop, manager: kim}
                document: [{id: D-1, title: Plan, project: P-1}]
              down: [[2027-01-01T20:00, 2027-01-03T08:00]]
              ends: 2027-01-10
              expect:
                - at: 2027-01-01T09:00
                  rule: access-review
                  record: member/kim
                  to: [kim]
                  title: "Quarterly access review: please check members and rights (projects: 2)"
                  contains:
                    - Kim, please check this week. Take whoever should no longer see a project off its members
                    - "“Site” members: Lee (lee-vpn: rights not set, Drive: admin), Kim (Drive: rights not set); documents: Plan"
                    - "“Shop” members: (none yet, please add them); documents: (none)"
                - at: 2027-01-03T08:00
                  rule: temporary-access
                  to: [lee, max]
                  late: true
                  title: "Temporary access “guest” ends on 2027-01-05 (days left: 2): extend it or let it end?"
                  contains: ["Product: Drive", "Contract owner Lee and manager Max, please decide by 2027-01-05."]
              nothing_else: true

            """#
        )
    ]
}
