// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario C8.
extension ShippedRules {
    static let c8: [(name: String, text: String)] = [
        (
            "C8-smart-goal",
            #"""
            # 新目标一小时后还缺衡量标准、负责人或日期（SMART）→ 提出的人。导入的、找不到提出人的，找目标负责人，再没有就找项目经理。
            # A goal that lacks measure, owner or date an hour after it was written → its author; where it was imported, its owner, else
            # the project manager.
            id: smart-goal
            title: 目标不完整 / Goal is not SMART
            when: {created: goal}
            if: goal.open && (goal.measure == null || goal.owner == null || goal.due == null)
            then:
              - wait: 1 hour
                notify:
                  via: mail
                  to: default(member(changed_by), default(goal.owner, goal.project.manager))
                  title:
                    zh: '目标「{{ goal.title }}」请补上{{ [goal.measure == null ? "衡量标准" : "", goal.owner == null ? "负责人" : "", goal.due == null ? "日期" : ""].filter(s, s != "").join("、") }}'
                    en: 'Goal “{{ goal.title }}” still needs {{ [goal.measure == null ? "a measure" : "", goal.owner == null ? "an owner" : "", goal.due == null ? "a date" : ""].filter(s, s != "").join(", ") }}'
                  text:
                    zh: |
                      目标「{{ goal.title }}」写下一小时了，还不能跟踪：
                      - 衡量标准：{{ goal.measure }}
                      - 负责人：{{ goal.owner }}
                      - 日期：{{ goal.due }}
                      请{{ default(member(changed_by), default(goal.owner, goal.project.manager)).name }}今天补上没有填写的几项，让人知道做到什么程度、谁负责、到哪天为止。
                    en: |
                      Goal “{{ goal.title }}” was written down an hour ago and cannot be followed up yet:
                      - Measure: {{ goal.measure }}
                      - Owner: {{ goal.owner }}
                      - Date: {{ goal.due }}
                      {{ default(member(changed_by), default(goal.owner, goal.project.manager)).name }}, please fill in what is missing today, so that everybody knows what is to be reached, who is responsible, and by when.

            """#
        )
    ]
}
