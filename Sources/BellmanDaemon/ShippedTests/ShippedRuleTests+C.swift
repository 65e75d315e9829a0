// Made by scripts/embed-rules from rules/; a test compares the two.

/// Tests of the scenarios C.
extension ShippedRuleTests {
    static let groupC: [(name: String, text: String)] = [
        (
            "C1-customer-report",
            #"""
            # 每周五 16:00 给客户的周报。/ The weekly report to customers, Fridays at 16:00.
            - name: 每个客户一封，抄送负责人；内部任务、上周以前完成的不写；没有邮箱、已关闭的不发
              rules: customer-report
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}]
                customer:
                  - {id: K-1, name: 华星, email: pm@huaxing.example, owner: wang}
                  - {id: K-2, name: 没有邮箱, owner: wang}
                  - {id: K-3, name: 已流失, email: x@gone.example, owner: wang, status: 已流失}
                project:
                  - {id: P-1, name: 官网, customer: K-1}
                  - {id: P-2, name: 旧项目, customer: K-1, status: 已完成}
                  - {id: P-3, name: 丙, customer: K-2}
                  - {id: P-4, name: 丁, customer: K-3}
                task:
                  - {id: T-1, title: 首页, project: P-1, status: 已完成, closed_at: 2026-10-14T10:00, waiting_for: 素材}
                  - {id: T-2, title: 早就做完, project: P-1, status: 已完成, closed_at: 2026-10-09T15:00}
                  - {id: T-3, title: 商品页, project: P-1, status: 进行中, due: 2026-10-20, progress: 0.5}
                  - {id: T-4, title: 支付, project: P-1, status: 进行中, due: 2026-10-12}
                  - {id: T-5, title: 内部评审, project: P-1, labels: [内部], due: 2026-10-20}
                  - {id: T-6, title: 上线, project: P-1, waiting_for: 域名备案, due: 2026-12-01}
                  - {id: T-7, title: 旧任务, project: P-2, due: 2026-10-20}
                  - {id: T-8, title: 别人的, project: P-3, due: 2026-10-20}
                  - {id: T-9, title: 流失的, project: P-4, due: 2026-10-20}
                  - {id: T-10, title: 再下周, project: P-1, due: 2026-10-26}
                  - {id: T-11, title: 下周日, project: P-1, due: 2026-10-25}
                  - {id: T-12, title: 今天, project: P-1, due: 2026-10-16}
              ends: 2026-10-17
              expect:
                - at: 2026-10-16T16:00
                  rule: customer-report
                  record: customer/K-1
                  to: [pm@huaxing.example, wang]
                  via: mail
                  title: 华星：项目周报（2026-10-16）
                  text: |-
                    您好，这是本周的项目进展。有问题请联系王芳。

                    **本周完成**

                    - **首页** · 项目：官网 · 状态：已完成

                    **未完成**

                    - **支付** · 项目：官网 · 截止：2026-10-12 · 进度：（未填写）
                    - **今天** · 项目：官网 · 截止：2026-10-16 · 进度：（未填写）
                    - **商品页** · 项目：官网 · 截止：2026-10-20 · 进度：50%
                    - **下周日** · 项目：官网 · 截止：2026-10-25 · 进度：（未填写）
                    - **再下周** · 项目：官网 · 截止：2026-10-26 · 进度：（未填写）
                    - **上线** · 项目：官网 · 截止：2026-12-01 · 进度：（未填写）

                    **问题：过期或受阻**

                    - **支付** · 截止：2026-10-12 · 等待谁：（未填写）
                    - **上线** · 截止：2026-12-01 · 等待谁：域名备案

                    **下周计划**

                    - **今天** · 截止：2026-10-16
                    - **商品页** · 截止：2026-10-20
                    - **下周日** · 截止：2026-10-25
              nothing_else: true

