// Made by scripts/embed-rules from rules/; a test compares the two.

/// Tests of the scenarios B.
extension ShippedRuleTests {
    static let groupB: [(name: String, text: String)] = [
        (
            "B1-contract-renewal",
            #"""
            # 到期前 60、30、7 天提醒合同负责人。/ 60, 30 and 7 days before a contract expires, to its owner.
            - name: 三次提醒，邮件和群
              rules: contract-renewal
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-09-01T08:00
              records:
                member: [{id: wang, name: 王芳, email: wang@example.com}]
                contract: [{id: C-12, name: 云主机, owner: wang, expires_on: 2026-11-30, status: active}]
              ends: 2026-12-31
              expect:
                - at: 2026-10-01T09:00
                  rule: contract-renewal
                  record: contract/C-12
                  to: [wang]
                  via: [mail, chat]
                  late: false
                  title: 「云主机」到期 2026-11-30，还有 60 天
                  contains: 负责人：王芳
                - {at: 2026-10-31T09:00, to: [wang], via: [mail, chat], contains: 还有 30 天}
                - {at: 2026-11-23T09:00, to: [wang], via: [mail, chat], contains: 还有 7 天}
              nothing_else: true

            - name: 已续费、已关闭或自动续费的不响；续签后的新日期重新提醒
              rules: contract-renewal
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-09-01T08:00
              records:
                member: [{id: wang, name: 王芳}]
                contract:
                  - {id: C-1, name: 自动续, owner: wang, expires_on: 2026-11-30, status: active, auto_renew: true}
                  - {id: C-2, name: 已关闭, owner: wang, expires_on: 2026-11-30, status: 已关闭}
                  - {id: C-3, name: 中途续费, owner: wang, expires_on: 2026-11-30, status: active}
                  - {id: C-4, name: 延了一年, owner: wang, expires_on: 2026-11-30, status: active}
              events:
                - {at: 2026-10-05T10:00, record: contract/C-3, set: {status: 已续费}}
                - {at: 2026-10-05T10:00, record: contract/C-4, set: {expires_on: 2027-11-30}}
              ends: 2027-10-15
              expect:
                - {at: 2026-10-01T09:00, record: contract/C-1, outcome: condition_false}
                - {at: 2026-10-01T09:00, record: contract/C-2, outcome: condition_false}
                - {at: 2026-10-01T09:00, record: contract/C-3, to: [wang]}
                - {at: 2026-10-31T09:00, record: contract/C-3, outcome: condition_false}
                - {at: 2026-10-01T09:00, record: contract/C-4, to: [wang]}
                - {at: 2027-10-01T09:00, record: contract/C-4, to: [wang], contains: 2027-11-30}
              nothing_else: true

            - name: stopped over two reminders, the nearest rings on return
              rules: contract-renewal
              timezone: Europe/Berlin
              language: en
              clock: 2026-09-01T08:00
              records:
                member: [{id: kim, name: Kim}]
                contract: [{id: C-1, name: Cloud, owner: kim, expires_on: 2026-11-30, status: active}]
              down: [[2026-09-30T00:00, 2026-11-02T12:00]]
              ends: 2026-11-20
              expect:
                - {at: 2026-11-02T12:00, to: [kim], late: true, title: "“Cloud”: expires 2026-11-30, 28 days left"}
                - {at: 2026-10-01T09:00, outcome: superseded}
              nothing_else: true

            """#
        ),
        (
            "B10-usage-brief",
            #"""
            # 软件使用月报。/ The monthly usage brief.
            - name: 活跃、完成率、空闲席位、到期都写在一封信里
              rules: usage-brief
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              currency: CNY
              clock: 2026-10-07T08:00
              records:
                member:
                  - {id: ma, name: 马超, role: it}
                  - {id: cai, name: 蔡琴, role: finance}
                  - {id: wang, name: 王芳, role: hr}
                  - {id: li, name: 李强}
                  - {id: sun, name: 孙丽}
                contract:
                  - {id: C-1, name: 协作平台, owner: wang, seats: 20, usage: 0.6, amount: 24000, expires_on: 2027-01-06, status: 生效}
                  - {id: C-2, name: 设计工具, owner: wang, seats: 1, amount: 500, expires_on: 2027-01-07, status: 生效}
                  - {id: C-3, name: 只有账号, owner: li, expires_on: 2026-10-08, status: 生效}
                  - {id: C-4, name: 只有用量, owner: li, usage: 0.3, expires_on: 2026-10-07, status: 生效}
                  - {id: C-5, name: 房租, owner: li, amount: 90000, expires_on: 2026-12-31, status: 生效}
                  - {id: C-6, name: 已终止, owner: li, seats: 50, usage: 0.1, expires_on: 2026-12-31, status: 已终止}
                  - {id: C-7, name: 账号都停了, owner: li, expires_on: 2026-12-31, status: 生效}
                account:
                  # 10 月 8 日往前 30 天是 9 月 8 日 / 30 days before 8 October
                  - {id: A-1, login: wang1, contract: C-1, member: wang, last_active: 2026-09-09T00:30}
                  - {id: A-2, login: li1, contract: C-1, member: li, last_active: 2026-09-08T23:00}
                  - {id: A-3, login: robot, contract: C-1, last_active: 2026-10-06T10:00}
                  - {id: A-4, login: gone, contract: C-1, member: sun, last_active: 2026-10-06T10:00, status: 已停用}
                  - {id: A-5, login: pen1, contract: C-2, member: wang, last_active: 2026-10-06T10:00}
                  - {id: A-6, login: pen2, contract: C-2, member: wang, last_active: 2026-10-06T10:00}
                  - {id: A-7, login: only, contract: C-3, member: li}
                  - {id: A-8, login: shut, contract: C-7, member: sun, last_active: 2026-10-06T10:00, status: 已停用}
                task:
                  - {id: T-1, title: 一, assignee: wang, due: 2026-09-01, status: 已完成}
                  - {id: T-2, title: 二, assignee: wang, due: 2026-09-30T23:30, status: 已完成}
                  - {id: T-3, title: 三, assignee: li, due: 2026-09-15, status: 进行中}
                  - {id: T-4, title: 八月, assignee: li, due: 2026-08-31, status: 已完成}
                  - {id: T-5, title: 十月, assignee: li, due: 2026-10-01, status: 已完成}
                  - {id: T-6, title: 不用的人, assignee: sun, due: 2026-09-15, status: 已完成}
                  - {id: T-7, title: 没有日期, assignee: li, status: 已完成}
              ends: 2026-10-31
              expect:
                - at: 2026-10-08T10:00
                  rule: usage-brief
                  to: [ma, cai]
                  via: mail
                  title: 2026-09 软件使用月报：4 个产品
                  contains:
                    - "活跃用户：4 个账号，共开通 6 个"
                    - "- 协作平台：66.7%（2 / 3）"
                    - "- 只有账号：0%（0 / 1）"
                    - "- 只有用量：没有到期的任务"
                    # 协作平台 20 − 2；设计工具有两个人在用，不算负数 / never less than none
                    - "空闲席位：18 个"
                    - "- 协作平台：活跃 2 / 开通 3，席位 20"
                    - "- 设计工具：活跃 2 / 开通 2，席位 1"
                    - "- 只有账号：活跃 0 / 开通 1，席位 未填"
                    - "- 协作平台 ██████ 60%"
                    - "**90 天内到期，请负责人决定续费还是减量**\n\n- **只有账号** · 到期日：2026-10-08 · 金额：（未填写） · 负责人：李强\n- **协作平台** · 到期日：2027-01-06 · 金额：24,000 CNY · 负责人：王芳"
              nothing_else: true

            - name: without tasks and without contracts
              rules: usage-brief
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              currency: EUR
              clock: 2026-10-30T08:00
              records:
                member: [{id: ida, name: Ida, role: it}]
                contract: [{id: C-1, name: Cloud, seats: 5, status: active}]
              events:
                - {at: 2026-11-20T10:00, record: contract/C-1, set: {status: cancelled}}
              ends: 2026-12-02
              expect:
                - at: 2026-11-02T10:00
                  to: [ida]
                  title: 2026-10 软件使用月报：1 个产品
                  contains: ["活跃用户：0 个账号", "- Cloud：没有到期的任务", "空闲席位：5 个"]
                - {at: 2026-12-01T10:00, outcome: condition_false}
              nothing_else: true

            """#
        ),
        (
            "B11-expired-contract",
            #"""
            # 到期没有续签 → 每天提醒负责人和上级，并告知管理通道。
            # Expired without renewal → owner, manager and the inbox, daily until someone handles it.
            - name: 每天两条，续费后停止
              rules: contract-expired
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-30T08:00
              records:
                member: [{id: wang, name: 王芳, manager: chen}, {id: chen, name: 陈刚}]
                contract:
                  - {id: C-1, name: 云主机, owner: wang, expires_on: 2026-10-31, status: active}
                  - {id: C-2, name: 自动续, owner: wang, expires_on: 2026-10-31, status: active, auto_renew: true}
              events:
                - {at: 2026-11-02T10:00, record: contract/C-1, set: {status: 已续费}}
              ends: 2026-11-10
              expect:
                - at: 2026-11-01T09:00
                  rule: contract-expired
                  record: contract/C-1
                  to: [wang, chen]
                  via: mail
                  title: 「云主机」到期 2026-10-31，已过 1 天
                  priority: high
                - {at: 2026-11-01T09:00, record: contract/C-1, to: [], via: inbox, priority: high}
                - {at: 2026-11-02T09:00, record: contract/C-1, to: [wang, chen], via: mail, contains: 已过 2 天}
                - {at: 2026-11-02T09:00, record: contract/C-1, to: [], via: inbox}
                - {at: 2026-11-03T09:00, record: contract/C-1, outcome: condition_false}
                - {at: 2026-11-01T09:00, record: contract/C-2, outcome: condition_false}
              nothing_else: true

            - name: after a year it is given up
              rules: contract-expired
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-30T10:00
              records:
                member: [{id: kim, name: Kim}]
                contract: [{id: C-1, name: Cloud, owner: kim, expires_on: 2025-10-31, status: active}]
              ends: 2026-11-10
              expect:
                - {at: 2026-10-31T09:00, to: [kim], via: mail, title: "“Cloud”: expires 2025-10-31, passed 365 days ago"}
                - {at: 2026-10-31T09:00, to: [], via: inbox}
              nothing_else: true

            - name: 停机几天，恢复时只补一次
              rules: contract-expired
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-30T08:00
              records:
                member: [{id: wang, name: 王芳}]
                contract: [{id: C-1, name: 云主机, owner: wang, expires_on: 2026-10-31, status: active}]
              events:
                - {at: 2026-11-05T10:00, record: contract/C-1, set: {expires_on: 2027-10-31}}
              down: [[2026-10-31T20:00, 2026-11-03T08:00]]
              ends: 2026-11-10
              expect:
                - {at: 2026-11-03T08:00, to: [wang], via: mail, late: true, contains: 已过 3 天}
                - {at: 2026-11-03T08:00, to: [], via: inbox, late: true}
                - {at: 2026-11-01T09:00, outcome: superseded}
                - {at: 2026-11-03T09:00, to: [wang], via: mail, late: false}
                - {at: 2026-11-03T09:00, to: [], via: inbox}
                - {at: 2026-11-04T09:00, to: [wang], via: mail}
                - {at: 2026-11-04T09:00, to: [], via: inbox}
                - {at: 2026-11-05T09:00, to: [wang], via: mail}
                - {at: 2026-11-05T09:00, to: [], via: inbox}
              nothing_else: true

            """#
        ),
        (
            "B12-several-versions",
            #"""
            # 同一产品版本不一致 → IT。/ Several versions of one product, to IT.
            - name: 出现第二个版本时响一次；统一后再分开才再响；不同产品、已关闭、没写版本的不算
              rules: several-versions
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: ma, name: 马超, role: it}, {id: he, name: 何静, role: hr}]
                contract:
                  - {id: C-1, name: 设计一组, product: 画境, version: "5", department: 市场部, owner: wang, status: 生效}
                  - {id: C-2, name: 设计二组, product: 画境, version: "5", department: 研发部, owner: wang, status: 生效}
                  - {id: C-3, name: 旧合同, product: 画境, version: "4", status: 已终止}
                  - {id: C-4, name: 没写版本, product: 画境, status: 生效}
                  - {id: C-5, name: 别的产品, product: 账明, version: "9", status: 生效}
                  - {id: C-6, name: 没写产品, version: "1", status: 生效}
                  - {id: C-7, name: 没写产品二, version: "1", status: 生效}
              events:
                - {at: 2026-10-13T10:00, record: contract/C-2, set: {version: "6"}}
                - {at: 2026-10-13T10:10, record: contract/C-7, set: {version: "2"}}
                - {at: 2026-10-14T10:00, record: contract/C-4, set: {version: "7"}}
                - {at: 2026-10-15T10:00, record: contract/C-4, set: {version: "6"}}
                - {at: 2026-10-16T10:00, record: contract/C-1, set: {version: "6"}}
                - {at: 2026-10-19T10:00, record: contract/C-1, set: {version: "7"}}
              ends: 2026-10-31
              expect:
                - at: 2026-10-13T10:00
                  rule: several-versions
                  to: [ma]
                  via: mail
                  title: 「画境」有 2 个版本同时在用，请统一
                  contains: [设计一组, 市场部, "版本：5", 设计二组, 研发部, "版本：6", 王芳]
                - {at: 2026-10-19T10:00, to: [ma], title: 「画境」有 2 个版本同时在用，请统一}
              nothing_else: true

