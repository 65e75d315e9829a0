// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A6.
extension ShippedRules {
    static let a6: [(name: String, text: String)] = [
        (
            "A6-naming",
            #"""
            # 名称不合约定 → 创建人（没有创建人就是项目经理），每个工作日早上汇总成一条；发出之前改好的不再提醒。
            # 任务：项目的 pattern 字段里写正则表达式，例如 ^\[(前端|后端|测试)\] .+$；没写的项目不检查。
            # 项目：约定写在第二条规则里：2 到 50 个字，首尾没有空格，不用“新建项目”“未命名”“test”这类占位的名称。按自己的约定改。
            # A name breaks the agreed pattern → its creator, else the project manager; one message a person each working day.
            # Tasks: the project's field pattern holds a regular expression; projects without one are not checked.
            # Projects: the agreement stands in the second rule: 2 to 50 characters, no blanks at the ends, no placeholder.
            - id: task-name
              title: 任务命名 / Task name
              when: {while: task.open && !task.title.matches(task.project.pattern)}
              then:
                - notify:
                    via: mail
                    to: default(task.creator, task.project.manager)
                    title:
                      zh: 请改名：任务「{{ task.title }}」不合项目「{{ task.project.name }}」的命名规则
                      en: Please rename task “{{ task.title }}”, it breaks the naming rule of project “{{ task.project.name }}”
                    text:
                      zh: |
                        - 规则（正则表达式）：{{ task.project.pattern }}
                        - 任务：{{ task.title }}
                        - 负责人：{{ task.assignee }}

                        请{{ default(task.creator, task.project.manager) }}今天改好。
                      en: |
                        - Rule (regular expression): {{ task.project.pattern }}
                        - Task: {{ task.title }}
                        - Owner: {{ task.assignee }}

                        {{ default(task.creator, task.project.manager) }}, please put this right today.
                    digest: working day at 09:00

            - id: project-name
              title: 项目命名 / Project name
              when:
                while: >-
                  project.open && (!project.name.matches(r"^\S.{0,48}\S$")
                  || project.name.matches(r"(?i)^(新建项目|未命名|test|untitled|new project)"))
              then:
                - notify:
                    via: mail
                    to: default(project.creator, project.manager)
                    title:
                      zh: 请改名：项目「{{ project.name }}」不合命名规则
                      en: Please rename project “{{ project.name }}”, it breaks the naming rule
                    text:
                      zh: |
                        请{{ default(project.creator, project.manager) }}今天改好。

                        规则：2 到 50 个字，首尾没有空格，不用“新建项目”“未命名”“test”“untitled”这类占位的名称。
                      en: |
                        {{ default(project.creator, project.manager) }}, please put this right today.

                        Rule: 2 to 50 characters, no blank at either end, and no placeholder such as “new project”, “untitled” or “test”.
                    digest: working day at 09:00

            """#
        )
    ]
}
