// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A13.
extension ShippedRules {
    static let a13: [(name: String, text: String)] = [
        (
            "A13-access-review",
            #"""
            # 每季度第一个工作日 → 项目经理（没有就是创建人）：每个项目有哪些成员、各有什么账号和权限、项目里有哪些文档，请核对。
            # 临时权限（账号写了到期日）到期前 3 天 → 合同负责人和使用人的上级：延长还是收回。
            # On the first working day of each quarter → each project manager, else the creator: members of the projects, their
            # accounts and rights, the documents. Temporary access (an account with an expiry) ends in 3 days → the contract's owner
            # and the user's manager: extend it or let it end.
            - id: access-review
              title: 权限复核 / Access review
              when: {every: quarter on first working day at 09:00}
              select: project
              where: project.open
              group: default(project.manager, project.creator)
              then:
                - notify:
                    via: mail
                    to: group
                    title:
                      zh: 季度权限复核：请核对 {{ records.size() }} 个项目的成员和权限
                      en: 'Quarterly access review: please check members and rights (projects: {{ records.size() }})'
                    text:
                      zh: |
                        请{{ group.name }}本周内核对：不该再看到的人，从项目成员里去掉，并停用他的账号。

                        {{ records.map(p, "「" + p.name + "」成员："
                          + cel.bind(names, default(p.members, []).map(m, cel.bind(live, m.accounts.filter(a, a.open),
                              default(m.name, m.id) + (live.size() == 0 ? "" : "（" + live.map(a,
                                default(a.contract.name, a.login) + "：" + default(a.access, "权限未写明")).join("，") + "）"))).join("、"),
                            names == "" ? "（还没有填，请补上）" : names)
                          + "；文档：" + (p.documents.size() == 0 ? "（无）" : p.documents.map(d, default(d.title, d.id)).join("、"))
                          ).join("\n") }}
                      en: |
                        {{ group.name }}, please check this week. Take whoever should no longer see a project off its members, and disable their account.

                        {{ records.map(p, "“" + p.name + "” members: "
                          + cel.bind(names, default(p.members, []).map(m, cel.bind(live, m.accounts.filter(a, a.open),
                              default(m.name, m.id) + (live.size() == 0 ? "" : " (" + live.map(a,
                                default(a.contract.name, a.login) + ": " + default(a.access, "rights not set")).join(", ") + ")"))).join(", "),
                            names == "" ? "(none yet, please add them)" : names)
                          + "; documents: " + (p.documents.size() == 0 ? "(none)" : p.documents.map(d, default(d.title, d.id)).join(", "))
                          ).join("\n") }}

            - id: temporary-access
              title: 临时权限到期 / Temporary access ends
              when: {before: account.expires_on, by: 3 days}
              if: account.open
              then:
                - notify:
                    via: mail
                    to: [account.contract.owner, account.member.manager]
                    title:
                      zh: 「{{ account.login }}」的临时权限 {{ anchor }} 到期，还有 {{ days_left }} 天：延长还是收回？
                      en: 'Temporary access “{{ account.login }}” ends on {{ anchor }} (days left: {{ days_left }}): extend it or let it end?'
                    text:
                      zh: |
                        - 使用人：{{ account.member }}
                        - 产品：{{ account.contract }}
                        - 权限：{{ account.access }}

                        请合同负责人{{ account.contract.owner }}和上级{{ account.member.manager }}在 {{ anchor }} 前定下：要延长，就改账号的到期日；不延长，就在到期当天停用账号。
                      en: |
                        - User: {{ account.member }}
                        - Product: {{ account.contract }}
                        - Access: {{ account.access }}

                        Contract owner {{ account.contract.owner }} and manager {{ account.member.manager }}, please decide by {{ anchor }}. To extend it, change the expiry date of the account; otherwise disable the account on the day it ends.

            """#
        )
    ]
}
