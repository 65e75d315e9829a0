// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B2.
extension ShippedRules {
    static let b2: [(name: String, text: String)] = [
        (
            "B2-approval-by-amount",
            #"""
            # 合同状态改为“待审批” → 按金额请人审批：5 万以下部门负责人批；5 万及以上，部门负责人批过再由财务总监批。没填金额的按 5 万以上办。
            # 消息里直接点“批准”或“驳回”（也可以用 bellman approve 命令），谁、何时、为什么都有记录；3 个工作日没人答复，转给部门负责人的上级（由直属上级批的，转给其上级）。
            # 批准后状态改为“已批准”，驳回后改为“审批未通过”，并告诉合同负责人。没写部门负责人的，由直属上级批。
            # 要改的：50000、3 working days；财务总监写在成员的“角色”里（finance-director）。
            # A contract's status becomes "pending approval" → asked by amount: below 50,000 the department head, from there on the
            # finance director as well, after the head. No amount counts as above. Unanswered for 3 working days, the head's manager; where the
            # owner has no head, the owner's manager is asked, then the manager's manager.
            id: approval-by-amount
            title: 合同审批 / Contract approval
            when: [{created: contract}, {changes: contract.status}]
            if: contract.status in ["待审批", "pending approval", "Pending approval"]
            then:
              - approve:
                  by:
                    - default(contract.owner.department_head, contract.owner.manager)
                    - 'contract.amount == null || contract.amount >= 50000 ? role("finance-director") : []'
                  text:
                    zh: |
                      请审批「{{ contract.name }}」：{{ contract.amount }}
                      - 供应商：{{ contract.vendor }}
                      - 席位：{{ contract.seats }}，上期金额：{{ contract.last_amount }}
                      - 到期：{{ contract.expires_on }}
                      - 申请人：{{ contract.owner }}
                      - 文件：{{ contract.document }}
                    en: |
                      Please approve “{{ contract.name }}”: {{ contract.amount }}
                      - Vendor: {{ contract.vendor }}
                      - Seats: {{ contract.seats }}, last term: {{ contract.last_amount }}
                      - Expires: {{ contract.expires_on }}
                      - Asked for by: {{ contract.owner }}
                      - Document: {{ contract.document }}
                  via: mail
                  then:
                    approve:
                      - set: {status: '{{ contract.status.lowerAscii() == "pending approval" ? "approved" : "已批准" }}'}
                      - notify:
                          via: mail
                          to: contract.owner
                          title:
                            zh: 「{{ contract.name }}」已批准，请办理
                            en: '“{{ contract.name }}” is approved, please go ahead'
                          text:
                            zh: |
                              「{{ contract.name }}」（{{ contract.amount }}）已由{{ default(approval.decided_by.name, default(approval.decided_by.id, "有权限的人")) }}批准，请{{ contract.owner }}本周内办理签约付款。
                              意见：{{ approval.comment }}
                            en: |
                              {{ default(approval.decided_by.name, default(approval.decided_by.id, "Somebody with access")) }} approved “{{ contract.name }}” ({{ contract.amount }}). {{ contract.owner }}, please sign and pay this week.
                              Comment: {{ approval.comment }}
                    reject:
                      - set: {status: '{{ contract.status.lowerAscii() == "pending approval" ? "not approved" : "审批未通过" }}'}
                      - notify:
                          via: mail
                          to: contract.owner
                          title:
                            zh: 「{{ contract.name }}」审批没有通过
                            en: '“{{ contract.name }}” was not approved'
                          text:
                            zh: |
                              「{{ contract.name }}」（{{ contract.amount }}）被{{ default(approval.decided_by.name, default(approval.decided_by.id, "有权限的人")) }}驳回，请{{ contract.owner }}本周内按意见修改后把状态改回“待审批”，或终止。
                              意见：{{ approval.comment }}
                            en: |
                              {{ default(approval.decided_by.name, default(approval.decided_by.id, "Somebody with access")) }} turned down “{{ contract.name }}” ({{ contract.amount }}). {{ contract.owner }}, please change this week what the comment says and set the status back to “Pending approval”, or end the contract.
                              Comment: {{ approval.comment }}
                  escalate: {wait: 3 working days, to: "default(contract.owner.department_head, contract.owner.manager).manager"}

            """#
        )
    ]
}
