// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B9.
extension ShippedRuleTests {
    static let b9: [(name: String, text: String)] = [
        (
            "B9-renewals-over-reserve",
            #"""
            # 本季度续费超过预留 → 财务。/ Renewals of the quarter over the reserve, to finance.
            - name: 部门超过预留就响，30 天内不重复；刚好等于、没有预留、别的季度的不响
              rules: renewals-over-reserve
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              currency: CNY
              clock: 2026-10-08T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: cai, name: 蔡琴, role: finance}, {id: he, name: 何静, role: hr}]
                budget:
                  - {id: G-1, department: 研发部, period: 2026-Q4, reserve: 30000}
                  - {id: G-2, department: 市场部, period: 2026-Q4, reserve: 30000}
                  - {id: G-3, department: 研发部, period: 2026-Q3, reserve: 1}
                  - {id: G-4, period: 2026-Q4, reserve: 1}
                contract:
                  - {id: C-1, name: 云主机, department: 研发部, owner: wang, amount: 20000, expires_on: 2026-10-01, status: 生效}
                  - {id: C-2, name: 代码托管, department: 研发部, owner: wang, amount: 10000, expires_on: 2026-12-31, status: 生效}
                  - {id: C-3, name: 下季度的, department: 研发部, owner: wang, amount: 90000, expires_on: 2027-01-01, status: 生效}
                  - {id: C-4, name: 上季度的, department: 研发部, owner: wang, amount: 90000, expires_on: 2026-09-30, status: 生效}
                  - {id: C-5, name: 没填金额, department: 研发部, owner: wang, expires_on: 2026-12-31, status: 生效}
                  - {id: C-6, name: 设计工具, department: 市场部, owner: wang, amount: 30000, expires_on: 2026-11-30, status: 生效}
                  - {id: C-7, name: 没有预留, department: 法务部, owner: wang, amount: 90000, expires_on: 2026-11-30, status: 生效}
                  - {id: C-8, name: 没有部门, owner: wang, amount: 90000, expires_on: 2026-11-30, status: 生效}
                  - {id: C-9, name: 不续了, department: 研发部, owner: wang, amount: 90000, expires_on: 2026-11-30, status: 不续签}
              events:
                - {at: 2026-10-13T10:00, record: contract/C-2, set: {amount: 12000}}
              ends: 2026-11-16
              expect:
                - at: 2026-10-14T09:00
                  rule: renewals-over-reserve
                  to: [cai]
                  via: mail
                  title: 研发部本季度续费 32,000 CNY，超过预留 30,000 CNY
                  contains: ["研发部 2026-Q4 到期的续费共 32,000 CNY，预留 30,000 CNY，差 2,000 CNY", 请财务本周内追加预留, 云主机, 代码托管, 王芳, 2026-12-31]
                - {at: 2026-10-15T09:00, outcome: skipped}
                - {at: 2026-11-12T09:00, outcome: skipped}
                - {at: 2026-11-13T09:00, to: [cai], title: "研发部本季度续费 32,000 CNY，超过预留 30,000 CNY"}
              nothing_else: true

