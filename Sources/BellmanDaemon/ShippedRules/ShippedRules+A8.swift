// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A8.
extension ShippedRules {
    static let a8: [(name: String, text: String)] = [
        (
            "A8-team-rhythm",
            #"""
            # 团队的节奏：站会、代码评审、月度复盘、季度培训、季度风险评审、年度预算、数字化办公日。改时间、改文字即可；不需要的写上 enabled: false。
            # 遇到放假：每月、每季度的用“第一个/最后一个工作日”，周五站会当天不上班就不提醒；调休上班日算工作日。
            # A team's rhythm: stand-up, code review, retrospective, training, risk review, budget, digital office day.
            # Change times and words; what you do not need gets enabled: false. Days off: the monthly and quarterly ones fall on
            # working days, the weekly ones stay silent on a day off. Make-up workdays count as working days.
            - id: friday-standup
              title: 周五站会 / Friday stand-up
              when: {every: friday at 14:45}
              if: is_working_day(today)
              then:
                - notify:
                    via: chat
                    title:
                      zh: 15:00 站会（15 分钟）
                      en: Stand-up at 15:00 (15 minutes)
                    text:
                      zh: 请每人今天 15:00 说三件事：本周完成了什么、下周做什么、有什么卡住。
                      en: Everyone, please say today at 15:00 what got done this week, what comes next week, and what is stuck.

            - id: code-review
              title: 代码评审 / Code review
              # 单双周不对，就在 when 里加 from: 某个评审日 / wrong weeks: add from: DATE of a review beside every
              when: {every: 2 weeks on wednesday at 10:00}
              if: is_working_day(today)
              then:
                - notify:
                    via: chat
                    text:
                      zh: 请开发团队每个人今天把等自己评审的代码评审完。
                      en: Every developer, please review today the code that waits for your review.

            - id: monthly-retrospective
              title: 月度复盘 / Monthly retrospective
              when: {every: month on last working day at 14:00}
              then:
                - notify:
                    via: chat
                    text:
                      zh: 请团队全体今天做本月复盘。
                      en: Everyone on the team, please join the retrospective of this month today.

            - id: quarterly-training
              title: 季度培训 / Quarterly training
              when: {every: quarter on first working day at 09:00}
              then:
                - notify:
                    via: [mail, chat]
                    to: role("hr")
                    text:
                      zh: 请人事本周内安排好本季度的培训。
                      en: HR, please plan the training of this quarter by the end of this week.

            - id: quarterly-risk-review
              title: 季度风险评审 / Quarterly risk review
              when: {every: quarter on last working day at 10:00}
              then:
                - notify:
                    via: chat
                    text:
                      zh: 请各项目经理今天评审风险清单。
                      en: Project managers, please review the list of risks today.

            - id: yearly-budget
              title: 年度预算 / Yearly budget
              # 11 月的第一个工作日 / the first working day of November
              when: {every: month on first working day at 09:00}
              if: today.format("M") == "11"
              then:
                - notify:
                    via: [mail, chat]
                    to: role("finance-director")
                    text:
                      zh: 请财务总监本月内启动明年的预算编制。
                      en: Finance director, please start work on next year's budget this month.

            - id: digital-office-day
              title: 数字化办公日 / Digital office day
              # 6 月的第二个星期三前后，先提前一周通知 / a week before the second Wednesday of June
              when: {every: month on first wednesday at 09:00}
              if: today.format("M") == "6"
              then:
                - notify:
                    via: chat
                    text:
                      zh: 请全体同事在 {{ today.plus("1 week") }}（数字化办公日）这天不用纸办公。
                      en: Everyone, please work without paper on {{ today.plus("1 week") }}, the digital office day.

            """#
        )
    ]
}
