// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario C3.
extension ShippedRuleTests {
    static let c3: [(name: String, text: String)] = [
        (
            "C3-risks",
            #"""
            # 高风险 → 项目经理；一个月没评审 → 负责人。/ High risks → the manager; not reviewed for a month → the owner.
            - name: 风险值到 12 响一次，降下去再升上来才再响；已关闭的、没填全的不响
              rules: high-risk
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: zhao, name: 赵敏}]
                project: [{id: P-1, name: 官网, manager: zhao}]
                risk:
                  - {id: R-1, title: 供应商延期, project: P-1, owner: wang, probability: 2, impact: 4}
                  - {id: R-2, title: 没有项目, owner: wang, probability: 3, impact: 3}
                  - {id: R-3, title: 已关闭, project: P-1, owner: wang, probability: 1, impact: 4, status: 已关闭}
                  - {id: R-4, title: 没填影响, project: P-1, owner: wang, probability: 3}
              events:
                - {at: 2026-10-12T10:00, record: risk/R-1, set: {probability: 3}}
                - {at: 2026-10-12T11:00, record: risk/R-1, set: {probability: 5}}
                - {at: 2026-10-12T12:00, record: risk/R-3, set: {probability: 5}}
                - {at: 2026-10-12T13:00, record: risk/R-4, set: {probability: 5}}
                - {at: 2026-10-13T10:00, record: risk/R-1, set: {probability: 1}}
                - {at: 2026-10-13T11:00, record: risk/R-2, set: {impact: 5}}
                - {at: 2026-10-14T10:00, record: risk/R-1, set: {probability: 4}}
              ends: 2026-10-15
              expect:
                - at: 2026-10-12T10:00
                  rule: high-risk
                  record: risk/R-1
                  to: [zhao]
                  via: mail
                  title: 高风险：「供应商延期」风险值 12（到 12 就要处理）
                  contains: [项目：官网, 3 × 4 = 12, 负责人：王芳, 请赵敏本周内定下]
                  priority: high
                - {at: 2026-10-13T11:00, record: risk/R-2, to: [wang], contains: [风险值 15, 请王芳本周内定下]}
                - {at: 2026-10-14T10:00, record: risk/R-1, to: [zhao], contains: 风险值 16}
              nothing_else: true

            - name: in English, eleven is not enough
              rules: high-risk
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
                project: [{id: P-1, name: Site, manager: lee}]
                risk:
                  - {id: R-1, title: Supplier, project: P-1, owner: kim, probability: 1, impact: 1, status: open}
                  - {id: R-2, title: Staff, project: P-1, owner: kim, probability: 1, impact: 1, status: mitigated}
              events:
                - {at: 2026-10-12T10:00, record: risk/R-1, set: {probability: 2, impact: 5}}
                - {at: 2026-10-12T11:00, record: risk/R-1, set: {probability: 1, impact: 11}}
                - {at: 2026-10-12T12:00, record: risk/R-1, set: {impact: 12}}
                - {at: 2026-10-12T12:00, record: risk/R-2, set: {impact: 12}}
              ends: 2026-10-13
              expect:
                - at: 2026-10-12T12:00
                  record: risk/R-1
                  to: [lee]
                  title: "High risk: “Supplier” scores 12 (12 or more needs action)"
                  contains: ["Project: Site", "Probability × impact: 1 × 12 = 12", "Owner: Kim", "Lee, please decide this week"]
              nothing_else: true

            - name: 一个月没评审的，每人一条，每周最多一次；没评审过的从登记算起
              rules: risk-not-reviewed
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: li, name: 李强}, {id: zhao, name: 赵敏}]
                project: [{id: P-1, name: 官网, manager: zhao}]
                risk:
                  - {id: R-1, title: 供应商延期, project: P-1, owner: wang, probability: 2, impact: 4, reviewed_on: 2026-09-14}
                  - {id: R-2, title: 人手不足, project: P-1, owner: wang, reviewed_on: 2026-09-15, created_at: 2026-01-01T08:00}
                  - {id: R-3, title: 从没评审, owner: li, created_at: 2026-09-16T08:00}
                  - {id: R-4, title: 没有负责人, project: P-1, reviewed_on: 2026-09-17}
                  - {id: R-5, title: 已关闭, owner: li, status: 已消除, reviewed_on: 2026-01-01}
                  - {id: R-6, title: 才登记, owner: li}
                  - {id: R-7, title: 没有人, reviewed_on: 2026-09-17}
              events:
                - {at: 2026-10-16T10:00, record: risk/R-1, set: {reviewed_on: 2026-10-16}}
                - {at: 2026-10-20T10:00, record: risk/R-3, set: {reviewed_on: 2026-10-20}}
                - {at: 2026-10-20T10:00, record: risk/R-4, set: {status: 已关闭}}
              ends: 2026-10-23
              expect:
                - at: 2026-10-14T09:00
                  rule: risk-not-reviewed
                  record: member/wang
                  to: [wang]
                  via: mail
                  title: 请评审 1 个风险：一个月以上没有评审了
                  contains: ["**供应商延期** · 项目：官网 · 风险值：8", 2026-09-14, 请王芳本周内看看]
                # 15 日人手不足也到了，但一周内已经说过 / within the week
                - {at: 2026-10-15T09:00, record: member/wang, outcome: skipped}
                - {at: 2026-10-16T09:00, record: member/li, to: [li], contains: 从没评审}
                - {at: 2026-10-19T09:00, record: member/zhao, to: [zhao], contains: 没有负责人}
                - {at: 2026-10-21T09:00, record: member/wang, to: [wang], contains: [请评审 1 个风险, 人手不足]}
              nothing_else: true

            - name: risks not reviewed for a month, in English
              rules: risk-not-reviewed
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}]
                risk:
                  - {id: R-1, title: Supplier, owner: kim, reviewed_on: 2026-09-12}
                  - {id: R-2, title: Staff, owner: kim, reviewed_on: 2026-09-01}
              ends: 2026-10-14
              expect:
                - at: 2026-10-12T09:00
                  record: member/kim
                  to: [kim]
                  title: Please review your risks (2 not reviewed for a month or longer)
                  contains: ["Kim, please see this week whether", Supplier, Staff]
                - {at: 2026-10-13T09:00, record: member/kim, outcome: skipped}
              nothing_else: true

            """#
        )
    ]
}