            - name: what was renewed already still counts; the total has a reserve of its own
              rules: [renewals-over-reserve, renewals-over-total-reserve]
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              currency: EUR
              clock: 2026-10-09T10:00
              records:
                member: [{id: kim, name: Kim}, {id: max, name: Max, role: finance}]
                budget:
                  - {id: G-1, department: Sales, period: 2026-Q4, reserve: 1000}
                  - {id: G-2, period: 2026-Q4, reserve: 2500}
                contract:
                  # the old terms ended on 1 October, 31 December, 30 September and 1 January
                  - {id: C-1, name: CRM, department: Sales, owner: kim, amount: 800, starts_on: 2026-10-02, renewed_on: 2026-09-20, expires_on: 2027-10-01}
                  - {id: C-2, name: Phone, department: Sales, owner: kim, amount: 300, starts_on: 2027-01-01, renewed_on: 2026-10-01, expires_on: 2027-12-31}
                  - {id: C-3, name: Mail, department: Sales, amount: 5000, starts_on: 2026-10-01, renewed_on: 2026-09-20, expires_on: 2027-09-30}
                  - {id: C-4, name: Chat, department: Sales, amount: 5000, starts_on: 2027-01-02, renewed_on: 2026-10-01, expires_on: 2028-01-01}
                  - {id: C-5, name: New, department: Sales, amount: 5000, starts_on: 2026-10-05, expires_on: 2027-10-04}
                  - {id: C-6, name: Cloud, owner: kim, amount: 1400, expires_on: 2026-11-30}
              events:
                # a Friday: told on Monday
                - {at: 2026-10-16T10:00, record: contract/C-6, set: {amount: 1401}}
              ends: 2026-10-20
              expect:
                - {at: 2026-10-12T09:00, rule: renewals-over-reserve, to: [max], title: "Sales: renewals this quarter 1,100 EUR, over the reserve of 1,000 EUR", contains: ["The renewals of Sales that are due in 2026-Q4 come to 1,100 EUR, the reserve is 1,000 EUR: 100 EUR too little.", "Finance, please add to the reserve", CRM, Phone]}
                - at: 2026-10-19T09:00
                  rule: renewals-over-total-reserve
                  to: [max]
                  via: mail
                  title: Renewals this quarter 2,501 EUR, over the whole company’s reserve of 2,500 EUR
                  contains: ["due in 2026-Q4 come to 2,501 EUR, the whole company’s reserve is 2,500 EUR.", "Finance, please add to the reserve", CRM, Cloud, Kim]
                - {at: 2026-10-20T09:00, rule: renewals-over-total-reserve, outcome: skipped}
              nothing_else: true

            - name: 全公司的：没有填金额、别的季度、已结束的不算，30 天后还超就再说一次
              rules: renewals-over-total-reserve
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              currency: CNY
              clock: 2026-10-12T10:00
              records:
                member: [{id: cai, name: 蔡琴, role: finance}]
                budget: [{id: G-1, period: 2026-Q4, reserve: 100}, {id: G-2, period: 2026-Q3, reserve: 1}, {id: G-3, period: 2027-Q1, reserve: 1}]
                contract:
                  - {id: C-1, name: 云主机, amount: 60, expires_on: 2026-10-01}
                  - {id: C-2, name: 邮箱, amount: 41, expires_on: 2026-12-31}
                  - {id: C-3, name: 没填金额, expires_on: 2026-12-31}
                  - {id: C-4, name: 上季度的, amount: 900, expires_on: 2026-09-30}
                  - {id: C-5, name: 下季度的, amount: 900, expires_on: 2027-01-01}
                  - {id: C-6, name: 不续了, amount: 900, expires_on: 2026-12-31, status: 不续签}
                  - {id: C-7, name: 新买的, amount: 900, starts_on: 2026-10-05, expires_on: 2027-10-04}
                  - {id: C-8, name: 续过的, amount: 900, starts_on: 2026-10-01, renewed_on: 2026-09-20, expires_on: 2027-09-30}
                  - {id: C-9, name: 续过的二, amount: 900, starts_on: 2027-01-02, renewed_on: 2026-09-20, expires_on: 2028-01-01}
              ends: 2026-11-13
              expect:
                - {at: 2026-10-13T09:00, to: [cai], title: "本季度续费共 101 CNY，超过全公司预留 100 CNY", contains: ["2026-Q4 到期的续费共 101 CNY，全公司预留 100 CNY。", 请财务本周内追加预留, 云主机, 邮箱]}
                - {at: 2026-11-11T09:00, outcome: skipped}
                - {at: 2026-11-12T09:00, to: [cai]}
              nothing_else: true

            """#
        )
    ]
}
