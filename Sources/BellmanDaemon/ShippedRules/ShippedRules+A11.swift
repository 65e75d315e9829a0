// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A11.
extension ShippedRules {
    static let a11: [(name: String, text: String)] = [
        (
            "A11-milestones-and-closing",
            #"""
            # 里程碑完成、项目完成 → 全体成员和项目经理；项目关闭一小时后还有没关的任务或风险 → 项目经理，列出来。
            # 算“完成”的状态写在 if 里；取消、作废的不算。
            # A milestone is reached, a project is completed → all members and the manager. Tasks or risks still open an hour after
            # a project was closed → its manager, with the list. The words that mean completed stand in the conditions.
            - id: milestone-reached
              title: 里程碑完成 / Milestone reached
              when: {changes: task.status}
              if: >-
                task.milestone && old.open && task.status.lowerAscii() in
                ["完成", "已完成", "已验收", "已结束", "已关闭", "done", "complete", "completed", "finished", "closed"]
              then:
                - notify:
                    via: chat
                    to: [task.project.members, task.project.manager]
                    title:
                      zh: 里程碑完成：「{{ task.title }}」
                      en: 'Milestone reached: “{{ task.title }}”'
                    text:
                      zh: |
                        - 项目：{{ task.project }}
                        - 原定日期：{{ task.due }}
                        - 完成日期：{{ date(changed_at) }}，由{{ changed_by }}更新

                        仅供了解，现在不需要做什么。接下来的里程碑：

                        {{ table(task.project.tasks.filter(t, t.milestone && t.open), ["title", "due", "assignee"]) }}
                      en: |
                        - Project: {{ task.project }}
                        - Planned for: {{ task.due }}
                        - Reached on: {{ date(changed_at) }}, updated by {{ changed_by }}

                        For your information, nothing needs to be done now. Next milestones:

                        {{ table(task.project.tasks.filter(t, t.milestone && t.open), ["title", "due", "assignee"]) }}

            - id: project-completed
              title: 项目完成 / Project completed
              when: {changes: project.status}
              if: >-
                old.open && project.status.lowerAscii() in
                ["完成", "已完成", "已验收", "已结束", "已关闭", "done", "complete", "completed", "finished", "closed"]
              then:
                - notify:
                    via: chat
                    to: [project.members, project.manager]
                    title:
                      zh: 项目完成：「{{ project.name }}」
                      en: 'Project completed: “{{ project.name }}”'
                    text:
                      zh: |
                        - 项目经理：{{ project.manager }}
                        - 计划结束：{{ project.ends_on }}
                        - 完成日期：{{ date(changed_at) }}，由{{ changed_by }}更新
                        - 任务：{{ count(project.tasks.filter(t, t.closed)) }} 个已关闭，{{ count(project.tasks.filter(t, t.open)) }} 个未关闭

                        手上还有这个项目的任务的，请在 {{ today.plus("1 week") }} 前关掉或交给项目经理。
                      en: |
                        - Project manager: {{ project.manager }}
                        - Planned end: {{ project.ends_on }}
                        - Completed on: {{ date(changed_at) }}, updated by {{ changed_by }}
                        - Tasks: {{ count(project.tasks.filter(t, t.closed)) }} closed, {{ count(project.tasks.filter(t, t.open)) }} open

                        If you still have tasks in this project, please close them or hand them to the project manager by {{ today.plus("1 week") }}.

            - id: closing-checklist
              title: 收尾没做完 / Closing checklist incomplete
              when:
                while: project.closed && (project.tasks.exists(t, t.open) || project.risks.exists(r, r.open))
                for: 1 hour
              then:
                - notify:
                    via: mail
                    to: default(project.manager, project.creator)
                    title:
                      zh: >-
                        项目「{{ project.name }}」已关闭，还有 {{ count(project.tasks.filter(t, t.open)) }} 个任务、{{
                        count(project.risks.filter(r, r.open)) }} 个风险没关
                      en: >-
                        Project “{{ project.name }}” is closed. Tasks still open: {{ count(project.tasks.filter(t, t.open)) }}, risks still open: {{
                        count(project.risks.filter(r, r.open)) }}
                    text:
                      zh: |
                        请{{ default(project.manager, project.creator) }}在 {{ today.plus("1 week") }} 前逐项关闭，或移到别的项目。

                        没关的任务：

                        {{ table(project.tasks.filter(t, t.open), ["title", "assignee", "due", "status"]) }}

                        没关的风险：

                        {{ table(project.risks.filter(r, r.open), ["title", "owner", "status"]) }}
                      en: |
                        {{ default(project.manager, project.creator) }}, please close each of them by {{ today.plus("1 week") }}, or move it to another project.

                        Open tasks:

                        {{ table(project.tasks.filter(t, t.open), ["title", "assignee", "due", "status"]) }}

                        Open risks:

                        {{ table(project.risks.filter(r, r.open), ["title", "owner", "status"]) }}

            """#
        )
    ]
}
