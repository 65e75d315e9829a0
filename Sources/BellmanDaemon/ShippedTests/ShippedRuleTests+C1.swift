// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario C1.
extension ShippedRuleTests {
    static let c1: [(name: String, text: String)] = [
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
                    您好，这是本周的项目进展，供您了解，不需要回复。有问题请联系王芳。

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
                - at: 2026-10-16T16:00
                  record: customer/K-1
                  to: [pm@acme.example, kim]
                  title: "Acme: weekly project report (2026-10-16)"
                  contains:
                    - Hello, this is the progress of your projects this week, for your information; no answer is needed. If you have questions, please contact Kim.
                    - "**Finished this week**\n\n- **Draft** · project: Site"
                    - "**Open**"
                    - "**Problems: overdue or blocked**"
                    - "**Plan for next week**"
                - {at: 2026-10-23T16:00, outcome: condition_false}
              nothing_else: true

            """#
        )
    ]
}
