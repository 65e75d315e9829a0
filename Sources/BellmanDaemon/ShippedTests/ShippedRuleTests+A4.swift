// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A4.
extension ShippedRuleTests {
    static let a4: [(name: String, text: String)] = [
        (
            "A4-overdue",
            #"""
            # 过期 1、3、7 天提醒负责人；第 7 天后再过一个工作日还没完成，提醒项目经理的上级。
            # 1, 3 and 7 days overdue, to the owner; a working day after the seventh, to the manager's manager.
            - name: 三次提醒，然后升级；国庆假期不算工作日
              rules: task-overdue
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-09-21T08:00
              records:
                member:
                  - {id: wang, name: 王芳}
                  - {id: zhao, name: 赵敏, manager: chen}
                  - {id: chen, name: 陈刚}
                project: [{id: P-1, name: 官网, manager: zhao}]
                task:
                  - {id: T-1, title: 写代码, project: P-1, assignee: wang, status: 进行中, due: 2026-09-23}
              ends: 2026-10-31
              expect:
                - at: 2026-09-24T09:00
                  rule: task-overdue
                  record: task/T-1
                  to: [wang]
                  via: [mail, chat]
                  title: 「写代码」截止 2026-09-23，已过 1 天
                  priority: normal
                - {at: 2026-09-26T09:00, to: [wang], via: [mail, chat], contains: 已过 3 天}
                - {at: 2026-09-30T09:00, to: [wang], via: [mail, chat], contains: 已过 7 天}
                # 10 月 1 日至 7 日放假 / holidays from the 1st to the 7th
                - at: 2026-10-08T09:00
                  to: [chen]
                  via: mail
                  title: 请过问：「写代码」已过期 15 天，仍未完成
                  contains: [负责人：王芳, 项目经理：赵敏]
                  priority: high
              nothing_else: true

            - name: 任务一关闭就停，等待中的升级也取消
              rules: task-overdue
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-09-21T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: zhao, name: 赵敏, manager: chen}, {id: chen, name: 陈刚}]
                project: [{id: P-1, name: 官网, manager: zhao}]
                task:
                  - {id: T-1, title: 写代码, project: P-1, assignee: wang, status: 进行中, due: 2026-09-23}
                  - {id: T-2, title: 画图, project: P-1, assignee: wang, status: 进行中, due: 2026-09-23}
              events:
                - {at: 2026-09-25T10:00, record: task/T-1, set: {status: 已完成}}
                - {at: 2026-10-02T10:00, record: task/T-2, set: {status: 已取消}}
              ends: 2026-10-31
              expect:
                - {at: 2026-09-24T09:00, record: task/T-1, to: [wang]}
                - {at: 2026-09-26T09:00, record: task/T-1, outcome: condition_false}
                - {at: 2026-09-30T09:00, record: task/T-1, outcome: condition_false}
                - {at: 2026-09-24T09:00, record: task/T-2, to: [wang]}
                - {at: 2026-09-26T09:00, record: task/T-2, to: [wang]}
                - {at: 2026-09-30T09:00, record: task/T-2, to: [wang]}
                - {at: 2026-10-08T09:00, record: task/T-2, outcome: cancelled, reason: condition_false}
              nothing_else: true

