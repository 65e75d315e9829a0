import Almanac
import BellmanModel
import BellmanStore

/// One firing: what it told whom, what still waits, and what people did about it.
struct FiringPage {
    let context: PageContext
    let entry: LedgerEntry
    let acknowledgement: Acknowledgement?
    let steps: [PendingStep]
    let items: [OutboxItem]
    let acts: [ActEntry]
    /// What was done just now: `ack`, `snooze`.
    let done: String?
    private var words: PageWords { context.words }

    /// Step numbers from here on are repetitions.
    private static let repetition = 1_000_000_000

    var lead: HTML {
        """
        <p class="lead">\(Pieces.badge(Pieces.tone(entry.outcome), words.outcome(entry.outcome)))\
        <span class="code dim">\(entry.firing)</span></p>
        """
    }

    func html() -> HTML {
        """
        \(note)
        <div class="columns">
        <section class="panel" aria-labelledby="h-firing"><h2 id="h-firing">\(words("Firing", "提醒"))</h2>
        <dl class="facts wide">\(facts)</dl>\(FiringForms(context: context, entry: entry, isAcknowledged: acknowledgement != nil, people: snoozers).html())</section>
        <section class="panel" aria-labelledby="h-notices"><h2 id="h-notices">\(words("Notices", "通知"))</h2>\(notices)</section>
        </div>
        \(waiting)
        \(HTML.when(!acts.isEmpty, "<section aria-labelledby=\"h-acts\"><h2 id=\"h-acts\">\(words("What people did", "大家做了什么"))</h2>\(ActList(context: context).html(acts))</section>"))
        """
    }

    private var note: HTML {
        switch done {
        case "ack": "<p class=\"done\" role=\"status\">\(words("Acknowledged.", "已确认。"))</p>"
        case "snooze": "<p class=\"done\" role=\"status\">\(words("It comes again later.", "稍后会再次提醒。"))</p>"
        default: .nothing
        }
    }

    private var facts: HTML {
        let reason = words.reason(entry.reason)
        return Pieces.fact(words.rule, "<a href=\"\(PagePath.rule(entry.key.rule))\">\(entry.key.rule)</a>")
            + Pieces.fact(
                words("Record", "记录"),
                .when(!entry.key.subject.isEmpty, "<span class=\"code\">\(entry.key.subject)</span>"))
            + Pieces.fact(words("Meant for", "原定"), context.stamp(entry.scheduledAt))
            + Pieces.fact(words("Decided", "判定时间"), context.stamp(entry.decidedAt))
            + Pieces.fact(words("Why", "缘由"), .when(!reason.isEmpty, "\(reason)"))
            + Pieces.fact(
                words("Acknowledged", "已确认"),
                .with(acknowledgement) { acknowledgement in
                    "\(acknowledgement.by.id), \(context.stamp(acknowledgement.at))\(HTML.when(!acknowledgement.comment.isEmpty, "<br><span class=\"dim\">\(acknowledgement.comment)</span>"))"
                })
    }

    private var notices: HTML {
        guard !items.isEmpty else { return Pieces.empty(words("It told nobody.", "没有发出通知。")) }
        return "<ul class=\"plain\">\(HTML.each(items) { NoticeCard(context: context).line($0) })</ul>"
    }

    private var waiting: HTML {
        guard !steps.isEmpty else { return .nothing }
        let heads = [words("Step", "步骤"), words("Due", "到期"), words.state, words("Why", "缘由")]
        let rows = HTML.each(steps) { step in
            let number = step.step - FiringPage.repetition
            let name =
                QuestionRow.step(of: step.step).map { words("question of step \($0 + 1)", "第 \($0 + 1) 步的审批") }
                ?? (number > 0
                    ? words("repetition \(number)", "第 \(number) 次重复")
                    : words("step \(step.step + 1)", "第 \(step.step + 1) 步"))
            let due = step.dueAt == .latest ? nil : step.dueAt
            return """
                <tr>\(Pieces.cell(heads[0], "\(name)"))\(Pieces.cell(heads[1], context.stamp(due, or: "")))\
                \(Pieces.cell(heads[2], "\(words.step(step.state))"))\(Pieces.cell(heads[3], "\(words.reason(step.reason))"))</tr>
                """
        }
        let title = words("Steps and repetitions", "后续步骤与重复")
        return
            "<section aria-labelledby=\"h-steps\"><h2 id=\"h-steps\">\(title)</h2>\(Pieces.table(title, heads, rows))</section>"
    }

    private var snoozers: [Recipient] {
        var seen: Set<String> = []
        return items.filter { $0.notice.acts.contains(.snooze) }.flatMap(\.notice.recipients)
            .filter { seen.insert($0.id).inserted }
    }
}

