// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A14.
extension ShippedRules {
    static let a14: [(name: String, text: String)] = [
        (
            "A14-project-review",
            #"""
            # 项目完成一周后 → 请成员评价；两周后 → 项目经理整理经验教训，附上过期的任务和风险清单。期间项目重新打开就不再发。
            # 算“完成”的状态写在 if 里；取消、作废的不算。
            # A week after a project was completed → its members are asked for their evaluation; after two weeks → the manager
            # collects the lessons, with the late tasks and the risks at hand. A project that is opened again stops it.
            id: project-review
            title: 项目评价与经验 / Project evaluation
            when: {changes: project.status}
            if: >-
              old.open && project.status.lowerAscii() in ["完成", "已完成", "已验收", "已结束", "已关闭", "已归档", "done", "complete",
              "completed", "finished", "closed", "archived"]
            then:
              - wait: 1 week
                if: project.members.size() > 0
                notify:
                  via: mail
                  to: project.members
                  title:
                    zh: 请评价项目「{{ project.name }}」
                    en: Please evaluate project “{{ project.name }}”
                  text:
                    zh: |
                      项目一周前完成了。请每位成员在 {{ today.plus("1 week") }} 前写几句，发给项目经理{{ project.manager }}：

                      - 哪些做得好，下次照做？
                      - 哪些没做好，原因是什么？
                      - 给下一个项目的建议。
                    en: |
                      The project was completed a week ago. Would each member please send a few lines to the project manager {{ project.manager }} by {{ today.plus("1 week") }}:

                      - What went well and should be done again?
                      - What did not go well, and why?
                      - What do you advise the next project?
              - wait: 2 weeks
                notify:
                  via: mail
                  to: default(project.manager, project.creator)
                  title:
                    zh: 请整理项目「{{ project.name }}」的经验教训
                    en: Please collect the lessons of project “{{ project.name }}”
                  text:
                    zh: |
                      成员的评价应该已经收到了。请{{ default(project.manager, project.creator) }}在 {{ today.plus("1 week") }} 前汇总成一页，存进项目文档。下面的材料可以参考。

                      没有按时完成的任务：

                      {{ table(project.tasks.filter(t, t.closed_at != null && t.due != null && date(t.closed_at) > date(t.due)), ["title", "due", "closed_at", "assignee"]) }}

                      风险：

                      {{ table(project.risks, ["title", "score", "status"]) }}
                    en: |
                      The members' evaluations should be in by now. {{ default(project.manager, project.creator) }}, please sum them up on one page by {{ today.plus("1 week") }} and file it with the project's documents. The lists below may help.

                      Tasks that were not finished on time:

                      {{ table(project.tasks.filter(t, t.closed_at != null && t.due != null && date(t.closed_at) > date(t.due)), ["title", "due", "closed_at", "assignee"]) }}

                      Risks:

                      {{ table(project.risks, ["title", "score", "status"]) }}

            """#
        )
    ]
}
