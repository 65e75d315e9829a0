// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B2.
extension ShippedRuleTests {
    static let b2: [(name: String, text: String)] = [
        (
            "B2-approval-by-amount",
            #"""
            # 按金额审批：谁来批、批了、驳回、没人答复。/ Approval by amount: who is asked, consent, refusal, silence.
            - name: 5 万以下部门负责人批；5 万及以上、没填金额的，财务总监再批
              rules: approval-by-amount
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              currency: CNY
              clock: 2026-10-12T08:00
              records:
                member:
                  - {id: wang, name: 王芳, department_head: zhao, manager: zhang}
                  - {id: li, name: 李强, manager: zhang}
                  - {id: zhao, name: 赵敏, manager: chen}
                  - {id: zhang, name: 张伟, manager: chen}
                  - {id: chen, name: 陈刚}
                  - {id: zong, name: 宗明, role: finance-director}
                contract:
                  - {id: C-1, name: 云主机, vendor: 云途科技, owner: wang, amount: 49999, last_amount: 40000, seats: 20, expires_on: 2026-12-31, document: https://example.com/1, status: 生效}
                  - {id: C-2, name: 协作平台, owner: wang, amount: 50000, status: 生效}
                  - {id: C-3, name: 没填金额, owner: wang, status: 生效}
                  - {id: C-4, name: 没有部门负责人, owner: li, amount: 100, status: 生效}
                  - {id: C-5, name: 上级没答复, owner: li, amount: 100, status: 生效}
              events:
                - {at: 2026-10-12T10:00, record: contract/C-1, by: wang, set: {status: 待审批}}
                - {at: 2026-10-12T14:00, by: zhao, decide: contract/C-1, choice: approve, comment: 价格合理}
                - {at: 2026-10-13T10:00, record: contract/C-2, by: wang, set: {status: 待审批}}
                - {at: 2026-10-13T14:00, by: zhao, decide: contract/C-2, choice: approve}
                - {at: 2026-10-13T15:00, by: zong, decide: contract/C-2, choice: approve, comment: 预算内}
                - {at: 2026-10-14T10:00, record: contract/C-3, by: wang, set: {status: 待审批}}
                - {at: 2026-10-14T11:00, by: zhao, decide: contract/C-3, choice: approve}
                - {at: 2026-10-14T12:00, by: zong, decide: contract/C-3, choice: reject, comment: 先填金额}
                - {at: 2026-10-15T10:00, record: contract/C-4, by: li, set: {status: 待审批}}
                - {at: 2026-10-15T11:00, by: zhang, decide: contract/C-4, choice: approve}
                - {at: 2026-10-16T10:00, record: contract/C-5, by: li, set: {status: 待审批}}
                - {at: 2026-10-21T11:00, by: chen, decide: contract/C-5, choice: approve}
              ends: 2026-10-31
              expect:
                - at: 2026-10-12T10:00
                  rule: approval-by-amount
                  record: contract/C-1
                  to: [zhao]
                  via: mail
                  contains: [请审批「云主机」：49, 999 CNY, 云途科技, "席位：20", "40,000", 2026-12-31, "申请人：王芳", "https://example.com/1"]
                - at: 2026-10-12T14:00
                  record: contract/C-1
                  to: [wang]
                  via: mail
                  title: 「云主机」已批准，请办理
                  contains: [赵敏批准, 价格合理, 本周内办理签约付款]
                - {at: 2026-10-13T10:00, record: contract/C-2, to: [zhao], contains: "50,000"}
                - {at: 2026-10-13T14:00, record: contract/C-2, to: [zong], contains: 请审批「协作平台」}
                - {at: 2026-10-13T15:00, record: contract/C-2, to: [wang], title: 「协作平台」已批准，请办理, contains: [宗明批准, 预算内]}
                - {at: 2026-10-14T10:00, record: contract/C-3, to: [zhao], contains: （未填写）}
                - {at: 2026-10-14T11:00, record: contract/C-3, to: [zong]}
                - {at: 2026-10-14T12:00, record: contract/C-3, to: [wang], via: mail, title: 「没填金额」审批没有通过, contains: [宗明驳回, 先填金额, 改回“待审批”]}
                - {at: 2026-10-15T10:00, record: contract/C-4, to: [zhang]}
                - {at: 2026-10-15T11:00, record: contract/C-4, to: [li], title: 「没有部门负责人」已批准，请办理}
                - {at: 2026-10-16T10:00, record: contract/C-5, to: [zhang], contains: ["请在此前决定：2026-10-21 10:00", 逾期转告：陈刚]}
                # 周五起 3 个工作日：下周三转给直属上级的上级；批准的人写的是他 / who decided is named, not who was asked first
                - {at: 2026-10-21T10:00, record: contract/C-5, to: [chen], contains: 请代张伟决定}
                - {at: 2026-10-21T11:00, record: contract/C-5, to: [li], title: 「上级没答复」已批准，请办理, contains: 陈刚批准}
              at_end:
                contract:
                  - {id: C-1, status: 已批准}
                  - {id: C-2, status: 已批准}
                  - {id: C-3, status: 审批未通过}
                  - {id: C-4, status: 已批准}
                  - {id: C-5, status: 已批准}
                approval:
                  - {subject: contract/C-1, approver: zhao, decision: approve, comment: 价格合理}
                  - {subject: contract/C-3, approver: zong, decision: reject, comment: 先填金额}
              nothing_else: true

            - name: a refusal ends it, silence goes up after three working days, what is withdrawn is not asked about again
              rules: approval-by-amount
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              currency: EUR
              clock: 2026-10-12T08:00
              records:
                member:
                  - {id: kim, name: Kim, department_head: lee}
                  - {id: lee, name: Lee, manager: max}
                  - {id: max, name: Max}
                  - {id: dan, name: Dan, role: finance-director}
                contract:
                  - {id: C-1, name: Cloud, vendor: Skyline, owner: kim, amount: 90000, last_amount: 80000, seats: 20, expires_on: 2026-12-31, document: https://example.com/1, status: active}
                  - {id: C-2, name: Mail, owner: kim, amount: 90, status: active}
                  - {id: C-3, name: Chat, owner: kim, amount: 90, status: active}
                  - {id: C-4, name: Wiki, owner: kim, amount: 90, status: active}
              events:
                - {at: 2026-10-15T10:00, record: contract/C-1, by: kim, set: {status: Pending approval}}
                - {at: 2026-10-15T11:00, by: lee, decide: contract/C-1, choice: reject, comment: too dear}
                - {at: 2026-10-15T12:00, record: contract/C-2, by: kim, set: {status: pending approval}}
                - {at: 2026-10-15T13:00, record: contract/C-3, by: kim, set: {status: pending approval}}
                - {at: 2026-10-16T13:00, record: contract/C-3, by: kim, set: {status: draft}}
                - {at: 2026-10-15T14:00, record: contract/C-4, by: kim, set: {status: renewing}}
                - {at: 2026-10-15T15:00, record: contract/C-5, by: kim, create: {name: New, owner: kim, amount: 90, status: pending approval}}
                - {at: 2026-10-15T16:00, by: lee, decide: contract/C-5, choice: approve, comment: fair price}
                - {at: 2026-10-21T10:00, by: max, decide: contract/C-2, choice: reject}
              ends: 2026-10-31
              expect:
                - at: 2026-10-15T10:00
                  record: contract/C-1
                  to: [lee]
                  via: mail
                  contains: ["Please approve “Cloud”: 90,000 EUR", "Vendor: Skyline", "Seats: 20, last term: 80,000 EUR", "Expires: 2026-12-31", "Asked for by: Kim", "https://example.com/1"]
                - at: 2026-10-15T11:00
                  record: contract/C-1
                  to: [kim]
                  title: “Cloud” was not approved
                  contains: ["Lee turned down “Cloud” (90,000 EUR)", "set the status back to “Pending approval”", "Comment: too dear"]
                - {at: 2026-10-15T12:00, record: contract/C-2, to: [lee]}
                - {at: 2026-10-15T13:00, record: contract/C-3, to: [lee]}
                - {at: 2026-10-15T15:00, record: contract/C-5, to: [lee]}
                - {at: 2026-10-15T16:00, record: contract/C-5, to: [kim], title: "“New” is approved, please go ahead", contains: ["Lee approved “New” (90 EUR). Kim, please sign and pay this week.", "Comment: fair price"]}
                # Thursday and three working days: Tuesday
                - {at: 2026-10-20T12:00, record: contract/C-2, to: [max], via: mail, contains: "Please approve “Mail”: 90 EUR"}
                - {at: 2026-10-21T10:00, record: contract/C-2, to: [kim], title: “Mail” was not approved, contains: Max turned down}
              at_end:
                contract:
                  - {id: C-1, status: not approved}
                  - {id: C-2, status: not approved}
                  - {id: C-3, status: draft}
                  - {id: C-5, status: approved}
              nothing_else: true

            """#
        )
    ]
}