/// The buttons of a firing: acknowledge, put off.
struct FiringForms {
    let context: PageContext
    let entry: LedgerEntry
    let isAcknowledged: Bool
    /// Who had a notice that may come again.
    let people: [Recipient]
    private var words: PageWords { context.words }

    func html() -> HTML {
        guard context.dependencies.people != nil, entry.outcome.rang, !isAcknowledged else { return .nothing }
        guard let token = context.identity.formToken, let role = context.identity.role else {
            return
                "<p class=\"dim\"><a href=\"/login\">\(words("Sign in", "登录"))</a> \(words("to acknowledge it or put it off.", "后可确认或推迟。"))</p>"
        }
        guard role.allows(.editing) else {
            return "<p class=\"dim\">\(words("A guest's token may not acknowledge.", "访客的令牌不能确认。"))</p>"
        }
        let guardField: HTML = "<input type=\"hidden\" name=\"\(FormGuard.field)\" value=\"\(token)\">"
        return """
            <form class="act" method="post" action="\(PagePath.firing(entry.firing))/ack">\(guardField)
            <label>\(words("Comment", "说明")) <input name="comment" maxlength="500"></label>
            <button class="main">\(words("Acknowledge", "确认"))</button></form>
            \(snooze(guardField, role))
            """
    }

    private static let lengths: [(value: String, en: String, zh: String)] = [
        ("PT1H", "1 hour", "1 小时"), ("PT4H", "4 hours", "4 小时"), ("P1D", "1 day", "1 天"), ("P3D", "3 days", "3 天"),
        ("P7D", "1 week", "1 周"),
    ]

    /// A manager puts it off for any of them, others for themselves.
    private func snooze(_ guardField: HTML, _ role: Role) -> HTML {
        let own = context.identity.name
        let choices = role.allows(.writing) ? people : people.filter { $0.id == own }
        guard !choices.isEmpty else { return .nothing }
        let options = HTML.each(choices) { person in
            person.id == own
                ? "<option value=\"\(person.id)\" selected>\(person.name)</option>"
                : "<option value=\"\(person.id)\">\(person.name)</option>"
        }
        let lengths = HTML.each(FiringForms.lengths) { length in
            length.value == "P1D"
                ? "<option value=\"\(length.value)\" selected>\(words(length.en, length.zh))</option>"
                : "<option value=\"\(length.value)\">\(words(length.en, length.zh))</option>"
        }
        return """
            <form class="act" method="post" action="\(PagePath.firing(entry.firing))/snooze">\(guardField)
            <label>\(words("Remind", "再次提醒")) <select name="by">\(options)</select></label>
            <label>\(words("again in", "在多久之后")) <select name="for">\(lengths)</select></label>
            <button>\(words("Put off", "推迟"))</button></form>
            """
    }
}

extension PageWords {
    func step(_ state: PendingStep.State) -> String {
        switch state {
        case .waiting: self("waits", "等待中")
        case .done: self("done", "已执行")
        case .cancelled: self("cancelled", "已取消")
        case .expired: self("expired", "已过期")
        case .failed: self("failed", "出错")
        }
    }
}
