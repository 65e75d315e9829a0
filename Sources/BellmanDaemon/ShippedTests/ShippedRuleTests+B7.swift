// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B7.
extension ShippedRuleTests {
    static let b7: [(name: String, text: String)] = [
        (
            "B7-left-member-account",
            #"""
            # 离职当天通知 IT，之后每个工作日列出还开着的账号。
            # IT hears on the day somebody leaves, and each working day of what is still open.
            - name: 离职当天响，补填过去的日期马上响；将来的日期到那天才响；账号都停用了不响
              rules: left-member-account
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member:
                  - {id: ma, name: 马超, role: it}
                  - {id: he, name: 何静, role: hr}
                  - {id: wang, name: 王芳, department: 市场部, left_on: 2026-10-16}
                  - {id: li, name: 李强}
                  - {id: sun, name: 孙丽}
                  - {id: zhou, name: 周杰, left_on: 2026-10-16}
                  - {id: wu, name: 吴婷, left_on: 2026-10-16}
                contract: [{id: C-1, name: 云主机}]
                account:
                  - {id: A-1, login: wangf, member: wang, contract: C-1, access: 管理员, status: 启用}
                  - {id: A-2, login: wang-crm, member: wang}
                  - {id: A-3, login: wang-old, member: wang, status: 已停用}
                  - {id: A-4, login: liq, member: li}
                  - {id: A-5, login: sunl, member: sun}
                  - {id: A-6, login: zhouj, member: zhou, status: 已停用}
              events:
                - {at: 2026-10-13T10:00, record: member/li, by: he, set: {left_on: 2026-10-10}}
                - {at: 2026-10-13T10:10, record: member/sun, by: he, set: {left_on: 2026-11-02}}
                - {at: 2026-10-13T11:00, record: member/li, by: he, set: {phone: "1"}}
                - {at: 2026-10-20T10:00, record: member/li, by: he, set: {left_on: null}}
              ends: 2026-11-05
              expect:
                - at: 2026-10-13T10:00
                  rule: left-member-account
                  record: member/li
                  to: [ma]
                  via: [mail, chat]
                  title: 李强 已离职，还有 1 个账号没停用，请今天停用
                  contains: liq
                  priority: high
                - at: 2026-10-16T09:00
                  record: member/wang
                  to: [ma]
                  title: 王芳 已离职，还有 2 个账号没停用，请今天停用
                  contains: [市场部, 2026-10-16 离职, wangf, 云主机, 管理员, wang-crm]
                - {at: 2026-10-13T10:10, record: member/sun, outcome: condition_false}
                - {at: 2026-10-16T09:00, record: member/zhou, outcome: condition_false}
                - {at: 2026-10-20T10:00, record: member/li, outcome: condition_false}
                - {at: 2026-11-02T09:00, record: member/sun, to: [ma]}
              nothing_else: true

            - name: without a date of leaving, active becoming false counts; with one, that date counts
              rules: [left-member-account, inactive-member-account]
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-12T08:00
              records:
                member:
                  - {id: ida, name: Ida, role: it}
                  - {id: kim, name: Kim, department: Sales, active: true}
                  - {id: lee, name: Lee, active: true}
                  - {id: max, name: Max}
                  - {id: ann, name: Ann, department: Support, active: true, left_on: 2026-10-30}
                contract: [{id: C-1, name: Cloud}]
                account:
                  - {id: A-1, login: kim1, member: kim, contract: C-1, access: admin}
                  - {id: A-2, login: lee1, member: lee, status: disabled}
                  - {id: A-3, login: max1, member: max}
                  - {id: A-4, login: ann1, member: ann}
                  - {id: A-5, login: kim2, member: kim, status: revoked}
                  - {id: A-6, login: kim3, member: kim}
              events:
                - {at: 2026-10-13T10:00, record: member/kim, set: {active: false}}
                - {at: 2026-10-13T10:10, record: member/lee, set: {active: false}}
                # nobody said that Max is active, nor that he is not
                - {at: 2026-10-13T10:20, record: member/max, set: {department: Sales}}
                - {at: 2026-10-13T10:30, record: member/ann, set: {active: false}}
                - {at: 2026-10-14T10:00, record: member/kim, set: {active: true}}
              ends: 2026-11-02
              expect:
                - at: 2026-10-13T10:00
                  rule: inactive-member-account
                  record: member/kim
                  to: [ida]
                  via: [mail, chat]
                  title: Kim is no longer active, please close their open accounts today (2)
                  contains: [Kim (Sales) was set to inactive, please close them or hand them over today, kim1, Cloud, admin, kim3]
                  priority: high
                - {at: 2026-10-13T10:10, rule: inactive-member-account, record: member/lee, outcome: condition_false}
                - {at: 2026-10-13T10:30, rule: inactive-member-account, record: member/ann, outcome: condition_false}
                - at: 2026-10-30T09:00
                  rule: left-member-account
                  record: member/ann
                  to: [ida]
                  title: Ann has left, please close their open accounts today (1)
                  contains: [Ann (Support) left on 2026-10-30, please close them or hand them over today, ann1]
              nothing_else: true

            - name: 停机一周，回来还是会说
              rules: left-member-account
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: ma, name: 马超, role: it}, {id: wang, name: 王芳, left_on: 2026-10-16}]
                account: [{id: A-1, login: wangf, member: wang}]
              down: [[2026-10-15T18:00, 2026-10-23T23:00]]
              ends: 2026-10-24
              expect:
                - {at: 2026-10-23T23:00, to: [ma], late: true, contains: wangf}
              nothing_else: true

