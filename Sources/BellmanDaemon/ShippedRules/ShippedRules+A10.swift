// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A10.
extension ShippedRules {
    static let a10: [(name: String, text: String)] = [
        (
            "A10-behind-schedule",
            #"""
            # 进度落后：完成的比例比已过的时间少 20 个百分点以上 → 项目经理（没有就是创建人），每人一条，列出他落后的项目；一直落后就每周再提醒一次。
            # 完成比例取项目的 progress；没有填的，用已关闭任务占全部任务的比例。没有起止日期、只有一天的项目不算。改 20 个百分点：改 200（千分之 200）。
            # Behind schedule: the share done is less than the share of time elapsed by over 20 points → the project manager, else
            # the creator: one message a person, again each week while it lasts. Where progress is not set, the share of closed
            # tasks counts. Projects without dates, or of a single day, are left out. The limit is the 200, in thousandths.
            id: behind-schedule
            title: 进度落后 / Behind schedule
            when: {every: working day at 09:00}
            select: project
            where: >-
              project.open && project.ends_on > project.starts_on && math.round(1e3 * (math.least(1.0,
              double(-days_until(project.starts_on)) / double(days_until(project.ends_on) - days_until(project.starts_on)))
              - default(project.progress, double(count(project.tasks.filter(t, t.closed))) / double(count(project.tasks))))) > 200
            group: default(project.manager, project.creator)
            limit: 1 per 7 days
            then:
              - notify:
                  via: mail
                  to: group
                  title:
                    zh: 进度比时间慢 20 个百分点以上：{{ records.map(p, p.name).join("、") }}
                    en: 'More than 20 percentage points behind schedule: {{ records.map(p, p.name).join(", ") }}'
                  text:
                    zh: |
                      请{{ group.name }}本周内找出原因，调整计划、人手或范围，并更新项目的完成比例。

                      {{ records.map(p, "「" + p.name + "」完成 "
                        + percent(default(p.progress, double(count(p.tasks.filter(t, t.closed))) / double(count(p.tasks))))
                        + "，时间已过 " + percent(math.least(1.0,
                          double(-days_until(p.starts_on)) / double(days_until(p.ends_on) - days_until(p.starts_on))))
                        + "（" + p.starts_on.format("yyyy-MM-dd") + " 至 " + p.ends_on.format("yyyy-MM-dd") + "）").join("\n") }}
                    en: |
                      {{ group.name }}, please find the reason this week, adjust the plan, the staff or the scope, and update the progress of the project.

                      {{ records.map(p, "“" + p.name + "” is "
                        + percent(default(p.progress, double(count(p.tasks.filter(t, t.closed))) / double(count(p.tasks))))
                        + " done, with " + percent(math.least(1.0,
                          double(-days_until(p.starts_on)) / double(days_until(p.ends_on) - days_until(p.starts_on))))
                        + " of its time gone (" + p.starts_on.format("yyyy-MM-dd") + " to " + p.ends_on.format("yyyy-MM-dd") + ")").join("\n") }}

            """#
        )
    ]
}
