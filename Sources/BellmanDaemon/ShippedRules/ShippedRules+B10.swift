// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B10.
extension ShippedRules {
    static let b10: [(name: String, text: String)] = [
        (
            "B10-usage-brief",
            #"""
            # 软件使用月报，每月第一个工作日 → IT 和财务：活跃用户、任务完成率、空闲席位、90 天内到期的续费，附各产品用量图。
            # 怎样算：活跃 = 最近 30 天用过的账号；空闲席位 = 席位 − 活跃；完成率 = 使用者上月到期的任务里已完成的比例。
            # 要改的：30（天，四处）、90（天）；IT、财务写在成员的“角色”里（it、finance）。
            # The monthly usage brief, on the first working day → IT and finance: active users (used in the last 30 days), completion
            # rate (of their tasks that were due last month), idle seats (seats less active), renewals in the next 90 days, a chart.
            id: usage-brief
            title: 软件使用月报 / Monthly usage brief
            when: {every: month on first working day at 10:00}
            select: contract
            where: contract.open && (contract.seats != null || contract.usage != null || contract.accounts.exists(a, a.open))
            then:
              - notify:
                  via: mail
                  to: [role("it"), role("finance")]
                  title:
                    zh: '{{ today.minus("1 month").format("yyyy-MM") }} 软件使用月报：{{ records.size() }} 个产品'
                    en: '{{ today.minus("1 month").format("yyyy-MM") }} software usage brief, products: {{ records.size() }}'
                  text:
                    zh: |
                      供 IT 和财务了解；要办的事写在最后一段。

                      - 活跃用户：{{ records.map(c, c.accounts.filter(a, a.open && a.last_active != null && days_until(a.last_active) > -30).size()).sum() }} 个账号，共开通 {{ records.map(c, c.accounts.filter(a, a.open).size()).sum() }} 个
                      - 空闲席位：{{ records.filter(c, c.seats != null).map(c, math.greatest(0, c.seats - c.accounts.filter(a, a.open && a.last_active != null && days_until(a.last_active) > -30).size())).sum() }} 个

                      **各产品**

                      {{ records.map(c, "- " + c.name + "：活跃 " + string(c.accounts.filter(a, a.open && a.last_active != null && days_until(a.last_active) > -30).size()) + " / 开通 " + string(c.accounts.filter(a, a.open).size()) + "，席位 " + default(string(c.seats), "未填")).join("\n") }}

                      **完成率（使用者上月到期的任务）**

                      {{ cel.bind(from, date(today.minus("1 month").format("yyyy-MM-01")), cel.bind(to, date(today.format("yyyy-MM-01")), records.map(c, cel.bind(due, c.accounts.filter(a, a.open && a.member != null).map(a, a.member.tasks.filter(t, t.due != null && t.due >= from && t.due < to)).flatten(), "- " + c.name + "：" + (due.size() == 0 ? "没有到期的任务" : percent(double(due.filter(t, t.closed).size()) / double(due.size())) + "（" + string(due.filter(t, t.closed).size()) + " / " + string(due.size()) + "）"))).join("\n"))) }}

                      **用量**

                      {{ bar_chart(records, "name", "usage") }}

                      **{{ records.exists(c, c.expires_on != null && days_until(c.expires_on) >= 0 && days_until(c.expires_on) <= 90) ? "90 天内到期，请负责人在到期日前决定续费还是减量" : "90 天内没有到期的合同，不需要做什么" }}**

                      {{ table(records.filter(c, c.expires_on != null && days_until(c.expires_on) >= 0 && days_until(c.expires_on) <= 90), ["name", "expires_on", "amount", "owner"]) }}
                    en: |
                      For the information of IT and finance; what is to be done stands at the end.

                      - Active users: {{ records.map(c, c.accounts.filter(a, a.open && a.last_active != null && days_until(a.last_active) > -30).size()).sum() }} of {{ records.map(c, c.accounts.filter(a, a.open).size()).sum() }} open accounts
                      - Idle seats: {{ records.filter(c, c.seats != null).map(c, math.greatest(0, c.seats - c.accounts.filter(a, a.open && a.last_active != null && days_until(a.last_active) > -30).size())).sum() }}

                      **By product**

                      {{ records.map(c, "- " + c.name + ": active " + string(c.accounts.filter(a, a.open && a.last_active != null && days_until(a.last_active) > -30).size()) + " / open " + string(c.accounts.filter(a, a.open).size()) + ", seats " + default(string(c.seats), "not given")).join("\n") }}

                      **Completion rate (tasks of the users that were due last month)**

                      {{ cel.bind(from, date(today.minus("1 month").format("yyyy-MM-01")), cel.bind(to, date(today.format("yyyy-MM-01")), records.map(c, cel.bind(due, c.accounts.filter(a, a.open && a.member != null).map(a, a.member.tasks.filter(t, t.due != null && t.due >= from && t.due < to)).flatten(), "- " + c.name + ": " + (due.size() == 0 ? "no task was due" : percent(double(due.filter(t, t.closed).size()) / double(due.size())) + " (" + string(due.filter(t, t.closed).size()) + " / " + string(due.size()) + ")"))).join("\n"))) }}

                      **Usage**

                      {{ bar_chart(records, "name", "usage") }}

                      **{{ records.exists(c, c.expires_on != null && days_until(c.expires_on) >= 0 && days_until(c.expires_on) <= 90) ? "Expiring within 90 days: owners, please decide before the expiry date to renew or to reduce" : "Nothing expires within 90 days, nothing needs to be done" }}**

                      {{ table(records.filter(c, c.expires_on != null && days_until(c.expires_on) >= 0 && days_until(c.expires_on) <= 90), ["name", "expires_on", "amount", "owner"]) }}

            """#
        )
    ]
}
