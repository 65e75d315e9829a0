// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario C5.
extension ShippedRuleTests {
    static let c5: [(name: String, text: String)] = [
        (
            "C5-project-budget",
            #"""
            # 预算 80%、100% 各响一次。/ 80 % and 100 % of a budget, each once.
            - name: 超过 80% 给经理，超过 100% 给财务；刚好到线、没有预算、已结束的不响
              rules: [budget-80, budget-100]
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              currency: CNY
              clock: 2026-03-02T08:00
              records:
                member: [{id: zhao, name: 赵敏}, {id: cai, name: 蔡琴, role: finance}, {id: sun, name: 孙丽, role: hr}]
                project:
                  - {id: P-1, name: 官网, manager: zhao, budget: 100000, spent: 50000, progress: 0.4, ends_on: 2026-06-30, status: 进行中}
                  - {id: P-2, name: 没有预算, manager: zhao, spent: 50000, status: 进行中}
                  - {id: P-3, name: 预算为零, manager: zhao, budget: 0, spent: 0, status: 进行中}
                  - {id: P-4, name: 已结束, manager: zhao, budget: 100000, spent: 50000, status: 已结束}
              events:
                - {at: 2026-03-03T10:00, record: project/P-1, set: {spent: 80000}}
                - {at: 2026-03-03T10:00, record: project/P-2, set: {spent: 90000}}
                - {at: 2026-03-03T10:00, record: project/P-3, set: {spent: 90000}}
                - {at: 2026-03-03T10:00, record: project/P-4, set: {spent: 190000}}
                - {at: 2026-03-04T10:00, record: project/P-1, set: {spent: 85000}}
                - {at: 2026-03-05T10:00, record: project/P-1, set: {spent: 90000}}
                - {at: 2026-03-06T10:00, record: project/P-1, set: {spent: 100000}}
                - {at: 2026-03-09T10:00, record: project/P-1, set: {spent: 120000}}
                # 冲红后又记上，90 天内不再响 / corrected and booked again within 90 days
                - {at: 2026-03-10T10:00, record: project/P-1, set: {spent: 70000}}
                - {at: 2026-03-11T10:00, record: project/P-1, set: {spent: 120000}}
              ends: 2026-03-31
              expect:
                - at: 2026-03-04T10:00
                  rule: budget-80
                  record: project/P-1
                  to: [zhao]
                  via: mail
                  title: 「官网」预算已用 85%，超过 80%
                  contains: ["100,000", "85,000", "还剩 15,000 CNY", "进度 40%", 2026-06-30, 请赵敏本周内核对]
                  priority: normal
                - at: 2026-03-09T10:00
                  rule: budget-100
                  record: project/P-1
                  to: [cai]
                  via: mail
                  title: 「官网」超支 20,000 CNY
                  contains: ["120,000", "120%", 赵敏, 请财务今天与项目经理确认, 追加预算]
                  priority: high
                - {at: 2026-03-11T10:00, rule: budget-80, record: project/P-1, outcome: skipped}
                - {at: 2026-03-11T10:00, rule: budget-100, record: project/P-1, outcome: skipped}
              nothing_else: true

            - name: both lines in one jump, and again after 90 days when the money had come back
              rules: [budget-80, budget-100]
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              currency: EUR
              clock: 2026-03-02T08:00
              records:
                member: [{id: lee, name: Lee}, {id: max, name: Max, role: finance}]
                project:
                  - {id: P-1, name: Site, manager: lee, budget: 1000, spent: 0, status: active}
                  - {id: P-2, name: App, manager: lee, budget: 1000, spent: 0, status: active}
                  - {id: P-3, name: Tiny, manager: lee, budget: 1, spent: 0, status: active}
              events:
                - {at: 2026-03-03T10:00, record: project/P-1, set: {spent: 1500}}
                - {at: 2026-03-03T10:00, record: project/P-2, set: {spent: 1500}}
                - {at: 2026-03-03T11:00, record: project/P-3, set: {spent: 2}}
                - {at: 2026-03-04T10:00, record: project/P-1, set: {budget: 2000}}
                - {at: 2026-03-04T10:00, record: project/P-2, set: {budget: 2000}}
                - {at: 2026-06-01T10:30, record: project/P-1, set: {spent: 2001}}
                - {at: 2026-06-01T09:30, record: project/P-2, set: {spent: 2001}}
              ends: 2026-06-02
              expect:
                - at: 2026-03-03T10:00
                  rule: budget-80
                  record: project/P-1
                  to: [lee]
                  contains: ["The budget of “Site” is 1,000 EUR; 1,500 EUR is spent, 500 EUR too much.", "Lee, please check this week"]
                - at: 2026-03-03T10:00
                  rule: budget-100
                  record: project/P-1
                  to: [max]
                  contains: ["1,500 EUR is spent (150%)", "Project manager: Lee", settle today with the project manager whether to add budget or to stop spending]
                - {at: 2026-03-03T10:00, rule: budget-80, record: project/P-2, to: [lee]}
                - {at: 2026-03-03T10:00, rule: budget-100, record: project/P-2, to: [max]}
                - {at: 2026-03-03T11:00, rule: budget-80, record: project/P-3, to: [lee]}
                - {at: 2026-03-03T11:00, rule: budget-100, record: project/P-3, to: [max]}
                - {at: 2026-06-01T10:30, rule: budget-80, record: project/P-1, to: [lee], title: "“Site” has used 100.1% of its budget, more than 80%"}
                - {at: 2026-06-01T10:30, rule: budget-100, record: project/P-1, to: [max], title: "“Site” is over budget by 1 EUR"}
                - {at: 2026-06-01T09:30, rule: budget-80, record: project/P-2, outcome: skipped}
                - {at: 2026-06-01T09:30, rule: budget-100, record: project/P-2, outcome: skipped}
              nothing_else: true

            """#
        )
    ]
}
