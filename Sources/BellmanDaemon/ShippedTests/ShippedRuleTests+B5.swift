// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B5.
extension ShippedRuleTests {
    static let b5: [(name: String, text: String)] = [
        (
            "B5-low-usage",
            #"""
            # 连续三个月低于 30% 才响；数据中断会说明，并重新计算。
            # Three months below 30 % in a row; a gap in the figures is told, and starts the count anew.
            - name: 满三个月响一次，回升再跌才会再响；刚好 30%、已关闭的不响
              rules: usage-low
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-01-01T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: cai, name: 蔡琴, role: finance}, {id: sun, name: 孙丽, role: hr}]
                contract:
                  - {id: C-1, name: 云主机, owner: wang, seats: 18, amount: 36000, expires_on: 2027-03-31, status: 生效, usage: 0.5}
                  - {id: C-2, name: 邮箱, owner: wang, seats: 18, status: 生效, usage: 0.5}
                  - {id: C-3, name: 旧系统, owner: wang, status: 已终止, usage: 0.5}
                  - {id: C-4, name: 网盘, owner: wang, status: 生效, usage: 0.5}
              events:
                - {at: 2026-01-05T10:00, record: contract/C-1, set: {usage: 0.25}}
                - {at: 2026-01-05T10:00, record: contract/C-2, set: {usage: 0.3}}
                - {at: 2026-01-05T10:00, record: contract/C-3, set: {usage: 0.1}}
                - {at: 2026-01-05T10:00, record: contract/C-4, set: {usage: 0.29}}
                - {at: 2026-02-05T10:00, record: contract/C-1, set: {usage: 0.2}}
                - {at: 2026-02-05T10:00, record: contract/C-2, set: {usage: 0.3}}
                - {at: 2026-02-05T10:00, record: contract/C-3, set: {usage: 0.1}}
                # 二月用得多，三个月从三月重新算起 / February was busy: it counts anew from March
                - {at: 2026-02-05T10:00, record: contract/C-4, set: {usage: 0.4}}
                - {at: 2026-03-05T10:00, record: contract/C-1, set: {usage: 0.25}}
                - {at: 2026-03-05T10:00, record: contract/C-2, set: {usage: 0.3}}
                - {at: 2026-03-05T10:00, record: contract/C-3, set: {usage: 0.1}}
                - {at: 2026-03-05T10:00, record: contract/C-4, set: {usage: 0.2}}
                - {at: 2026-04-05T09:00, record: contract/C-1, set: {usage: 0.25}}
                - {at: 2026-04-05T09:00, record: contract/C-2, set: {usage: 0.3}}
                - {at: 2026-04-05T09:00, record: contract/C-4, set: {usage: 0.29}}
                - {at: 2026-05-05T10:00, record: contract/C-1, set: {usage: 0.2}}
                - {at: 2026-05-05T10:00, record: contract/C-2, set: {usage: 0.3}}
                - {at: 2026-05-05T10:00, record: contract/C-4, set: {usage: 0.29}}
                - {at: 2026-06-05T09:00, record: contract/C-4, set: {usage: 0.29}}
              ends: 2026-07-01
              expect:
                - at: 2026-04-05T10:00
                  rule: usage-low
                  record: contract/C-1
                  to: [wang, cai]
                  via: mail
                  title: 「云主机」三个月用量低于 30%，建议换小套餐
                  contains: ["已连续三个月用量低于 30%，现在是 25%", "席位：18，按现在的用量 5 个就够", "36,000", 2027-03-31, 请王芳在到期前]
                - {at: 2026-06-05T10:00, record: contract/C-4, to: [wang, cai], contains: "席位：（未填写）"}
              nothing_else: true

