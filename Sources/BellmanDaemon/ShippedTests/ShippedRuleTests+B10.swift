// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B10.
extension ShippedRuleTests {
    static let b10: [(name: String, text: String)] = [
        (
            "B10-usage-brief",
            #"""
            # 软件使用月报。/ The monthly usage brief.
            - name: 活跃、完成率、空闲席位、到期都写在一封信里
              rules: usage-brief
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              currency: CNY
              clock: 2026-10-07T08:00
              records:
                member:
                  - {id: ma, name: 马超, role: it}
                  - {id: cai, name: 蔡琴, role: finance}
                  - {id: wang, name: 王芳, role: hr}
                  - {id: li, name: 李强}
                  - {id: sun, name: 孙丽}
                contract:
                  - {id: C-1, name: 协作平台, owner: wang, seats: 20, usage: 0.6, amount: 24000, expires_on: 2027-01-06, status: 生效}
                  - {id: C-2, name: 设计工具, owner: wang, seats: 1, amount: 500, expires_on: 2027-01-07, status: 生效}
                  - {id: C-3, name: 只有账号, owner: li, expires_on: 2026-10-08, status: 生效}
                  - {id: C-4, name: 只有用量, owner: li, usage: 0.3, expires_on: 2026-10-07, status: 生效}
                  - {id: C-5, name: 房租, owner: li, amount: 90000, expires_on: 2026-12-31, status: 生效}
                  - {id: C-6, name: 已终止, owner: li, seats: 50, usage: 0.1, expires_on: 2026-12-31, status: 已终止}
                  - {id: C-7, name: 账号都停了, owner: li, expires_on: 2026-12-31, status: 生效}
                account:
                  # 10 月 8 日往前 30 天是 9 月 8 日 / 30 days before 8 October
                  - {id: A-1, login: wang1, contract: C-1, member: wang, last_active: 2026-09-09T00:30}
                  - {id: A-2, login: li1, contract: C-1, member: li, last_active: 2026-09-08T23:00}
                  - {id: A-3, login: robot, contract: C-1, last_active: 2026-10-06T10:00}
                  - {id: A-4, login: gone, contract: C-1, member: sun, last_active: 2026-10-06T10:00, status: 已停用}
                  - {id: A-5, login: pen1, contract: C-2, member: wang, last_active: 2026-10-06T10:00}
                  - {id: A-6, login: pen2, contract: C-2, member: li, last_active: 2026-10-06T10:00}
                  - {id: A-7, login: only, contract: C-3, member: li}
                  - {id: A-8, login: shut, contract: C-7, member: sun, last_active: 2026-10-06T10:00, status: 已停用}
                task:
                  - {id: T-1, title: 一, assignee: wang, due: 2026-09-01, status: 已完成}
                  - {id: T-2, title: 二, assignee: wang, due: 2026-09-30T23:30, status: 已完成}
                  - {id: T-3, title: 三, assignee: li, due: 2026-09-15, status: 进行中}
                  - {id: T-4, title: 八月, assignee: li, due: 2026-08-31, status: 已完成}
                  - {id: T-5, title: 十月, assignee: li, due: 2026-10-01, status: 已完成}
                  - {id: T-6, title: 不用的人, assignee: sun, due: 2026-09-15, status: 已完成}
                  - {id: T-7, title: 没有日期, assignee: li, status: 已完成}
              ends: 2026-10-31
              expect:
                - at: 2026-10-08T10:00
                  rule: usage-brief
                  to: [ma, cai]
                  via: mail
                  title: 2026-09 软件使用月报：4 个产品
                  # 整封信。空闲席位：协作平台 20 − 2；设计工具一个席位有两个账号在用，不算负数 / never less than none
                  text: |-
                    供 IT 和财务了解；要办的事写在最后一段。

                    - 活跃用户：4 个账号，共开通 6 个
                    - 空闲席位：18 个

                    **各产品**

                    - 只有用量：活跃 0 / 开通 0，席位 未填
                    - 只有账号：活跃 0 / 开通 1，席位 未填
                    - 协作平台：活跃 2 / 开通 3，席位 20
                    - 设计工具：活跃 2 / 开通 2，席位 1

                    **完成率（使用者上月到期的任务）**

                    - 只有用量：没有到期的任务
                    - 只有账号：0%（0 / 1）
                    - 协作平台：66.7%（2 / 3）
                    - 设计工具：66.7%（2 / 3）

                    **用量**

                    - 只有用量 ███ 30%
                    - 只有账号 （未填写）
                    - 协作平台 ██████ 60%
                    - 设计工具 （未填写）

                    **90 天内到期，请负责人在到期日前决定续费还是减量**

                    - **只有账号** · 到期日：2026-10-08 · 金额：（未填写） · 负责人：李强
                    - **协作平台** · 到期日：2027-01-06 · 金额：24,000 CNY · 负责人：王芳
              nothing_else: true

            - name: without tasks and without contracts
              rules: usage-brief
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              currency: EUR
              clock: 2026-10-30T08:00
              records:
                member: [{id: ida, name: Ida, role: it}]
                contract: [{id: C-1, name: Cloud, seats: 5, status: active}]
              events:
                - {at: 2026-11-20T10:00, record: contract/C-1, set: {status: cancelled}}
              ends: 2026-12-02
              expect:
                - at: 2026-11-02T10:00
                  to: [ida]
                  title: "2026-10 software usage brief, products: 1"
                  contains: ["Active users: 0 of 0 open accounts", "- Cloud: no task was due", "Idle seats: 5", "**Nothing expires within 90 days, nothing needs to be done**"]
                - {at: 2026-12-01T10:00, outcome: condition_false}
              nothing_else: true

            - name: active users, completion, idle seats and expiries in one letter
              rules: usage-brief
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              currency: EUR
              clock: 2026-10-30T08:00
              records:
                member: [{id: ida, name: Ida, role: it}, {id: max, name: Max, role: finance}, {id: kim, name: Kim}, {id: lee, name: Lee}]
                contract:
                  # 90 days after 2 November is 31 January
                  - {id: C-1, name: Suite, owner: kim, seats: 20, usage: 0.6, amount: 24000, expires_on: 2027-01-31, status: active}
                  - {id: C-2, name: Pen, owner: kim, seats: 1, expires_on: 2027-02-01, status: active}
                  - {id: C-3, name: Chat, owner: lee, expires_on: 2026-11-02, status: active}
                  - {id: C-4, name: Mail, owner: lee, usage: 0.3, expires_on: 2026-11-01, status: active}
                account:
                  # 30 days before 2 November is 3 October
                  - {id: A-1, login: kim1, contract: C-1, member: kim, last_active: 2026-10-04T00:30}
                  - {id: A-2, login: lee1, contract: C-1, member: lee, last_active: 2026-10-03T23:00}
                  - {id: A-3, login: robot, contract: C-1, last_active: 2026-10-30T10:00}
                  - {id: A-4, login: gone, contract: C-1, member: ida, last_active: 2026-10-30T10:00, status: disabled}
                  - {id: A-5, login: pen1, contract: C-2, member: kim, last_active: 2026-10-30T10:00}
                  - {id: A-6, login: pen2, contract: C-2, member: lee, last_active: 2026-10-30T10:00}
                  - {id: A-7, login: only, contract: C-3, member: lee}
                task:
                  - {id: T-1, title: One, assignee: kim, due: 2026-10-01, status: done}
                  - {id: T-2, title: Two, assignee: kim, due: 2026-10-31T23:30, status: done}
                  - {id: T-3, title: Three, assignee: lee, due: 2026-10-15, status: doing}
                  - {id: T-4, title: September, assignee: lee, due: 2026-09-30, status: done}
                  - {id: T-5, title: November, assignee: lee, due: 2026-11-01, status: done}
                  - {id: T-6, title: Of nobody who uses it, assignee: ida, due: 2026-10-15, status: done}
                  - {id: T-7, title: No date, assignee: lee, status: done}
              ends: 2026-11-03
              expect:
                - at: 2026-11-02T10:00
                  to: [ida, max]
                  title: "2026-10 software usage brief, products: 4"
                  # the whole letter. Idle: Suite 20 less 2; Pen has two users on one seat, never less than none
                  text: |-
                    For the information of IT and finance; what is to be done stands at the end.

                    - Active users: 4 of 6 open accounts
                    - Idle seats: 18

                    **By product**

                    - Mail: active 0 / open 0, seats not given
                    - Chat: active 0 / open 1, seats not given
                    - Suite: active 2 / open 3, seats 20
                    - Pen: active 2 / open 2, seats 1

                    **Completion rate (tasks of the users that were due last month)**

                    - Mail: no task was due
                    - Chat: 0% (0 / 1)
                    - Suite: 66.7% (2 / 3)
                    - Pen: 66.7% (2 / 3)

                    **Usage**

                    - Mail ███ 30%
                    - Chat (not set)
                    - Suite ██████ 60%
                    - Pen (not set)

                    **Expiring within 90 days: owners, please decide before the expiry date to renew or to reduce**

                    - **Chat** · expires on: 2026-11-02 · amount: (not set) · owner: Lee
                    - **Suite** · expires on: 2027-01-31 · amount: 24,000 EUR · owner: Kim
              nothing_else: true

            - name: 没有快到期的，写明不需要做什么
              rules: usage-brief
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              currency: CNY
              clock: 2026-10-07T08:00
              records:
                member: [{id: ma, name: 马超, role: it}]
                contract: [{id: C-1, name: 协作平台, seats: 20, usage: 0.6, expires_on: 2027-01-07, status: 生效}]
              ends: 2026-10-09
              expect:
                - {at: 2026-10-08T10:00, to: [ma], contains: "**90 天内没有到期的合同，不需要做什么**"}
              nothing_else: true

            """#
        )
    ]
}
