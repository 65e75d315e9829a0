// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A3.
extension ShippedRuleTests {
    static let a3: [(name: String, text: String)] = [
        (
            "A3-meeting-invitation",
            #"""
            # 新成员收到项目会议的邀请；改时间、离开、取消都跟着变。
            # A new member is invited to the project's meetings; moves, leaves and cancellations follow.
            - name: 加入就邀请，改时间就更新，离开或取消就撤回；开过的会不动
              rules: meeting-invitation
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member:
                  - {id: wang, name: 王芳, email: wang@example.com}
                  - {id: li, name: 李强, email: li@example.com}
                  - {id: sun, name: 孙丽, email: sun@example.com}
                project: [{id: P-1, name: 官网, members: [wang]}, {id: P-2, name: 商城, members: [li]}]
                meeting:
                  - {id: M-1, title: 需求评审, project: P-1, starts_at: 2026-10-16T10:00, duration: 30 分钟, attendees: [sun]}
                  - {id: M-2, title: 启动会, project: P-1, starts_at: 2026-10-01T10:00}
                  - {id: M-3, title: 面谈, attendees: [li], starts_at: 2026-10-15T10:00}
                  - {id: M-4, title: 还没定时间, project: P-1}
              events:
                - {at: 2026-10-13T10:00, record: project/P-1, set: {members: [wang, li]}}
                - {at: 2026-10-13T11:00, record: meeting/M-1, set: {starts_at: 2026-10-19T14:00}}
                - {at: 2026-10-14T10:00, record: project/P-1, set: {members: [li]}}
                - at: 2026-10-14T11:00
                  record: meeting/M-5
                  create: {title: 上线会, project: P-1, starts_at: 2026-10-21T10:00, duration: 1 小时}
                - {at: 2026-10-14T12:00, record: meeting/M-4, set: {starts_at: 2026-10-15T16:00}}
                - {at: 2026-10-14T13:00, record: meeting/M-2, set: {starts_at: 2026-10-22T10:00}}
                - {at: 2026-10-15T10:00, record: meeting/M-5, delete: true}
                # 10 月 20 日：需求评审、面谈都开过了 / both are over by now
                - {at: 2026-10-20T10:00, record: project/P-1, set: {members: [li, wang]}}
              ends: 2026-10-31
              expect:
                - at: 2026-10-12T08:00
                  rule: meeting-invitation
                  record: meeting/M-1
                  to: [sun, wang]
                  via: mail
                  contains: 需求评审
                - {at: 2026-10-12T08:00, record: meeting/M-3, to: [li], via: mail, contains: 面谈}
                - {at: 2026-10-12T08:00, record: meeting/M-2, outcome: condition_false}
                - {at: 2026-10-13T10:00, record: meeting/M-1, to: [li], via: mail, contains: 需求评审}
                - {at: 2026-10-13T11:00, record: meeting/M-1, to: [sun, wang, li], via: mail, contains: 需求评审}
                - {at: 2026-10-14T10:00, record: meeting/M-1, to: [wang], via: mail, contains: 需求评审}
                - {at: 2026-10-14T11:00, record: meeting/M-5, to: [li], via: mail, contains: 上线会}
                - {at: 2026-10-14T12:00, record: meeting/M-4, to: [li], via: mail, contains: 还没定时间}
                - {at: 2026-10-14T13:00, record: meeting/M-2, to: [li], via: mail, contains: 启动会}
                - {at: 2026-10-15T10:00, record: meeting/M-5, to: [li], via: mail, contains: 上线会}
                - {at: 2026-10-20T10:00, record: meeting/M-2, to: [wang], via: mail, contains: 启动会}
              nothing_else: true

            - name: who joins while Bellman is stopped is invited on return
              rules: meeting-invitation
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim, email: kim@example.com}, {id: lee, name: Lee, email: lee@example.com}]
                project: [{id: P-1, name: Site, members: [kim]}]
                meeting:
                  - {id: M-1, title: Review, project: P-1, starts_at: 2026-10-20T10:00, location: Room 2}
                  - {id: M-2, title: Kick-off, project: P-1, starts_at: 2026-10-14T10:00, location: Room 2}
              events:
                - {at: 2026-10-14T09:00, record: project/P-1, set: {members: [kim, lee]}}
              down: [[2026-10-13T20:00, 2026-10-15T08:00]]
              ends: 2026-10-31
              expect:
                - {at: 2026-10-12T08:00, record: meeting/M-1, to: [kim], via: mail, contains: [Review, Room 2]}
                - {at: 2026-10-12T08:00, record: meeting/M-2, to: [kim], via: mail, contains: Kick-off}
                - {at: 2026-10-15T08:00, record: meeting/M-1, to: [lee], via: mail, contains: Review}
              nothing_else: true

            """#
        )
    ]
}