            - name: a moved deadline counts anew
              rules: task-overdue
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee, manager: max}, {id: max, name: Max}]
                project: [{id: P-1, name: Site, manager: lee}]
                task: [{id: T-1, title: Write, project: P-1, assignee: kim, status: doing, due: 2026-10-13}]
              events:
                - {at: 2026-10-15T12:00, record: task/T-1, set: {due: 2026-10-20}}
              ends: 2026-10-31
              expect:
                - {at: 2026-10-14T09:00, to: [kim], title: "“Write”: due 2026-10-13, passed 1 day ago"}
                - {at: 2026-10-21T09:00, to: [kim], contains: passed 1 day ago}
                # A working day after this one, on Monday the 26th, it is six days: nobody else hears of it.
                - {at: 2026-10-23T09:00, to: [kim], contains: passed 3 days ago}
                - {at: 2026-10-27T09:00, to: [kim], contains: passed 7 days ago}
                - at: 2026-10-28T09:00
                  to: [max]
                  via: mail
                  title: "“Write” is 8 days overdue and still open, please step in"
                  contains: ["Due: 2026-10-20", "Project: Site", "Owner: Kim", "Project manager: Lee", "Max, please agree on a new date"]
              nothing_else: true

            - name: 停机期间错过的只补最近一次
              rules: task-overdue
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-09-21T08:00
              records:
                member: [{id: wang, name: 王芳}]
                task: [{id: T-1, title: 写代码, assignee: wang, status: 进行中, due: 2026-09-23}]
              down: [[2026-09-23T20:00, 2026-09-27T10:00]]
              ends: 2026-09-29
              expect:
                - {at: 2026-09-27T10:00, to: [wang], late: true, contains: 已过 4 天}
                - {at: 2026-09-24T09:00, outcome: superseded}
              nothing_else: true

            - name: 第 3 天那次之后是长假，不升级；没有负责人的找项目经理，没有项目的找负责人的上级
              rules: task-overdue
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-09-25T08:00
              records:
                member:
                  - {id: wang, name: 王芳, manager: chen}
                  - {id: zhao, name: 赵敏, manager: chen}
                  - {id: chen, name: 陈刚}
                project: [{id: P-1, name: 官网, manager: zhao}]
                task:
                  # 9 月 30 日响第三次提醒里的第二次，下一个工作日 10 月 8 日已经过了 11 天
                  # the second reminder is on the 30th, the next working day is the 8th, eleven days after the deadline
                  - {id: T-1, title: 画图, project: P-1, status: 进行中, due: 2026-09-27}
                  - {id: T-2, title: 打样, assignee: wang, status: 进行中, due: 2026-09-27}
              events:
                - {at: 2026-10-03T10:00, record: task/T-1, set: {due: 2026-10-04}}
              ends: 2026-10-10
              expect:
                - {at: 2026-09-28T09:00, record: task/T-1, to: [zhao]}
                - {at: 2026-09-30T09:00, record: task/T-1, to: [zhao]}
                - {at: 2026-10-05T09:00, record: task/T-1, to: [zhao]}
                - {at: 2026-10-07T09:00, record: task/T-1, to: [zhao]}
                - {at: 2026-09-28T09:00, record: task/T-2, to: [wang]}
                - {at: 2026-09-30T09:00, record: task/T-2, to: [wang]}
                - {at: 2026-10-04T09:00, record: task/T-2, to: [wang]}
                - {at: 2026-10-08T09:00, record: task/T-2, to: [chen], via: mail, contains: 已过期 11 天}
              nothing_else: true

            - name: 有人点了“知道了”，就不再找上级
              rules: task-overdue
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: zhao, name: 赵敏, manager: chen}, {id: chen, name: 陈刚}]
                project: [{id: P-1, name: 官网, manager: zhao}]
                task:
                  - {id: T-1, title: 写代码, project: P-1, assignee: wang, status: 进行中, due: 2026-10-12}
                  - {id: T-2, title: 画图, project: P-1, assignee: wang, status: 进行中, due: 2026-10-12}
              events:
                # 第 3 天那次的“知道了”管不到第 7 天 / acknowledging the third day's does not cover the seventh day's
                - {at: 2026-10-15T10:00, record: task/T-2, by: wang, ack: task-overdue}
                - {at: 2026-10-19T10:00, record: task/T-1, by: wang, ack: task-overdue}
              ends: 2026-10-25
              expect:
                - {at: 2026-10-13T09:00, record: task/T-1, to: [wang]}
                - {at: 2026-10-15T09:00, record: task/T-1, to: [wang]}
                - {at: 2026-10-19T09:00, record: task/T-1, to: [wang]}
                - {at: 2026-10-13T09:00, record: task/T-2, to: [wang]}
                - {at: 2026-10-15T09:00, record: task/T-2, to: [wang]}
                - {at: 2026-10-19T09:00, record: task/T-2, to: [wang]}
                - {at: 2026-10-20T09:00, record: task/T-2, to: [chen], via: mail}
              nothing_else: true

            """#
        )
    ]
}
