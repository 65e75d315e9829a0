// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B16.
extension ShippedRuleTests {
    static let b16: [(name: String, text: String)] = [
        (
            "B16-renewals-on-time",
            #"""
            # 按时续费率月报。/ Renewals on time, monthly.
            - name: 上月到期的，按时、迟了、没续各算各的；分部门、有走势
              rules: renewals-on-time
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-11-01T08:00
              records:
                member: [{id: zong, name: 宗明, role: finance-director}, {id: cai, name: 蔡琴, role: finance}, {id: wang, name: 王芳}]
                contract:
                  # 上一期 10 月 31 日结束，当天续的：按时 / ended on 31 October, renewed that day: on time
                  - {id: C-1, name: 云主机, department: 研发部, owner: wang, starts_on: 2026-11-01, renewed_on: 2026-10-31, expires_on: 2027-10-31, status: 生效}
                  # 10 月 1 日结束，第二天才续 / ended on 1 October, renewed a day late
                  - {id: C-2, name: 邮箱, department: 研发部, owner: wang, starts_on: 2026-10-02, renewed_on: 2026-10-02, expires_on: 2027-10-01, status: 生效}
                  # 到期没有续 / expired, not renewed
                  - {id: C-3, name: 网盘, department: 市场部, owner: wang, starts_on: 2025-10-21, renewed_on: 2025-10-01, expires_on: 2026-10-20, status: 生效}
                  - {id: C-4, name: 写了已过期, owner: wang, expires_on: 2026-10-20, status: 已过期}
                  # 不算：主动不续、自动续费、新买的、下月才到期、这个月到期 / not counted
                  - {id: C-5, name: 不续了, department: 市场部, expires_on: 2026-10-20, status: 不续签}
                  - {id: C-6, name: 自动续, department: 市场部, expires_on: 2026-10-20, auto_renew: true, status: 生效}
                  - {id: C-7, name: 新买的, department: 市场部, starts_on: 2026-10-10, expires_on: 2027-10-09, status: 生效}
                  - {id: C-8, name: 刚过期, department: 市场部, expires_on: 2026-11-01, status: 生效}
                  - {id: C-9, name: 提前续的, department: 市场部, starts_on: 2027-01-01, renewed_on: 2026-10-01, expires_on: 2027-12-31, status: 生效}
                  # 走势：5 月一份按时一份没按时，8 月一份按时；4 月在六个月之外 / the trend; April is outside the six months
                  - {id: C-10, name: 五月一, department: 研发部, starts_on: 2026-05-02, renewed_on: 2026-04-02, expires_on: 2027-05-01, status: 生效}
                  - {id: C-11, name: 五月二, department: 研发部, expires_on: 2026-05-31, status: 生效}
                  - {id: C-12, name: 八月, department: 研发部, starts_on: 2026-09-01, renewed_on: 2026-08-31, expires_on: 2027-08-31, status: 生效}
                  - {id: C-13, name: 四月, department: 研发部, starts_on: 2026-05-01, renewed_on: 2026-04-02, expires_on: 2027-04-30, status: 生效}
              ends: 2026-11-30
              expect:
                # 11 月 2 日是第一个工作日 / the first working day
                - at: 2026-11-02T10:00
                  rule: renewals-on-time
                  to: [zong]
                  via: mail
                  title: 2026-10 按时续费率 25%，目标 99.5%
                  contains:
                    - "2026-10 有 4 份合同到期，按时续费 1 份，目标 99.5%。"
                    - "**各部门**\n\n- "
                    - "- 研发部：1 / 2（50%）"
                    - "- 市场部：0 / 1（0%）"
                    - "- 未填部门：0 / 1（0%）"
                    - "**走势（%）**\n\n- 2026-05 █████ 50\n- 2026-08 ██████████ 100\n- 2026-10"
                    - "**还没续，请财务总监今天督促负责人办理**\n\n- **写了已过期**"
                    - 网盘
                    - "**续晚了，请财务总监本周内向负责人问明原因**\n\n- **邮箱**"
              nothing_else: true

            - name: the goal is reached; a month in which nothing ended has no report
              rules: renewals-on-time
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-30T08:00
              records:
                member: [{id: dan, name: Dan, role: finance-director}]
                contract:
                  - {id: C-1, name: Cloud, department: IT, starts_on: 2026-10-02, renewed_on: 2026-10-01, expires_on: 2027-10-01, status: active}
                  - {id: C-3, name: Old, department: IT, expires_on: 2026-09-10, status: Expired}
                  - {id: C-4, name: Older, department: IT, expires_on: 2026-08-10, status: expired}
                  - {id: C-5, name: Oldest, department: IT, expires_on: 2026-07-10, status: 已到期}
                  - {id: C-2, name: Mail, department: IT, starts_on: 2026-10-02, renewed_on: 2026-09-01, expires_on: 2027-10-01, status: active}
              ends: 2026-12-02
              expect:
                - at: 2026-11-02T10:00
                  to: [dan]
                  title: "2026-10 renewals on time: 100%, goal 99.5%"
                  contains: ["Contracts whose term ended in 2026-10: 2; renewed on time: 2; goal 99.5%.", "- IT: 2 / 2 (100%)", "- 2026-07 0\n- 2026-08 0\n- 2026-09 0\n- 2026-10 ██████████ 100", "**None was left out, nothing needs to be done**", "**None was renewed too late, nothing needs to be done**"]
                - {at: 2026-12-01T10:00, outcome: condition_false}
              nothing_else: true

            - name: on time, late and not renewed; by department, with the trend
              rules: renewals-on-time
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-30T08:00
              records:
                member: [{id: dan, name: Dan, role: finance-director}, {id: kim, name: Kim}]
                contract:
                  # ended on 31 October, renewed that day: on time; ended on 1 October, renewed a day late; not renewed
                  - {id: C-1, name: Cloud, department: IT, owner: kim, starts_on: 2026-11-01, renewed_on: 2026-10-31, expires_on: 2027-10-31, status: active}
                  - {id: C-2, name: Mail, department: IT, owner: kim, starts_on: 2026-10-02, renewed_on: 2026-10-02, expires_on: 2027-10-01, status: active}
                  - {id: C-3, name: Drive, department: Sales, owner: kim, starts_on: 2025-10-21, renewed_on: 2025-10-01, expires_on: 2026-10-20, status: active}
                  - {id: C-4, name: Written off, owner: kim, expires_on: 2026-10-20, status: expired}
                  # the trend
                  - {id: C-5, name: May one, department: IT, starts_on: 2026-05-02, renewed_on: 2026-04-02, expires_on: 2027-05-01, status: active}
                  - {id: C-6, name: May two, department: IT, expires_on: 2026-05-31, status: active}
                  - {id: C-7, name: August, department: IT, starts_on: 2026-09-01, renewed_on: 2026-08-31, expires_on: 2027-08-31, status: active}
              ends: 2026-11-03
              expect:
                - at: 2026-11-02T10:00
                  to: [dan]
                  title: "2026-10 renewals on time: 25%, goal 99.5%"
                  contains:
                    - "Contracts whose term ended in 2026-10: 4; renewed on time: 1; goal 99.5%."
                    - "**By department**\n\n- "
                    - "- IT: 1 / 2 (50%)"
                    - "- Sales: 0 / 1 (0%)"
                    - "- no department: 0 / 1 (0%)"
                    - "**Trend (%)**\n\n- 2026-05 █████ 50\n- 2026-08 ██████████ 100\n- 2026-10"
                    - "**Not renewed: finance director, please have the owners renew today**\n\n- **Drive**"
                    - Written off
                    - "**Renewed too late: finance director, please ask the owners for the reason this week**\n\n- **Mail**"
              nothing_else: true

            - name: 全部按时，写明不需要做什么
              rules: renewals-on-time
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-08T08:00
              records:
                member: [{id: zong, name: 宗明, role: finance-director}]
                contract: [{id: C-1, name: 云主机, starts_on: 2026-10-21, renewed_on: 2026-10-10, expires_on: 2027-10-20, status: 生效}]
              ends: 2026-11-03
              expect:
                - {at: 2026-11-02T10:00, to: [zong], title: 2026-10 按时续费率 100%，目标 99.5%, contains: ["**没有漏续的，不需要做什么**", "**没有续晚的，不需要做什么**"]}
              nothing_else: true

            """#
        )
    ]
}