            - name: a contract that comes to life, closes or is new counts
              rules: several-versions
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: ida, name: Ida, role: it}]
                contract:
                  - {id: C-1, name: Team A, product: CRM, version: "1", status: active}
                  - {id: C-2, name: Team B, product: CRM, version: "2", status: cancelled}
              events:
                - {at: 2026-10-13T10:00, record: contract/C-2, set: {status: active}}
                - {at: 2026-10-14T09:00, record: contract/C-2, set: {status: cancelled}}
                - {at: 2026-10-14T10:00, record: contract/C-3, create: {name: Team C, product: CRM, version: "3", status: active}}
              ends: 2026-10-31
              expect:
                - {at: 2026-10-13T10:00, to: [ida], contains: [Team A, Team B]}
                - {at: 2026-10-14T10:00, to: [ida], contains: [Team A, Team C]}
              nothing_else: true

            """#
        ),
        (
            "B13-bought-twice",
            #"""
            # 同一产品两份有效合同 → 财务和 IT。/ Two live contracts for one product, to finance and IT.
            - name: 买第二份时响一次；合并后再多买才再响；已关闭的、没写产品的不算
              rules: bought-twice
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member:
                  - {id: wang, name: 王芳}
                  - {id: ma, name: 马超, role: it}
                  - {id: cai, name: 蔡琴, role: finance}
                  - {id: he, name: 何静, role: hr}
                contract:
                  - {id: C-1, name: 画境一期, product: 画境, vendor: 画境软件, department: 市场部, owner: wang, seats: 10, amount: 9000, expires_on: 2027-03-31, status: 生效}
                  - {id: C-2, name: 画境旧, product: 画境, status: 已终止}
                  - {id: C-3, name: 账明, product: 账明, status: 生效}
                  - {id: C-4, name: 没写产品, status: 生效}
                  - {id: C-5, name: 没写产品二, status: 生效}
              events:
                - {at: 2026-10-13T10:00, record: contract/C-6, create: {name: 画境二期, product: 画境, owner: wang, status: 生效}}
                - {at: 2026-10-14T10:00, record: contract/C-7, create: {name: 画境三期, product: 画境, status: 生效}}
                - {at: 2026-10-15T10:00, record: contract/C-7, set: {status: 已取消}}
                - {at: 2026-10-16T10:00, record: contract/C-6, set: {status: 已终止}}
                - {at: 2026-10-19T10:00, record: contract/C-6, set: {status: 生效}}
              ends: 2026-10-31
              expect:
                - at: 2026-10-13T10:00
                  rule: bought-twice
                  to: [cai, ma]
                  via: mail
                  title: 「画境」有 2 份有效合同，请核对是否重复购买
                  contains: [画境一期, 画境软件, 市场部, 王芳, "席位：10", "9,000", 2027-03-31, 画境二期]
                - {at: 2026-10-19T10:00, to: [cai, ma], title: 「画境」有 2 份有效合同，请核对是否重复购买}
              nothing_else: true

            - name: a product's name that is corrected counts
              rules: bought-twice
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: ida, name: Ida, role: it}, {id: max, name: Max, role: finance}]
                contract: [{id: C-1, name: A, product: CRM}, {id: C-2, name: B, product: EPR}, {id: C-3, name: C, product: ERP}]
              events:
                - {at: 2026-10-13T10:00, record: contract/C-2, set: {product: ERP}}
              ends: 2026-10-31
              expect:
                - {at: 2026-10-13T10:00, to: [max, ida], title: 「ERP」有 2 份有效合同，请核对是否重复购买}
              nothing_else: true

            """#
        ),
        (
            "B14-necessity-report",
            #"""
            # 5 万以上的续费：任务、评审邀请、有文件才审批。/ Renewals above 50,000: task, invitation, approval once there is a document.
            - name: 到期前 60 天建任务、发邀请；没有文件不审批，填上就审批
              rules: [necessity-report, renewal-approval]
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              currency: CNY
              clock: 2026-09-01T08:00
              records:
                member:
                  - {id: wang, name: 王芳, email: wang@example.com, department_head: zhao}
                  - {id: zhao, name: 赵敏, email: zhao@example.com, manager: chen}
                  - {id: chen, name: 陈刚, email: chen@example.com}
                  - {id: zong, name: 宗明, email: zong@example.com, role: finance-director}
                contract:
                  - {id: C-1, name: 云主机, owner: wang, amount: 80000, last_amount: 70000, usage: 0.8, seats: 20, expires_on: 2026-11-30, status: 生效}
                  - {id: C-2, name: 刚好五万, owner: wang, amount: 50000, document: https://example.com/2, expires_on: 2026-11-30, status: 生效}
                  - {id: C-4, name: 多一元, owner: wang, amount: 50001, expires_on: 2026-11-30, status: 生效}
                  - {id: C-3, name: 不续了, owner: wang, amount: 80000, document: https://example.com/3, expires_on: 2026-11-30, status: 不续签}
              events:
                - {at: 2026-10-20T10:00, record: contract/C-1, by: wang, set: {document: https://example.com/report}}
                - {at: 2026-10-20T11:00, record: contract/C-2, by: wang, set: {document: https://example.com/2b}}
                - {at: 2026-10-20T15:00, decide: contract/C-1, by: zhao, choice: approve, comment: 用得好}
                - {at: 2026-10-21T10:00, record: contract/C-1, by: wang, set: {document: https://example.com/report-2}}
                - {at: 2026-10-21T15:00, decide: contract/C-1, by: zong, choice: approve, comment: 预算内}
              ends: 2026-12-05
              expect:
                # 60 天前是 10 月 1 日；国庆放假，8 个工作日后 10 月 16 日，10 个工作日后 10 月 20 日 / 8 and 10 working days on, after the holidays
                - at: 2026-10-01T09:00
                  rule: necessity-report
                  record: contract/C-1
                  to: [wang, zhao, zong]
                  via: mail
                  title: 会议邀请：续费评审：「云主机」（80,000 CNY）
                - {at: 2026-10-01T09:00, rule: necessity-report, record: contract/C-4, to: [wang, zhao, zong]}
                - {at: 2026-10-01T09:00, rule: necessity-report, record: contract/C-2, outcome: condition_false}
                - {at: 2026-10-01T09:00, rule: necessity-report, record: contract/C-3, outcome: condition_false}
                - {at: 2026-10-01T09:00, rule: renewal-approval, record: contract/C-1, outcome: condition_false}
                - at: 2026-10-20T10:00
                  rule: renewal-approval
                  record: contract/C-1
                  to: [zhao]
                  via: mail
                  contains: ["「云主机」2026-11-30 到期，请审批续费 80,000 CNY（上期 70,000 CNY）", "https://example.com/report", "席位：20", "申请人：王芳"]
                - {at: 2026-10-20T15:00, rule: renewal-approval, record: contract/C-1, to: [zong]}
                - {at: 2026-10-21T10:00, rule: renewal-approval, record: contract/C-1, outcome: skipped}
                - at: 2026-10-21T15:00
                  rule: renewal-approval
                  record: contract/C-1
                  to: [wang]
                  via: mail
                  title: 「云主机」续费已批准，请在 2026-11-30 前办理
                  contains: [宗明已批准, 预算内, 已续费]
              nothing_else: true
              at_end:
                contract: [{id: C-1, status: 已批准}, {id: C-2, status: 生效}]
                task: [{title: 必要性报告：云主机, assignee: wang, due: 2026-10-16, status: 待办}]

            - name: with the document there it is asked at once; refusal, silence, and what was approved before
              rules: renewal-approval
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              currency: EUR
              clock: 2026-10-12T08:00
              records:
                member:
                  - {id: kim, name: Kim, department_head: lee}
                  - {id: lee, name: Lee, manager: max}
                  - {id: max, name: Max}
                  - {id: ann, name: Ann, manager: max}
                  - {id: dan, name: Dan, role: finance-director}
                contract:
                  - {id: C-1, name: Cloud, owner: kim, amount: 50001, document: https://example.com/1, expires_on: 2026-12-14, status: active}
                  - {id: C-2, name: Mail, owner: ann, amount: 60000, document: https://example.com/2, expires_on: 2026-12-14, status: active}
                  - {id: C-3, name: Chat, owner: kim, amount: 60000, document: https://example.com/3, expires_on: 2026-12-14, status: approved}
                  - {id: C-4, name: Wiki, owner: kim, amount: 60000, expires_on: 2026-12-16, status: active}
                  - {id: C-5, name: Past, owner: kim, amount: 60000, expires_on: 2026-10-14, status: active}
                  - {id: C-6, name: Today, owner: kim, amount: 60000, expires_on: 2026-10-16, status: active}
              events:
                - {at: 2026-10-16T10:00, decide: contract/C-1, by: lee, choice: reject, comment: look for another}
                # 61 days, two days late, and on the last day
                - {at: 2026-10-16T10:10, record: contract/C-4, set: {document: https://example.com/4}}
                - {at: 2026-10-16T10:20, record: contract/C-5, set: {document: https://example.com/5}}
                - {at: 2026-10-16T10:30, record: contract/C-6, set: {document: https://example.com/6}}
                - {at: 2026-10-16T10:40, decide: contract/C-6, by: lee, choice: approve}
                - {at: 2026-10-16T10:50, decide: contract/C-6, by: dan, choice: approve}
                - {at: 2026-10-16T11:00, decide: contract/C-2, by: max, choice: approve}
                - {at: 2026-10-19T11:00, decide: contract/C-2, by: dan, choice: approve}
                # 60 days after it was asked it may be asked again
                - {at: 2026-12-13T09:30, record: contract/C-1, set: {document: https://example.com/1b}}
                - {at: 2026-12-14T09:30, record: contract/C-1, set: {document: https://example.com/1c}}
              ends: 2026-12-14
              expect:
                - {at: 2026-10-15T09:00, record: contract/C-1, to: [lee], via: mail}
                - {at: 2026-10-15T09:00, record: contract/C-2, to: [max], via: mail}
                - {at: 2026-10-15T09:00, record: contract/C-3, outcome: condition_false}
                - {at: 2026-10-16T10:00, record: contract/C-1, to: [kim], via: mail, title: 「Cloud」续费没有批准, contains: [Lee没有批准, look for another]}
                - {at: 2026-10-16T10:10, record: contract/C-4, outcome: condition_false}
                - {at: 2026-10-16T10:20, record: contract/C-5, outcome: condition_false}
                - {at: 2026-10-16T10:30, record: contract/C-6, to: [lee]}
                - {at: 2026-10-16T10:40, record: contract/C-6, to: [dan]}
                - {at: 2026-10-16T10:50, record: contract/C-6, to: [kim], title: 「Today」续费已批准，请在 2026-10-16 前办理}
                - {at: 2026-10-16T11:00, record: contract/C-2, to: [dan]}
                - {at: 2026-10-17T09:00, record: contract/C-4, outcome: fired}
                - {at: 2026-10-17T09:00, record: contract/C-4, to: [lee]}
                - {at: 2026-10-19T11:00, record: contract/C-2, to: [ann], title: 「Mail」续费已批准，请在 2026-12-14 前办理}
                # nobody answers about the wiki: three working days after Saturday the 17th
                - {at: 2026-10-21T09:00, record: contract/C-4, to: [max], via: mail}
                - {at: 2026-12-13T09:30, record: contract/C-1, outcome: skipped}
                - {at: 2026-12-14T09:30, record: contract/C-1, to: [lee]}
              nothing_else: true
              at_end:
                contract: [{id: C-1, status: active}, {id: C-2, status: approved}, {id: C-6, status: approved}]

            """#
        ),
        (
            "B15-price-jump",
            #"""
            # 涨价超过 10% 告诉财务。/ A price over 10 % above the last term's, to finance.
            - name: 超过 10% 响，刚好 10%、第一期、已关闭的不响；降回来再涨会再响
              rules: price-jump
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: cai, name: 蔡琴, role: finance}, {id: sun, name: 孙丽, role: hr}]
                contract:
                  - {id: C-1, name: 云主机, vendor: 云途科技, owner: wang, last_amount: 10000, amount: 10000, expires_on: 2026-11-30, status: 生效}
                  - {id: C-2, name: 邮箱, owner: wang, last_amount: 10000, amount: 10000, status: 生效}
                  - {id: C-3, name: 第一期, owner: wang, amount: 10000, status: 生效}
                  - {id: C-4, name: 已关闭, owner: wang, last_amount: 10000, amount: 10000, status: 已终止}
                  - {id: C-6, name: 便宜的, owner: wang, last_amount: 1, amount: 1, status: 生效}
                  - {id: C-5, name: 赠送, owner: wang, last_amount: 0, amount: 0, status: 生效}
              events:
                - {at: 2026-10-13T10:00, record: contract/C-1, set: {amount: 12550}}
                - {at: 2026-10-13T10:00, record: contract/C-2, set: {amount: 11000}}
                - {at: 2026-10-13T10:00, record: contract/C-3, set: {amount: 20000}}
                - {at: 2026-10-13T10:00, record: contract/C-4, set: {amount: 20000}}
                - {at: 2026-10-13T10:00, record: contract/C-5, set: {amount: 20000}}
                - {at: 2026-10-13T11:00, record: contract/C-6, set: {amount: 2}}
                - {at: 2026-10-14T10:00, record: contract/C-1, set: {amount: 13000}}
                - {at: 2026-10-15T10:00, record: contract/C-1, set: {amount: 10500}}
                - {at: 2026-10-16T10:00, record: contract/C-1, set: {amount: 12000}}
                - {at: 2026-10-16T11:00, record: contract/C-2, set: {amount: 11000.01}}
              ends: 2026-10-31
              expect:
                - at: 2026-10-13T10:00
                  rule: price-jump
                  record: contract/C-1
                  to: [cai]
                  via: mail
                  title: 「云主机」比上期涨价 25.5%
                  contains: ["云途科技", "12,550", "上期 10,000 CNY，涨幅超过 10%。", 请在付款前向负责人王芳核实, 2026-11-30]
                - {at: 2026-10-13T11:00, record: contract/C-6, to: [cai], title: 「便宜的」比上期涨价 100%}
                - {at: 2026-10-16T10:00, record: contract/C-1, to: [cai], title: 「云主机」比上期涨价 20%}
                - {at: 2026-10-16T11:00, record: contract/C-2, to: [cai]}
              nothing_else: true

            - name: told when the renewal is written into the ledger, once
              rules: price-jump
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              currency: EUR
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: max, name: Max, role: finance}]
                contract: [{id: C-1, name: Cloud, owner: kim, last_amount: 950, amount: 900, expires_on: 2026-11-30, status: active}]
              events:
                - {at: 2026-10-13T10:00, record: contract/C-1, set: {status: renewed, amount: 1000}}
                # what B3 then writes / B3 随后记入
                - {at: 2026-10-13T10:01, record: contract/C-1, by: rule renewal-done, set: {status: active, last_amount: 900, expires_on: 2027-11-30}}
              ends: 2026-10-31
              expect:
                - {at: 2026-10-13T10:01, rule: price-jump, to: [max], title: 「Cloud」比上期涨价 11.1%, contains: EUR}
              nothing_else: true

            """#
        ),
        (
            "B16-renewals-on-time",
            #"""
            # 按时续费率月报。/ Renewals on time, monthly.
            - name: 上月到期的，按时、迟了、没续各算各的；分部门、有走势
              rules: renewals-on-time
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-11-01T08:00
              records:
                member: [{id: zong, name: 宗明, role: finance-director}, {id: cai, name: 蔡琴, role: finance}, {id: wang, name: 王芳}]
                contract:
                  # 上一期 10 月 31 日结束，当天续的：按时 / ended on 31 October, renewed that day: on time
                  - {id: C-1, name: 云主机, department: 研发部, owner: wang, starts_on: 2026-11-01, renewed_on: 2026-10-31, expires_on: 2027-10-31, status: 生效}
                  # 10 月 1 日结束，第二天才续 / ended on 1 October, renewed a day late
                  - {id: C-2, name: 邮箱, department: 研发部, owner: wang, starts_on: 2026-10-02, renewed_on: 2026-10-02, expires_on: 2027-10-01, status: 生效}
                  # 到期没有续 / expired, not renewed
                  - {id: C-3, name: 网盘, department: 市场部, owner: wang, starts_on: 2025-10-21, renewed_on: 2025-10-01, expires_on: 2026-10-20, status: 生效}
                  - {id: C-4, name: 写了已过期, owner: wang, expires_on: 2026-10-20, status: 已过期}
                  # 不算：主动不续、自动续费、新买的、下月才到期、这个月到期 / not counted
                  - {id: C-5, name: 不续了, department: 市场部, expires_on: 2026-10-20, status: 不续签}
                  - {id: C-6, name: 自动续, department: 市场部, expires_on: 2026-10-20, auto_renew: true, status: 生效}
                  - {id: C-7, name: 新买的, department: 市场部, starts_on: 2026-10-10, expires_on: 2027-10-09, status: 生效}
                  - {id: C-8, name: 刚过期, department: 市场部, expires_on: 2026-11-01, status: 生效}
                  - {id: C-9, name: 提前续的, department: 市场部, starts_on: 2027-01-01, renewed_on: 2026-10-01, expires_on: 2027-12-31, status: 生效}
                  # 走势：5 月一份按时一份没按时，8 月一份按时；4 月在六个月之外 / the trend; April is outside the six months
                  - {id: C-10, name: 五月一, department: 研发部, starts_on: 2026-05-02, renewed_on: 2026-04-02, expires_on: 2027-05-01, status: 生效}
                  - {id: C-11, name: 五月二, department: 研发部, expires_on: 2026-05-31, status: 生效}
                  - {id: C-12, name: 八月, department: 研发部, starts_on: 2026-09-01, renewed_on: 2026-08-31, expires_on: 2027-08-31, status: 生效}
                  - {id: C-13, name: 四月, department: 研发部, starts_on: 2026-05-01, renewed_on: 2026-04-02, expires_on: 2027-04-30, status: 生效}
              ends: 2026-11-30
              expect:
                # 11 月 2 日是第一个工作日 / the first working day
                - at: 2026-11-02T10:00
                  rule: renewals-on-time
                  to: [zong]
                  via: mail
                  title: 2026-10 按时续费率 25%，目标 99.5%
                  contains:
                    - "2026-10 有 4 份合同到期，按时续费 1 份，目标 99.5%。"
                    - "- 研发部：1 / 2（50%）"
                    - "- 市场部：0 / 1（0%）"
                    - "- 未填部门：0 / 1（0%）"
                    - "**走势（%）**\n\n- 2026-05 █████ 50\n- 2026-08 ██████████ 100\n- 2026-10"
                    - "**没有按时的，请负责人说明原因；还没续的请马上办理**\n\n- **写了已过期**"
                    - 网盘
                    - 邮箱
              nothing_else: true

            - name: the goal is reached; a month in which nothing ended has no report
              rules: renewals-on-time
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-30T08:00
              records:
                member: [{id: dan, name: Dan, role: finance-director}]
                contract:
                  - {id: C-1, name: Cloud, department: IT, starts_on: 2026-10-02, renewed_on: 2026-10-01, expires_on: 2027-10-01, status: active}
                  - {id: C-3, name: Old, department: IT, expires_on: 2026-09-10, status: Expired}
                  - {id: C-4, name: Older, department: IT, expires_on: 2026-08-10, status: expired}
                  - {id: C-5, name: Oldest, department: IT, expires_on: 2026-07-10, status: 已到期}
                  - {id: C-2, name: Mail, department: IT, starts_on: 2026-10-02, renewed_on: 2026-09-01, expires_on: 2027-10-01, status: active}
              ends: 2026-12-02
              expect:
                - at: 2026-11-02T10:00
                  to: [dan]
                  title: 2026-10 按时续费率 100%，目标 99.5%
                  contains: ["按时续费 2 份", "- IT：2 / 2（100%）", "- 2026-07 0\n- 2026-08 0\n- 2026-09 0\n- 2026-10 ██████████ 100"]
                - {at: 2026-12-01T10:00, outcome: condition_false}
              nothing_else: true

            """#
        ),
        (
            "B2-approval-by-amount",
            #"""
            # 按金额审批：谁来批、批了、驳回、没人答复。/ Approval by amount: who is asked, consent, refusal, silence.
            - name: 5 万以下部门负责人批；5 万及以上、没填金额的，财务总监再批
              rules: approval-by-amount
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              currency: CNY
              clock: 2026-10-12T08:00
              records:
                member:
                  - {id: wang, name: 王芳, department_head: zhao, manager: zhang}
                  - {id: li, name: 李强, manager: zhang}
                  - {id: zhao, name: 赵敏, manager: chen}
                  - {id: zhang, name: 张伟}
                  - {id: chen, name: 陈刚}
                  - {id: zong, name: 宗明, role: finance-director}
                contract:
                  - {id: C-1, name: 云主机, vendor: 云途科技, owner: wang, amount: 49999, last_amount: 40000, seats: 20, expires_on: 2026-12-31, document: https://example.com/1, status: 生效}
                  - {id: C-2, name: 协作平台, owner: wang, amount: 50000, status: 生效}
                  - {id: C-3, name: 没填金额, owner: wang, status: 生效}
                  - {id: C-4, name: 没有部门负责人, owner: li, amount: 100, status: 生效}
              events:
                - {at: 2026-10-12T10:00, record: contract/C-1, by: wang, set: {status: 待审批}}
                - {at: 2026-10-12T14:00, decide: contract/C-1, by: zhao, choice: approve, comment: 价格合理}
                - {at: 2026-10-13T10:00, record: contract/C-2, by: wang, set: {status: 待审批}}
                - {at: 2026-10-13T14:00, decide: contract/C-2, by: zhao, choice: approve}
                - {at: 2026-10-13T15:00, decide: contract/C-2, by: zong, choice: approve, comment: 预算内}
                - {at: 2026-10-14T10:00, record: contract/C-3, by: wang, set: {status: 待审批}}
                - {at: 2026-10-14T11:00, decide: contract/C-3, by: zhao, choice: approve}
                - {at: 2026-10-14T12:00, decide: contract/C-3, by: zong, choice: reject, comment: 先填金额}
                - {at: 2026-10-15T10:00, record: contract/C-4, by: li, set: {status: 待审批}}
                - {at: 2026-10-15T11:00, decide: contract/C-4, by: zhang, choice: approve}
              ends: 2026-10-31
              expect:
                - at: 2026-10-12T10:00
                  rule: approval-by-amount
                  record: contract/C-1
                  to: [zhao]
                  via: mail
                  contains: [请审批「云主机」：49, 999 CNY, 云途科技, "席位：20", "40,000", 2026-12-31, "申请人：王芳", "https://example.com/1"]
                - at: 2026-10-12T14:00
                  record: contract/C-1
                  to: [wang]
                  via: mail
                  title: 「云主机」已批准，请办理
                  contains: [赵敏批准, 价格合理, 请办理签约付款]
                - {at: 2026-10-13T10:00, record: contract/C-2, to: [zhao], contains: "50,000"}
                - {at: 2026-10-13T14:00, record: contract/C-2, to: [zong], contains: 请审批「协作平台」}
                - {at: 2026-10-13T15:00, record: contract/C-2, to: [wang], title: 「协作平台」已批准，请办理, contains: [宗明批准, 预算内]}
                - {at: 2026-10-14T10:00, record: contract/C-3, to: [zhao], contains: （未填写）}
                - {at: 2026-10-14T11:00, record: contract/C-3, to: [zong]}
                - {at: 2026-10-14T12:00, record: contract/C-3, to: [wang], via: mail, title: 「没填金额」审批没有通过, contains: [宗明驳回, 先填金额, 改回“待审批”]}
                - {at: 2026-10-15T10:00, record: contract/C-4, to: [zhang]}
                - {at: 2026-10-15T11:00, record: contract/C-4, to: [li], title: 「没有部门负责人」已批准，请办理}
              nothing_else: true
              at_end:
                contract:
                  - {id: C-1, status: 已批准}
                  - {id: C-2, status: 已批准}
                  - {id: C-3, status: 审批未通过}
                  - {id: C-4, status: 已批准}
                approval:
                  - {subject: contract/C-1, approver: zhao, decision: approve, comment: 价格合理}
                  - {subject: contract/C-3, approver: zong, decision: reject, comment: 先填金额}

            - name: a refusal ends it, silence goes up after three working days, what is withdrawn is not asked about again
              rules: approval-by-amount
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              currency: EUR
              clock: 2026-10-12T08:00
              records:
                member:
                  - {id: kim, name: Kim, department_head: lee}
                  - {id: lee, name: Lee, manager: max}
                  - {id: max, name: Max}
                  - {id: dan, name: Dan, role: finance-director}
                contract:
                  - {id: C-1, name: Cloud, owner: kim, amount: 90000, status: active}
                  - {id: C-2, name: Mail, owner: kim, amount: 90, status: active}
                  - {id: C-3, name: Chat, owner: kim, amount: 90, status: active}
                  - {id: C-4, name: Wiki, owner: kim, amount: 90, status: active}
              events:
                - {at: 2026-10-15T10:00, record: contract/C-1, by: kim, set: {status: Pending approval}}
                - {at: 2026-10-15T11:00, decide: contract/C-1, by: lee, choice: reject, comment: too dear}
                - {at: 2026-10-15T12:00, record: contract/C-2, by: kim, set: {status: pending approval}}
                - {at: 2026-10-15T13:00, record: contract/C-3, by: kim, set: {status: pending approval}}
                - {at: 2026-10-16T13:00, record: contract/C-3, by: kim, set: {status: draft}}
                - {at: 2026-10-15T14:00, record: contract/C-4, by: kim, set: {status: renewing}}
                - {at: 2026-10-15T15:00, record: contract/C-5, by: kim, create: {name: New, owner: kim, amount: 90, status: pending approval}}
                - {at: 2026-10-15T16:00, decide: contract/C-5, by: lee, choice: approve}
                - {at: 2026-10-21T10:00, decide: contract/C-2, by: lee, choice: approve}
              ends: 2026-10-31
              expect:
                - {at: 2026-10-15T10:00, record: contract/C-1, to: [lee], via: mail}
                - {at: 2026-10-15T11:00, record: contract/C-1, to: [kim], title: 「Cloud」审批没有通过, contains: [Lee驳回, too dear]}
                - {at: 2026-10-15T12:00, record: contract/C-2, to: [lee]}
                - {at: 2026-10-15T13:00, record: contract/C-3, to: [lee]}
                - {at: 2026-10-15T15:00, record: contract/C-5, to: [lee]}
                - {at: 2026-10-15T16:00, record: contract/C-5, to: [kim], title: 「New」已批准，请办理}
                # Thursday and three working days: Tuesday
                - {at: 2026-10-20T12:00, record: contract/C-2, to: [max], via: mail, contains: Mail}
                - {at: 2026-10-21T10:00, record: contract/C-2, to: [kim], title: 「Mail」已批准，请办理}
              nothing_else: true
              at_end:
                contract:
                  - {id: C-1, status: not approved}
                  - {id: C-2, status: approved}
                  - {id: C-3, status: draft}
                  - {id: C-5, status: approved}

            """#
        ),
        (
            "B3-renewal-done",
            #"""
            # 续费办完：台账更新，使用者和负责人得到通知。
            # A renewal done: the ledger is brought up to date, users and owner are told.
            - name: 没有改到期日就往后推一年；旧金额记到上期
              rules: [renewal-done, renewal-told]
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: li, name: 李强}, {id: sun, name: 孙丽}, {id: zhou, name: 周杰}]
                contract:
                  - {id: C-1, name: 云主机, owner: wang, amount: 10000, seats: 20, starts_on: 2025-12-01, expires_on: 2026-11-30, status: 生效}
                account:
                  - {id: A-1, login: li, contract: C-1, member: li, status: 启用}
                  - {id: A-2, login: sun, contract: C-1, member: sun}
                  - {id: A-3, login: zhou, contract: C-1, member: zhou, status: 已停用}
                  - {id: A-4, login: robot, contract: C-1, status: 启用}
              events:
                - {at: 2026-10-20T10:00, record: contract/C-1, by: wang, set: {status: 已续费, amount: 12000, seats: 25}}
                # 30 天内再改一次状态，不会再推一年 / within 30 days it does not move on again
                - {at: 2026-10-25T10:00, record: contract/C-1, by: wang, set: {status: 已续费}}
              ends: 2026-11-10
              expect:
                - at: 2026-10-20T10:00
                  rule: renewal-told
                  record: contract/C-1
                  to: [li, sun]
                  via: mail
                  title: 「云主机」已续费，可以用到 2027-11-30
                  contains: [服务不中断, 您不需要做任何事, 王芳]
                - at: 2026-10-20T10:00
                  rule: renewal-told
                  record: contract/C-1
                  to: [wang]
                  via: mail
                  title: 「云主机」续费已入账，请核对台账
                  contains: ["新到期日：2027-11-30", "12,000", "上期 10,000", "席位：25", "续费日期：2026-10-20", 3 个账号]
                - {at: 2026-10-25T10:00, rule: renewal-done, outcome: skipped}
              nothing_else: true
              at_end:
                contract:
                  - {id: C-1, starts_on: 2026-12-01, expires_on: 2027-11-30, renewed_on: 2026-10-20, amount: 12000, last_amount: 10000, seats: 25}

            - name: the words come back in the language they were written in, and a new expiry that was given is kept
              rules: [renewal-done, renewal-told]
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-12T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
                contract:
                  - {id: C-1, name: Cloud, owner: kim, amount: 900, last_amount: 800, starts_on: 2024-12-01, expires_on: 2026-11-30, status: active}
                  # far away: somebody moved the date before
                  - {id: C-2, name: Mail, owner: kim, starts_on: 2026-06-01, expires_on: 2027-04-12, status: active}
                  - {id: C-3, name: Chat, owner: kim, expires_on: 2027-04-11, status: active}
                  - {id: C-4, name: Wiki, owner: kim, status: active}
                account: [{id: A-1, login: lee, contract: C-1, member: lee}]
              events:
                - {at: 2026-10-13T10:00, record: contract/C-1, set: {status: renewed, expires_on: 2028-11-30}}
                - {at: 2026-10-13T11:00, record: contract/C-2, set: {status: Renewed}}
                - {at: 2026-10-13T12:00, record: contract/C-3, set: {status: 已续签}}
                - {at: 2026-10-13T13:00, record: contract/C-4, set: {status: 已续约}}
              ends: 2026-11-20
              expect:
                - {at: 2026-10-13T10:00, record: contract/C-1, to: [lee], contains: 2028-11-30}
                - {at: 2026-10-13T10:00, record: contract/C-1, to: [kim], contains: "上期 900"}
                - {at: 2026-10-13T11:00, record: contract/C-2, to: [kim], contains: 2027-04-12}
                - {at: 2026-10-13T12:00, record: contract/C-3, to: [kim], contains: 2028-04-11}
                - {at: 2026-10-13T13:00, rule: renewal-told, record: contract/C-4, outcome: condition_false, reason: contract.expires_on is empty}
              nothing_else: true
              at_end:
                contract:
                  - {id: C-1, starts_on: 2026-12-01, expires_on: 2028-11-30, renewed_on: 2026-10-13, last_amount: 900, status: active}
                  - {id: C-2, starts_on: 2026-06-01, expires_on: 2027-04-12, status: active}
                  - {id: C-3, starts_on: 2027-04-12, expires_on: 2028-04-11, status: 生效}
                  - {id: C-4, renewed_on: 2026-10-13, status: 生效}

            - name: 续费日期改成空、或已经过期的，不打扰使用者；更正日期 30 天内不再通知
              rules: renewal-told
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: wang, name: 王芳}]
                contract:
                  - {id: C-1, name: 云主机, owner: wang, expires_on: 2027-11-30, renewed_on: 2025-11-01}
                  - {id: C-2, name: 邮箱, owner: wang, expires_on: 2026-10-12}
                  - {id: C-3, name: 网盘, owner: wang, expires_on: 2026-10-13}
                # 停用的账号、没有人的账号，没有谁要通知 / nobody to be told
                account: [{id: A-1, login: old, contract: C-3, member: wang, status: 已停用}, {id: A-2, login: robot, contract: C-3}]
              events:
                - {at: 2026-10-13T10:00, record: contract/C-1, set: {renewed_on: null}}
                - {at: 2026-10-13T10:10, record: contract/C-2, set: {renewed_on: 2026-10-13}}
                - {at: 2026-10-13T10:20, record: contract/C-3, set: {renewed_on: 2026-10-13}}
                - {at: 2026-11-12T10:10, record: contract/C-3, set: {renewed_on: 2026-10-12, expires_on: 2027-10-13}}
                - {at: 2026-11-12T10:30, record: contract/C-3, set: {renewed_on: 2026-10-11}}
              ends: 2026-12-01
              expect:
                - {at: 2026-10-13T10:00, record: contract/C-1, outcome: condition_false}
                - {at: 2026-10-13T10:10, record: contract/C-2, outcome: condition_false}
                - {at: 2026-10-13T10:20, record: contract/C-3, to: [wang]}
                - {at: 2026-11-12T10:10, record: contract/C-3, outcome: skipped}
                - {at: 2026-11-12T10:30, record: contract/C-3, to: [wang]}
              nothing_else: true

            - name: 满 30 天以后才算下一次续费
              rules: renewal-done
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                contract: [{id: C-1, name: 月租, expires_on: 2026-10-31, status: 生效}, {id: C-2, name: 月租二, expires_on: 2026-10-31, status: 生效}]
              events:
                - {at: 2026-10-20T10:00, record: contract/C-1, set: {status: 已续费, expires_on: 2026-11-30}}
                - {at: 2026-10-20T10:00, record: contract/C-2, set: {status: 已续费, expires_on: 2026-11-30}}
                - {at: 2026-11-19T09:59, record: contract/C-1, set: {status: 已续费, expires_on: 2026-12-31}}
                - {at: 2026-11-19T10:01, record: contract/C-2, set: {status: 已续费, expires_on: 2026-12-31}}
              ends: 2026-11-20
              expect:
                - {at: 2026-11-19T09:59, record: contract/C-1, outcome: skipped}
                - {at: 2026-11-19T10:01, record: contract/C-2, outcome: fired}
              nothing_else: true
              at_end:
                contract:
                  - {id: C-1, starts_on: 2026-11-01, renewed_on: 2026-10-20, status: 已续费}
                  - {id: C-2, starts_on: 2026-12-01, renewed_on: 2026-11-19, status: 生效}

            """#
        ),
        (
            "B4-cancel-in-time",
            #"""
            # 自动续费的合同，最后可取消日前 14 天提醒负责人。
            # Contracts that renew themselves: 14 days before the last day to cancel, to the owner.
            - name: 到期日减通知期，再提前 14 天
              rules: cancel-in-time
              timezone: Asia/Shanghai
              language: zh
              clock: 2026-10-01T08:00
              records:
                member: [{id: wang, name: 王芳, manager: chen}, {id: chen, name: 陈刚}]
                contract:
                  - {id: C-1, name: 云主机, owner: wang, expires_on: 2026-12-31, notice_period: 30 天, auto_renew: true, status: active}
                  - {id: C-2, name: 邮箱, owner: wang, expires_on: 2026-12-31, notice_period: 1 个月, auto_renew: true, status: active}
                  - {id: C-3, name: 不自动续, owner: wang, expires_on: 2026-12-31, notice_period: 30 天, status: active}
                  - {id: C-4, name: 已取消, owner: wang, expires_on: 2026-12-31, notice_period: 30 天, auto_renew: true, status: 已取消}
                  - {id: C-5, name: 没有通知期, owner: wang, expires_on: 2026-12-31, auto_renew: true, status: active}
              ends: 2027-01-31
              expect:
                - at: 2026-11-17T09:00
                  rule: cancel-in-time
                  record: contract/C-1
                  to: [wang]
                  via: mail
                  late: false
                  title: 「云主机」最后可取消日 2026-12-01，还有 14 天
                  priority: high
                # 12 月 31 日往前一个月是 11 月 30 日 / a month before 31 December is 30 November
                - {at: 2026-11-16T09:00, record: contract/C-2, to: [wang], contains: 2026-11-30}
                - {at: 2026-11-17T09:00, record: contract/C-3, outcome: condition_false}
                - {at: 2026-11-17T09:00, record: contract/C-4, outcome: condition_false}
              nothing_else: true

            - name: a longer notice period comes earlier, and being stopped does not lose it
              rules: cancel-in-time
              timezone: Europe/Berlin
              language: en
              clock: 2026-10-01T08:00
              records:
                member: [{id: kim, name: Kim}]
                contract: [{id: C-1, name: Cloud, owner: kim, expires_on: 2026-12-31, notice_period: 30 days, auto_renew: true}]
              events:
                - {at: 2026-10-10T10:00, record: contract/C-1, set: {notice_period: 45 days}}
              down: [[2026-11-01T20:00, 2026-11-03T08:00]]
              expect:
                - at: 2026-11-03T08:00
                  to: [kim]
                  late: true
                  title: "“Cloud”: last day to cancel 2026-11-16, 13 days left"
              nothing_else: true

            """#
        ),
        (
            "B5-low-usage",
            #"""
            # 连续三个月低于 30% 才响；数据中断会说明，并重新计算。
            # Three months below 30 % in a row; a gap in the figures is told, and starts the count anew.
            - name: 满三个月响一次，回升再跌才会再响；刚好 30%、已关闭的不响
              rules: usage-low
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-01-01T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: cai, name: 蔡琴, role: finance}, {id: sun, name: 孙丽, role: hr}]
                contract:
                  - {id: C-1, name: 云主机, owner: wang, seats: 18, amount: 36000, expires_on: 2027-03-31, status: 生效, usage: 0.5}
                  - {id: C-2, name: 邮箱, owner: wang, seats: 18, status: 生效, usage: 0.5}
                  - {id: C-3, name: 旧系统, owner: wang, status: 已终止, usage: 0.5}
                  - {id: C-4, name: 网盘, owner: wang, status: 生效, usage: 0.5}
              events:
                - {at: 2026-01-05T10:00, record: contract/C-1, set: {usage: 0.25}}
                - {at: 2026-01-05T10:00, record: contract/C-2, set: {usage: 0.3}}
                - {at: 2026-01-05T10:00, record: contract/C-3, set: {usage: 0.1}}
                - {at: 2026-01-05T10:00, record: contract/C-4, set: {usage: 0.29}}
                - {at: 2026-02-05T10:00, record: contract/C-1, set: {usage: 0.2}}
                - {at: 2026-02-05T10:00, record: contract/C-2, set: {usage: 0.3}}
                - {at: 2026-02-05T10:00, record: contract/C-3, set: {usage: 0.1}}
                # 二月用得多，三个月从三月重新算起 / February was busy: it counts anew from March
                - {at: 2026-02-05T10:00, record: contract/C-4, set: {usage: 0.4}}
                - {at: 2026-03-05T10:00, record: contract/C-1, set: {usage: 0.25}}
                - {at: 2026-03-05T10:00, record: contract/C-2, set: {usage: 0.3}}
                - {at: 2026-03-05T10:00, record: contract/C-3, set: {usage: 0.1}}
                - {at: 2026-03-05T10:00, record: contract/C-4, set: {usage: 0.2}}
                - {at: 2026-04-05T09:00, record: contract/C-1, set: {usage: 0.25}}
                - {at: 2026-04-05T09:00, record: contract/C-2, set: {usage: 0.3}}
                - {at: 2026-04-05T09:00, record: contract/C-4, set: {usage: 0.29}}
                - {at: 2026-05-05T10:00, record: contract/C-1, set: {usage: 0.2}}
                - {at: 2026-05-05T10:00, record: contract/C-2, set: {usage: 0.3}}
                - {at: 2026-05-05T10:00, record: contract/C-4, set: {usage: 0.29}}
                - {at: 2026-06-05T09:00, record: contract/C-4, set: {usage: 0.29}}
              ends: 2026-07-01
              expect:
                - at: 2026-04-05T10:00
                  rule: usage-low
                  record: contract/C-1
                  to: [wang, cai]
                  via: mail
                  title: 「云主机」三个月用量低于 30%，建议换小套餐
                  contains: ["已连续三个月用量低于 30%，现在是 25%", "席位：18，按现在的用量 5 个就够", "36,000", 2027-03-31, 请王芳在到期前]
                - {at: 2026-06-05T10:00, record: contract/C-4, to: [wang, cai], contains: "席位：（未填写）"}
              nothing_else: true

            - name: a gap of more than 45 days starts the count anew, and the owner is told
              rules: [usage-low, usage-not-measured]
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-01-01T08:00
              records:
                member: [{id: kim, name: Kim}, {id: max, name: Max, role: finance}]
                contract:
                  - {id: C-1, name: Cloud, owner: kim, seats: 10, status: active}
                  - {id: C-2, name: Mail, owner: kim, status: active}
                  - {id: C-3, name: Old, owner: kim, status: cancelled}
              events:
                - {at: 2026-01-05T10:00, record: contract/C-1, set: {usage: 0.25, measured_on: 2026-01-05}}
                - {at: 2026-01-05T10:00, record: contract/C-3, set: {usage: 0.25, measured_on: 2026-01-05}}
                # almost 45 days later is in time
                - {at: 2026-01-05T10:00, record: contract/C-2, set: {usage: 0.1, measured_on: 2026-01-05}}
                - {at: 2026-02-19T08:00, record: contract/C-2, set: {usage: 0.1, measured_on: 2026-02-19}}
                - {at: 2026-03-31T10:00, record: contract/C-2, set: {usage: 0.1, measured_on: 2026-03-31}}
                # almost 46 days later is too late
                - {at: 2026-02-20T09:30, record: contract/C-1, set: {usage: 0.25, measured_on: 2026-02-20}}
                - {at: 2026-03-31T10:00, record: contract/C-1, set: {usage: 0.25, measured_on: 2026-03-31}}
                - {at: 2026-05-10T10:00, record: contract/C-1, set: {usage: 0.25, measured_on: 2026-05-10}}
                - {at: 2026-05-10T10:00, record: contract/C-2, set: {usage: 0.5, measured_on: 2026-05-10}}
              ends: 2026-06-01
              expect:
                - at: 2026-02-19T09:00
                  rule: usage-not-measured
                  record: contract/C-1
                  to: [kim]
                  via: mail
                  title: 「Cloud」已 45 天没有用量数据
                  contains: ["2026-01-05 的 25%", 请补上数据]
                - {at: 2026-02-19T09:00, rule: usage-not-measured, record: contract/C-3, outcome: condition_false}
                - {at: 2026-04-05T10:00, rule: usage-low, record: contract/C-2, to: [kim, max]}
                - {at: 2026-05-20T09:30, rule: usage-low, record: contract/C-1, to: [kim, max]}
              nothing_else: true

            """#
        ),
        (
            "B6-idle-account",
            #"""
            # 闲置账号：每月一次，一位负责人一封。/ Idle accounts, once a month, one message an owner.
            - name: 满 30 天没用的按合同列出，写明可省的钱；用过的、停用的、合同已结束的不算
              rules: idle-accounts
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              currency: CNY
              clock: 2026-10-07T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: li, name: 李强}, {id: sun, name: 孙丽}]
                contract:
                  - {id: C-1, name: 云主机, owner: wang, seats: 20, amount: 24000, status: 生效}
                  - {id: C-2, name: 邮箱, owner: wang, status: 生效}
                  - {id: C-3, name: 旧系统, owner: wang, status: 已终止}
                  - {id: C-4, name: 设计工具, owner: li, seats: 0, amount: 100, status: 生效}
                  - {id: C-5, name: 没有负责人, seats: 5, amount: 100, status: 生效}
                account:
                  # 10 月 8 日往前 30 天是 9 月 8 日 / 30 days before 8 October
                  - {id: A-1, login: sunl, contract: C-1, member: sun, last_active: 2026-09-08T23:00}
                  - {id: A-2, login: lij, contract: C-1, member: li, last_active: 2026-09-09T00:30}
                  - {id: A-3, login: never, contract: C-1, created_at: 2026-09-01T10:00}
                  - {id: A-4, login: fresh, contract: C-1, created_at: 2026-09-20T10:00}
                  - {id: A-5, login: mail1, contract: C-2, member: sun, last_active: 2026-01-01T10:00}
                  - {id: A-6, login: gone, contract: C-2, last_active: 2026-01-01T10:00, status: 已停用}
                  - {id: A-7, login: old, contract: C-3, last_active: 2026-01-01T10:00}
                  - {id: A-8, login: pen, contract: C-4, member: sun, last_active: 2026-01-01T10:00}
                  - {id: A-9, login: lost, contract: C-5, last_active: 2026-01-01T10:00}
                  - {id: A-10, login: nothing, last_active: 2026-01-01T10:00}
              ends: 2026-10-31
              expect:
                # 10 月 8 日是国庆后的第一个工作日 / the first working day of the month
                - at: 2026-10-08T09:30
                  rule: idle-accounts
                  record: member/wang
                  to: [wang]
                  via: mail
                  title: 您负责的产品有 3 个账号 30 天没人用
                  contains: ["账号 30 天没人用，请问一下", "- 云主机：闲置 2 个（共 20 席），约可省 2,400 CNY", "- 邮箱：闲置 1 个", sunl, 孙丽, never, mail1, 2026-09-08]
                - {at: 2026-10-08T09:30, record: member/li, to: [li], contains: ["- 设计工具：闲置 1 个\n"]}
              nothing_else: true

            - name: nobody idle, nothing rings; in another zone
              rules: idle-accounts
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              currency: EUR
              clock: 2026-10-30T08:00
              records:
                member: [{id: kim, name: Kim}, {id: lee, name: Lee}]
                contract: [{id: C-1, name: Cloud, owner: kim, seats: 10, amount: 1000}]
                account: [{id: A-1, login: lee1, contract: C-1, member: lee, last_active: 2026-10-20T10:00}]
              ends: 2026-12-01
              expect:
                - {at: 2026-11-02T09:30, outcome: condition_false}
                - at: 2026-12-01T09:30
                  record: member/kim
                  to: [kim]
                  title: 您负责的产品有 1 个账号 30 天没人用
                  contains: ["- Cloud：闲置 1 个（共 10 席），约可省 100 EUR", Lee]
              nothing_else: true

            """#
        ),
        (
            "B7-left-member-account",
            #"""
            # 离职当天通知 IT，之后每个工作日列出还开着的账号。
            # IT hears on the day somebody leaves, and each working day of what is still open.
            - name: 离职当天响，补填过去的日期马上响；将来的日期到那天才响；账号都停用了不响
              rules: left-member-account
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member:
                  - {id: ma, name: 马超, role: it}
                  - {id: he, name: 何静, role: hr}
                  - {id: wang, name: 王芳, department: 市场部, left_on: 2026-10-16}
                  - {id: li, name: 李强}
                  - {id: sun, name: 孙丽}
                  - {id: zhou, name: 周杰, left_on: 2026-10-16}
                  - {id: wu, name: 吴婷, left_on: 2026-10-16}
                contract: [{id: C-1, name: 云主机}]
                account:
                  - {id: A-1, login: wangf, member: wang, contract: C-1, access: 管理员, status: 启用}
                  - {id: A-2, login: wang-crm, member: wang}
                  - {id: A-3, login: wang-old, member: wang, status: 已停用}
                  - {id: A-4, login: liq, member: li}
                  - {id: A-5, login: sunl, member: sun}
                  - {id: A-6, login: zhouj, member: zhou, status: 已停用}
              events:
                - {at: 2026-10-13T10:00, record: member/li, by: he, set: {left_on: 2026-10-10}}
                - {at: 2026-10-13T10:10, record: member/sun, by: he, set: {left_on: 2026-11-02}}
                - {at: 2026-10-13T11:00, record: member/li, by: he, set: {phone: "1"}}
                - {at: 2026-10-20T10:00, record: member/li, by: he, set: {left_on: null}}
              ends: 2026-11-05
              expect:
                - at: 2026-10-13T10:00
                  rule: left-member-account
                  record: member/li
                  to: [ma]
                  via: [mail, chat]
                  title: 李强 已离职，还有 1 个账号没停用，请今天停用
                  contains: liq
                  priority: high
                - at: 2026-10-16T09:00
                  record: member/wang
                  to: [ma]
                  title: 王芳 已离职，还有 2 个账号没停用，请今天停用
                  contains: [市场部, 2026-10-16 离职, wangf, 云主机, 管理员, wang-crm]
                - {at: 2026-10-13T10:10, record: member/sun, outcome: condition_false}
                - {at: 2026-10-16T09:00, record: member/zhou, outcome: condition_false}
                - {at: 2026-10-20T10:00, record: member/li, outcome: condition_false}
                - {at: 2026-11-02T09:00, record: member/sun, to: [ma]}
              nothing_else: true

            - name: without a date of leaving, active becoming false counts; with one, that date counts
              rules: [left-member-account, inactive-member-account]
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-12T08:00
              records:
                member:
                  - {id: ida, name: Ida, role: it}
                  - {id: kim, name: Kim, department: Sales, active: true}
                  - {id: lee, name: Lee, active: true}
                  - {id: max, name: Max}
                  - {id: ann, name: Ann, active: true, left_on: 2026-10-30}
                contract: [{id: C-1, name: Cloud}]
                account:
                  - {id: A-1, login: kim1, member: kim, contract: C-1, access: admin}
                  - {id: A-2, login: lee1, member: lee, status: disabled}
                  - {id: A-3, login: max1, member: max}
                  - {id: A-4, login: ann1, member: ann}
                  - {id: A-5, login: kim2, member: kim, status: revoked}
                  - {id: A-6, login: kim3, member: kim}
              events:
                - {at: 2026-10-13T10:00, record: member/kim, set: {active: false}}
                - {at: 2026-10-13T10:10, record: member/lee, set: {active: false}}
                # nobody said that Max is active, nor that he is not
                - {at: 2026-10-13T10:20, record: member/max, set: {department: Sales}}
                - {at: 2026-10-13T10:30, record: member/ann, set: {active: false}}
                - {at: 2026-10-14T10:00, record: member/kim, set: {active: true}}
              ends: 2026-11-02
              expect:
                - at: 2026-10-13T10:00
                  rule: inactive-member-account
                  record: member/kim
                  to: [ida]
                  via: [mail, chat]
                  title: Kim 已不在职，还有 2 个账号没停用，请今天停用
                  contains: [Sales, kim1, Cloud, admin, kim3]
                  priority: high
                - {at: 2026-10-13T10:10, rule: inactive-member-account, record: member/lee, outcome: condition_false}
                - {at: 2026-10-13T10:30, rule: inactive-member-account, record: member/ann, outcome: condition_false}
                - {at: 2026-10-30T09:00, rule: left-member-account, record: member/ann, to: [ida]}
              nothing_else: true

            - name: 停机一周，回来还是会说
              rules: left-member-account
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-12T08:00
              records:
                member: [{id: ma, name: 马超, role: it}, {id: wang, name: 王芳, left_on: 2026-10-16}]
                account: [{id: A-1, login: wangf, member: wang}]
              down: [[2026-10-15T18:00, 2026-10-23T23:00]]
              ends: 2026-10-24
              expect:
                - {at: 2026-10-23T23:00, to: [ma], late: true, contains: wangf}
              nothing_else: true

            - name: 每个工作日列出还开着的账号，停用了就不再列
              rules: left-member-accounts-open
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-10-08T10:00
              records:
                member:
                  - {id: ma, name: 马超, role: it}
                  - {id: wang, name: 王芳, left_on: 2026-10-08}
                  - {id: li, name: 李强, left_on: 2026-10-09}
                  - {id: sun, name: 孙丽}
                contract: [{id: C-1, name: 云主机}]
                account:
                  - {id: A-1, login: wangf, member: wang, contract: C-1}
                  - {id: A-2, login: liq, member: li}
                  - {id: A-3, login: sunl, member: sun}
                  - {id: A-4, login: robot}
                  - {id: A-5, login: wang-old, member: wang, status: 已停用}
              events:
                - {at: 2026-10-09T15:00, record: account/A-1, set: {status: 已停用}}
                - {at: 2026-10-11T15:00, record: account/A-2, set: {status: 已注销}}
              ends: 2026-10-13
              expect:
                - at: 2026-10-09T09:00
                  rule: left-member-accounts-open
                  to: [ma]
                  via: mail
                  title: 1 个离职人员的账号还没停用
                  contains: [wangf, 王芳, 2026-10-08, 云主机]
                  priority: high
                # 10 月 10 日星期六调休上班 / a make-up workday
                - {at: 2026-10-10T09:00, to: [ma], title: 1 个离职人员的账号还没停用, contains: liq}
                - {at: 2026-10-12T09:00, outcome: condition_false}
              nothing_else: true

            """#
        ),
        (
            "B8-incomplete-contract",
            #"""
            # 合同资料不全，每周一告诉负责人，直到补齐。/ Incomplete contracts, each Monday, until they are complete.
            - name: 一人一条，写明缺什么；补齐、已关闭的不响；放假的星期一跳过
              rules: [contract-incomplete, contract-without-owner]
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              clock: 2026-09-25T10:00
              records:
                member: [{id: wang, name: 王芳}, {id: li, name: 李强}, {id: cai, name: 蔡琴, role: finance}, {id: he, name: 何静, role: hr}]
                contract:
                  - {id: C-1, name: 云主机, owner: wang, seats: 20, price_terms: 按年, document: https://example.com/1}
                  - {id: C-2, name: 邮箱, owner: wang, expires_on: 2027-09-30, price_terms: 按年, document: https://example.com/2}
                  - {id: C-3, name: 网盘, owner: wang, expires_on: 2027-09-30, seats: 5, document: https://example.com/3}
                  - {id: C-4, name: 会议, owner: li, expires_on: 2027-09-30, seats: 5, price_terms: 按年}
                  - {id: C-5, name: 齐全, owner: li, expires_on: 2027-09-30, seats: 1, price_terms: 按年, document: https://example.com/5}
                  - {id: C-6, name: 旧的, owner: li, status: 已终止}
                  - {id: C-7, name: 没人管, vendor: 云途科技, department: 市场部, expires_on: 2027-09-30, amount: 800, seats: 5, price_terms: 按年, document: https://example.com/7}
                  - {id: C-8, name: 没人管也没用, status: 已终止}
              events:
                - {at: 2026-09-28T11:00, record: contract/C-4, set: {document: https://example.com/4}}
                - {at: 2026-09-28T11:00, record: contract/C-7, set: {owner: li}}
                - {at: 2026-10-12T11:00, record: contract/C-1, set: {expires_on: 2027-09-30}}
                - {at: 2026-10-12T11:00, record: contract/C-2, set: {seats: 3}}
                - {at: 2026-10-12T11:00, record: contract/C-3, set: {price_terms: 按月}}
              ends: 2026-10-31
              expect:
                - at: 2026-09-28T09:00
                  rule: contract-incomplete
                  record: member/wang
                  to: [wang]
                  via: mail
                  title: 您有 3 份合同资料不全，请补上
                  contains: ["- 云主机：缺 到期日", "- 邮箱：缺 席位", "- 网盘：缺 价格条款"]
                - {at: 2026-09-28T09:00, record: member/li, to: [li], title: 您有 1 份合同资料不全，请补上, contains: "- 会议：缺 文件链接"}
                - at: 2026-09-28T09:00
                  rule: contract-without-owner
                  to: [cai]
                  via: mail
                  title: 有 1 份合同没有负责人，请指定
                  contains: [没人管, 云途科技, 市场部, 2027-09-30, "800"]
                # 10 月 5 日在国庆假期里 / within the holidays
                - {at: 2026-10-05T09:00, rule: contract-incomplete, outcome: condition_false}
                - {at: 2026-10-12T09:00, rule: contract-incomplete, record: member/wang, to: [wang]}
              nothing_else: true

            - name: a holiday is skipped for contracts without owner too
              rules: contract-without-owner
              timezone: Asia/Shanghai
              calendar: CN
              language: en
              clock: 2026-10-04T10:00
              records:
                member: [{id: cai, name: Cai, role: finance}]
                contract: [{id: C-1, name: Cloud}]
              ends: 2026-10-12
              expect:
                - {at: 2026-10-05T09:00, outcome: condition_false}
                - {at: 2026-10-12T09:00, to: [cai], contains: Cloud}
              nothing_else: true

            - name: everything is missing
              rules: contract-incomplete
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              clock: 2026-10-10T10:00
              records:
                member: [{id: kim, name: Kim}]
                contract: [{id: C-1, name: Cloud, owner: kim}]
              ends: 2026-10-13
              expect:
                - {at: 2026-10-12T09:00, to: [kim], contains: "- Cloud：缺 到期日 席位 价格条款 文件链接"}
              nothing_else: true

            """#
        ),
        (
            "B9-renewals-over-reserve",
            #"""
            # 本季度续费超过预留 → 财务。/ Renewals of the quarter over the reserve, to finance.
            - name: 部门超过预留就响，30 天内不重复；刚好等于、没有预留、别的季度的不响
              rules: renewals-over-reserve
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              currency: CNY
              clock: 2026-10-08T08:00
              records:
                member: [{id: wang, name: 王芳}, {id: cai, name: 蔡琴, role: finance}, {id: he, name: 何静, role: hr}]
                budget:
                  - {id: G-1, department: 研发部, period: 2026-Q4, reserve: 30000}
                  - {id: G-2, department: 市场部, period: 2026-Q4, reserve: 30000}
                  - {id: G-3, department: 研发部, period: 2026-Q3, reserve: 1}
                  - {id: G-4, period: 2026-Q4, reserve: 1}
                contract:
                  - {id: C-1, name: 云主机, department: 研发部, owner: wang, amount: 20000, expires_on: 2026-10-01, status: 生效}
                  - {id: C-2, name: 代码托管, department: 研发部, owner: wang, amount: 10000, expires_on: 2026-12-31, status: 生效}
                  - {id: C-3, name: 下季度的, department: 研发部, owner: wang, amount: 90000, expires_on: 2027-01-01, status: 生效}
                  - {id: C-4, name: 上季度的, department: 研发部, owner: wang, amount: 90000, expires_on: 2026-09-30, status: 生效}
                  - {id: C-5, name: 没填金额, department: 研发部, owner: wang, expires_on: 2026-12-31, status: 生效}
                  - {id: C-6, name: 设计工具, department: 市场部, owner: wang, amount: 30000, expires_on: 2026-11-30, status: 生效}
                  - {id: C-7, name: 没有预留, department: 法务部, owner: wang, amount: 90000, expires_on: 2026-11-30, status: 生效}
                  - {id: C-8, name: 没有部门, owner: wang, amount: 90000, expires_on: 2026-11-30, status: 生效}
                  - {id: C-9, name: 不续了, department: 研发部, owner: wang, amount: 90000, expires_on: 2026-11-30, status: 不续签}
              events:
                - {at: 2026-10-13T10:00, record: contract/C-2, set: {amount: 12000}}
              ends: 2026-11-16
              expect:
                - at: 2026-10-14T09:00
                  rule: renewals-over-reserve
                  to: [cai]
                  via: mail
                  title: 研发部本季度续费 32,000 CNY，超过预留 30,000 CNY
                  contains: ["研发部 2026-Q4 到期的续费共 32,000 CNY，预留 30,000 CNY，差 2,000 CNY", 云主机, 代码托管, 王芳, 2026-12-31]
                - {at: 2026-10-15T09:00, outcome: skipped}
                - {at: 2026-11-12T09:00, outcome: skipped}
                - {at: 2026-11-13T09:00, to: [cai], title: "研发部本季度续费 32,000 CNY，超过预留 30,000 CNY"}
              nothing_else: true

            - name: what was renewed already still counts; the total has a reserve of its own
              rules: [renewals-over-reserve, renewals-over-total-reserve]
              timezone: Europe/Berlin
              calendar: MON-FRI
              language: en
              currency: EUR
              clock: 2026-10-09T10:00
              records:
                member: [{id: kim, name: Kim}, {id: max, name: Max, role: finance}]
                budget:
                  - {id: G-1, department: Sales, period: 2026-Q4, reserve: 1000}
                  - {id: G-2, period: 2026-Q4, reserve: 2500}
                contract:
                  # the old terms ended on 1 October, 31 December, 30 September and 1 January
                  - {id: C-1, name: CRM, department: Sales, owner: kim, amount: 800, starts_on: 2026-10-02, renewed_on: 2026-09-20, expires_on: 2027-10-01}
                  - {id: C-2, name: Phone, department: Sales, owner: kim, amount: 300, starts_on: 2027-01-01, renewed_on: 2026-10-01, expires_on: 2027-12-31}
                  - {id: C-3, name: Mail, department: Sales, amount: 5000, starts_on: 2026-10-01, renewed_on: 2026-09-20, expires_on: 2027-09-30}
                  - {id: C-4, name: Chat, department: Sales, amount: 5000, starts_on: 2027-01-02, renewed_on: 2026-10-01, expires_on: 2028-01-01}
                  - {id: C-5, name: New, department: Sales, amount: 5000, starts_on: 2026-10-05, expires_on: 2027-10-04}
                  - {id: C-6, name: Cloud, owner: kim, amount: 1400, expires_on: 2026-11-30}
              events:
                # a Friday: told on Monday
                - {at: 2026-10-16T10:00, record: contract/C-6, set: {amount: 1401}}
              ends: 2026-10-20
              expect:
                - {at: 2026-10-12T09:00, rule: renewals-over-reserve, to: [max], title: "Sales本季度续费 1,100 EUR，超过预留 1,000 EUR", contains: [CRM, Phone]}
                - at: 2026-10-19T09:00
                  rule: renewals-over-total-reserve
                  to: [max]
                  via: mail
                  title: 本季度续费共 2,501 EUR，超过全公司预留 2,500 EUR
                  contains: ["2026-Q4 到期的续费共 2,501 EUR，全公司预留 2,500 EUR。", CRM, Cloud, Kim]
                - {at: 2026-10-20T09:00, rule: renewals-over-total-reserve, outcome: skipped}
              nothing_else: true

            - name: 全公司的：没有填金额、别的季度、已结束的不算，30 天后还超就再说一次
              rules: renewals-over-total-reserve
              timezone: Asia/Shanghai
              calendar: CN
              language: zh
              currency: CNY
              clock: 2026-10-12T10:00
              records:
                member: [{id: cai, name: 蔡琴, role: finance}]
                budget: [{id: G-1, period: 2026-Q4, reserve: 100}, {id: G-2, period: 2026-Q3, reserve: 1}, {id: G-3, period: 2027-Q1, reserve: 1}]
                contract:
                  - {id: C-1, name: 云主机, amount: 60, expires_on: 2026-10-01}
                  - {id: C-2, name: 邮箱, amount: 41, expires_on: 2026-12-31}
                  - {id: C-3, name: 没填金额, expires_on: 2026-12-31}
                  - {id: C-4, name: 上季度的, amount: 900, expires_on: 2026-09-30}
                  - {id: C-5, name: 下季度的, amount: 900, expires_on: 2027-01-01}
                  - {id: C-6, name: 不续了, amount: 900, expires_on: 2026-12-31, status: 不续签}
                  - {id: C-7, name: 新买的, amount: 900, starts_on: 2026-10-05, expires_on: 2027-10-04}
                  - {id: C-8, name: 续过的, amount: 900, starts_on: 2026-10-01, renewed_on: 2026-09-20, expires_on: 2027-09-30}
                  - {id: C-9, name: 续过的二, amount: 900, starts_on: 2027-01-02, renewed_on: 2026-09-20, expires_on: 2028-01-01}
              ends: 2026-11-13
              expect:
                - {at: 2026-10-13T09:00, to: [cai], title: 本季度续费共 101 CNY，超过全公司预留 100 CNY}
                - {at: 2026-11-11T09:00, outcome: skipped}
                - {at: 2026-11-12T09:00, to: [cai]}
              nothing_else: true

            """#
        ),
    ]
}
