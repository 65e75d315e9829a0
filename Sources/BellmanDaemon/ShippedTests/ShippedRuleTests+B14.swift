// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B14.
extension ShippedRuleTests {
    static let b14: [(name: String, text: String)] = [
        (
            "B14-necessity-report",
            #"""
            # 5 万以上的续费：任务、评审邀请、有文件才审批。/ Renewals above 50,000: task, invitation, approval once there is a document.
            - name: 到期前 60 天建任务、发邀请；没有文件不审批，填上就审批
              rules: [necessity-report, renewal-approval]
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              currency: CNY
              clock: 2026-09-01T08:00
              records:
                member:
                  - {id: wang, name: 王芳, email: wang@example.com, department_head: zhao}
                  - {id: zhao, name: 赵敏, email: zhao@example.com, manager: chen}
                  - {id: chen, name: 陈刚, email: chen@example.com}
                  - {id: zong, name: 宗明, email: zong@example.com, role: finance-director}
                contract:
                  - {id: C-1, name: 云主机, owner: wang, amount: 80000, last_amount: 70000, usage: 0.8, seats: 20, expires_on: 2026-11-30, status: 生效}
                  - {id: C-2, name: 刚好五万, owner: wang, amount: 50000, document: https://example.com/2, expires_on: 2026-11-30, status: 生效}
                  - {id: C-4, name: 多一元, owner: wang, amount: 50001, expires_on: 2026-11-30, status: 生效}
                  - {id: C-3, name: 不续了, owner: wang, amount: 80000, document: https://example.com/3, expires_on: 2026-11-30, status: 不续签}
              events:
                - {at: 2026-10-20T10:00, record: contract/C-1, by: wang, set: {document: https://example.com/report}}
                - {at: 2026-10-20T11:00, record: contract/C-2, by: wang, set: {document: https://example.com/2b}}
                - {at: 2026-10-20T15:00, by: zhao, decide: contract/C-1, choice: approve, comment: 用得好}
                - {at: 2026-10-21T10:00, record: contract/C-1, by: wang, set: {document: https://example.com/report-2}}
                - {at: 2026-10-21T15:00, by: zong, decide: contract/C-1, choice: approve, comment: 预算内}
              ends: 2026-12-05
              expect:
                # 60 天前是 10 月 1 日；国庆放假，8 个工作日后 10 月 16 日，10 个工作日后 10 月 20 日 / 8 and 10 working days on, after the holidays
                - at: 2026-10-01T09:00
                  rule: necessity-report
                  record: contract/C-1
                  to: [wang, zhao, zong]
                  via: mail
                  title: 会议邀请：续费评审：「云主机」（80,000 CNY）
                  contains: "2026-10-20 10:00–11:00"
                - {at: 2026-10-01T09:00, rule: necessity-report, record: contract/C-4, to: [wang, zhao, zong]}
                - {at: 2026-10-01T09:00, rule: necessity-report, record: contract/C-2, outcome: condition_false}
                - {at: 2026-10-01T09:00, rule: necessity-report, record: contract/C-3, outcome: condition_false}
                - {at: 2026-10-01T09:00, rule: renewal-approval, record: contract/C-1, outcome: condition_false}
                - at: 2026-10-20T10:00
                  rule: renewal-approval
                  record: contract/C-1
                  to: [zhao]
                  via: mail
                  contains: ["「云主机」2026-11-30 到期，请审批续费 80,000 CNY（上期 70,000 CNY）", "https://example.com/report", "用量：80%，席位：20", "申请人：王芳"]
                - {at: 2026-10-20T15:00, rule: renewal-approval, record: contract/C-1, to: [zong]}
                - {at: 2026-10-21T10:00, rule: renewal-approval, record: contract/C-1, outcome: skipped}
                - at: 2026-10-21T15:00
                  rule: renewal-approval
                  record: contract/C-1
                  to: [wang]
                  via: mail
                  title: 「云主机」续费已批准，请在 2026-11-30 前办理
                  contains: [宗明已批准, 预算内, 已续费]
              at_end:
                contract: [{id: C-1, status: 已批准}, {id: C-2, status: 生效}]
                task: [{title: 必要性报告：云主机, assignee: wang, due: 2026-10-16, status: 待办}]
              nothing_else: true

            - name: with the document there it is asked at once; refusal, silence, and what was approved before
              rules: renewal-approval
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              currency: EUR
              clock: 2026-10-12T08:00
              records:
                member:
                  - {id: kim, name: Kim, department_head: lee}
                  - {id: lee, name: Lee, manager: max}
                  - {id: max, name: Max, manager: boss}
                  - {id: boss, name: Boss}
                  - {id: ann, name: Ann, manager: max}
                  - {id: dan, name: Dan, role: finance-director}
                contract:
                  - {id: C-1, name: Cloud, owner: kim, amount: 50001, last_amount: 40000, usage: 0.8, seats: 20, document: https://example.com/1, expires_on: 2026-12-14, status: active}
                  - {id: C-2, name: Mail, owner: ann, amount: 60000, document: https://example.com/2, expires_on: 2026-12-14, status: active}
                  - {id: C-3, name: Chat, owner: kim, amount: 60000, document: https://example.com/3, expires_on: 2026-12-14, status: approved}
                  - {id: C-4, name: Wiki, owner: kim, amount: 60000, expires_on: 2026-12-16, status: active}
                  - {id: C-5, name: Past, owner: kim, amount: 60000, expires_on: 2026-10-14, status: active}
                  - {id: C-6, name: Today, owner: kim, amount: 60000, expires_on: 2026-10-16, status: active}
                  - {id: C-7, name: Maps, owner: ann, amount: 60000, document: https://example.com/7, expires_on: 2026-12-14, status: active}
              events:
                - {at: 2026-10-16T10:00, by: lee, decide: contract/C-1, choice: reject, comment: look for another}
                # 61 days, two days late, and on the last day
                - {at: 2026-10-16T10:10, record: contract/C-4, set: {document: https://example.com/4}}
                - {at: 2026-10-16T10:20, record: contract/C-5, set: {document: https://example.com/5}}
                - {at: 2026-10-16T10:30, record: contract/C-6, set: {document: https://example.com/6}}
                - {at: 2026-10-16T10:40, by: lee, decide: contract/C-6, choice: approve}
                - {at: 2026-10-16T10:50, by: dan, decide: contract/C-6, choice: approve}
                - {at: 2026-10-16T11:00, by: max, decide: contract/C-2, choice: approve}
                - {at: 2026-10-19T11:00, by: dan, decide: contract/C-2, choice: approve, comment: within budget}
                - {at: 2026-10-20T10:00, by: boss, decide: contract/C-7, choice: reject, comment: not at this price}
                # 60 days after it was asked it may be asked again
                - {at: 2026-12-13T09:30, record: contract/C-1, set: {document: https://example.com/1b}}
                - {at: 2026-12-14T09:30, record: contract/C-1, set: {document: https://example.com/1c}}
              ends: 2026-12-14
              expect:
                - at: 2026-10-15T09:00
                  record: contract/C-1
                  to: [lee]
                  via: mail
                  contains: ["“Cloud” expires on 2026-12-14. Please approve its renewal for 50,001 EUR (last term 40,000 EUR).", "Necessity report: https://example.com/1", "Usage: 80%, seats: 20", "Asked for by: Kim"]
                - {at: 2026-10-15T09:00, record: contract/C-2, to: [max], via: mail}
                - {at: 2026-10-15T09:00, record: contract/C-3, outcome: condition_false}
                - {at: 2026-10-15T09:00, record: contract/C-7, to: [max], contains: "After that also told: Boss"}
                - {at: 2026-10-16T10:00, record: contract/C-1, to: [kim], via: mail, title: "“Cloud”: renewal not approved", contains: ["Lee did not approve the renewal of “Cloud” for 50,001 EUR", take less, "Comment: look for another"]}
                - {at: 2026-10-16T10:10, record: contract/C-4, outcome: condition_false}
                - {at: 2026-10-16T10:20, record: contract/C-5, outcome: condition_false}
                - {at: 2026-10-16T10:30, record: contract/C-6, to: [lee]}
                - {at: 2026-10-16T10:40, record: contract/C-6, to: [dan]}
                - {at: 2026-10-16T10:50, record: contract/C-6, to: [kim], title: "“Today”: renewal approved, please complete it by 2026-10-16"}
                - {at: 2026-10-16T11:00, record: contract/C-2, to: [dan]}
                - {at: 2026-10-17T09:00, record: contract/C-4, outcome: fired}
                - {at: 2026-10-17T09:00, record: contract/C-4, to: [lee]}
                - {at: 2026-10-19T11:00, record: contract/C-2, to: [ann], title: "“Mail”: renewal approved, please complete it by 2026-12-14", contains: ["Dan approved the renewal of “Mail” for 60,000 EUR", set the status to “renewed”, "Comment: within budget"]}
                # Ann has no department head: her manager was asked, and his manager decides in his place
                - {at: 2026-10-20T09:00, record: contract/C-7, to: [boss], contains: Max}
                - {at: 2026-10-20T10:00, record: contract/C-7, to: [ann], contains: Boss did not approve}
                # nobody answers about the wiki: three working days after Saturday the 17th
                - {at: 2026-10-21T09:00, record: contract/C-4, to: [max], via: mail}
                - {at: 2026-12-13T09:30, record: contract/C-1, outcome: skipped}
                - {at: 2026-12-14T09:30, record: contract/C-1, to: [lee]}
              at_end:
                contract: [{id: C-1, status: active}, {id: C-2, status: approved}, {id: C-6, status: approved}]
              nothing_else: true

            - name: the invitation to the review
              rules: necessity-report
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              currency: EUR
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim, email: kim@example.com, department_head: lee}, {id: lee, name: Lee, email: lee@example.com}]
                contract: [{id: C-1, name: Cloud, owner: kim, amount: 60000, expires_on: 2026-12-14, status: active}]
              ends: 2026-10-20
              expect:
                - {at: 2026-10-15T09:00, to: [kim, lee], via: mail, title: "Invitation: Renewal review: “Cloud” (60,000 EUR)", contains: "2026-10-29 10:00–11:00"}
              nothing_else: true

            - name: 没有批准的，按意见办理
              rules: renewal-approval
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              currency: CNY
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳, department_head: zhao}, {id: zhao, name: 赵敏}, {id: zong, name: 宗明, role: finance-director}]
                contract: [{id: C-1, name: 云主机, owner: wang, amount: 80000, document: https://example.com/1, expires_on: 2026-12-14, status: 生效}]
              events:
                - {at: 2026-10-16T10:00, by: zhao, decide: contract/C-1, choice: reject, comment: 先比价}
              ends: 2026-10-20
              expect:
                - {at: 2026-10-15T09:00, to: [zhao], contains: [请审批续费, "用量：（未填写），席位：（未填写）"]}
                - {at: 2026-10-16T10:00, to: [wang], title: 「云主机」续费没有批准, contains: ["赵敏没有批准「云主机」续费 80,000 CNY", 按意见办理, 先比价]}
              nothing_else: true

            - name: 晚录入的合同：任务从今天算起，不约已经过去的会
              rules: necessity-report
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member:
                  - {id: wang, name: 王芳, department_head: zhao}
                  - {id: zhao, name: 赵敏}
                  - {id: zong, name: 总监, role: finance-director}
              events:
                - at: 2026-10-12T10:00
                  record: contract/C-9
                  by: wang
                  create: {name: 晚来的, owner: wang, amount: 90000, status: 生效, expires_on: 2026-11-15}
              ends: 2026-11-20
              expect:
                - {at: 2026-10-12T10:00, record: contract/C-9, outcome: fired_late}
              at_end:
                task: [{title: 必要性报告：晚来的, assignee: wang, due: 2026-10-22}]
              nothing_else: true

            """#
        )
    ]
}
