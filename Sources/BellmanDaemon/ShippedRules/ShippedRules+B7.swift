// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B7.
extension ShippedRules {
    static let b7: [(name: String, text: String)] = [
        (
            "B7-left-member-account",
            #"""
            # 员工离职，账号还开着 → 当天通知 IT（紧急，不受免打扰限制），列出每个账号；之后每个工作日列一次，直到全部停用。
            # 离职的依据：成员的离职日期（left_on）到了，补填过去的日期也算；没有离职日期时，在职（active）改成“否”。将来的离职日期到那天才响。
            # IT 写在成员的“角色”里（it）。
            # A member left, an account is still open → IT, the same day, urgent, with every account; then a list each working day
            # until all are closed. Left means: left_on has come, also when it is filled in later; without it, active became false.
            - id: left-member-account
              title: 离职人员的账号 / Accounts of a member who left
              urgent: true
              when: [{before: member.left_on, by: 0 days}, {changes: member.left_on}]
              if: member.left_on <= today && member.accounts.exists(a, a.open)
              then:
                - notify:
                    via: [mail, chat]
                    to: role("it")
                    title:
                      zh: '{{ member.name }} 已离职，还有 {{ member.accounts.filter(a, a.open).size() }} 个账号没停用，请今天停用'
                      en: '{{ member.name }} has left, please close their open accounts today ({{ member.accounts.filter(a, a.open).size() }})'
                    text:
                      zh: |
                        {{ member.name }}（{{ default(member.department, "未填部门") }}）{{ member.left_on }} 离职，下面的账号还开着，请 IT 今天停用或转交：
                        {{ table(member.accounts.filter(a, a.open), ["login", "contract.name", "access"]) }}
                      en: |
                        {{ member.name }} ({{ default(member.department, "no department") }}) left on {{ member.left_on }}. These accounts are still open; IT, please close them or hand them over today:
                        {{ table(member.accounts.filter(a, a.open), ["login", "contract.name", "access"]) }}
                    priority: high

            - id: inactive-member-account
              title: 停用人员的账号 / Accounts of an inactive member
              urgent: true
              when: {changes: member.active, to: false}
              if: member.left_on == null && member.accounts.exists(a, a.open)
              then:
                - notify:
                    via: [mail, chat]
                    to: role("it")
                    title:
                      zh: '{{ member.name }} 已不在职，还有 {{ member.accounts.filter(a, a.open).size() }} 个账号没停用，请今天停用'
                      en: '{{ member.name }} is no longer active, please close their open accounts today ({{ member.accounts.filter(a, a.open).size() }})'
                    text:
                      zh: |
                        {{ member.name }}（{{ default(member.department, "未填部门") }}）已改为不在职，下面的账号还开着，请 IT 今天停用或转交：
                        {{ table(member.accounts.filter(a, a.open), ["login", "contract.name", "access"]) }}
                      en: |
                        {{ member.name }} ({{ default(member.department, "no department") }}) was set to inactive. These accounts are still open; IT, please close them or hand them over today:
                        {{ table(member.accounts.filter(a, a.open), ["login", "contract.name", "access"]) }}
                    priority: high

            - id: left-member-accounts-open
              title: 离职人员账号清单 / Accounts still open after leaving
              when: {every: working day at 09:00}
              select: account
              where: account.open && account.member.left_on < today
              then:
                - notify:
                    via: mail
                    to: role("it")
                    title:
                      zh: '{{ records.size() }} 个离职人员的账号还没停用'
                      en: 'Open accounts of people who have left: {{ records.size() }}'
                    text:
                      zh: |
                        下面的账号属于已离职的人，请 IT 今天停用或转交，停用后在台账里改状态：
                        {{ table(records, ["login", "member.name", "member.left_on", "contract.name"]) }}
                      en: |
                        These accounts belong to people who have left. IT, please close them or hand them over today, then set their status in the ledger:
                        {{ table(records, ["login", "member.name", "member.left_on", "contract.name"]) }}
                    priority: high

            """#
        )
    ]
}
