// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario C7.
extension ShippedRuleTests {
    static let c7: [(name: String, text: String)] = [
        (
            "C7-customer-feedback",
            #"""
            # 客户反馈告诉负责人，2 个工作日没答复告诉上级。
            # Feedback goes to whoever is responsible, and to the manager when it is unanswered after 2 working days.
            - name: 负责人收到；没答复升级，答复了、关闭了不升级；调休的星期六算工作日
              rules: customer-feedback
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-08T08:00
              records:
                member:
                  - {id: wang, name: 王芳, manager: chen}
                  - {id: li, name: 李强, manager: sun}
                  - {id: chen, name: 陈刚}
                  - {id: sun, name: 孙丽}
                customer: [{id: K-1, name: 华星, owner: li}]
              events:
                - {at: 2026-10-08T15:00, record: feedback/F-1, by: li, create: {customer: K-1, text: 登录很慢, responsible: wang, status: 新}}
                - {at: 2026-10-08T15:10, record: feedback/F-2, create: {customer: K-1, text: 发票开错, responsible: wang}}
                - {at: 2026-10-08T15:20, record: feedback/F-3, create: {customer: K-1, text: 想要夜间模式, responsible: wang}}
                - {at: 2026-10-08T15:30, record: feedback/F-4, create: {customer: K-1, text: 很好, responsible: wang, status: 已处理}}
                - {at: 2026-10-08T15:40, record: feedback/F-5, create: {customer: K-1, text: 谢谢, responsible: wang, answered_at: 2026-10-08T15:39}}
                - {at: 2026-10-09T10:00, record: feedback/F-2, set: {answered_at: 2026-10-09T10:00}}
                - {at: 2026-10-09T11:00, record: feedback/F-3, set: {status: 已答复}}
              ends: 2026-10-20
              expect:
                - at: 2026-10-08T15:00
                  rule: customer-feedback
                  record: feedback/F-1
                  to: [wang]
                  via: chat
                  title: 华星有新反馈，请在 2 个工作日内答复
                  contains: ["华星说：登录很慢", 请王芳在 2026-10-10 前答复]
                  priority: normal
                # 10 日星期六调休上班 / the 10th, a Saturday, is a make-up workday
                - at: 2026-10-10T15:00
                  record: feedback/F-1
                  to: [chen]
                  via: mail
                  title: 华星的反馈 2 个工作日没有答复，请督促
                  contains: [登录很慢, 王芳, 督促今天答复]
                  priority: high
                - {at: 2026-10-08T15:10, record: feedback/F-2, to: [wang]}
                - {at: 2026-10-10T15:10, record: feedback/F-2, outcome: cancelled}
                - {at: 2026-10-08T15:20, record: feedback/F-3, to: [wang]}
                - {at: 2026-10-10T15:20, record: feedback/F-3, outcome: cancelled}
                - {at: 2026-10-08T15:30, record: feedback/F-4, outcome: condition_false}
                - {at: 2026-10-08T15:40, record: feedback/F-5, outcome: condition_false}
              nothing_else: true

            - name: nobody responsible, the account owner and the owner's manager; no customer, no harm
              rules: customer-feedback
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-15T08:00
              records:
                member: [{id: kim, name: Kim, manager: max}, {id: max, name: Max}, {id: lee, name: Lee}]
                customer: [{id: K-1, name: Acme, owner: kim}]
              events:
                - {at: 2026-10-15T10:00, record: feedback/F-1, create: {customer: K-1, text: Too slow}}
                - {at: 2026-10-15T11:00, record: feedback/F-2, create: {text: Great, responsible: lee}}
              ends: 2026-10-20
              expect:
                - at: 2026-10-15T10:00
                  record: feedback/F-1
                  to: [kim]
                  title: New feedback from Acme, please answer within 2 working days
                  contains: ["Acme says: Too slow", "Kim, please answer the customer by 2026-10-19"]
                - at: 2026-10-19T10:00
                  record: feedback/F-1
                  to: [max]
                  title: Feedback from Acme not answered for 2 working days, please see to it
                  contains: ["Acme says: Too slow", Kim is responsible and has not answered yet.]
                - {at: 2026-10-15T11:00, record: feedback/F-2, to: [lee], title: "New feedback from a customer, please answer within 2 working days", contains: "The customer says: Great"}
                - {at: 2026-10-19T11:00, record: feedback/F-2, to: [], title: "Feedback from a customer not answered for 2 working days, please see to it"}
              nothing_else: true

            """#
        )
    ]
}