            - name: 每个工作日列出还开着的账号，停用了就不再列
              rules: left-member-accounts-open
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-08T10:00
              records:
                member:
                  - {id: ma, name: 马超, role: it}
                  - {id: wang, name: 王芳, left_on: 2026-10-08}
                  - {id: li, name: 李强, left_on: 2026-10-09}
                  - {id: sun, name: 孙丽}
                contract: [{id: C-1, name: 云主机}]
                account:
                  - {id: A-1, login: wangf, member: wang, contract: C-1}
                  - {id: A-2, login: liq, member: li}
                  - {id: A-3, login: sunl, member: sun}
                  - {id: A-4, login: robot}
                  - {id: A-5, login: wang-old, member: wang, status: 已停用}
              events:
                - {at: 2026-10-09T15:00, record: account/A-1, set: {status: 已停用}}
                - {at: 2026-10-11T15:00, record: account/A-2, set: {status: 已注销}}
              ends: 2026-10-13
              expect:
                - at: 2026-10-09T09:00
                  rule: left-member-accounts-open
                  to: [ma]
                  via: mail
                  title: 1 个离职人员的账号还没停用
                  contains: [请 IT 今天停用或转交, wangf, 王芳, 2026-10-08, 云主机]
                  priority: high
                # 10 月 10 日星期六调休上班 / a make-up workday
                - {at: 2026-10-10T09:00, to: [ma], title: 1 个离职人员的账号还没停用, contains: liq}
                - {at: 2026-10-12T09:00, outcome: condition_false}
              nothing_else: true

            - name: 没有离职日期，改成不在职就响
              rules: inactive-member-account
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: ma, name: 马超, role: it}, {id: wang, name: 王芳, department: 市场部, active: true}]
                contract: [{id: C-1, name: 云主机}]
                account:
                  - {id: A-1, login: wangf, member: wang, contract: C-1, access: 管理员, status: 启用}
                  - {id: A-2, login: wang-crm, member: wang}
                  - {id: A-3, login: wang-old, member: wang, status: 已停用}
              events:
                - {at: 2026-10-13T10:00, record: member/wang, set: {active: false}}
              expect:
                - at: 2026-10-13T10:00
                  to: [ma]
                  title: 王芳 已不在职，还有 2 个账号没停用，请今天停用
                  contains: [王芳（市场部）已改为不在职, wangf, 云主机, 管理员, wang-crm]
              nothing_else: true

            - name: the list of each working day
              rules: left-member-accounts-open
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-09T10:00
              records:
                member: [{id: ida, name: Ida, role: it}, {id: kim, name: Kim, left_on: 2026-10-09}]
                contract: [{id: C-1, name: Cloud}]
                account: [{id: A-1, login: kim1, member: kim, contract: C-1}, {id: A-2, login: kim2, member: kim}]
              events:
                - {at: 2026-10-12T15:00, record: account/A-1, set: {status: disabled}}
                - {at: 2026-10-13T15:00, record: account/A-2, set: {status: disabled}}
              ends: 2026-10-14
              expect:
                - at: 2026-10-12T09:00
                  to: [ida]
                  title: "Open accounts of people who have left: 2"
                  contains: [IT, please close them or hand them over today, kim1, Kim, 2026-10-09, Cloud, kim2]
                - {at: 2026-10-13T09:00, to: [ida], title: "Open accounts of people who have left: 1", contains: kim2}
                - {at: 2026-10-14T09:00, outcome: condition_false}
              nothing_else: true

            """#
        )
    ]
}
