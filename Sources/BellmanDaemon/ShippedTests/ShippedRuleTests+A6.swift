// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A6.
extension ShippedRuleTests {
    static let a6: [(name: String, text: String)] = [
        (
            "A6-naming",
            #"""
            # 名称不合约定 → 创建人。/ A name breaks the agreed pattern → its creator.
            - name: 任务名不合项目的规则就响；改好再改坏才再响；没有规则的项目、已关闭的任务不响
              rules: task-name
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: sun, name: 孙丽}, {id: zhao, name: 赵敏}]
                project:
                  - {id: P-1, name: 官网, manager: zhao, pattern: '^\[(前端|后端)\] .+$'}
                  - {id: P-2, name: 内部, manager: zhao}
              events:
                - {at: 2026-10-12T10:00, record: task/T-1, create: {title: 登录页, project: P-1, creator: sun, assignee: wang}}
                - {at: 2026-10-12T10:05, record: task/T-2, create: {title: "[前端] 登录页", project: P-1, creator: sun}}
                - {at: 2026-10-12T10:10, record: task/T-3, create: {title: 登录页, project: P-2, creator: sun}}
                - {at: 2026-10-12T10:15, record: task/T-4, create: {title: 登录页, project: P-1, creator: sun, status: 已取消}}
                - {at: 2026-10-12T10:20, record: task/T-5, create: {title: 接口, project: P-1}}
                - {at: 2026-10-12T10:25, record: task/T-6, create: {title: 没有项目, creator: sun}}
                # 从坏名改成坏名不再响 / from one wrong name to another
                - {at: 2026-10-12T11:00, record: task/T-1, set: {title: 前端登录页}}
                - {at: 2026-10-12T12:00, record: task/T-1, set: {title: "[前端] 登录页"}}
                - {at: 2026-10-13T12:00, record: task/T-1, set: {title: "[测试] 登录页"}}
                - {at: 2026-10-13T13:00, record: task/T-3, set: {project: P-1}}
              ends: 2026-10-14
              expect:
                - at: 2026-10-12T10:00
                  rule: task-name
                  record: task/T-1
                  to: [sun]
                  via: mail
                  title: 请改名：任务「登录页」不合项目「官网」的命名规则
                  contains: ['^\[(前端|后端)\] .+$', 负责人：王芳, 请孙丽今天改好]
                - {at: 2026-10-12T10:20, record: task/T-5, to: [zhao], contains: [接口, 请赵敏今天改好]}
                - {at: 2026-10-13T12:00, record: task/T-1, to: [sun], contains: "[测试] 登录页"}
                - {at: 2026-10-13T13:00, record: task/T-3, to: [sun], contains: 官网}
              nothing_else: true

            - name: a project's name is too short, too long, has blanks at its ends or is a placeholder
              rules: project-name
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
              events:
                - {at: 2026-10-12T10:00, record: project/P-1, create: {name: X, creator: kim, manager: lee}}
                - {at: 2026-10-12T10:01, record: project/P-2, create: {name: Shop, creator: kim, manager: lee}}
                - {at: 2026-10-12T10:02, record: project/P-3, create: {name: Test 2, manager: lee}}
                - {at: 2026-10-12T10:03, record: project/P-4, create: {name: untitled, creator: kim, status: archived}}
                - at: 2026-10-12T10:04
                  record: project/P-5
                  create: {name: "12345678901234567890123456789012345678901234567890", creator: kim}
                - at: 2026-10-12T10:05
                  record: project/P-6
                  create: {name: "123456789012345678901234567890123456789012345678901", creator: kim}
                - {at: 2026-10-12T10:06, record: project/P-7, create: {name: AB, creator: kim}}
                - {at: 2026-10-12T10:07, record: project/P-2, by: kim, set: {name: 新建项目（1）}}
                - {at: 2026-10-12T10:08, record: project/P-8, create: {name: A contest, creator: kim}}
              ends: 2026-10-13
              expect:
                - at: 2026-10-12T10:00
                  rule: project-name
                  record: project/P-1
                  to: [kim]
                  via: mail
                  title: Please rename project “X”, it breaks the naming rule
                  contains: ["Kim, please put this right today.", "Rule: 2 to 50 characters"]
                - {at: 2026-10-12T10:02, record: project/P-3, to: [lee], contains: [Test 2, "Lee, please"]}
                - {at: 2026-10-12T10:05, record: project/P-6, to: [kim]}
                - {at: 2026-10-12T10:07, record: project/P-2, to: [kim], contains: 新建项目（1）}
              nothing_else: true

            - name: a task's name against its project's pattern, in English
              rules: task-name
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
                project: [{id: P-1, name: Site, manager: lee, pattern: '^\[(web|app)\] .+$'}]
              events:
                - {at: 2026-10-12T10:00, record: task/T-1, create: {title: Login, project: P-1, creator: kim, assignee: lee}}
                - {at: 2026-10-12T10:05, record: task/T-2, create: {title: "[web] Login", project: P-1, creator: kim}}
              ends: 2026-10-13
              expect:
                - at: 2026-10-12T10:00
                  record: task/T-1
                  to: [kim]
                  title: Please rename task “Login”, it breaks the naming rule of project “Site”
                  contains: ['^\[(web|app)\] .+$', "Task: Login", "Owner: Lee", "Kim, please put this right today."]
              nothing_else: true

            - name: 项目名太短
              rules: project-name
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: sun, name: 孙丽}]
              events:
                - {at: 2026-10-12T10:00, record: project/P-1, create: {name: 甲, creator: sun}}
                - {at: 2026-10-12T10:05, record: project/P-2, create: {name: 官网, creator: sun}}
              ends: 2026-10-13
              expect:
                - at: 2026-10-12T10:00
                  record: project/P-1
                  to: [sun]
                  title: 请改名：项目「甲」不合命名规则
                  contains: [请孙丽今天改好, 2 到 50 个字]
              nothing_else: true

            """#
        )
    ]
}
