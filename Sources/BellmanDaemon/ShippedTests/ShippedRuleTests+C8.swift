// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario C8.
extension ShippedRuleTests {
    static let c8: [(name: String, text: String)] = [
        (
            "C8-smart-goal",
            #"""
            # 目标缺衡量标准、负责人或日期，一小时后告诉提出的人。
            # A goal without measure, owner or date: its author hears of it after an hour.
            - name: 缺一样就响，写明缺什么；补齐了、已关闭的不响
              rules: smart-goal
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: sun, name: 孙丽}, {id: zhao, name: 赵敏}]
                project: [{id: P-1, name: 官网, manager: zhao}]
              events:
                - {at: 2026-10-12T10:00, record: goal/G-1, by: sun, create: {title: 更快, owner: wang, due: 2026-12-31, project: P-1}}
                - {at: 2026-10-12T10:10, record: goal/G-2, by: sun, create: {title: 更好, measure: 好评 95%, due: 2026-12-31}}
                - {at: 2026-10-12T10:20, record: goal/G-3, by: sun, create: {title: 更省, measure: 省 10 万, owner: wang}}
                - {at: 2026-10-12T10:30, record: goal/G-4, by: sun, create: {title: 齐全, measure: 省 10 万, owner: wang, due: 2026-12-31}}
                - {at: 2026-10-12T10:40, record: goal/G-5, by: sun, create: {title: 很快补上, owner: wang, due: 2026-12-31}}
                - {at: 2026-10-12T11:30, record: goal/G-5, set: {measure: 省 10 万}}
                - {at: 2026-10-12T10:50, record: goal/G-6, by: sun, create: {title: 已放弃, status: 已放弃}}
                - {at: 2026-10-12T11:00, record: goal/G-7, by: sun, create: {title: 什么都没有}}
              ends: 2026-10-13
              expect:
                - at: 2026-10-12T11:00
                  rule: smart-goal
                  record: goal/G-1
                  to: [sun]
                  via: mail
                  title: 目标「更快」请补上衡量标准
                  contains: ["负责人：王芳", "日期：2026-12-31", 请孙丽今天补上]
                - {at: 2026-10-12T11:10, record: goal/G-2, to: [sun], title: 目标「更好」请补上负责人, contains: 好评 95%}
                - {at: 2026-10-12T11:20, record: goal/G-3, to: [sun], title: 目标「更省」请补上日期}
                - {at: 2026-10-12T10:30, record: goal/G-4, outcome: condition_false}
                - {at: 2026-10-12T11:40, record: goal/G-5, outcome: cancelled}
                - {at: 2026-10-12T10:50, record: goal/G-6, outcome: condition_false}
                - {at: 2026-10-12T12:00, record: goal/G-7, to: [sun], title: 目标「什么都没有」请补上衡量标准、负责人、日期}
              nothing_else: true

            - name: imported goals go to their owner, else to the project manager
              rules: smart-goal
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
                project: [{id: P-1, name: Site, manager: lee}]
              events:
                - {at: 2026-10-12T10:00, record: goal/G-1, by: import, create: {title: Faster, owner: kim, project: P-1}}
                - {at: 2026-10-12T10:10, record: goal/G-2, by: import, create: {title: Better, project: P-1}}
                - {at: 2026-10-12T10:20, record: goal/G-3, by: import, create: {title: Cheaper}}
              expect:
                - at: 2026-10-12T11:00
                  record: goal/G-1
                  to: [kim]
                  title: Goal “Faster” still needs a measure, a date
                  contains: [written down an hour ago, "Owner: Kim", "Kim, please fill in what is missing today"]
                - {at: 2026-10-12T11:10, record: goal/G-2, to: [lee], title: "Goal “Better” still needs a measure, an owner, a date"}
                - {at: 2026-10-12T11:20, record: goal/G-3, to: []}
              nothing_else: true

            """#
        )
    ]
}
