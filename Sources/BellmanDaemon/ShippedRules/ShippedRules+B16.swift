// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B16.
extension ShippedRules {
    static let b16: [(name: String, text: String)] = [
        (
            "B16-renewals-on-time",
            #"""
            # 按时续费率月报，每月第一个工作日 → 财务总监：上月到期的合同里，到期前续好的比例，分部门，附近 6 个月走势；目标 99.5%。
            # 怎样算（一份合同算一次，算它最近结束的一期）：
            # - 到期日已过、还没续：这一期结束于到期日，没有按时。主动不续的（已取消、不续签等）不算，写“已过期”的算。
            # - 到期日还没到、有续费日期：上一期结束于开始日期的前一天（B3 续费时把开始日期改为旧到期日的第二天）；续费日期早于开始日期就是按时。
            # - 自动续费的不算。
            # 财务总监写在成员的“角色”里（finance-director）。
            # Renewals on time, monthly → the finance director: of the terms that ended last month, the share renewed before their end, by
            # department, with the trend of six months; goal 99.5 %. A contract counts once, with its latest term that ended. Expiry
            # passed and not renewed: that term, missed (ended on purpose does not count, "expired" does). Else the term before
            # starts_on, which B3 sets to the day after the old expiry: on time when renewed_on is before starts_on. Not: auto_renew.
            id: renewals-on-time
            title: 按时续费率 / Renewals on time
            when: {every: month on first working day at 10:00}
            select: contract
            where: '!contract.auto_renew && (contract.expires_on < today ? contract.open || contract.status in ["已过期", "已到期", "expired", "Expired"] : contract.renewed_on != null) && cel.bind(m, (contract.expires_on < today ? contract.expires_on : contract.starts_on.minus("1 day")).format("yyyy-MM"), m < today.format("yyyy-MM") && m >= today.minus("6 months").format("yyyy-MM"))'
            if: 'records.exists(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == today.minus("1 month").format("yyyy-MM"))'
            then:
              - notify:
                  via: mail
                  to: role("finance-director")
                  title:
                    zh: '{{ today.minus("1 month").format("yyyy-MM") }} 按时续费率 {{ cel.bind(l, records.filter(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == today.minus("1 month").format("yyyy-MM")), percent(double(l.filter(c, c.expires_on >= today && c.renewed_on < c.starts_on).size()) / double(l.size()))) }}，目标 99.5%'
                    en: '{{ today.minus("1 month").format("yyyy-MM") }} renewals on time: {{ cel.bind(l, records.filter(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == today.minus("1 month").format("yyyy-MM")), percent(double(l.filter(c, c.expires_on >= today && c.renewed_on < c.starts_on).size()) / double(l.size()))) }}, goal 99.5%'
                  text:
                    zh: |
                      {{ cel.bind(l, records.filter(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == today.minus("1 month").format("yyyy-MM")), cel.bind(n, l.filter(c, c.expires_on >= today && c.renewed_on < c.starts_on).size(), today.minus("1 month").format("yyyy-MM") + " 有 " + string(l.size()) + " 份合同到期，按时续费 " + string(n) + " 份，目标 99.5%。")) }}

                      **各部门**

                      {{ cel.bind(l, records.filter(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == today.minus("1 month").format("yyyy-MM")), l.map(c, default(c.department, "未填部门")).distinct().map(d, cel.bind(k, l.filter(c, default(c.department, "未填部门") == d), "- " + d + "：" + string(k.filter(c, c.expires_on >= today && c.renewed_on < c.starts_on).size()) + " / " + string(k.size()) + "（" + percent(double(k.filter(c, c.expires_on >= today && c.renewed_on < c.starts_on).size()) / double(k.size())) + "）")).join("\n")) }}

                      **走势（%）**

                      {{ bar_chart(records.map(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM")).distinct().sort().transformMapEntry(i, m, {m: double(1000 * records.filter(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == m && c.expires_on >= today && c.renewed_on < c.starts_on).size() / records.filter(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == m).size()) / 10.0})) }}

                      **{{ records.exists(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == today.minus("1 month").format("yyyy-MM") && c.expires_on < today) ? "还没续，请财务总监今天督促负责人办理" : "没有漏续的，不需要做什么" }}**

                      {{ table(records.filter(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == today.minus("1 month").format("yyyy-MM") && c.expires_on < today), ["name", "department", "owner", "expires_on"]) }}

                      **{{ records.exists(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == today.minus("1 month").format("yyyy-MM") && c.expires_on >= today && !(c.renewed_on < c.starts_on)) ? "续晚了，请财务总监本周内向负责人问明原因" : "没有续晚的，不需要做什么" }}**

                      {{ table(records.filter(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == today.minus("1 month").format("yyyy-MM") && c.expires_on >= today && !(c.renewed_on < c.starts_on)), ["name", "department", "owner", "expires_on", "renewed_on"]) }}
                    en: |
                      {{ cel.bind(l, records.filter(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == today.minus("1 month").format("yyyy-MM")), cel.bind(n, l.filter(c, c.expires_on >= today && c.renewed_on < c.starts_on).size(), "Contracts whose term ended in " + today.minus("1 month").format("yyyy-MM") + ": " + string(l.size()) + "; renewed on time: " + string(n) + "; goal 99.5%.")) }}

                      **By department**

                      {{ cel.bind(l, records.filter(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == today.minus("1 month").format("yyyy-MM")), l.map(c, default(c.department, "no department")).distinct().map(d, cel.bind(k, l.filter(c, default(c.department, "no department") == d), "- " + d + ": " + string(k.filter(c, c.expires_on >= today && c.renewed_on < c.starts_on).size()) + " / " + string(k.size()) + " (" + percent(double(k.filter(c, c.expires_on >= today && c.renewed_on < c.starts_on).size()) / double(k.size())) + ")")).join("\n")) }}

                      **Trend (%)**

                      {{ bar_chart(records.map(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM")).distinct().sort().transformMapEntry(i, m, {m: double(1000 * records.filter(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == m && c.expires_on >= today && c.renewed_on < c.starts_on).size() / records.filter(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == m).size()) / 10.0})) }}

                      **{{ records.exists(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == today.minus("1 month").format("yyyy-MM") && c.expires_on < today) ? "Not renewed: finance director, please have the owners renew today" : "None was left out, nothing needs to be done" }}**

                      {{ table(records.filter(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == today.minus("1 month").format("yyyy-MM") && c.expires_on < today), ["name", "department", "owner", "expires_on"]) }}

                      **{{ records.exists(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == today.minus("1 month").format("yyyy-MM") && c.expires_on >= today && !(c.renewed_on < c.starts_on)) ? "Renewed too late: finance director, please ask the owners for the reason this week" : "None was renewed too late, nothing needs to be done" }}**

                      {{ table(records.filter(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == today.minus("1 month").format("yyyy-MM") && c.expires_on >= today && !(c.renewed_on < c.starts_on)), ["name", "department", "owner", "expires_on", "renewed_on"]) }}

            """#
        )
    ]
}
