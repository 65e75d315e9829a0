// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B11.
extension ShippedRules {
    static let b11: [(name: String, text: String)] = [
        (
            "B11-expired-contract",
            #"""
            # 到期没有续签 → 每天提醒负责人和上级，并告知管理通道，直到处理完（状态改为已续费或已关闭）。
            # Expired without renewal → owner, manager and the inbox, daily until someone handles it.
            id: contract-expired
            title: 合同已过期 / Contract expired
            when: {after: contract.expires_on, every: 1 day, times: 365}
            unless: contract.auto_renew || contract.closed
            then:
              - notify:
                  via: mail
                  to: [contract.owner, contract.owner.manager]
                  text:
                    zh: |
                      合同「{{ contract.name }}」{{ contract.expires_on }} 已到期，还没有续签。
                      请{{ contract.owner }}今天办理续签或终止，并把状态改为“已续费”或“已关闭”；{{ default(contract.owner.manager.name, "上级") }}请督促。
                    en: |
                      The contract “{{ contract.name }}” expired on {{ contract.expires_on }} and is not renewed.
                      {{ contract.owner }}, please renew or end it today and set its status to renewed or closed; {{ default(contract.owner.manager.name, "manager") }}, please see to it.
                  priority: high
              - notify: {via: [inbox], priority: high}

            """#
        )
    ]
}