            - name: a gap of more than 45 days starts the count anew, and the owner is told
              rules: [usage-low, usage-not-measured]
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              currency: EUR
              clock: 2026-01-01T08:00
              records:
                member: [{id: kim, name: Kim}, {id: max, name: Max, role: finance}]
                contract:
                  - {id: C-1, name: Cloud, owner: kim, seats: 10, amount: 9000, expires_on: 2026-12-31, status: active}
                  - {id: C-2, name: Mail, owner: kim, status: active}
                  - {id: C-3, name: Old, owner: kim, status: cancelled}
              events:
                - {at: 2026-01-05T10:00, record: contract/C-1, set: {usage: 0.25, measured_on: 2026-01-05}}
                - {at: 2026-01-05T10:00, record: contract/C-3, set: {usage: 0.25, measured_on: 2026-01-05}}
                # almost 45 days later is in time
                - {at: 2026-01-05T10:00, record: contract/C-2, set: {usage: 0.1, measured_on: 2026-01-05}}
                - {at: 2026-02-19T08:00, record: contract/C-2, set: {usage: 0.1, measured_on: 2026-02-19}}
                - {at: 2026-03-31T10:00, record: contract/C-2, set: {usage: 0.1, measured_on: 2026-03-31}}
                # almost 46 days later is too late
                - {at: 2026-02-20T09:30, record: contract/C-1, set: {usage: 0.25, measured_on: 2026-02-20}}
                - {at: 2026-03-31T10:00, record: contract/C-1, set: {usage: 0.25, measured_on: 2026-03-31}}
                - {at: 2026-05-10T10:00, record: contract/C-1, set: {usage: 0.25, measured_on: 2026-05-10}}
                - {at: 2026-05-10T10:00, record: contract/C-2, set: {usage: 0.5, measured_on: 2026-05-10}}
              ends: 2026-06-01
              expect:
                - at: 2026-02-19T09:00
                  rule: usage-not-measured
                  record: contract/C-1
                  to: [kim]
                  via: mail
                  title: "“Cloud”: no usage figures for 45 days"
                  contains: [The last usage figure is 25% of 2026-01-05, Kim, please supply the figures this week, it starts anew with the next figure]
                - {at: 2026-02-19T09:00, rule: usage-not-measured, record: contract/C-3, outcome: condition_false}
                - {at: 2026-04-05T10:00, rule: usage-low, record: contract/C-2, to: [kim, max], contains: "Kim, please agree with finance this month"}
                - at: 2026-05-20T09:30
                  rule: usage-low
                  record: contract/C-1
                  to: [kim, max]
                  title: "“Cloud”: usage below 30% for three months, a smaller plan would do"
                  contains: [used below 30% for three months in a row; it is at 25% now, "Seats: 10, at this usage 3 would do", "Amount: 9,000 EUR", "Expires: 2026-12-31", "Kim, please agree with finance before it expires"]
              nothing_else: true

            - name: 数据中断，说给负责人听
              rules: usage-not-measured
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-01-04T08:00
              records:
                member: [{id: wang, name: 王芳}]
                contract: [{id: C-1, name: 云主机, owner: wang, usage: 0.25, measured_on: 2026-01-05, status: 生效}]
              ends: 2026-03-01
              expect:
                - at: 2026-02-19T09:00
                  to: [wang]
                  title: 「云主机」已 45 天没有用量数据
                  contains: ["2026-01-05 的 25%", 本周内补上数据, 从下一次数据起重新计算]
              nothing_else: true

            - name: 没有到期日的，本月内商定
              rules: usage-low
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-01-04T08:00
              records:
                member: [{id: wang, name: 王芳}]
                contract: [{id: C-1, name: 云主机, owner: wang, status: 生效}]
              events:
                - {at: 2026-01-05T10:00, record: contract/C-1, set: {usage: 0.1, measured_on: 2026-01-05}}
                - {at: 2026-02-15T10:00, record: contract/C-1, set: {usage: 0.1, measured_on: 2026-02-15}}
                - {at: 2026-03-25T10:00, record: contract/C-1, set: {usage: 0.1, measured_on: 2026-03-25}}
              ends: 2026-04-10
              expect:
                - {at: 2026-04-05T10:00, to: [wang], contains: 请王芳本月内与财务商定}
              nothing_else: true

            """#
        )
    ]
}
