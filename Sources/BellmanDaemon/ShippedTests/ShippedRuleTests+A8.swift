// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A8.
extension ShippedRuleTests {
    static let a8: [(name: String, text: String)] = [
        (
            "A8-team-rhythm",
            #"""
            # 每周、双周、每月、每季度、每年的提醒，避开放假，认得调休。
            # Weekly, every second week, monthly, quarterly and yearly, aware of days off and make-up workdays.
            - name: 周五放假就不站会，节后照常
              rules: friday-standup
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-09-17T08:00
              # 9 月 25 日中秋、10 月 2 日国庆，都是星期五 / both Fridays are days off
              ends: 2026-10-10
              expect:
                - at: 2026-09-18T14:45
                  rule: friday-standup
                  via: chat
                  title: 15:00 站会（15 分钟）
                - {at: 2026-09-25T14:45, outcome: condition_false}
                - {at: 2026-10-02T14:45, outcome: condition_false}
                - {at: 2026-10-09T14:45, contains: "请每人今天 15:00 说三件事：本周完成了什么、下周做什么、有什么卡住。"}
              nothing_else: true

            - name: 双周评审，放假的那次不提醒
              rules: code-review
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-02-01T08:00
              # 2 月 18 日在春节假期里 / within the Spring Festival
              ends: 2026-03-20
              expect:
                - {at: 2026-02-04T10:00, via: chat, title: 代码评审, contains: 请开发团队每个人今天把等自己评审的代码评审完。}
                - {at: 2026-02-18T10:00, outcome: condition_false}
                - {at: 2026-03-04T10:00}
                - {at: 2026-03-18T10:00}
              nothing_else: true

            - name: 月底、季初、季末落在工作日上
              rules: [monthly-retrospective, quarterly-training, quarterly-risk-review]
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-01-20T08:00
              records:
                member: [{id: he, name: 何静, role: hr}]
              ends: 2026-05-31
              expect:
                - {at: 2026-01-30T14:00, rule: monthly-retrospective, via: chat, title: 月度复盘, contains: 请团队全体今天做本月复盘。}
                # 2 月 28 日是星期六，调休上班 / a make-up workday
                - {at: 2026-02-28T14:00, rule: monthly-retrospective}
                - {at: 2026-03-31T10:00, rule: quarterly-risk-review, via: chat, title: 季度风险评审, contains: 请各项目经理今天评审风险清单。}
                - {at: 2026-03-31T14:00, rule: monthly-retrospective}
                - {at: 2026-04-01T09:00, rule: quarterly-training, to: [he], via: [mail, chat], contains: 请人事本周内安排好本季度的培训。}
                - {at: 2026-04-30T14:00, rule: monthly-retrospective}
                - {at: 2026-05-29T14:00, rule: monthly-retrospective}
              nothing_else: true

            - name: 季末是周末、季初是国庆
              rules: [quarterly-risk-review, quarterly-training]
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2022-09-20T08:00
              records:
                member: [{id: he, name: 何静, role: hr}]
              ends: 2023-01-05
              expect:
                - {at: 2022-09-30T10:00, rule: quarterly-risk-review}
                - {at: 2022-10-08T09:00, rule: quarterly-training, title: 季度培训}
                - {at: 2022-12-30T10:00, rule: quarterly-risk-review}
                - {at: 2023-01-03T09:00, rule: quarterly-training}
              nothing_else: true

            - name: once a year, on a working day
              rules: [yearly-budget, digital-office-day]
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-05-20T08:00
              records:
                member: [{id: kim, name: Kim, role: finance-director}]
              ends: 2026-12-31
              expect:
                - {at: 2026-06-01T09:00, rule: yearly-budget, outcome: condition_false}
                - at: 2026-06-03T09:00
                  rule: digital-office-day
                  via: chat
                  title: Digital office day
                  contains: "Everyone, please work without paper on 2026-06-10, the digital office day."
                - {at: 2026-07-01T09:00, rule: digital-office-day, outcome: condition_false}
                - at: 2026-11-02T09:00
                  rule: yearly-budget
                  to: [kim]
                  via: [mail, chat]
                  title: Yearly budget
                  contains: Finance director, please start work on next year's budget this month.
              nothing_else: true

            - name: the team's own zone, also when clocks change
              rules: friday-standup
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-22T08:00
              ends: 2026-10-31
              expect:
                - at: "2026-10-23T14:45:00+02:00"
                  title: Stand-up at 15:00 (15 minutes)
                  contains: "Everyone, please say today at 15:00 what got done this week, what comes next week, and what is stuck."
                - {at: "2026-10-30T14:45:00+01:00"}
              nothing_else: true

            - name: 停机期间错过几次，回来只响一次
              rules: code-review
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-07-01T08:00
              down: [[2026-07-07T00:00, 2026-08-13T09:30]]
              ends: 2026-08-14
              expect:
                - {at: 2026-08-13T09:30, late: true}
                - {at: 2026-07-08T10:00, outcome: superseded}
                - {at: 2026-07-22T10:00, outcome: superseded}
              nothing_else: true

            - name: 一年一次，在工作日
              rules: [yearly-budget, digital-office-day]
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-05-20T08:00
              records:
                member: [{id: cai, name: 蔡琴, role: finance-director}]
              ends: 2026-11-30
              expect:
                - at: 2026-06-03T09:00
                  rule: digital-office-day
                  title: 数字化办公日
                  contains: 请全体同事在 2026-06-10（数字化办公日）这天不用纸办公。
                - {at: 2026-11-02T09:00, rule: yearly-budget, to: [cai], title: 年度预算, contains: 请财务总监本月内启动明年的预算编制。}
                - {at: 2026-06-01T09:00, rule: yearly-budget, outcome: condition_false}
                - {at: 2026-07-01T09:00, rule: digital-office-day, outcome: condition_false}
              nothing_else: true

            - name: review, retrospective, training and risks, in English
              rules: [code-review, monthly-retrospective, quarterly-training, quarterly-risk-review]
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-09-28T08:00
              records:
                member: [{id: kim, name: Kim, role: hr}]
              ends: 2026-10-10
              expect:
                - at: 2026-09-30T10:00
                  rule: quarterly-risk-review
                  title: Quarterly risk review
                  contains: Project managers, please review the list of risks today.
                - at: 2026-09-30T10:00
                  rule: code-review
                  title: Code review
                  contains: Every developer, please review today the code that waits for your review.
                - at: 2026-09-30T14:00
                  rule: monthly-retrospective
                  title: Monthly retrospective
                  contains: Everyone on the team, please join the retrospective of this month today.
                - at: 2026-10-01T09:00
                  rule: quarterly-training
                  to: [kim]
                  title: Quarterly training
                  contains: HR, please plan the training of this quarter by the end of this week.
              nothing_else: true

            """#
        )
    ]
}
