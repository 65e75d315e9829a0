// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A11.
extension ShippedRuleTests {
    static let a11: [(name: String, text: String)] = [
        (
            "A11-milestones-and-closing",
            #"""
            # 里程碑、项目完成、收尾清单。/ Milestones, completed projects, the closing checklist.
            - name: 里程碑完成，告诉全体成员和经理；普通任务、取消的、已完成改已关闭的不响
              rules: milestone-reached
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: li, name: 李强}, {id: zhao, name: 赵敏}]
                project: [{id: P-1, name: 官网, manager: zhao, members: [wang, li]}]
                task:
                  - {id: T-1, title: 内测, project: P-1, assignee: wang, status: 进行中, due: 2026-10-20, milestone: true}
                  - {id: T-2, title: 画图, project: P-1, assignee: wang, status: 进行中, due: 2026-10-20}
                  - {id: T-3, title: 公测, project: P-1, assignee: li, status: 待办, due: 2026-11-20, milestone: true}
                  - {id: T-4, title: 演示, project: P-1, assignee: li, status: 待办, due: 2026-11-01, milestone: true}
                  - {id: T-5, title: 写文档, project: P-1, assignee: li, status: 待办, due: 2026-11-10}
              events:
                - {at: 2026-10-13T10:00, record: task/T-2, by: wang, set: {status: 已完成}}
                - {at: 2026-10-13T11:00, record: task/T-4, by: wang, set: {status: 已取消}}
                - {at: 2026-10-14T10:00, record: task/T-1, by: li, set: {status: 已完成}}
                - {at: 2026-10-14T11:00, record: task/T-1, by: li, set: {status: 已关闭}}
                - {at: 2026-10-14T12:00, record: task/T-3, by: li, set: {status: 进行中}}
              ends: 2026-10-15
              expect:
                - at: 2026-10-14T10:00
                  rule: milestone-reached
                  record: task/T-1
                  to: [wang, li, zhao]
                  via: chat
                  title: 里程碑完成：「内测」
                  text: |-
                    - 项目：官网
                    - 原定日期：2026-10-20
                    - 完成日期：2026-10-14，由李强更新

                    仅供了解，现在不需要做什么。接下来的里程碑：

                    - **公测** · 截止：2026-11-20 · 负责人：李强
                - {at: 2026-10-14T11:00, record: task/T-1, outcome: condition_false}
              nothing_else: true

            - name: the English words count as well, whatever their letter case
              rules: [milestone-reached, project-completed]
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
                project:
                  - {id: P-1, name: Site, manager: lee, members: [kim], status: active, ends_on: 2026-10-30}
                  - {id: P-2, name: Shop, manager: lee, members: [kim], status: active}
                task:
                  - {id: T-1, title: Beta, project: P-1, status: doing, milestone: true, due: 2026-10-13}
                  - {id: T-2, title: Launch, project: P-1, status: doing, milestone: true}
                  - {id: T-3, title: Press, project: P-1, status: doing, milestone: true}
                  - {id: T-4, title: Party, project: P-1, status: doing, milestone: true}
                  - {id: T-5, title: Alpha, project: P-1, status: doing, milestone: true}
              events:
                - {at: 2026-10-13T10:00, record: task/T-1, by: kim, set: {status: Done}}
                - {at: 2026-10-13T10:10, record: task/T-2, set: {status: completed}}
                - {at: 2026-10-13T10:20, record: task/T-3, set: {status: Cancelled}}
                - {at: 2026-10-13T10:30, record: task/T-4, set: {status: finished}}
                - {at: 2026-10-13T10:40, record: task/T-5, set: {status: Closed}}
                - {at: 2026-10-14T10:00, record: project/P-1, by: lee, set: {status: Completed}}
                - {at: 2026-10-14T11:00, record: project/P-1, by: lee, set: {status: archived}}
                - {at: 2026-10-14T12:00, record: project/P-2, by: lee, set: {status: Cancelled}}
              ends: 2026-10-15
              expect:
                - at: 2026-10-13T10:00
                  record: task/T-1
                  to: [kim, lee]
                  title: "Milestone reached: “Beta”"
                  contains: ["Project: Site", "Planned for: 2026-10-13", "Reached on: 2026-10-13, updated by Kim", "Next milestones:\n\n- **Launch**"]
                - {at: 2026-10-13T10:10, record: task/T-2, to: [kim, lee]}
                - {at: 2026-10-13T10:30, record: task/T-4, to: [kim, lee]}
                - {at: 2026-10-13T10:40, record: task/T-5, to: [kim, lee]}
                - at: 2026-10-14T10:00
                  rule: project-completed
                  record: project/P-1
                  to: [kim, lee]
                  title: "Project completed: “Site”"
                  contains:
                    - "Project manager: Lee"
                    - "Planned end: 2026-10-30"
                    - "Completed on: 2026-10-14, updated by Lee"
                    - "Tasks: 5 closed, 0 open"
                    - hand them to the project manager by 2026-10-21.
              nothing_else: true

