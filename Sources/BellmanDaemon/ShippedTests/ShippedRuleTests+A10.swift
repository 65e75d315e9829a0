// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A10.
extension ShippedRuleTests {
    static let a10: [(name: String, text: String)] = [
        (
            "A10-behind-schedule",
            #"""
            # 完成的比例比已过的时间少 20 个百分点以上。/ Share done over 20 points less than the share of time elapsed.
            - name: 正好 20 个百分点不响，超过就响；一直落后每周一次；没填进度的按任务算
              rules: behind-schedule
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: zhao, name: 赵敏}, {id: chen, name: 陈刚}, {id: sun, name: 孙丽}, {id: li, name: 李强}, {id: qian, name: 钱进}]
                project:
                  # 30 天；10 月 13 日过了 40%，14 日 43.3% / thirty days, 40 % on the 13th
                  - {id: P-1, name: 官网, manager: zhao, starts_on: 2026-10-01, ends_on: 2026-10-31, progress: 20%}
                  - {id: P-2, name: 完成了, manager: zhao, starts_on: 2026-09-01, ends_on: 2026-10-31, progress: 0.1, status: 已完成}
                  - {id: P-3, name: 只有一天, manager: li, starts_on: 2026-10-12, ends_on: 2026-10-12, progress: 0}
                  - {id: P-4, name: 没有日期, manager: li, starts_on: 2026-09-01, progress: 0}
                  # 20 天，4 个任务关了 1 个；14 日正好差 20 点 / twenty days, a quarter of the tasks, 20 points on the 14th
                  - {id: P-5, name: 商城, creator: sun, starts_on: 2026-10-05, ends_on: 2026-10-25}
                  - {id: P-6, name: 没有任务, manager: li, starts_on: 2026-09-01, ends_on: 2026-10-31}
                  - {id: P-7, name: 还没开始, manager: li, starts_on: 2026-11-01, ends_on: 2026-11-30, progress: 0}
                  # 时间用完了也只算 100% / never more than the whole time
                  - {id: P-8, name: 到期了, manager: li, starts_on: 2026-09-01, ends_on: 2026-10-10, progress: 0.85}
                  # 1000 天，过了 501 天：差 20.1 点 / 501 of a thousand days: 20.1 points
                  - {id: P-10, name: 长项目, manager: chen, starts_on: 2025-05-29, ends_on: 2028-02-23, progress: 0.3}
                  - {id: P-11, name: 早该完了, manager: qian, starts_on: 2026-09-01, ends_on: 2026-10-01, progress: 0.79}
                  - {id: P-9, name: 没人管, starts_on: 2026-09-01, ends_on: 2026-10-31, progress: 0}
                task:
                  - {id: T-1, title: 甲, project: P-5, status: 已完成}
                  - {id: T-2, title: 乙, project: P-5, status: 进行中}
                  - {id: T-3, title: 丙, project: P-5, status: 进行中}
                  - {id: T-4, title: 丁, project: P-5, status: 进行中}
              events:
                - {at: 2026-10-19T10:00, record: task/T-2, set: {status: 已完成}}
                - {at: 2026-10-19T10:00, record: task/T-3, set: {status: 已完成}}
              ends: 2026-10-22
              expect:
                - {at: 2026-10-12T09:00, record: member/qian, to: [qian], contains: 「早该完了」完成 79%，时间已过 100%（}
                - {at: 2026-10-19T09:00, record: member/qian, to: [qian]}
                - {at: 2026-10-12T09:00, record: member/chen, to: [chen], contains: 「长项目」完成 30%，时间已过 50.1%}
                - at: 2026-10-14T09:00
                  rule: behind-schedule
                  record: member/zhao
                  to: [zhao]
                  via: mail
                  title: 进度比时间慢 20 个百分点以上：官网
                  contains: [请赵敏本周内找出原因, 「官网」完成 20%，时间已过 43.3%（2026-10-01 至 2026-10-31）]
                - {at: 2026-10-15T09:00, record: member/zhao, outcome: skipped}
                - {at: 2026-10-15T09:00, record: member/sun, to: [sun], contains: 「商城」完成 25%，时间已过 50%}
                - {at: 2026-10-19T09:00, record: member/chen, to: [chen], contains: 时间已过 50.8%}
                - {at: 2026-10-21T09:00, record: member/zhao, to: [zhao], contains: 「官网」完成 20%，时间已过 66.7%}
              nothing_else: true

            - name: one message for all projects of a manager
              rules: behind-schedule
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-10T08:00
              records:
                member: [{id: kim, name: Kim}]
                project:
                  - {id: P-1, name: Site, manager: kim, starts_on: 2026-09-01, ends_on: 2026-10-01, progress: 0.79}
                  - {id: P-2, name: Shop, manager: kim, starts_on: 2026-09-01, ends_on: 2026-10-31, progress: 0.1}
              ends: 2026-10-12
              expect:
                - at: 2026-10-12T09:00
                  record: member/kim
                  to: [kim]
                  title: "More than 20 percentage points behind schedule: Site, Shop"
                  contains:
                    - Kim, please find the reason this week
                    - "“Site” is 79% done, with 100% of its time gone (2026-09-01 to 2026-10-01)"
                    - "“Shop” is 10% done, with 68.3% of its time gone (2026-09-01 to 2026-10-31)"
              nothing_else: true

            """#
        )
    ]
}
