// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B14.
extension ShippedRules {
    static let b14: [(name: String, text: String)] = [
        (
            "B14-necessity-report",
            #"""
            # 超过 5 万的合同，到期前 60 天 → 给负责人建“必要性报告”任务（8 个工作日内交），并约 10 个工作日后的评审会（部门负责人、财务总监参加）。很晚才录入的合同只建任务，不约会。
            # 文件（document）还没有填时不发起审批；填上报告的链接，马上请部门负责人、再请财务总监审批。已经批准的不再问。
            # 要改的：50000（两处）、60 days；财务总监写在成员的“角色”里（finance-director）。
            # 60 days before a renewal above 50,000: a task for the necessity report (8 working days), an invitation to the review (in
            # 10 working days). No approval is asked while the document is missing; its link brings the question to the department
            # head, then to the finance director.
            - id: necessity-report
              title: 大额续费：必要性报告 / Necessity report
              when: {before: contract.expires_on, by: 60 days}
              if: contract.open && contract.amount > 50000
              then:
                - create:
                    kind: task
                    fields:
                      title: 必要性报告：{{ contract.name }}
                      note: 「{{ contract.name }}」{{ contract.expires_on }} 到期，续费 {{ contract.amount }}。写明用量、必要性、替代方案，把报告链接填到合同的“文件”里。
                      assignee: "{{ contract.owner }}"
                      status: 待办
                      due: '{{ today.plus("8 working days") }}'
                - if: firing.scheduled_at.plus("10 working days") > now
                  invite:
                    to: [contract.owner, contract.owner.department_head, role("finance-director")]
                    title:
                      zh: 续费评审：「{{ contract.name }}」（{{ contract.amount }}）
                      en: 'Renewal review: “{{ contract.name }}” ({{ contract.amount }})'
                    starts_at: firing.scheduled_at.plus("10 working days") + duration("1h")
                    duration: 1 hour

            - id: renewal-approval
              title: 大额续费审批 / Approval of a renewal
              when: [{before: contract.expires_on, by: 60 days}, {changes: contract.document}]
              if: contract.open && contract.amount > 50000 && contract.document != null && days_until(contract.expires_on) <= 60 && days_until(contract.expires_on) >= 0
              unless: contract.status in ["已批准", "approved"]
              limit: 1 per 60 days
              then:
                - approve:
                    by:
                      - default(contract.owner.department_head, contract.owner.manager)
                      - role("finance-director")
                    text:
                      zh: |
                        「{{ contract.name }}」{{ contract.expires_on }} 到期，请审批续费 {{ contract.amount }}（上期 {{ contract.last_amount }}）。
                        - 必要性报告：{{ contract.document }}
                        - 用量：{{ percent(contract.usage) }}，席位：{{ contract.seats }}
                        - 申请人：{{ contract.owner }}
                      en: |
                        “{{ contract.name }}” expires on {{ contract.expires_on }}. Please approve its renewal for {{ contract.amount }} (last term {{ contract.last_amount }}).
                        - Necessity report: {{ contract.document }}
                        - Usage: {{ percent(contract.usage) }}, seats: {{ contract.seats }}
                        - Asked for by: {{ contract.owner }}
                    via: mail
                    then:
                      approve:
                        - set: {status: '{{ default(contract.status, "").lowerAscii() == "active" ? "approved" : "已批准" }}'}
                        - notify:
                            via: mail
                            to: contract.owner
                            title:
                              zh: 「{{ contract.name }}」续费已批准，请在 {{ contract.expires_on }} 前办理
                              en: '“{{ contract.name }}”: renewal approved, please complete it by {{ contract.expires_on }}'
                            text:
                              zh: |
                                {{ default(approval.decided_by.name, default(approval.decided_by.id, "有权限的人")) }}已批准「{{ contract.name }}」续费 {{ contract.amount }}。办完把状态改为“已续费”。
                                意见：{{ approval.comment }}
                              en: |
                                {{ default(approval.decided_by.name, default(approval.decided_by.id, "Somebody with access")) }} approved the renewal of “{{ contract.name }}” for {{ contract.amount }}. When it is done, set the status to “renewed”.
                                Comment: {{ approval.comment }}
                      reject:
                        - notify:
                            via: mail
                            to: contract.owner
                            title:
                              zh: 「{{ contract.name }}」续费没有批准
                              en: '“{{ contract.name }}”: renewal not approved'
                            text:
                              zh: |
                                {{ default(approval.decided_by.name, default(approval.decided_by.id, "有权限的人")) }}没有批准「{{ contract.name }}」续费 {{ contract.amount }}，请{{ contract.owner }}在 {{ contract.expires_on }} 前按意见办理：减量、换供应商，或到期终止。
                                意见：{{ approval.comment }}
                              en: |
                                {{ default(approval.decided_by.name, default(approval.decided_by.id, "Somebody with access")) }} did not approve the renewal of “{{ contract.name }}” for {{ contract.amount }}. {{ contract.owner }}, please do what the comment says by {{ contract.expires_on }}: take less, change the vendor, or let it end at expiry.
                                Comment: {{ approval.comment }}
                    escalate: {wait: 3 working days, to: "default(contract.owner.department_head, contract.owner.manager).manager"}

            """#
        )
    ]
}