            - name: 项目完成，告诉全体成员和经理
              rules: project-completed
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: li, name: 李强}, {id: zhao, name: 赵敏}]
                project:
                  - {id: P-1, name: 官网, manager: zhao, members: [wang, li], status: 进行中, ends_on: 2026-10-30}
                  - {id: P-2, name: 没有成员, manager: zhao, status: 进行中}
                  - {id: P-3, name: 不做了, manager: zhao, members: [wang], status: 进行中}
                  - {id: P-4, name: 还在做, manager: zhao, members: [wang], status: 待启动}
                task:
                  - {id: T-1, title: 写代码, project: P-1, assignee: wang, status: 已完成}
                  - {id: T-2, title: 验收, project: P-1, assignee: li, status: 进行中}
                  - {id: T-3, title: 画图, project: P-1, assignee: li, status: 已完成}
              events:
                - {at: 2026-10-14T10:00, record: project/P-1, by: zhao, set: {status: 已完成}}
                - {at: 2026-10-14T10:10, record: project/P-2, by: zhao, set: {status: 已验收}}
                - {at: 2026-10-14T10:20, record: project/P-3, by: zhao, set: {status: 已终止}}
                - {at: 2026-10-14T10:30, record: project/P-4, by: zhao, set: {status: 进行中}}
              ends: 2026-10-15
              expect:
                - at: 2026-10-14T10:00
                  rule: project-completed
                  record: project/P-1
                  to: [wang, li, zhao]
                  via: chat
                  title: 项目完成：「官网」
                  contains: [项目经理：赵敏, 计划结束：2026-10-30, 完成日期：2026-10-14，由赵敏更新, "2 个已关闭，1 个未关闭", 请在 2026-10-21 前关掉]
                - {at: 2026-10-14T10:10, record: project/P-2, to: [zhao]}
              nothing_else: true

            - name: 项目关闭一小时后还有没关的任务或风险，列给项目经理；再打开任务会再响
              rules: closing-checklist
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: sun, name: 孙丽}, {id: zhao, name: 赵敏}]
                project:
                  - {id: P-1, name: 官网, manager: zhao, creator: sun, status: 进行中}
                  - {id: P-2, name: 商城, creator: sun, status: 进行中}
                  - {id: P-3, name: 都关了, manager: zhao, status: 进行中}
                  - {id: P-4, name: 随后就关, manager: zhao, status: 进行中}
                task:
                  - {id: T-1, title: 验收, project: P-1, assignee: wang, status: 进行中, due: 2026-10-20}
                  - {id: T-2, title: 写代码, project: P-1, assignee: wang, status: 已完成}
                  - {id: T-5, title: 画图, project: P-1, assignee: wang, status: 已完成}
                  - {id: T-3, title: 上线, project: P-3, assignee: wang, status: 已取消}
                  - {id: T-4, title: 归档, project: P-4, assignee: wang, status: 进行中}
                risk:
                  - {id: R-1, title: 供应商, project: P-2, owner: wang, status: 跟踪中}
                  - {id: R-2, title: 人手, project: P-3, owner: wang, status: 已关闭}
              events:
                - {at: 2026-10-14T10:00, record: project/P-1, set: {status: 已完成}}
                - {at: 2026-10-14T10:00, record: project/P-2, set: {status: 已归档}}
                - {at: 2026-10-14T10:00, record: project/P-3, set: {status: 已完成}}
                - {at: 2026-10-14T10:00, record: project/P-4, set: {status: 已完成}}
                - {at: 2026-10-14T10:50, record: task/T-4, set: {status: 已完成}}
                - {at: 2026-10-15T10:00, record: task/T-1, set: {status: 已完成}}
                - {at: 2026-10-16T10:00, record: task/T-2, set: {status: 待办}}
              ends: 2026-10-17
              expect:
                - at: 2026-10-14T11:00
                  rule: closing-checklist
                  record: project/P-1
                  to: [zhao]
                  via: mail
                  title: 项目「官网」已关闭，还有 1 个任务、0 个风险没关
                  text: |-
                    请赵敏在 2026-10-21 前逐项关闭，或移到别的项目。

                    没关的任务：

                    - **验收** · 负责人：王芳 · 截止：2026-10-20 · 状态：进行中

                    没关的风险：

                    （没有记录）
                - {at: 2026-10-14T11:00, record: project/P-2, to: [sun], contains: ["0 个任务、1 个风险", 供应商, 请孙丽在]}
                - {at: 2026-10-16T11:00, record: project/P-1, to: [zhao], contains: 写代码}
              nothing_else: true

            - name: what is left open of a closed project, in English
              rules: closing-checklist
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
                project: [{id: P-1, name: Site, manager: lee, status: active}]
                task: [{id: T-1, title: Review, project: P-1, assignee: kim, status: doing, due: 2026-10-20}]
                risk:
                  - {id: R-1, title: Supplier, project: P-1, owner: kim, status: watched}
                  - {id: R-2, title: Staff, project: P-1, owner: kim, status: watched}
              events:
                - {at: 2026-10-14T10:00, record: project/P-1, set: {status: completed}}
              ends: 2026-10-16
              expect:
                - at: 2026-10-14T11:00
                  record: project/P-1
                  to: [lee]
                  title: "Project “Site” is closed. Tasks still open: 1, risks still open: 2"
                  contains:
                    - Lee, please close each of them by 2026-10-21, or move it to another project.
                    - "Open tasks:\n\n- **Review** · assignee: Kim · due: 2026-10-20"
                    - "Open risks:\n\n- **Supplier**"
              nothing_else: true

            """#
        )
    ]
}