            - name: a task without a closing time counts in the week of its last change
              rules: customer-report
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}]
                customer: [{id: K-1, name: Acme, email: pm@acme.example, owner: kim}]
                project: [{id: P-1, name: Site, customer: K-1}]
                task:
                  - {id: T-1, title: Draft, project: P-1, status: doing, updated_at: 2026-09-01T10:00}
                  - {id: T-2, title: Review, project: P-1, status: doing, labels: [internal], updated_at: 2026-09-01T10:00}
              events:
                - {at: 2026-10-14T10:00, record: task/T-1, set: {status: done}}
              ends: 2026-10-24
              expect:
                - {at: 2026-10-16T16:00, record: customer/K-1, to: [pm@acme.example, kim], contains: ["**Draft** · project: Site"]}
                - {at: 2026-10-23T16:00, outcome: condition_false}
              nothing_else: true

            """#
        ),
        (
            "C2-customer-silent",
            #"""
            # 14 天没有联系客户 → 客户负责人。/ A customer not contacted for 14 days → the account owner.
            - name: 从上次联系起 14 天；联系过一次就重新计时；已关闭的不响
              rules: customer-silent
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-08T18:00
              records:
                member: [{id: wang, name: 王芳}, {id: chen, name: 陈刚}]
                customer:
                  - {id: K-1, name: 华星, owner: wang, status: active, last_contact: 2026-10-08T15:00}
                  - {id: K-2, name: 东海, owner: wang, status: active, last_contact: 2026-10-08T16:00}
                  - {id: K-3, name: 老客户, owner: wang, status: 已关闭, last_contact: 2026-10-08T15:00}
              events:
                - {at: 2026-10-20T11:00, record: customer/K-2, set: {last_contact: 2026-10-20T11:00}}
              ends: 2026-11-10
              expect:
                - at: 2026-10-22T15:00
                  rule: customer-silent
                  record: customer/K-1
                  to: [wang]
                  via: chat
                  late: false
                  title: 「华星」上次联系 2026-10-08 15:00，已过 14 天
                - {at: 2026-11-03T11:00, record: customer/K-2, to: [wang], contains: 已过 14 天}
                - {at: 2026-10-22T15:00, record: customer/K-3, outcome: condition_false}
              nothing_else: true

            - name: stopped over the weekend, it rings on Monday
              rules: customer-silent
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-10T18:00
              records:
                member: [{id: kim, name: Kim}]
                customer: [{id: K-1, name: Acme, owner: kim, status: active, last_contact: 2026-10-10T15:00}]
              down: [[2026-10-23T20:00, 2026-10-26T08:00]]
              expect:
                - {at: 2026-10-26T08:00, to: [kim], late: true, title: "“Acme”: last contact 2026-10-10 15:00, passed 16 days ago"}
              nothing_else: true

            """#
        ),
        (
            "C3-risks",
            #"""
            # 高风险 → 项目经理；一个月没评审 → 负责人。/ High risks → the manager; not reviewed for a month → the owner.
            - name: 风险值到 12 响一次，降下去再升上来才再响；已关闭的、没填全的不响
              rules: high-risk
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: zhao, name: 赵敏}]
                project: [{id: P-1, name: 官网, manager: zhao}]
                risk:
                  - {id: R-1, title: 供应商延期, project: P-1, owner: wang, probability: 2, impact: 4}
                  - {id: R-2, title: 没有项目, owner: wang, probability: 3, impact: 3}
                  - {id: R-3, title: 已关闭, project: P-1, owner: wang, probability: 1, impact: 4, status: 已关闭}
                  - {id: R-4, title: 没填影响, project: P-1, owner: wang, probability: 3}
              events:
                - {at: 2026-10-12T10:00, record: risk/R-1, set: {probability: 3}}
                - {at: 2026-10-12T11:00, record: risk/R-1, set: {probability: 5}}
                - {at: 2026-10-12T12:00, record: risk/R-3, set: {probability: 5}}
                - {at: 2026-10-12T13:00, record: risk/R-4, set: {probability: 5}}
                - {at: 2026-10-13T10:00, record: risk/R-1, set: {probability: 1}}
                - {at: 2026-10-13T11:00, record: risk/R-2, set: {impact: 5}}
                - {at: 2026-10-14T10:00, record: risk/R-1, set: {probability: 4}}
              ends: 2026-10-15
              expect:
                - at: 2026-10-12T10:00
                  rule: high-risk
                  record: risk/R-1
                  to: [zhao]
                  via: mail
                  title: 高风险：「供应商延期」风险值 12（到 12 就要处理）
                  contains: [项目：官网, 3 × 4 = 12, 负责人：王芳, 请赵敏本周内定下]
                  priority: high
                - {at: 2026-10-13T11:00, record: risk/R-2, to: [wang], contains: [风险值 15, 请王芳本周内定下]}
                - {at: 2026-10-14T10:00, record: risk/R-1, to: [zhao], contains: 风险值 16}
              nothing_else: true

            - name: in English, eleven is not enough
              rules: high-risk
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
                project: [{id: P-1, name: Site, manager: lee}]
                risk:
                  - {id: R-1, title: Supplier, project: P-1, owner: kim, probability: 1, impact: 1, status: open}
                  - {id: R-2, title: Staff, project: P-1, owner: kim, probability: 1, impact: 1, status: mitigated}
              events:
                - {at: 2026-10-12T10:00, record: risk/R-1, set: {probability: 2, impact: 5}}
                - {at: 2026-10-12T11:00, record: risk/R-1, set: {probability: 1, impact: 11}}
                - {at: 2026-10-12T12:00, record: risk/R-1, set: {impact: 12}}
                - {at: 2026-10-12T12:00, record: risk/R-2, set: {impact: 12}}
              ends: 2026-10-13
              expect:
                - {at: 2026-10-12T12:00, record: risk/R-1, to: [lee], contains: Supplier}
              nothing_else: true

            - name: 一个月没评审的，每人一条，每周最多一次；没评审过的从登记算起
              rules: risk-not-reviewed
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: li, name: 李强}, {id: zhao, name: 赵敏}]
                project: [{id: P-1, name: 官网, manager: zhao}]
                risk:
                  - {id: R-1, title: 供应商延期, project: P-1, owner: wang, probability: 2, impact: 4, reviewed_on: 2026-09-14}
                  - {id: R-2, title: 人手不足, project: P-1, owner: wang, reviewed_on: 2026-09-15, created_at: 2026-01-01T08:00}
                  - {id: R-3, title: 从没评审, owner: li, created_at: 2026-09-16T08:00}
                  - {id: R-4, title: 没有负责人, project: P-1, reviewed_on: 2026-09-17}
                  - {id: R-5, title: 已关闭, owner: li, status: 已消除, reviewed_on: 2026-01-01}
                  - {id: R-6, title: 才登记, owner: li}
                  - {id: R-7, title: 没有人, reviewed_on: 2026-09-17}
              events:
                - {at: 2026-10-16T10:00, record: risk/R-1, set: {reviewed_on: 2026-10-16}}
                - {at: 2026-10-20T10:00, record: risk/R-3, set: {reviewed_on: 2026-10-20}}
                - {at: 2026-10-20T10:00, record: risk/R-4, set: {status: 已关闭}}
              ends: 2026-10-23
              expect:
                - at: 2026-10-14T09:00
                  rule: risk-not-reviewed
                  record: member/wang
                  to: [wang]
                  via: mail
                  title: 请评审 1 个风险：一个月以上没有评审了
                  contains: ["**供应商延期** · 项目：官网 · 风险值：8", 2026-09-14, 请王芳本周内看看]
                # 15 日人手不足也到了，但一周内已经说过 / within the week
                - {at: 2026-10-15T09:00, record: member/wang, outcome: skipped}
                - {at: 2026-10-16T09:00, record: member/li, to: [li], contains: 从没评审}
                - {at: 2026-10-19T09:00, record: member/zhao, to: [zhao], contains: 没有负责人}
                - {at: 2026-10-21T09:00, record: member/wang, to: [wang], contains: [请评审 1 个风险, 人手不足]}
              nothing_else: true

            """#
        ),
        (
            "C4-material-stock",
            #"""
            # 库存低于最低库存 → 采购员；补货之后再低才再响。
            # Stock below its minimum → the buyer; again only after it was refilled.
            - name: 越过最低库存响一次，继续下降不响，补货后再低才响
              rules: material-low
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: zhao, name: 赵敏}]
                project: [{id: P-1, name: 官网, manager: zhao}]
                material:
                  - {id: M-1, name: 网线, unit: 箱, buyer: wang, stock: 12, minimum: 10}
                  - {id: M-2, name: 螺丝, unit: 盒, project: P-1, stock: 5.5, minimum: 5}
                  - {id: M-3, name: 没有下限, buyer: wang, stock: 5}
              events:
                - {at: 2026-10-13T10:00, record: material/M-1, set: {stock: 10}}
                - {at: 2026-10-14T10:00, record: material/M-1, set: {stock: 9}}
                - {at: 2026-10-14T11:00, record: material/M-1, set: {stock: 3}}
                - {at: 2026-10-14T12:00, record: material/M-1, set: {stock: 9.5}}
                - {at: 2026-10-15T10:00, record: material/M-1, set: {stock: 30}}
                - {at: 2026-10-16T10:00, record: material/M-1, set: {stock: 7}}
                - {at: 2026-10-16T11:00, record: material/M-2, set: {stock: 4.5}}
                - {at: 2026-10-16T12:00, record: material/M-3, set: {stock: 0}}
              ends: 2026-10-17
              expect:
                - at: 2026-10-14T10:00
                  rule: material-low
                  record: material/M-1
                  to: [wang]
                  via: [mail, chat]
                  title: 请补货：「网线」库存 9，低于最低 10（单位：箱）
                  contains: [还差：1, 请王芳今天下单]
                - {at: 2026-10-16T10:00, record: material/M-1, to: [wang], contains: 还差：3}
                - {at: 2026-10-16T11:00, record: material/M-2, to: [zhao], contains: [单位：盒, 库存：4.5, 最低库存：5, 项目：官网, 还差：0.5, 请赵敏今天下单]}
              nothing_else: true

            - name: raising the minimum rings as well, also while stopped
              rules: material-low
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}]
                material: [{id: M-1, name: Cable, buyer: kim, stock: 12, minimum: 10}]
              events:
                - {at: 2026-10-13T10:00, record: material/M-1, set: {minimum: 15}}
              down: [[2026-10-13T09:00, 2026-10-13T12:00]]
              ends: 2026-10-14
              expect:
                - {at: 2026-10-13T12:00, to: [kim], contains: [Cable, 还差：3]}
              nothing_else: true

            """#
        ),
        (
            "C5-project-budget",
            #"""
            # 预算 80%、100% 各响一次。/ 80 % and 100 % of a budget, each once.
            - name: 超过 80% 给经理，超过 100% 给财务；刚好到线、没有预算、已结束的不响
              rules: [budget-80, budget-100]
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              currency: CNY
              clock: 2026-03-02T08:00
              records:
                member: [{id: zhao, name: 赵敏}, {id: cai, name: 蔡琴, role: finance}, {id: sun, name: 孙丽, role: hr}]
                project:
                  - {id: P-1, name: 官网, manager: zhao, budget: 100000, spent: 50000, progress: 0.4, ends_on: 2026-06-30, status: 进行中}
                  - {id: P-2, name: 没有预算, manager: zhao, spent: 50000, status: 进行中}
                  - {id: P-3, name: 预算为零, manager: zhao, budget: 0, spent: 0, status: 进行中}
                  - {id: P-4, name: 已结束, manager: zhao, budget: 100000, spent: 50000, status: 已结束}
              events:
                - {at: 2026-03-03T10:00, record: project/P-1, set: {spent: 80000}}
                - {at: 2026-03-03T10:00, record: project/P-2, set: {spent: 90000}}
                - {at: 2026-03-03T10:00, record: project/P-3, set: {spent: 90000}}
                - {at: 2026-03-03T10:00, record: project/P-4, set: {spent: 190000}}
                - {at: 2026-03-04T10:00, record: project/P-1, set: {spent: 85000}}
                - {at: 2026-03-05T10:00, record: project/P-1, set: {spent: 90000}}
                - {at: 2026-03-06T10:00, record: project/P-1, set: {spent: 100000}}
                - {at: 2026-03-09T10:00, record: project/P-1, set: {spent: 120000}}
                # 冲红后又记上，90 天内不再响 / corrected and booked again within 90 days
                - {at: 2026-03-10T10:00, record: project/P-1, set: {spent: 70000}}
                - {at: 2026-03-11T10:00, record: project/P-1, set: {spent: 120000}}
              ends: 2026-03-31
              expect:
                - at: 2026-03-04T10:00
                  rule: budget-80
                  record: project/P-1
                  to: [zhao]
                  via: mail
                  title: 「官网」预算已用 85%，超过 80%
                  contains: ["100,000", "85,000", "15,000", "进度 40%", 2026-06-30, 请赵敏核对]
                  priority: normal
                - at: 2026-03-09T10:00
                  rule: budget-100
                  record: project/P-1
                  to: [cai]
                  via: mail
                  title: 「官网」超支 20,000 CNY
                  contains: ["120,000", "120%", 赵敏, 追加预算]
                  priority: high
                - {at: 2026-03-11T10:00, rule: budget-80, record: project/P-1, outcome: skipped}
                - {at: 2026-03-11T10:00, rule: budget-100, record: project/P-1, outcome: skipped}
              nothing_else: true

            - name: both lines in one jump, and again after 90 days when the money had come back
              rules: [budget-80, budget-100]
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              currency: EUR
              clock: 2026-03-02T08:00
              records:
                member: [{id: lee, name: Lee}, {id: max, name: Max, role: finance}]
                project:
                  - {id: P-1, name: Site, manager: lee, budget: 1000, spent: 0, status: active}
                  - {id: P-2, name: App, manager: lee, budget: 1000, spent: 0, status: active}
                  - {id: P-3, name: Tiny, manager: lee, budget: 1, spent: 0, status: active}
              events:
                - {at: 2026-03-03T10:00, record: project/P-1, set: {spent: 1500}}
                - {at: 2026-03-03T10:00, record: project/P-2, set: {spent: 1500}}
                - {at: 2026-03-03T11:00, record: project/P-3, set: {spent: 2}}
                - {at: 2026-03-04T10:00, record: project/P-1, set: {budget: 2000}}
                - {at: 2026-03-04T10:00, record: project/P-2, set: {budget: 2000}}
                - {at: 2026-06-01T10:30, record: project/P-1, set: {spent: 2001}}
                - {at: 2026-06-01T09:30, record: project/P-2, set: {spent: 2001}}
              ends: 2026-06-02
              expect:
                - {at: 2026-03-03T10:00, rule: budget-80, record: project/P-1, to: [lee]}
                - {at: 2026-03-03T10:00, rule: budget-100, record: project/P-1, to: [max]}
                - {at: 2026-03-03T10:00, rule: budget-80, record: project/P-2, to: [lee]}
                - {at: 2026-03-03T10:00, rule: budget-100, record: project/P-2, to: [max]}
                - {at: 2026-03-03T11:00, rule: budget-80, record: project/P-3, to: [lee]}
                - {at: 2026-03-03T11:00, rule: budget-100, record: project/P-3, to: [max]}
                - {at: 2026-06-01T10:30, rule: budget-80, record: project/P-1, to: [lee], title: 「Site」预算已用 100.1%，超过 80%}
                - {at: 2026-06-01T10:30, rule: budget-100, record: project/P-1, to: [max], title: 「Site」超支 1 EUR}
                - {at: 2026-06-01T09:30, rule: budget-80, record: project/P-2, outcome: skipped}
                - {at: 2026-06-01T09:30, rule: budget-100, record: project/P-2, outcome: skipped}
              nothing_else: true

            """#
        ),
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
                project: [{id: P-1, name: 官网, manager: zhao, customer: K-1}]
                task:
                  - {id: T-1, title: 确认设计稿, project: P-1, creator: zhao, assignee: wang, status: 进行中, due: 2026-10-30}
                  - {id: T-2, title: 签字, assignee: wang, status: 进行中}
                  - {id: T-3, title: 等供应商, assignee: wang, status: 进行中}
                  - {id: T-4, title: 已关闭, assignee: wang, status: 进行中}
                  - {id: T-5, title: 看状态, assignee: wang, status: 进行中}
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
                - {at: 2026-10-12T10:00, record: task/T-5, to: [wang], contains: 未填客户}
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
                  title: 商机「Order」等客户已满 5 个工作日，请联系客户
                  contains: [Acme, 等客户已满 5 个工作日。, 5, 000 EUR, 请Kim今天联系客户, 2026-11-30]
                - {at: 2026-10-20T10:00, record: opportunity/O-2, to: [kim], contains: Acme}
              nothing_else: true

            - name: all the words for it
              rules: [task-waits-on-customer, opportunity-waits-on-customer]
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-12T08:00
              records:
                task: [{id: T-1, title: A}, {id: T-2, title: B}, {id: T-3, title: C}]
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
                - {at: 2026-10-20T10:00, record: task/T-1}
                - {at: 2026-10-20T10:00, record: task/T-2}
                - {at: 2026-10-20T10:00, record: task/T-3}
                - {at: 2026-10-20T10:00, record: opportunity/O-1}
                - {at: 2026-10-20T10:00, record: opportunity/O-2}
                - {at: 2026-10-20T10:00, record: opportunity/O-3}
              nothing_else: true

            """#
        ),
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
                - {at: 2026-10-15T10:00, record: feedback/F-1, to: [kim], title: Acme有新反馈，请在 2 个工作日内答复, contains: 请Kim在 2026-10-19 前}
                - {at: 2026-10-19T10:00, record: feedback/F-1, to: [max], contains: Kim}
                - {at: 2026-10-15T11:00, record: feedback/F-2, to: [lee], title: 客户有新反馈，请在 2 个工作日内答复}
                - {at: 2026-10-19T11:00, record: feedback/F-2, to: [], title: 客户的反馈 2 个工作日没有答复，请督促}
              nothing_else: true

            """#
        ),
        (
            "C8-smart-goal",
            #"""
            # 目标缺衡量标准、负责人或日期，一小时后告诉提出的人。
            # A goal without measure, owner or date: its author hears of it after an hour.
            - name: 缺一样就响，写明缺什么；补齐了、已关闭的不响
              rules: smart-goal
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: sun, name: 孙丽}, {id: zhao, name: 赵敏}]
                project: [{id: P-1, name: 官网, manager: zhao}]
              events:
                - {at: 2026-10-12T10:00, record: goal/G-1, by: sun, create: {title: 更快, owner: wang, due: 2026-12-31, project: P-1}}
                - {at: 2026-10-12T10:10, record: goal/G-2, by: sun, create: {title: 更好, measure: 好评 95%, due: 2026-12-31}}
                - {at: 2026-10-12T10:20, record: goal/G-3, by: sun, create: {title: 更省, measure: 省 10 万, owner: wang}}
                - {at: 2026-10-12T10:30, record: goal/G-4, by: sun, create: {title: 齐全, measure: 省 10 万, owner: wang, due: 2026-12-31}}
                - {at: 2026-10-12T10:40, record: goal/G-5, by: sun, create: {title: 很快补上, owner: wang, due: 2026-12-31}}
                - {at: 2026-10-12T11:30, record: goal/G-5, set: {measure: 省 10 万}}
                - {at: 2026-10-12T10:50, record: goal/G-6, by: sun, create: {title: 已放弃, status: 已放弃}}
                - {at: 2026-10-12T11:00, record: goal/G-7, by: sun, create: {title: 什么都没有}}
              ends: 2026-10-13
              expect:
                - at: 2026-10-12T11:00
                  rule: smart-goal
                  record: goal/G-1
                  to: [sun]
                  via: mail
                  title: 目标「更快」请补上 衡量标准
                  contains: ["负责人：王芳", "日期：2026-12-31"]
                - {at: 2026-10-12T11:10, record: goal/G-2, to: [sun], title: 目标「更好」请补上 负责人, contains: 好评 95%}
                - {at: 2026-10-12T11:20, record: goal/G-3, to: [sun], title: 目标「更省」请补上 日期}
                - {at: 2026-10-12T10:30, record: goal/G-4, outcome: condition_false}
                - {at: 2026-10-12T11:40, record: goal/G-5, outcome: cancelled}
                - {at: 2026-10-12T10:50, record: goal/G-6, outcome: condition_false}
                - {at: 2026-10-12T12:00, record: goal/G-7, to: [sun], title: 目标「什么都没有」请补上 衡量标准 负责人 日期}
              nothing_else: true

            - name: imported goals go to their owner, else to the project manager
              rules: smart-goal
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
                project: [{id: P-1, name: Site, manager: lee}]
              events:
                - {at: 2026-10-12T10:00, record: goal/G-1, by: import, create: {title: Faster, owner: kim, project: P-1}}
                - {at: 2026-10-12T10:10, record: goal/G-2, by: import, create: {title: Better, project: P-1}}
                - {at: 2026-10-12T10:20, record: goal/G-3, by: import, create: {title: Cheaper}}
              expect:
                - {at: 2026-10-12T11:00, record: goal/G-1, to: [kim], title: 目标「Faster」请补上 衡量标准 日期}
                - {at: 2026-10-12T11:10, record: goal/G-2, to: [lee]}
                - {at: 2026-10-12T11:20, record: goal/G-3, to: []}
              nothing_else: true

            """#
        ),
    ]
}
