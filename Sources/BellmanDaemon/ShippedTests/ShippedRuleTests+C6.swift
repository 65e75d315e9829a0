// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario C6.
extension ShippedRuleTests {
    static let c6: [(name: String, text: String)] = [
        (
            "C6-waiting-on-customer",
            #"""
            # 等客户满 5 个工作日提醒负责人。/ Five working days of waiting on the customer, to the owner.
            - name: 任务：国庆假期不算；回复了就停，再等再计；等别人的、已关闭的不响
              rules: task-waits-on-customer
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-09-28T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: zhao, name: 赵敏}]
                customer: [{id: K-1, name: 华星, owner: zhao}]
                project: [{id: P-1, name: 官网, manager: zhao, customer: K-1}, {id: P-2, name: 内部, manager: zhao}]
                task:
                  - {id: T-1, title: 确认设计稿, project: P-1, creator: zhao, assignee: wang, status: 进行中, due: 2026-10-30}
                  - {id: T-2, title: 签字, assignee: wang, status: 进行中}
                  - {id: T-3, title: 等供应商, assignee: wang, status: 进行中}
                  - {id: T-4, title: 已关闭, assignee: wang, status: 进行中}
                  - {id: T-5, title: 看状态, project: P-2, status: 进行中}
              events:
                - {at: 2026-09-29T10:00, record: task/T-1, set: {waiting_for: 华星客户}}
                - {at: 2026-09-29T10:00, record: task/T-2, set: {waiting_for: 客户}}
                - {at: 2026-09-29T10:00, record: task/T-3, set: {waiting_for: 供应商}}
                - {at: 2026-09-29T10:00, record: task/T-4, set: {waiting_for: 客户}}
                - {at: 2026-09-29T10:00, record: task/T-5, set: {status: 等待客户}}
                - {at: 2026-09-30T10:00, record: task/T-4, set: {status: 已完成}}
                - {at: 2026-09-30T10:00, record: task/T-2, set: {waiting_for: null}}
                - {at: 2026-10-12T11:00, record: task/T-2, set: {waiting_for: 客户}}
              ends: 2026-10-31
              expect:
                # 10 月 1 日至 7 日放假，10 日（星期六）上班 / holidays from the 1st to the 7th, the 10th is a workday
                - at: 2026-10-12T10:00
                  rule: task-waits-on-customer
                  record: task/T-1
                  to: [wang]
                  via: chat
                  title: 「确认设计稿」等客户已满 5 个工作日，请联系客户
                  contains: [华星, 等客户已满 5 个工作日。, 请王芳今天联系客户, 2026-10-30]
                - {at: 2026-10-12T10:00, record: task/T-5, to: [zhao], contains: [未填客户, 请赵敏今天联系客户]}
                - {at: 2026-10-19T11:00, record: task/T-2, to: [wang]}
              nothing_else: true

            - name: opportunities, in English
              rules: opportunity-waits-on-customer
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              currency: EUR
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
                customer: [{id: K-1, name: Acme, owner: lee}]
                opportunity:
                  - {id: O-1, title: Order, customer: K-1, owner: kim, amount: 5000, close_on: 2026-11-30, status: open}
                  - {id: O-2, title: Offer, customer: K-1, owner: kim, status: open}
                  - {id: O-3, title: Lost, owner: kim, status: open}
                  - {id: O-4, title: Board, owner: kim, status: open}
                  - {id: O-5, title: Nobody, owner: kim, status: open}
              events:
                - {at: 2026-10-13T10:00, record: opportunity/O-1, set: {waiting_for: Customer}}
                - {at: 2026-10-13T10:00, record: opportunity/O-2, set: {status: Waiting for client}}
                - {at: 2026-10-13T10:00, record: opportunity/O-3, set: {status: lost, waiting_for: customer}}
                - {at: 2026-10-13T10:00, record: opportunity/O-4, set: {waiting_for: our board}}
                - {at: 2026-10-13T10:00, record: opportunity/O-5, set: {status: negotiation}}
              ends: 2026-10-31
              expect:
                - at: 2026-10-20T10:00
                  rule: opportunity-waits-on-customer
                  record: opportunity/O-1
                  to: [kim]
                  via: chat
                  title: Opportunity “Order” has waited on the customer for 5 working days, please contact them
                  contains:
                    - Opportunity “Order” (Acme, 5,000 EUR) has waited on the customer for 5 working days.
                    - Kim, please contact the customer today
                    - "Expected close: 2026-11-30"
                - {at: 2026-10-20T10:00, record: opportunity/O-2, to: [kim], contains: Acme}
              nothing_else: true

            - name: all the words for it
              rules: [task-waits-on-customer, opportunity-waits-on-customer]
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}]
                customer: [{id: K-1, name: Acme}]
                project: [{id: P-1, name: Site, manager: kim, customer: K-1}]
                task: [{id: T-1, title: A, project: P-1}, {id: T-2, title: B}, {id: T-3, title: C}]
                opportunity: [{id: O-1, title: A}, {id: O-2, title: B}, {id: O-3, title: C}]
              events:
                - {at: 2026-10-13T10:00, record: task/T-1, set: {waiting_for: the client}}
                - {at: 2026-10-13T10:00, record: task/T-2, set: {status: Pending customer}}
                - {at: 2026-10-13T10:00, record: task/T-3, set: {status: 待客户确认}}
                - {at: 2026-10-13T10:00, record: opportunity/O-1, set: {waiting_for: client}}
                - {at: 2026-10-13T10:00, record: opportunity/O-2, set: {status: pending customer}}
                - {at: 2026-10-13T10:00, record: opportunity/O-3, set: {status: 等客户回复}}
              ends: 2026-10-31
              expect:
                - at: 2026-10-20T10:00
                  record: task/T-1
                  to: [kim]
                  title: "“A” has waited on the customer for 5 working days, please contact them"
                  contains: [Task “A” (Acme) has waited on the customer for 5 working days., "Kim, please contact the customer today"]
                - {at: 2026-10-20T10:00, record: task/T-2, contains: ["Task “B” (customer not set) has waited", "Project manager, please contact the customer today"]}
                - {at: 2026-10-20T10:00, record: task/T-3}
                - {at: 2026-10-20T10:00, record: opportunity/O-1}
                - {at: 2026-10-20T10:00, record: opportunity/O-2}
                - {at: 2026-10-20T10:00, record: opportunity/O-3}
              nothing_else: true

            - name: 商机等客户
              rules: opportunity-waits-on-customer
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              currency: CNY
              clock: 2026-10-12T08:00
              records:
                member: [{id: li, name: 李强}]
                customer: [{id: K-1, name: 华星, owner: li}]
                opportunity: [{id: O-1, title: 二期, customer: K-1, owner: li, amount: 50000, close_on: 2026-11-30, status: 谈判}]
              events:
                - {at: 2026-10-13T10:00, record: opportunity/O-1, set: {waiting_for: 客户审批}}
              ends: 2026-10-31
              expect:
                - at: 2026-10-20T10:00
                  record: opportunity/O-1
                  to: [li]
                  title: 商机「二期」等客户已满 5 个工作日，请联系客户
                  contains: ["（华星，50,000 CNY）等客户已满 5 个工作日。", 请李强今天联系客户, 预计成交：2026-11-30]
              nothing_else: true

            """#
        )
    ]
}
