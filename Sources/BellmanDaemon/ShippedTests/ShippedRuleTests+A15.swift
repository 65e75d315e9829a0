// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A15.
extension ShippedRuleTests {
    static let a15: [(name: String, text: String)] = [
        (
            "A15-document-changed",
            #"""
            # 项目文档有更新 → 成员，一天最多一封。/ Documents changed → the members, once a day at most.
            - name: 一天改几次也只有一条，17:00 以后的算下一个工作日；关闭的项目、没有项目的文档不响
              rules: document-changed
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-08T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: li, name: 李强}]
                project:
                  - {id: P-1, name: 官网, members: [wang, li]}
                  - {id: P-2, name: 关了, members: [wang], status: 已归档}
                  - {id: P-3, name: 没有成员}
                document:
                  - {id: D-1, title: 需求, project: P-1, version: "1", owner: wang, updated_at: 2026-09-01T10:00}
                  - {id: D-2, title: 设计, project: P-1, location: 网盘/设计, updated_at: 2026-09-01T10:00}
                  - {id: D-3, title: 旧文档, project: P-2, updated_at: 2026-09-01T10:00}
                  - {id: D-6, title: 没有成员, project: P-3, updated_at: 2026-09-01T10:00}
                  - {id: D-4, title: 没有项目, updated_at: 2026-09-01T10:00}
              events:
                - {at: 2026-10-08T10:00, record: document/D-1, set: {version: "2"}}
                - {at: 2026-10-08T16:00, record: document/D-1, set: {version: "3"}}
                - {at: 2026-10-08T16:30, record: document/D-2, set: {version: "2"}}
                - {at: 2026-10-08T18:00, record: document/D-2, set: {version: "3"}}
                - {at: 2026-10-09T10:00, record: document/D-3, set: {version: "2"}}
                - {at: 2026-10-09T10:00, record: document/D-6, set: {version: "2"}}
                - {at: 2026-10-09T10:00, record: document/D-4, set: {version: "2"}}
                # 10 日是调休上班的星期六，没有改动；17:00 以后的算星期一 / the 10th is a make-up workday
                - {at: 2026-10-10T17:30, record: document/D-1, set: {version: "4"}}
                - {at: 2026-10-12T09:00, record: document/D-5, create: {title: 手册, project: P-1}}
              ends: 2026-10-13
              expect:
                - at: 2026-10-08T17:00
                  rule: document-changed
                  record: project/P-1
                  to: [wang, li]
                  via: mail
                  title: 「官网」有 2 份文档更新，请看看和你有关的
                  contains: [请「官网」的成员今天, "**需求** · 版本：3 · 地点：（未填写） · 负责人：王芳", "**设计** · 版本：2 · 地点：网盘/设计"]
                  priority: low
                - {at: 2026-10-09T17:00, record: project/P-1, to: [wang, li], contains: [有 1 份文档更新, "**设计** · 版本：3"]}
                - {at: 2026-10-12T17:00, record: project/P-1, to: [wang, li], contains: [有 2 份文档更新, "**需求** · 版本：4", 手册]}
              nothing_else: true

            - name: what changed while Bellman was stopped comes afterwards, day by day
              rules: document-changed
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-12T18:00
              records:
                member: [{id: kim, name: Kim}]
                project: [{id: P-1, name: Site, members: [kim]}]
                document:
                  - {id: D-1, title: Plan, project: P-1, location: Drive/Plan, owner: kim, updated_at: 2026-09-01T10:00}
                  - {id: D-2, title: Budget, project: P-1, updated_at: 2026-09-01T10:00}
              events:
                - {at: 2026-10-13T15:00, record: document/D-1, set: {version: "2"}}
                - {at: 2026-10-14T15:00, record: document/D-2, set: {version: "2"}}
              down: [[2026-10-13T12:00, 2026-10-15T10:00]]
              ends: 2026-10-16
              expect:
                - at: 2026-10-15T10:00
                  to: [kim]
                  late: true
                  title: "Documents of “Site” changed (1): please look at those that concern you"
                  contains: ["Members of “Site”, please look today", Plan]
                - {at: 2026-10-15T10:00, to: [kim], late: true, contains: [changed (1), Budget]}
              nothing_else: true

            """#
        )
    ]
}
