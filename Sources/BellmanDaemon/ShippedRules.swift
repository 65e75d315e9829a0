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
            "A10-behind-schedule",
            #"""
            # 进度落后：完成的比例比已过的时间少 20 个百分点以上 → 项目经理（没有就是创建人），每人一条，列出他落后的项目；一直落后就每周再提醒一次。
            # 完成比例取项目的 progress；没有填的，用已关闭任务占全部任务的比例。没有起止日期、只有一天的项目不算。改 20 个百分点：改 200（千分之 200）。
            # Behind schedule: the share done is less than the share of time elapsed by over 20 points → the project manager, else
            # the creator: one message a person, again each week while it lasts. Where progress is not set, the share of closed
            # tasks counts. Projects without dates, or of a single day, are left out. The limit is the 200, in thousandths.
            id: behind-schedule
            title: 进度落后 / Behind schedule
            when: {every: working day at 09:00}
            select: project
            where: >-
              project.open && project.ends_on > project.starts_on && math.round(1e3 * (math.least(1.0,
              double(-days_until(project.starts_on)) / double(days_until(project.ends_on) - days_until(project.starts_on)))
              - default(project.progress, double(count(project.tasks.filter(t, t.closed))) / double(count(project.tasks))))) > 200
            group: default(project.manager, project.creator)
            limit: 1 per 7 days
            then:
              - notify:
                  via: mail
                  to: group
                  title: 进度比时间慢 20 个百分点以上：{{ records.map(p, p.name).join("、") }}
                  text: |
                    请{{ group.name }}本周内找出原因，调整计划、人手或范围，并更新项目的完成比例。

                    {{ records.map(p, "「" + p.name + "」完成 "
                      + percent(default(p.progress, double(count(p.tasks.filter(t, t.closed))) / double(count(p.tasks))))
                      + "，时间已过 " + percent(math.least(1.0,
                        double(-days_until(p.starts_on)) / double(days_until(p.ends_on) - days_until(p.starts_on))))
                      + "（" + p.starts_on.format("yyyy-MM-dd") + " 至 " + p.ends_on.format("yyyy-MM-dd") + "）").join("\n") }}

            """#
        ),
        (
            "A11-milestones-and-closing",
            #"""
            # 里程碑完成、项目完成 → 全体成员和项目经理；项目关闭一小时后还有没关的任务或风险 → 项目经理，列出来。
            # 算“完成”的状态写在 if 里；取消、作废的不算。
            # A milestone is reached, a project is completed → all members and the manager. Tasks or risks still open an hour after
            # a project was closed → its manager, with the list. The words that mean completed stand in the conditions.
            - id: milestone-reached
              title: 里程碑完成 / Milestone reached
              when: {changes: task.status}
              if: >-
                task.milestone && old.open && task.status.lowerAscii() in
                ["完成", "已完成", "已验收", "已结束", "已关闭", "done", "complete", "completed", "finished", "closed"]
              then:
                - notify:
                    via: chat
                    to: [task.project.members, task.project.manager]
                    title: 里程碑完成：「{{ task.title }}」
                    text: |
                      - 项目：{{ task.project }}
                      - 原定日期：{{ task.due }}
                      - 完成日期：{{ date(changed_at) }}，由{{ changed_by }}更新

                      接下来的里程碑：

                      {{ table(task.project.tasks.filter(t, t.milestone && t.open), ["title", "due", "assignee"]) }}

            - id: project-completed
              title: 项目完成 / Project completed
              when: {changes: project.status}
              if: >-
                old.open && project.status.lowerAscii() in
                ["完成", "已完成", "已验收", "已结束", "已关闭", "done", "complete", "completed", "finished", "closed"]
              then:
                - notify:
                    via: chat
                    to: [project.members, project.manager]
                    title: 项目完成：「{{ project.name }}」
                    text: |
                      - 项目经理：{{ project.manager }}
                      - 计划结束：{{ project.ends_on }}
                      - 完成日期：{{ date(changed_at) }}，由{{ changed_by }}更新
                      - 任务：{{ count(project.tasks.filter(t, t.closed)) }} 个已关闭，{{ count(project.tasks.filter(t, t.open)) }} 个未关闭

                      手上还有这个项目的任务的，请在 {{ today.plus("1 week") }} 前关掉或交给项目经理。

            - id: closing-checklist
              title: 收尾没做完 / Closing checklist incomplete
              when:
                while: project.closed && (project.tasks.exists(t, t.open) || project.risks.exists(r, r.open))
                for: 1 hour
              then:
                - notify:
                    via: mail
                    to: default(project.manager, project.creator)
                    title: >-
                      项目「{{ project.name }}」已关闭，还有 {{ count(project.tasks.filter(t, t.open)) }} 个任务、{{
                      count(project.risks.filter(r, r.open)) }} 个风险没关
                    text: |
                      请{{ default(project.manager, project.creator) }}在 {{ today.plus("1 week") }} 前逐项关闭，或移到别的项目。

                      没关的任务：

                      {{ table(project.tasks.filter(t, t.open), ["title", "assignee", "due", "status"]) }}

                      没关的风险：

                      {{ table(project.risks.filter(r, r.open), ["title", "owner", "status"]) }}

            """#
        ),
        (
            "A12-blocked",
            #"""
            # 任务受阻或在等别人满 3 个工作日 → 负责人（没有就是项目经理）；再过 2 个工作日还是这样、也没人点“知道了” → 项目经理
            # （没有项目就是负责人的上级）。状态改了或不再等了就停。
            # 等客户的另有规则（C6）。改天数时标题里的也一起改。
            # Blocked or waiting for 3 working days → the owner, else the project manager; 2 working days later still, and
            # not acknowledged → the project manager, else the owner's. It ends as soon as the task moves on. Waiting on the customer
            # has a rule of its own (C6).
            id: task-blocked
            title: 任务受阻 / Task blocked
            when:
              while: >-
                task.open && !default(task.waiting_for, "").matches("(?i)客户|customer|client") && (task.waiting_for != null
                || task.status.lowerAscii() in ["阻塞", "受阻", "等待", "等待中", "挂起", "blocked", "waiting", "on hold"])
              for: 3 working days
            then:
              - notify:
                  via: chat
                  to: default(task.assignee, task.project.manager)
                  title: 「{{ task.title }}」受阻已满 3 个工作日，请推动
                  text: |
                    - 在等：{{ task.waiting_for }}
                    - 状态：{{ task.status }}
                    - 负责人：{{ task.assignee }}
                    - 截止：{{ task.due }}

                    请{{ default(task.assignee, task.project.manager) }}今天催一下对方，换个做法，或者请项目经理帮忙；通了就更新任务的状态。
              - wait: 2 working days
                unless: acknowledged
                notify:
                  via: mail
                  to: default(task.project.manager, task.assignee.manager)
                  title: 「{{ task.title }}」受阻已满 5 个工作日，请帮忙解决
                  text: |
                    - 在等：{{ task.waiting_for }}
                    - 状态：{{ task.status }}
                    - 负责人：{{ task.assignee }}
                    - 截止：{{ task.due }}

                    请{{ default(task.project.manager, task.assignee.manager) }}今天和负责人商量怎么解决。
                  priority: high

            """#
        ),
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
                    title: 季度权限复核：请核对 {{ records.size() }} 个项目的成员和权限
                    text: |
                      请{{ group.name }}本周内核对：不该再看到的人，从项目成员里去掉，并停用他的账号。

                      {{ records.map(p, "「" + p.name + "」成员："
                        + cel.bind(names, default(p.members, []).map(m, cel.bind(live, m.accounts.filter(a, a.open),
                            default(m.name, m.id) + (live.size() == 0 ? "" : "（" + live.map(a,
                              default(a.contract.name, a.login) + "：" + default(a.access, "权限未写明")).join("，") + "）"))).join("、"),
                          names == "" ? "（无）" : names)
                        + "；文档：" + (p.documents.size() == 0 ? "（无）" : p.documents.map(d, default(d.title, d.id)).join("、"))
                        ).join("\n") }}

            - id: temporary-access
              title: 临时权限到期 / Temporary access ends
              when: {before: account.expires_on, by: 3 days}
              if: account.open
              then:
                - notify:
                    via: mail
                    to: [account.contract.owner, account.member.manager]
                    title: 「{{ account.login }}」的临时权限 {{ anchor }} 到期，还有 {{ days_left }} 天：延长还是收回？
                    text: |
                      - 使用人：{{ account.member }}
                      - 产品：{{ account.contract }}
                      - 权限：{{ account.access }}

                      请合同负责人{{ account.contract.owner }}和上级{{ account.member.manager }}在 {{ anchor }} 前定下：要延长，就改账号的到期日；不延长，就在到期当天停用账号。

            """#
        ),
        (
            "A14-project-review",
            #"""
            # 项目完成一周后 → 请成员评价；两周后 → 项目经理整理经验教训，附上过期的任务和风险清单。期间项目重新打开就不再发。
            # 算“完成”的状态写在 if 里；取消、作废的不算。
            # A week after a project was completed → its members are asked for their evaluation; after two weeks → the manager
            # collects the lessons, with the late tasks and the risks at hand. A project that is opened again stops it.
            id: project-review
            title: 项目评价与经验 / Project evaluation
            when: {changes: project.status}
            if: >-
              old.open && project.status.lowerAscii() in ["完成", "已完成", "已验收", "已结束", "已关闭", "已归档", "done", "complete",
              "completed", "finished", "closed", "archived"]
            then:
              - wait: 1 week
                if: project.members.size() > 0
                notify:
                  via: mail
                  to: project.members
                  title: 请评价项目「{{ project.name }}」
                  text: |
                    项目一周前完成了。请每位成员在 {{ today.plus("1 week") }} 前写几句，发给项目经理{{ project.manager }}：

                    - 哪些做得好，下次照做？
                    - 哪些没做好，原因是什么？
                    - 给下一个项目的建议。
              - wait: 2 weeks
                notify:
                  via: mail
                  to: default(project.manager, project.creator)
                  title: 请整理项目「{{ project.name }}」的经验教训
                  text: |
                    成员的评价应该已经收到了。请{{ default(project.manager, project.creator) }}在 {{ today.plus("1 week") }} 前汇总成一页，存进项目文档。下面的材料可以参考。

                    没有按时完成的任务：

                    {{ table(project.tasks.filter(t, t.closed_at != null && t.due != null && date(t.closed_at) > date(t.due)), ["title", "due", "closed_at", "assignee"]) }}

                    风险：

                    {{ table(project.risks, ["title", "score", "status"]) }}

            """#
        ),
        (
            "A15-document-changed",
            #"""
            # 项目文档有更新 → 项目成员，一天最多一封：每个工作日 17:00 汇总上一个工作日 17:00 以来改过的文档，17:30 发出。
            # 停机期间的改动，恢复后按天补发。
            # A project's documents changed → its members, once a day at most: each working day at 17:00 what changed since 17:00
            # of the working day before, sent at 17:30. What changed while Bellman was stopped comes afterwards, day by day.
            id: document-changed
            title: 项目文档更新 / Documents changed
            when: {every: working day at 17:00}
            select: document
            where: >-
              document.project.open && document.project.members.size() > 0 && document.updated_at <= firing.scheduled_at
              && document.updated_at > firing.scheduled_at.minus("1 working day")
            group: document.project
            catch_up: all
            then:
              - notify:
                  via: mail
                  to: group.members
                  title: 「{{ group.name }}」有 {{ records.size() }} 份文档更新，请看看和你有关的
                  text: |
                    请「{{ group.name }}」的成员今天看一看和自己有关的改动，有疑问找文档的负责人。

                    {{ table(records, ["title", "version", "location", "owner"]) }}
                  priority: low
                  digest: day at 17:30

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
            "A3-meeting-invitation",
            #"""
            # 新成员加入项目 → 收到这个项目所有未开会议的日历邀请；新会议 → 邀请项目全体成员和与会人。改时间、改地点会发更新，离开项目或会议取消会发取消。
            # 会议已经在别处发过邀请的，删掉 existing: fire，就只管以后的会议。没有写时长的会议按一小时。
            # A new member joins a project → calendar invitations to its coming meetings; a new meeting → all members and attendees.
            # A moved meeting sends an update; who leaves the project, and a meeting that is called off, gets a cancellation.
            # Where today's meetings have invitations already, delete existing: fire. A meeting of unknown length counts an hour.
            id: meeting-invitation
            title: 会议邀请 / Meeting invitation
            when: [{while: meeting.starts_at != null}, {changes: meeting.starts_at}]
            if: meeting.starts_at > now
            existing: fire
            then:
              - invite:
                  to: [meeting.attendees, meeting.project.members]
                  starts_at: meeting.starts_at
                  location: "{{ meeting.location }}"

            """#
        ),
        (
            "A4-overdue",
            #"""
            # 过期 1、3、7 天 → 负责人（没有负责人就是项目经理）。第 7 天那次之后再过一个工作日，任务没完成、也没人点“知道了” → 项目经理的上级。
            # 任务一关闭就停。改天数时，下面 if 里的 7 days 要一起改。
            # 1, 3 and 7 days overdue → the owner, or the project manager where there is none. A working day after the seventh
            # day's reminder, unless someone acknowledged it → the project manager's manager. It stops at once when the task closes.
            # Who changes the days changes "7 days" below as well.
            id: task-overdue
            title: 任务过期 / Task overdue
            when: {after: task.due, by: [1 day, 3 days, 7 days]}
            if: task.open
            then:
              - notify: {via: [mail, chat], to: 'default(task.assignee, task.project.manager)'}
              - wait: 1 working day
                if: anchor.plus(offset) == anchor.plus("7 days")
                unless: acknowledged
                notify:
                  via: mail
                  to: default(task.project.manager.manager, task.assignee.manager)
                  title: 请过问：「{{ task.title }}」已过期 {{ -days_left }} 天，仍未完成
                  text: |
                    - 截止：{{ anchor }}
                    - 项目：{{ task.project }}
                    - 负责人：{{ task.assignee }}
                    - 项目经理：{{ task.project.manager }}

                    请{{ default(task.project.manager.manager, task.assignee.manager) }}今天和他们定下新的日期，或者把任务转交、取消。
                  priority: high

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
            "A6-naming",
            #"""
            # 名称不合约定 → 创建人（没有创建人就是项目经理），每个工作日早上汇总成一条；发出之前改好的不再提醒。
            # 任务：项目的 pattern 字段里写正则表达式，例如 ^\[(前端|后端|测试)\] .+$；没写的项目不检查。
            # 项目：约定写在第二条规则里：2 到 50 个字，首尾没有空格，不用“新建项目”“未命名”“test”这类占位的名称。按自己的约定改。
            # A name breaks the agreed pattern → its creator, else the project manager; one message a person each working day.
            # Tasks: the project's field pattern holds a regular expression; projects without one are not checked.
            # Projects: the agreement stands in the second rule: 2 to 50 characters, no blanks at the ends, no placeholder.
            - id: task-name
              title: 任务命名 / Task name
              when: {while: task.open && !task.title.matches(task.project.pattern)}
              then:
                - notify:
                    via: mail
                    to: default(task.creator, task.project.manager)
                    title: 请改名：任务「{{ task.title }}」不合项目「{{ task.project.name }}」的命名规则
                    text: |
                      - 规则（正则表达式）：{{ task.project.pattern }}
                      - 任务：{{ task.title }}
                      - 负责人：{{ task.assignee }}

                      请{{ default(task.creator, task.project.manager) }}今天改好。
                    digest: working day at 09:00

            - id: project-name
              title: 项目命名 / Project name
              when:
                while: >-
                  project.open && (!project.name.matches(r"^\S.{0,48}\S$")
                  || project.name.matches(r"(?i)^(新建项目|未命名|test|untitled|new project)"))
              then:
                - notify:
                    via: mail
                    to: default(project.creator, project.manager)
                    title: 请改名：项目「{{ project.name }}」不合命名规则
                    text: |
                      请{{ default(project.creator, project.manager) }}今天改好。

                      规则：2 到 50 个字，首尾没有空格，不用“新建项目”“未命名”“test”“untitled”这类占位的名称。
                    digest: working day at 09:00

            """#
        ),
        (
            "A7-daily-progress",
            #"""
            # 每个工作日 17:30：手上有今天没更新过的未完成任务的人 → 每人一条，列出这些任务。还没到开始日期的不算。
            # Every working day at 17:30: whoever has open tasks that were not touched today → one message a person with the list.
            # Tasks whose start is yet to come do not count.
            id: daily-progress
            title: 下班前更新进展 / Update your progress
            when: {every: working day at 17:30}
            select: task
            where: task.open && task.updated_at < today && (task.starts_on == null || task.starts_on <= today)
            group: task.assignee
            then:
              - notify:
                  via: mail
                  to: group
                  title: 下班前请更新进展：{{ records.size() }} 个任务今天没有更新
                  text: |
                    请{{ group.name }}下班前打开每个任务，改一下状态、完成比例，或者写一句备注。

                    {{ table(records, ["title", "project.name", "due", "status"]) }}
                  priority: low

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
            "A9-workload",
            #"""
            # 一个人的未完成任务超过 8 个 → 本人和上级；同时“进行中”的任务超过 1 个 → 本人。越过上限时响一次，回到上限以内后再次越过才再响；一天最多一次。
            # 改上限：改 while 里的数字，标题里的也一起改。
            # More than 8 open tasks for one person → that person and their manager; more than one in progress → that person.
            # Rings on crossing the limit, again only after it fell below; once a day at most. Change the number in the title too.
            - id: too-many-tasks
              title: 任务过多 / Too many tasks
              when: {while: records.size() > 8}
              select: task
              where: task.open
              group: task.assignee
              limit: 1 per 1 day
              then:
                - notify:
                    via: mail
                    to: [group, group.manager]
                    title: 「{{ group.name }}」有 {{ records.size() }} 个未完成的任务，超过 8 个
                    text: |
                      请{{ group.name }}和上级{{ group.manager }}今天商量：先做哪些，推迟、转交或取消哪些。

                      {{ table(records, ["title", "project.name", "due", "status"]) }}

            - id: two-in-progress
              title: 同时进行多个任务 / Several tasks in progress
              when: {while: records.size() > 1}
              select: task
              where: task.status.lowerAscii() in ["进行中", "in progress", "doing"]
              group: task.assignee
              limit: 1 per 1 day
              then:
                - notify:
                    via: mail
                    to: group
                    title: 「{{ group.name }}」同时有 {{ records.size() }} 个任务在进行
                    text: |
                      请{{ group.name }}今天定下先做哪一个，其余的改回“待办”，或者转交。

                      {{ table(records, ["title", "project.name", "due", "status"]) }}

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
            "B10-usage-brief",
            #"""
            # 软件使用月报，每月第一个工作日 → IT 和财务：活跃用户、任务完成率、空闲席位、90 天内到期的续费，附各产品用量图。
            # 怎样算：活跃 = 最近 30 天用过的账号；空闲席位 = 席位 − 活跃；完成率 = 使用者上月到期的任务里已完成的比例。
            # 要改的：30（天，四处）、90（天）；IT、财务写在成员的“角色”里（it、finance）。
            # The monthly usage brief, on the first working day → IT and finance: active users (used in the last 30 days), completion
            # rate (of their tasks that were due last month), idle seats (seats less active), renewals in the next 90 days, a chart.
            id: usage-brief
            title: 软件使用月报 / Monthly usage brief
            when: {every: month on first working day at 10:00}
            select: contract
            where: contract.open && (contract.seats != null || contract.usage != null || contract.accounts.exists(a, a.open))
            then:
              - notify:
                  via: mail
                  to: [role("it"), role("finance")]
                  title: '{{ today.minus("1 month").format("yyyy-MM") }} 软件使用月报：{{ records.size() }} 个产品'
                  text: |
                    - 活跃用户：{{ records.map(c, c.accounts.filter(a, a.open && a.last_active != null && days_until(a.last_active) > -30).size()).sum() }} 个账号，共开通 {{ records.map(c, c.accounts.filter(a, a.open).size()).sum() }} 个
                    - 空闲席位：{{ records.filter(c, c.seats != null).map(c, math.greatest(0, c.seats - c.accounts.filter(a, a.open && a.last_active != null && days_until(a.last_active) > -30).size())).sum() }} 个

                    **各产品**

                    {{ records.map(c, "- " + c.name + "：活跃 " + string(c.accounts.filter(a, a.open && a.last_active != null && days_until(a.last_active) > -30).size()) + " / 开通 " + string(c.accounts.filter(a, a.open).size()) + "，席位 " + default(string(c.seats), "未填")).join("\n") }}

                    **完成率（使用者上月到期的任务）**

                    {{ cel.bind(from, date(today.minus("1 month").format("yyyy-MM-01")), cel.bind(to, date(today.format("yyyy-MM-01")), records.map(c, cel.bind(due, c.accounts.filter(a, a.open && a.member != null).map(a, a.member.tasks.filter(t, t.due != null && t.due >= from && t.due < to)).flatten(), "- " + c.name + "：" + (due.size() == 0 ? "没有到期的任务" : percent(double(due.filter(t, t.closed).size()) / double(due.size())) + "（" + string(due.filter(t, t.closed).size()) + " / " + string(due.size()) + "）"))).join("\n"))) }}

                    **用量**

                    {{ bar_chart(records, "name", "usage") }}

                    **90 天内到期，请负责人决定续费还是减量**

                    {{ table(records.filter(c, c.expires_on != null && days_until(c.expires_on) >= 0 && days_until(c.expires_on) <= 90), ["name", "expires_on", "amount", "owner"]) }}

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
            "B12-several-versions",
            #"""
            # 同一产品，几个团队用着不同版本 → IT，一个产品一条。统一以后又出现不同版本，才会再响。已关闭、没写版本的不算。
            # IT 写在成员的“角色”里（it）。
            # Teams on different versions of the same product → IT, once a product; again only after the versions had been the same.
            id: several-versions
            title: 版本不一致 / Several versions of one product
            when:
              while: records.map(c, c.version).distinct().size() > 1
            select: contract
            where: contract.open && contract.version != null
            group: contract.product
            then:
              - notify:
                  via: mail
                  to: role("it")
                  title: 「{{ group }}」有 {{ records.map(c, c.version).distinct().size() }} 个版本同时在用，请统一
                  text: |
                    「{{ group }}」各部门的版本不一样，请 IT 与各负责人约定升级到同一版本：
                    {{ table(records, ["name", "department", "version", "owner"]) }}
                  digest: working day at 09:00

            """#
        ),
        (
            "B13-bought-twice",
            #"""
            # 同一产品有两份有效合同 → 财务和 IT，一个产品一条。合并成一份以后又多买，才会再响；已关闭的、没写产品的不算。
            # 财务、IT 写在成员的“角色”里（finance、it）。
            # Two live contracts for one product → finance and IT, once a product; again only after there was one.
            id: bought-twice
            title: 重复购买 / Bought twice
            when: {while: records.size() > 1}
            select: contract
            where: contract.open
            group: contract.product
            then:
              - notify:
                  via: mail
                  to: [role("finance"), role("it")]
                  title: 「{{ group }}」有 {{ records.size() }} 份有效合同，请核对是否重复购买
                  text: |
                    「{{ group }}」同时有 {{ records.size() }} 份合同。请财务与 IT 核对：重复的在到期前取消或合并，旧合同已结束的请改状态。
                    {{ table(records, ["name", "vendor", "department", "owner", "seats", "amount", "expires_on"]) }}
                  digest: working day at 09:00

            """#
        ),
        (
            "B14-necessity-report",
            #"""
            # 5 万以上的合同，到期前 60 天 → 给负责人建“必要性报告”任务（8 个工作日内交），并约 10 个工作日后的评审会（部门负责人、财务总监参加）。
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
                      due: '{{ date(firing.scheduled_at.plus("8 working days")) }}'
                - invite:
                    to: [contract.owner, contract.owner.department_head, role("finance-director")]
                    title: 续费评审：「{{ contract.name }}」（{{ contract.amount }}）
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
                    text: |
                      「{{ contract.name }}」{{ contract.expires_on }} 到期，请审批续费 {{ contract.amount }}（上期 {{ contract.last_amount }}）。
                      - 必要性报告：{{ contract.document }}
                      - 用量：{{ contract.usage }}，席位：{{ contract.seats }}
                      - 申请人：{{ contract.owner }}
                    via: mail
                    then:
                      approve:
                        - set: {status: '{{ default(contract.status, "").lowerAscii() == "active" ? "approved" : "已批准" }}'}
                        - notify:
                            via: mail
                            to: contract.owner
                            title: 「{{ contract.name }}」续费已批准，请在 {{ contract.expires_on }} 前办理
                            text: |
                              {{ approval.approver }}已批准「{{ contract.name }}」续费 {{ contract.amount }}。办完把状态改为“已续费”。
                              意见：{{ approval.comment }}
                      reject:
                        - notify:
                            via: mail
                            to: contract.owner
                            title: 「{{ contract.name }}」续费没有批准
                            text: |
                              {{ approval.approver }}没有批准「{{ contract.name }}」续费 {{ contract.amount }}，请按意见准备：减量、换供应商，或到期终止。
                              意见：{{ approval.comment }}
                    escalate: {wait: 3 working days, to: contract.owner.department_head.manager}

            """#
        ),
        (
            "B15-price-jump",
            #"""
            # 续费金额比上期高出 10% 以上 → 财务。降回来再涨才会再响；没有上期金额（第一期）的不响。
            # 上期金额：续费办完时由“续费办完”规则（B3）记入，也可以自己填。要改的：1.1（高出 10%）；财务写在成员的“角色”里（finance）。
            # The renewal's amount is over 10 % above the last term's → finance. B3 keeps last_amount at renewal; a first term has none.
            id: price-jump
            title: 续费涨价 / Price jump
            when: {while: contract.open && contract.last_amount > 0 && contract.amount > contract.last_amount * 1.1}
            then:
              - notify:
                  via: mail
                  to: role("finance")
                  title: 「{{ contract.name }}」比上期涨价 {{ percent((contract.amount - contract.last_amount) / contract.last_amount) }}
                  text: |
                    「{{ contract.name }}」（{{ contract.vendor }}）这一期 {{ contract.amount }}，上期 {{ contract.last_amount }}，涨幅超过 10%。
                    请在付款前向负责人{{ contract.owner }}核实原因：席位变了、换了套餐，还是供应商提价；必要时要求重新报价。
                    到期：{{ contract.expires_on }}
                  digest: working day at 09:00

            """#
        ),
        (
            "B16-renewals-on-time",
            #"""
            # 按时续费率月报，每月第一个工作日 → 财务总监：上月到期的合同里，到期前续好的比例，分部门，附近 6 个月走势；目标 99.5%。
            # 怎样算（一份合同算一次，算它最近结束的一期）：
            # - 到期日已过、还没续：这一期结束于到期日，没有按时。主动不续的（已取消、不续签等）不算，写“已过期”的算。
            # - 到期日还没到、有续费日期：上一期结束于开始日期的前一天（B3 续费时把开始日期改为旧到期日的第二天）；续费日期早于开始日期就是按时。
            # - 自动续费的不算。
            # 财务总监写在成员的“角色”里（finance-director）。
            # Renewals on time, monthly → the finance director: of the terms that ended last month, the share renewed before their end, by
            # department, with the trend of six months; goal 99.5 %. A contract counts once, with its latest term that ended. Expiry
            # passed and not renewed: that term, missed (ended on purpose does not count, "expired" does). Else the term before
            # starts_on, which B3 sets to the day after the old expiry: on time when renewed_on is before starts_on. Not: auto_renew.
            id: renewals-on-time
            title: 按时续费率 / Renewals on time
            when: {every: month on first working day at 10:00}
            select: contract
            where: '!contract.auto_renew && (contract.expires_on < today ? contract.open || contract.status in ["已过期", "已到期", "expired", "Expired"] : contract.renewed_on != null) && cel.bind(m, (contract.expires_on < today ? contract.expires_on : contract.starts_on.minus("1 day")).format("yyyy-MM"), m < today.format("yyyy-MM") && m >= today.minus("6 months").format("yyyy-MM"))'
            if: 'records.exists(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == today.minus("1 month").format("yyyy-MM"))'
            then:
              - notify:
                  via: mail
                  to: role("finance-director")
                  title: '{{ today.minus("1 month").format("yyyy-MM") }} 按时续费率 {{ cel.bind(l, records.filter(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == today.minus("1 month").format("yyyy-MM")), percent(double(l.filter(c, c.expires_on >= today && c.renewed_on < c.starts_on).size()) / double(l.size()))) }}，目标 99.5%'
                  text: |
                    {{ cel.bind(l, records.filter(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == today.minus("1 month").format("yyyy-MM")), cel.bind(n, l.filter(c, c.expires_on >= today && c.renewed_on < c.starts_on).size(), today.minus("1 month").format("yyyy-MM") + " 有 " + string(l.size()) + " 份合同到期，按时续费 " + string(n) + " 份，目标 99.5%。")) }}

                    **各部门**

                    {{ cel.bind(l, records.filter(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == today.minus("1 month").format("yyyy-MM")), l.map(c, default(c.department, "未填部门")).distinct().map(d, cel.bind(k, l.filter(c, default(c.department, "未填部门") == d), "- " + d + "：" + string(k.filter(c, c.expires_on >= today && c.renewed_on < c.starts_on).size()) + " / " + string(k.size()) + "（" + percent(double(k.filter(c, c.expires_on >= today && c.renewed_on < c.starts_on).size()) / double(k.size())) + "）")).join("\n")) }}

                    **走势（%）**

                    {{ bar_chart(records.map(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM")).distinct().sort().transformMapEntry(i, m, {m: double(1000 * records.filter(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == m && c.expires_on >= today && c.renewed_on < c.starts_on).size() / records.filter(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == m).size()) / 10.0})) }}

                    **没有按时的，请负责人说明原因；还没续的请马上办理**

                    {{ table(records.filter(c, (c.expires_on < today ? c.expires_on : c.starts_on.minus("1 day")).format("yyyy-MM") == today.minus("1 month").format("yyyy-MM") && !(c.expires_on >= today && c.renewed_on < c.starts_on)), ["name", "department", "owner", "expires_on", "renewed_on"]) }}

            """#
        ),
        (
            "B2-approval-by-amount",
            #"""
            # 合同状态改为“待审批” → 按金额请人审批：5 万以下部门负责人批；5 万及以上，部门负责人批过再由财务总监批。没填金额的按 5 万以上办。
            # 消息里直接点“批准”或“驳回”（也可以用 bellman approve 命令），谁、何时、为什么都有记录；3 个工作日没人答复，转给部门负责人的上级。
            # 批准后状态改为“已批准”，驳回后改为“审批未通过”，并告诉合同负责人。没写部门负责人的，由直属上级批。
            # 要改的：50000（两处）、3 working days；财务总监写在成员的“角色”里（finance-director）。
            # A contract's status becomes "pending approval" → asked by amount: below 50,000 the department head, from there on the
            # finance director as well, after the head. No amount counts as above. Unanswered for 3 working days, the head's manager.
            id: approval-by-amount
            title: 合同审批 / Contract approval
            when: [{created: contract}, {changes: contract.status}]
            if: contract.status in ["待审批", "pending approval", "Pending approval"]
            then:
              - approve:
                  by:
                    - default(contract.owner.department_head, contract.owner.manager)
                    - 'contract.amount == null || contract.amount >= 50000 ? role("finance-director") : []'
                  text: |
                    请审批「{{ contract.name }}」：{{ contract.amount }}
                    - 供应商：{{ contract.vendor }}
                    - 席位：{{ contract.seats }}，上期金额：{{ contract.last_amount }}
                    - 到期：{{ contract.expires_on }}
                    - 申请人：{{ contract.owner }}
                    - 文件：{{ contract.document }}
                  via: mail
                  then:
                    approve:
                      - set: {status: '{{ contract.status.lowerAscii() == "pending approval" ? "approved" : "已批准" }}'}
                      - notify:
                          via: mail
                          to: contract.owner
                          title: 「{{ contract.name }}」已批准，请办理
                          text: |
                            「{{ contract.name }}」（{{ contract.amount }}）已由{{ approval.approver }}批准，请办理签约付款。
                            意见：{{ approval.comment }}
                    reject:
                      - set: {status: '{{ contract.status.lowerAscii() == "pending approval" ? "not approved" : "审批未通过" }}'}
                      - notify:
                          via: mail
                          to: contract.owner
                          title: 「{{ contract.name }}」审批没有通过
                          text: |
                            「{{ contract.name }}」（{{ contract.amount }}）被{{ approval.approver }}驳回，请按意见修改后把状态改回“待审批”，或终止。
                            意见：{{ approval.comment }}
                  escalate: {wait: 3 working days, to: contract.owner.department_head.manager}

            """#
        ),
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
                    to: contract.accounts.filter(a, a.open).map(a, a.member)
                    title: 「{{ contract.name }}」已续费，可以用到 {{ contract.expires_on }}
                    text: |
                      「{{ contract.name }}」已经续费，服务不中断，可以一直用到 {{ contract.expires_on }}。您不需要做任何事。
                      有问题请联系：{{ contract.owner }}。
                - notify:
                    via: mail
                    to: contract.owner
                    title: 「{{ contract.name }}」续费已入账，请核对台账
                    text: |
                      请对照新合同核对下面几项，不对的请在台账里改正：
                      - 新到期日：{{ contract.expires_on }}
                      - 金额：{{ contract.amount }}（上期 {{ contract.last_amount }}）
                      - 席位：{{ contract.seats }}
                      - 续费日期：{{ contract.renewed_on }}
                      使用者（{{ contract.accounts.filter(a, a.open).size() }} 个账号）已收到通知。

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
            "B5-low-usage",
            #"""
            # 用量连续三个月低于 30% → 建议负责人和财务换小一点的套餐。中间缺数据不猜：45 天没有新数据就告诉负责人，三个月重新算起。
            # 要改的：0.3（30%）、3 months；财务写在成员的“角色”里（finance）。
            # Usage below 30 % for three months in a row → owner and finance, with the plan that would do. Missing figures are not
            # guessed: after 45 days without one the owner is told, and the three months begin anew with the next.
            - id: usage-low
              title: 用量持续偏低 / Low usage
              when: {while: contract.open && contract.usage < 0.3, for: 3 months, fresh: 45 days}
              then:
                - notify:
                    via: mail
                    to: [contract.owner, role("finance")]
                    title: 「{{ contract.name }}」三个月用量低于 30%，建议换小套餐
                    text: |
                      「{{ contract.name }}」已连续三个月用量低于 30%，现在是 {{ percent(contract.usage) }}。
                      - 席位：{{ contract.seats }}，按现在的用量 {{ int(math.ceil(contract.usage * double(contract.seats))) }} 个就够
                      - 金额：{{ contract.amount }}
                      - 到期：{{ contract.expires_on }}
                      请{{ contract.owner }}在到期前与财务商定：减少席位、换小套餐，或说明为什么保留。
                    digest: working day at 09:00

            - id: usage-not-measured
              title: 用量数据中断 / Usage figures missing
              when: {after: contract.measured_on, by: 45 days}
              if: contract.open
              then:
                - notify:
                    via: mail
                    to: contract.owner
                    title: 「{{ contract.name }}」已 45 天没有用量数据
                    text: |
                      最后一次用量数据是 {{ contract.measured_on }} 的 {{ percent(contract.usage) }}。请补上数据，或检查导入是否停了。
                      “连续三个月用量低”的统计已经中断，从下一次数据起重新计算，这期间的用量不作推测。
                    digest: working day at 09:00

            """#
        ),
        (
            "B6-idle-account",
            #"""
            # 账号 30 天没人用 → 每月第一个工作日，给合同负责人一份清单：每份合同有几个闲置席位、是谁、一年能省多少钱。
            # 从没用过的，从登记那天算起。金额按“合同金额 ÷ 席位 × 闲置数”估算。要改的：-30（天）。
            # Accounts not used for 30 days → the contract's owner, on the first working day of a month: per product the idle seats,
            # whose they are, and the money that could be saved (amount ÷ seats × idle). Never used counts from the day of entry.
            id: idle-accounts
            title: 闲置账号 / Idle accounts
            when: {every: month on first working day at 09:30}
            select: account
            where: account.open && account.contract.open && days_until(default(account.last_active, account.created_at)) <= -30
            group: account.contract.owner
            then:
              - notify:
                  via: mail
                  to: group
                  title: 您负责的产品有 {{ records.size() }} 个账号 30 天没人用
                  text: |
                    下面的账号 30 天没人用，请问一下本人：不用的请停用，续费时按实际席位买。

                    {{ records.map(a, a.contract).distinct().map(c, cel.bind(n, records.filter(a, a.contract == c).size(), "- " + c.name + "：闲置 " + string(n) + " 个" + (c.seats == 0 ? "" : default("（共 " + string(c.seats) + " 席），约可省 " + money(c.amount / c.seats * n), "")))).join("\n") }}

                    {{ table(records, ["login", "member.name", "contract.name", "last_active"]) }}

            """#
        ),
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
                    title: '{{ member.name }} 已离职，还有 {{ member.accounts.filter(a, a.open).size() }} 个账号没停用，请今天停用'
                    text: |
                      {{ member.name }}（{{ member.department }}）{{ member.left_on }} 离职，下面的账号还开着，请今天停用或转交：
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
                    title: '{{ member.name }} 已不在职，还有 {{ member.accounts.filter(a, a.open).size() }} 个账号没停用，请今天停用'
                    text: |
                      {{ member.name }}（{{ member.department }}）已改为不在职，下面的账号还开着，请今天停用或转交：
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
                    title: '{{ records.size() }} 个离职人员的账号还没停用'
                    text: |
                      下面的账号属于已离职的人，请今天停用或转交，停用后在台账里改状态：
                      {{ table(records, ["login", "member.name", "member.left_on", "contract.name"]) }}
                    priority: high

            """#
        ),
        (
            "B8-incomplete-contract",
            #"""
            # 合同缺到期日、席位、价格条款或文件链接 → 负责人，每周一一次，直到补齐；一人一条消息。没有负责人的合同告诉财务。
            # 要改的：monday at 09:00；财务写在成员的“角色”里（finance）。
            # A contract without expiry, seats, price terms or document → its owner, weekly until complete, one message a person; one
            # without an owner → finance.
            - id: contract-incomplete
              title: 合同资料不全 / Contract record incomplete
              when: {every: monday at 09:00}
              select: contract
              where: contract.open && (contract.expires_on == null || default(contract.seats, 0) == 0 || contract.price_terms == null || contract.document == null)
              group: contract.owner
              if: is_working_day(today)
              then:
                - notify:
                    via: mail
                    to: group
                    title: 您有 {{ records.size() }} 份合同资料不全，请补上
                    text: |
                      请在台账里补上缺的几项，补齐后不再提醒：

                      {{ records.map(c, "- " + c.name + "：缺" + (c.expires_on == null ? " 到期日" : "") + (default(c.seats, 0) == 0 ? " 席位" : "") + (c.price_terms == null ? " 价格条款" : "") + (c.document == null ? " 文件链接" : "")).join("\n") }}

            - id: contract-without-owner
              title: 合同没有负责人 / Contract without owner
              when: {every: monday at 09:00}
              select: contract
              where: contract.open && contract.owner == null
              if: is_working_day(today)
              then:
                - notify:
                    via: mail
                    to: role("finance")
                    title: 有 {{ records.size() }} 份合同没有负责人，请指定
                    text: |
                      没有负责人，到期、涨价都没人收到提醒。请在台账里指定：
                      {{ table(records, ["name", "vendor", "department", "expires_on", "amount"]) }}

            """#
        ),
        (
            "B9-renewals-over-reserve",
            #"""
            # 本季度到期的续费总额超过预算预留 → 财务。每个工作日核对一次，超过后最多每 30 天响一次。财务写在成员的“角色”里（finance）。
            # 怎样算：到期日在本季度、还没续的，加上本季度到期、已经续了的（新一期从旧到期日第二天开始，见 B3）。预留写在“预算”（budget）里：
            # 部门、期间（如 2026-Q4）、预留金额；部门留空的是全公司的。没有预留的不比较；金额请用同一币种。
            # The renewals due this quarter, done or not, add up to more than the budget's reserve → finance. Looked at every working
            # day, told once in 30 days. Reserves are records of kind budget: department, period (2026-Q4), reserve; no department means
            # the whole company.
            - id: renewals-over-reserve
              title: 部门续费超预算 / Renewals over the department's reserve
              when: {every: working day at 09:00}
              select: contract
              where: contract.amount != null && (contract.open && contract.expires_on.format("yyyy-'Q'Q") == today.format("yyyy-'Q'Q") || contract.renewed_on != null && contract.starts_on.minus("1 day").format("yyyy-'Q'Q") == today.format("yyyy-'Q'Q"))
              group: contract.department
              if: sum(records.map(c, c.amount)) > reserve(group, today.format("yyyy-'Q'Q"))
              limit: 1 per 30 days
              then:
                - notify:
                    via: mail
                    to: role("finance")
                    title: '{{ group }}本季度续费 {{ money(sum(records.map(c, c.amount))) }}，超过预留 {{ money(reserve(group, today.format("yyyy-''Q''Q"))) }}'
                    text: |
                      {{ group }} {{ today.format("yyyy-'Q'Q") }} 到期的续费共 {{ money(sum(records.map(c, c.amount))) }}，预留 {{ money(reserve(group, today.format("yyyy-'Q'Q"))) }}，差 {{ money(sum(records.map(c, c.amount)) - reserve(group, today.format("yyyy-'Q'Q"))) }}。
                      请财务追加预留，或与负责人商定减量、推迟：
                      {{ table(records, ["name", "amount", "expires_on", "owner"]) }}

            - id: renewals-over-total-reserve
              title: 续费总额超预算 / Renewals over the total reserve
              when: {every: working day at 09:00}
              select: contract
              where: contract.amount != null && (contract.open && contract.expires_on.format("yyyy-'Q'Q") == today.format("yyyy-'Q'Q") || contract.renewed_on != null && contract.starts_on.minus("1 day").format("yyyy-'Q'Q") == today.format("yyyy-'Q'Q"))
              if: sum(records.map(c, c.amount)) > reserve(null, today.format("yyyy-'Q'Q"))
              limit: 1 per 30 days
              then:
                - notify:
                    via: mail
                    to: role("finance")
                    title: '本季度续费共 {{ money(sum(records.map(c, c.amount))) }}，超过全公司预留 {{ money(reserve(null, today.format("yyyy-''Q''Q"))) }}'
                    text: |
                      {{ today.format("yyyy-'Q'Q") }} 到期的续费共 {{ money(sum(records.map(c, c.amount))) }}，全公司预留 {{ money(reserve(null, today.format("yyyy-'Q'Q"))) }}。
                      请财务追加预留，或与负责人商定减量、推迟：
                      {{ table(records, ["name", "department", "amount", "expires_on", "owner"]) }}

            """#
        ),
        (
            "C1-customer-report",
            #"""
            # 每周五 16:00 → 客户（抄送客户负责人）：本周完成、未完成、问题、下周计划。每个客户一封，放假也发，换成“周四”或别的时间改 when。
            # 只有写了邮箱的客户；标签里有“内部”或 internal 的任务不给客户看。没有任务的客户不发。
            # Fridays at 16:00 → each customer with an e-mail address, and the account owner: finished this week, open, problems,
            # next steps. Tasks labelled 内部 or internal are not shown; customers without tasks get nothing.
            id: customer-report
            title: 客户周报 / Weekly report to the customer
            when: {every: friday at 16:00}
            select: task
            where: >-
              task.project.open && task.project.customer.open && task.project.customer.email != null
              && !default(task.labels, []).exists(l, l in ["内部", "internal"])
              && (task.open || default(task.closed_at, task.updated_at) > firing.scheduled_at.minus("1 week"))
            group: task.project.customer
            then:
              - notify:
                  via: mail
                  to: [group.email, group.owner]
                  title: '{{ group.name }}：项目周报（{{ date(firing.scheduled_at) }}）'
                  text: |
                    您好，这是本周的项目进展。有问题请联系{{ group.owner }}。

                    **本周完成**

                    {{ table(records.filter(t, t.closed), ["title", "project.name", "status"]) }}

                    **未完成**

                    {{ table(records.filter(t, t.open), ["title", "project.name", "due", "progress"]) }}

                    **问题：过期或受阻**

                    {{ table(records.filter(t, t.open && (t.overdue || t.waiting_for != null)), ["title", "due", "waiting_for"]) }}

                    **下周计划**

                    {{ table(records.filter(t, t.open && t.due != null && days_until(t.due) >= 0 && days_until(t.due) <= 9), ["title", "due"]) }}

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
        (
            "C3-risks",
            #"""
            # 风险值（可能性 × 影响）到 12 或以上 → 项目经理；一个月没有评审过的风险 → 风险负责人（没有就是项目经理），每人一条列出来，每周最多一次。
            # 从没评审过的，从登记那天算起。
            # Probability × impact at or above 12 → the project manager. Risks not reviewed for a month → their owner, else the
            # project manager: one message a person, once a week at most. Those never reviewed count from the day they were entered.
            - id: high-risk
              title: 高风险 / High risk
              when: {while: risk.open && risk.score >= 12}
              then:
                - notify:
                    via: mail
                    to: default(risk.project.manager, risk.owner)
                    title: 高风险：「{{ risk.title }}」风险值 {{ risk.score }}（到 12 就要处理）
                    text: |
                      - 项目：{{ risk.project }}
                      - 可能性 × 影响：{{ risk.probability }} × {{ risk.impact }} = {{ risk.score }}
                      - 负责人：{{ risk.owner }}

                      请{{ default(risk.project.manager, risk.owner) }}本周内定下应对措施和负责人，处理之后更新可能性和影响。
                    priority: high

            - id: risk-not-reviewed
              title: 风险该评审了 / Risks to review
              when: {every: working day at 09:00}
              select: risk
              where: risk.open && default(risk.reviewed_on, date(risk.created_at)) <= today.minus("1 month")
              group: default(risk.owner, risk.project.manager)
              limit: 1 per 7 days
              then:
                - notify:
                    via: mail
                    to: group
                    title: 请评审 {{ records.size() }} 个风险：一个月以上没有评审了
                    text: |
                      请{{ group.name }}本周内看看可能性和影响有没有变化，改好后更新评审日期；已经消除的请关闭。

                      {{ table(records, ["title", "project.name", "score", "reviewed_on"]) }}

            """#
        ),
        (
            "C4-material-stock",
            #"""
            # 库存低于最低库存 → 采购员（没有就是项目经理）。补到最低库存以上，再次低于时才再提醒。
            # Stock below its minimum → the buyer, else the project manager. It rings again only after the stock was refilled.
            id: material-low
            title: 物料不足 / Material running low
            when: {while: material.stock < material.minimum}
            then:
              - notify:
                  via: [mail, chat]
                  to: default(material.buyer, material.project.manager)
                  title: 请补货：「{{ material.name }}」库存 {{ material.stock }}，低于最低 {{ material.minimum }}（单位：{{ material.unit }}）
                  text: |
                    - 项目：{{ material.project }}
                    - 库存：{{ material.stock }}
                    - 最低库存：{{ material.minimum }}
                    - 还差：{{ material.minimum - material.stock }}

                    请{{ default(material.buyer, material.project.manager) }}今天下单，到货后更新库存。

            """#
        ),
        (
            "C5-project-budget",
            #"""
            # 项目支出超过预算 80% → 项目经理；超过 100% → 财务。每道线只响一次：降下来再超过才会再响，而且 90 天内不重复。
            # 没填预算、预算为 0、已结束的项目不响。要改的：0.8（80%）；财务写在成员的“角色”里（finance）。
            # Spent over 80 % of a project's budget → its manager; over 100 % → finance. Each line once: again only after it was
            # below, and not within 90 days.
            - id: budget-80
              title: 预算用掉 80% / 80 % of the budget spent
              when: {while: project.open && project.budget > 0 && project.spent > project.budget * 0.8}
              limit: 1 per 90 days
              then:
                - notify:
                    via: mail
                    to: project.manager
                    title: 「{{ project.name }}」预算已用 {{ percent(project.spent / project.budget) }}，超过 80%
                    text: |
                      「{{ project.name }}」预算 {{ project.budget }}，已支出 {{ project.spent }}，还剩 {{ project.budget - project.spent }}。
                      进度 {{ percent(project.progress) }}，结束日期 {{ project.ends_on }}。
                      请{{ project.manager }}核对剩下的工作够不够用，不够就尽早申请追加或缩减范围。

            - id: budget-100
              title: 预算超支 / Over budget
              when: {while: project.open && project.budget > 0 && project.spent > project.budget}
              limit: 1 per 90 days
              then:
                - notify:
                    via: mail
                    to: role("finance")
                    title: 「{{ project.name }}」超支 {{ project.spent - project.budget }}
                    text: |
                      「{{ project.name }}」预算 {{ project.budget }}，已支出 {{ project.spent }}（{{ percent(project.spent / project.budget) }}）。
                      项目经理：{{ project.manager }}；进度 {{ percent(project.progress) }}。
                      请财务与项目经理确认：追加预算，还是停止支出。
                    priority: high

            """#
        ),
        (
            "C6-waiting-on-customer",
            #"""
            # 任务或商机等客户满 5 个工作日 → 负责人去跟进。客户回复（不再等）就停；再等再计。
            # 怎样认：waiting_for（等谁）里有“客户”、customer 或 client，或者状态是“等待客户”、“waiting for customer”一类。
            # A task or an opportunity waits on the customer for 5 working days → its owner. It counts anew each time it waits.
            - id: task-waits-on-customer
              title: 任务等客户 / Task waits on the customer
              when:
                while: task.open && (task.waiting_for.matches("(?i)客户|customer|client") || task.status.matches("(?i)[等待].*客户|(waiting|pending).*(customer|client)"))
                for: 5 working days
              then:
                - notify:
                    via: chat
                    to: task.assignee
                    title: 「{{ task.title }}」等客户已满 5 个工作日，请联系客户
                    text: |
                      任务「{{ task.title }}」（{{ default(task.project.customer.name, "未填客户") }}）等客户已满 5 个工作日。
                      请{{ task.assignee }}今天联系客户催办；客户已回复的，请改状态或清空“等谁”。截止日期：{{ task.due }}。
                    digest: working day at 09:00

            - id: opportunity-waits-on-customer
              title: 商机等客户 / Opportunity waits on the customer
              when:
                while: opportunity.open && (opportunity.waiting_for.matches("(?i)客户|customer|client") || opportunity.status.matches("(?i)[等待].*客户|(waiting|pending).*(customer|client)"))
                for: 5 working days
              then:
                - notify:
                    via: chat
                    to: opportunity.owner
                    title: 商机「{{ opportunity.title }}」等客户已满 5 个工作日，请联系客户
                    text: |
                      商机「{{ opportunity.title }}」（{{ default(opportunity.customer.name, "未填客户") }}，{{ opportunity.amount }}）等客户已满 5 个工作日。
                      请{{ opportunity.owner }}今天联系客户推进；客户已回复的，请改状态或清空“等谁”。预计成交：{{ opportunity.close_on }}。
                    digest: working day at 09:00

            """#
        ),
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
                  title: '{{ default(feedback.customer.name, "客户") }}有新反馈，请在 2 个工作日内答复'
                  text: |
                    {{ default(feedback.customer.name, "客户") }}说：{{ feedback.text }}
                    请{{ default(feedback.responsible, feedback.customer.owner) }}在 {{ today.plus("2 working days") }} 前答复客户，答复后填上答复时间。
              - wait: 2 working days
                notify:
                  via: mail
                  to: default(feedback.responsible, feedback.customer.owner).manager
                  title: '{{ default(feedback.customer.name, "客户") }}的反馈 2 个工作日没有答复，请督促'
                  text: |
                    {{ default(feedback.customer.name, "客户") }}说：{{ feedback.text }}
                    负责答复的是{{ default(feedback.responsible, feedback.customer.owner) }}，至今没有答复。请督促今天答复，或改派他人。
                  priority: high

            """#
        ),
        (
            "C8-smart-goal",
            #"""
            # 新目标一小时后还缺衡量标准、负责人或日期（SMART）→ 提出的人。导入的、找不到提出人的，找目标负责人，再没有就找项目经理。
            # A goal that lacks measure, owner or date an hour after it was written → its author; where it was imported, its owner, else
            # the project manager.
            id: smart-goal
            title: 目标不完整 / Goal is not SMART
            when: {created: goal}
            if: goal.open && (goal.measure == null || goal.owner == null || goal.due == null)
            then:
              - wait: 1 hour
                notify:
                  via: mail
                  to: default(member(changed_by), default(goal.owner, goal.project.manager))
                  title: '目标「{{ goal.title }}」请补上{{ (goal.measure == null ? " 衡量标准" : "") + (goal.owner == null ? " 负责人" : "") + (goal.due == null ? " 日期" : "") }}'
                  text: |
                    目标「{{ goal.title }}」写下一小时了，还不能跟踪：
                    - 衡量标准：{{ goal.measure }}
                    - 负责人：{{ goal.owner }}
                    - 日期：{{ goal.due }}
                    请补上没有填写的几项，让人知道做到什么程度、谁负责、到哪天为止。

            """#
        ),
    ]
}
