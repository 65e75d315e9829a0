// Made by scripts/embed-rules from rules/; a test compares the two.

/// The rules of the scenario catalogue, for `init` and `demo`.
public enum ShippedRules {
    public static let all: [(name: String, text: String)] = [
        (
            "A1-task-started",
            #"""
            # 任务变为“进行中” → 提醒负责人。消息里有：谁改的、原来是什么。
            # A task's status becomes "in progress" → its owner. The message names who changed it and the old value.
            id: task-started
            title: 任务开始 / Task started
            when: {changes: task.status, to: [进行中, In progress, in progress, doing]}
            then:
              - notify: {via: chat, to: task.assignee}

            """#
        ),
        (
            "A2-deadline-3-days",
            #"""
            # 截止前 3 天 → 邮件提醒项目经理。已完成的任务不响；改了截止日期会重新计时。
            # 3 days before the deadline → mail to the project manager. Closed tasks never ring; a moved deadline counts anew.
            id: deadline-3-days
            title: 三天后到期 / Due in three days
            when: {before: task.due, by: 3 days}
            if: task.open
            then:
              - notify: {via: mail, to: task.project.manager}

            """#
        ),
        (
            "A4-overdue",
            #"""
            # 过期 1、3、7 天 → 负责人；第 7 天之后再过一个工作日 → 项目经理的上级。任务一关闭就停。
            # 1, 3 and 7 days overdue → the owner; a working day after the seventh → the project manager's manager.
            # It stops at once when the task closes.
            id: task-overdue
            title: 任务过期 / Task overdue
            when: {after: task.due, by: [1 day, 3 days, 7 days]}
            if: task.open
            then:
              - notify: {via: [mail, chat], to: task.assignee}
              - wait: 1 working day
                if: days_left <= -7
                notify: {via: mail, to: task.project.manager.manager, priority: high}

            """#
        ),
        (
            "A5-incomplete-task",
            #"""
            # 新任务一小时后还没有负责人或截止日期 → 创建人和项目经理。
            # A task that has no owner or no deadline an hour after it was created → its creator and the project manager.
            id: task-incomplete
            title: 任务缺负责人或截止日期 / Task without owner or deadline
            when: {created: task}
            if: task.open && (task.assignee == null || task.due == null)
            then:
              - wait: 1 hour
                notify: {via: mail, to: [task.creator, task.project.manager]}

            """#
        ),
        (
            "A8-team-rhythm",
            #"""
            # 团队的节奏：站会、代码评审、月度复盘、季度培训、季度风险评审、年度预算、数字化办公日。改时间、改文字即可；不需要的写上 enabled: false。
            # 遇到放假：每月、每季度的用“第一个/最后一个工作日”，周五站会当天不上班就不提醒；调休上班日算工作日。
            # A team's rhythm: stand-up, code review, retrospective, training, risk review, budget, digital office day.
            # Change times and words; what you do not need gets enabled: false. Days off: the monthly and quarterly ones fall on
            # working days, the weekly ones stay silent on a day off. Make-up workdays count as working days.
            - id: friday-standup
              title: 周五站会 / Friday stand-up
              when: {every: friday at 14:45}
              if: is_working_day(today)
              then:
                - notify:
                    via: chat
                    title: 15:00 站会（15 分钟）/ Stand-up at 15:00 (15 minutes)
                    text: 本周完成了什么、下周做什么、有什么卡住。/ What got done, what comes next, what is stuck.

            - id: code-review
              title: 代码评审 / Code review
              # 单双周不对，就在 when 里加 from: 某个评审日 / wrong weeks: add from: DATE of a review beside every
              when: {every: 2 weeks on wednesday at 10:00}
              if: is_working_day(today)
              then:
                - notify: {via: chat, text: 今天做代码评审。/ Code review today.}

            - id: monthly-retrospective
              title: 月度复盘 / Monthly retrospective
              when: {every: month on last working day at 14:00}
              then:
                - notify: {via: chat, text: 今天做本月复盘。/ Retrospective of this month today.}

            - id: quarterly-training
              title: 季度培训 / Quarterly training
              when: {every: quarter on first working day at 09:00}
              then:
                - notify: {via: [mail, chat], to: role("hr"), text: 请安排本季度的培训。/ Please plan this quarter's training.}

            - id: quarterly-risk-review
              title: 季度风险评审 / Quarterly risk review
              when: {every: quarter on last working day at 10:00}
              then:
                - notify: {via: chat, text: 今天评审风险清单。/ Review of the list of risks today.}

            - id: yearly-budget
              title: 年度预算 / Yearly budget
              # 11 月的第一个工作日 / the first working day of November
              when: {every: month on first working day at 09:00}
              if: today.format("M") == "11"
              then:
                - notify:
                    via: [mail, chat]
                    to: role("finance-director")
                    text: 明年的预算开始编制。/ Work on next year's budget begins.

            - id: digital-office-day
              title: 数字化办公日 / Digital office day
              # 6 月的第二个星期三前后，先提前一周通知 / a week before the second Wednesday of June
              when: {every: month on first wednesday at 09:00}
              if: today.format("M") == "6"
              then:
                - notify:
                    via: chat
                    text: 数字化办公日：{{ today.plus("1 week") }}，这天不用纸。/ Digital office day, a day without paper.

            """#
        ),
        (
            "B1-contract-renewal",
            #"""
            # 到期前 60、30、7 天 → 合同负责人（邮件和群）。每个到期日只提醒一次；已续费或自动续费的不响。
            # 60, 30 and 7 days before expiry → the contract's owner, by mail and chat. Each once for one expiry date.
            id: contract-renewal
            title: 合同续签提醒 / Contract renewal
            when: {before: contract.expires_on, by: [60 days, 30 days, 7 days]}
            unless: contract.auto_renew || contract.closed
            then:
              - notify: {via: [mail, chat], to: contract.owner}

            """#
        ),
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
              - notify: {via: mail, to: [contract.owner, contract.owner.manager], priority: high}
              - notify: {via: inbox, priority: high}

            """#
        ),
        (
            "B4-cancel-in-time",
            #"""
            # 自动续费的合同：最后可取消日（到期日减通知期）前 14 天 → 负责人。
            # Contracts that renew themselves: 14 days before the last day to cancel (expiry minus notice period) → the owner.
            id: cancel-in-time
            title: 自动续费前的最后机会 / Last day to cancel
            when: {before: contract.cancel_by, by: 14 days}
            if: contract.auto_renew && contract.open
            then:
              - notify:
                  via: mail
                  to: contract.owner
                  priority: high

            """#
        ),
        (
            "C2-customer-silent",
            #"""
            # 14 天没有联系客户 → 客户负责人。联系过一次，就从那时重新计时。
            # A customer not contacted for 14 days → the account owner. Each contact starts the count anew.
            id: customer-silent
            title: 客户两周未联系 / Customer not contacted
            when: {after: customer.last_contact, by: 14 days}
            if: customer.open
            then:
              - notify: {via: chat, to: customer.owner}

            """#
        ),
    ]
}
