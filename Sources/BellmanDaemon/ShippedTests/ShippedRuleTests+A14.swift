// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A14.
extension ShippedRuleTests {
    static let a14: [(name: String, text: String)] = [
        (
            "A14-project-review",
            #"""
            # 项目完成一周后请成员评价，两周后请经理整理经验。
            # A week after completion the members are asked, after two weeks the manager collects the lessons.
            - name: 一周和两周；附上过期任务和风险；取消的项目、重新打开的项目不问
              rules: project-review
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: li, name: 李强}, {id: zhao, name: 赵敏}, {id: sun, name: 孙丽}]
                project:
                  - {id: P-1, name: 官网, manager: zhao, creator: sun, members: [wang, li], status: 进行中}
                  - {id: P-2, name: 商城, creator: sun, members: [wang], status: 进行中}
                  - {id: P-5, name: 没有成员, creator: sun, status: 进行中}
                  - {id: P-3, name: 取消了, manager: zhao, members: [wang], status: 进行中}
                  - {id: P-4, name: 又打开了, manager: zhao, members: [wang], status: 进行中}
                task:
                  - {id: T-1, title: 写代码, project: P-1, assignee: wang, status: 已完成, due: 2026-09-20, closed_at: 2026-09-20T18:00}
                  - {id: T-2, title: 画图, project: P-1, assignee: li, status: 已完成, due: 2026-09-20, closed_at: 2026-09-21T09:00}
                  - {id: T-3, title: 无日期, project: P-1, assignee: li, status: 已完成, closed_at: 2026-09-21T09:00}
                  - {id: T-4, title: 未记录, project: P-1, assignee: li, status: 已完成, due: 2026-09-20}
                risk: [{id: R-1, title: 供应商延期, project: P-1, probability: 3, impact: 4, status: 已关闭}]
              events:
                - {at: 2026-10-12T10:00, record: project/P-1, set: {status: 已完成}}
                - {at: 2026-10-12T10:00, record: project/P-2, set: {status: 已验收}}
                - {at: 2026-10-12T10:00, record: project/P-3, set: {status: 已取消}}
                - {at: 2026-10-12T10:00, record: project/P-5, set: {status: 已完成}}
                - {at: 2026-10-12T10:00, record: project/P-4, set: {status: 已完成}}
                - {at: 2026-10-15T10:00, record: project/P-1, set: {status: 已归档}}
                - {at: 2026-10-18T10:00, record: project/P-4, set: {status: 进行中}}
              ends: 2026-11-15
              expect:
                - at: 2026-10-19T10:00
                  rule: project-review
                  record: project/P-1
                  to: [wang, li]
                  via: mail
                  title: 请评价项目「官网」
                  contains: [请每位成员在 2026-10-26 前写几句，发给项目经理赵敏, 哪些做得好]
                - at: 2026-10-26T10:00
                  rule: project-review
                  record: project/P-1
                  to: [zhao]
                  via: mail
                  title: 请整理项目「官网」的经验教训
                  contains: [请赵敏在 2026-11-02 前汇总成一页, "没有按时完成的任务：\n\n- **画图** · 截止：2026-09-20", "风险：\n\n- **供应商延期** · 风险值：12"]
                - {at: 2026-10-19T10:00, record: project/P-2, to: [wang]}
                - {at: 2026-10-26T10:00, record: project/P-2, to: [sun], contains: [请孙丽在, （没有记录）]}
                - {at: 2026-10-26T10:00, record: project/P-5, to: [sun], contains: 请整理项目「没有成员」}
                - {at: 2026-10-12T10:00, record: project/P-3, outcome: condition_false}
                - {at: 2026-10-19T10:00, record: project/P-4, outcome: cancelled}
              nothing_else: true

            - name: archived, or closed after it was completed, does not ask twice
              rules: project-review
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
                project:
                  - {id: P-1, name: Site, manager: lee, members: [kim], status: active}
                  - {id: P-2, name: Shop, manager: lee, members: [kim], status: active}
                  - {id: P-3, name: Dropped, manager: lee, members: [kim], status: active}
              events:
                - {at: 2026-10-12T10:00, record: project/P-1, set: {status: Done}}
                - {at: 2026-10-13T10:00, record: project/P-1, set: {status: Closed}}
                - {at: 2026-10-20T10:00, record: project/P-1, set: {status: archived}}
                - {at: 2026-10-12T10:00, record: project/P-2, set: {status: finished}}
                - {at: 2026-10-20T10:00, record: project/P-2, set: {status: reopened}}
                - {at: 2026-10-12T10:00, record: project/P-3, set: {status: Cancelled}}
              ends: 2026-11-15
              expect:
                - at: 2026-10-19T10:00
                  record: project/P-1
                  to: [kim]
                  title: Please evaluate project “Site”
                  contains: ["send a few lines to the project manager Lee by 2026-10-26:", What went well]
                - at: 2026-10-26T10:00
                  record: project/P-1
                  to: [lee]
                  title: Please collect the lessons of project “Site”
                  contains: ["Lee, please sum them up on one page by 2026-11-02", "not finished on time:", "Risks:"]
                - {at: 2026-10-19T10:00, record: project/P-2, to: [kim], contains: Shop}
                - {at: 2026-10-26T10:00, record: project/P-2, outcome: cancelled}
              nothing_else: true

            """#
        )
    ]
}
