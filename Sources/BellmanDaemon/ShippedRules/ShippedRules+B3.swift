// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario B3.
extension ShippedRules {
    static let b3: [(name: String, text: String)] = [
        (
            "B3-renewal-done",
            #"""
            # 续费办完（状态改成“已续费”）→ 台账自动更新，并告诉每位使用者服务不中断。
            # 怎样填：改状态时，把新的到期日、金额、席位一起改好。没有改到期日、而它就在 180 天之内，就往后推一年；
            # 旧金额记到“上期金额”，新一期从旧到期日的第二天开始，状态回到“生效”，明年照常提醒。30 天内不会再推一次。
            # Renewal done (the status becomes "renewed") → the ledger is brought up to date and every user hears that service goes on.
            # Change expiry, price and seats together with the status. Where the expiry stays and is less than 180 days away, it moves
            # on by a year; the old price becomes last_amount, the new term starts the day after the old one, the status is live again.
            - id: renewal-done
              title: 续费办完，更新台账 / Renewal done
              when: {changes: contract.status, to: [已续费, 已续签, 已续约, renewed, Renewed]}
              limit: 1 per 30 days
              then:
                - if: contract.expires_on != old.expires_on && old.expires_on != null
                  set: {starts_on: '{{ old.expires_on.plus("1 day") }}'}
                - if: contract.expires_on == old.expires_on && days_until(contract.expires_on) <= 180
                  set:
                    starts_on: '{{ contract.expires_on.plus("1 day") }}'
                    expires_on: '{{ contract.expires_on.plus("1 year") }}'
                - set:
                    renewed_on: "{{ today }}"
                    last_amount: "{{ old.amount }}"
                    status: '{{ contract.status.lowerAscii() == "renewed" ? "active" : "生效" }}'

            - id: renewal-told
              title: 续费完成 / Renewed
              when: {changes: contract.renewed_on}
              if: contract.renewed_on != null && contract.expires_on >= today
              limit: 1 per 30 days
              then:
                - if: contract.accounts.exists(a, a.open && a.member != null)
                  notify:
                    via: mail
                    to: 'contract.accounts.filter(a, a.open).map(a, a.member)'
                    title:
                      zh: 「{{ contract.name }}」已续费，可以用到 {{ contract.expires_on }}
                      en: '“{{ contract.name }}” is renewed, good until {{ contract.expires_on }}'
                    text:
                      zh: |
                        「{{ contract.name }}」已经续费，服务不中断，可以一直用到 {{ contract.expires_on }}。您不需要做任何事。
                        有问题请联系：{{ contract.owner }}。
                      en: |
                        “{{ contract.name }}” is renewed. It runs on without a break until {{ contract.expires_on }}; there is nothing you need to do.
                        Questions? Please ask {{ contract.owner }}.
                - notify:
                    via: mail
                    to: contract.owner
                    title:
                      zh: 「{{ contract.name }}」续费已入账，请核对台账
                      en: '“{{ contract.name }}”: the renewal is in the ledger, please check it'
                    text:
                      zh: |
                        请{{ contract.owner }}本周内对照新合同核对下面几项，不对的请在台账里改正：
                        - 新到期日：{{ contract.expires_on }}
                        - 金额：{{ contract.amount }}（上期 {{ contract.last_amount }}）
                        - 席位：{{ contract.seats }}
                        - 续费日期：{{ contract.renewed_on }}
                        使用者（{{ contract.accounts.filter(a, a.open).size() }} 个账号）已收到通知。
                      en: |
                        {{ contract.owner }}, please compare these with the new contract this week, and correct in the ledger what is wrong:
                        - New expiry: {{ contract.expires_on }}
                        - Amount: {{ contract.amount }} (last term {{ contract.last_amount }})
                        - Seats: {{ contract.seats }}
                        - Renewed on: {{ contract.renewed_on }}
                        The users have been told (accounts: {{ contract.accounts.filter(a, a.open).size() }}).

            """#
        )
    ]
}
