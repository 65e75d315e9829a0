// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario C7.
extension ShippedRules {
    static let c7: [(name: String, text: String)] = [
        (
            "C7-customer-feedback",
            #"""
            # 收到客户反馈 → 负责答复的人（没写就找客户负责人）；2 个工作日没答复 → 他的上级。填了答复时间或状态改为“已答复”就停。要改的：2 working days（两处）。
            # Customer feedback arrives → whoever is responsible (else the account owner); unanswered after 2 working days → the manager.
            id: customer-feedback
            title: 客户反馈 / Customer feedback
            when: {created: feedback}
            if: feedback.open && feedback.answered_at == null
            then:
              - notify:
                  via: chat
                  to: default(feedback.responsible, feedback.customer.owner)
                  title:
                    zh: '{{ default(feedback.customer.name, "客户") }}有新反馈，请在 2 个工作日内答复'
                    en: New feedback from {{ default(feedback.customer.name, "a customer") }}, please answer within 2 working days
                  text:
                    zh: |
                      {{ default(feedback.customer.name, "客户") }}说：{{ feedback.text }}
                      请{{ default(feedback.responsible, feedback.customer.owner) }}在 {{ today.plus("2 working days") }} 前答复客户，答复后填上答复时间。
                    en: |
                      {{ default(feedback.customer.name, "The customer") }} says: {{ feedback.text }}
                      {{ default(feedback.responsible, feedback.customer.owner) }}, please answer the customer by {{ today.plus("2 working days") }}, then fill in when you answered.
              - wait: 2 working days
                notify:
                  via: mail
                  to: default(feedback.responsible, feedback.customer.owner).manager
                  title:
                    zh: '{{ default(feedback.customer.name, "客户") }}的反馈 2 个工作日没有答复，请督促'
                    en: Feedback from {{ default(feedback.customer.name, "a customer") }} not answered for 2 working days, please see to it
                  text:
                    zh: |
                      {{ default(feedback.customer.name, "客户") }}说：{{ feedback.text }}
                      负责答复的是{{ default(feedback.responsible, feedback.customer.owner) }}，至今没有答复。请督促今天答复，或改派他人。
                    en: |
                      {{ default(feedback.customer.name, "The customer") }} says: {{ feedback.text }}
                      {{ default(feedback.responsible, feedback.customer.owner) }} is responsible and has not answered yet. Please see that it is answered today, or give it to somebody else.
                  priority: high

            """#
        )
    ]
}
