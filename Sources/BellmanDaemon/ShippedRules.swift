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
