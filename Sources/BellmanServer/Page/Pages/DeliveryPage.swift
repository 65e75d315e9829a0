import Almanac
import BellmanModel
import BellmanStore

/// One notice with every try to send it.
struct NoticePage {
    let context: PageContext
    let item: OutboxItem
    let attempts: [Attempt]
    /// It was queued again just now.
    let isResent: Bool
    /// Its firing, where people may answer it.
    let firing: (entry: LedgerEntry, isAcknowledged: Bool)?
    private var words: PageWords { context.words }
    private var notice: Notice { item.notice }

    var lead: HTML {
        let isUrgent = notice.urgent || notice.priority == .high
        return """
            <p class="lead">\(Pieces.badge(Pieces.tone(item.state), words.state(item.state)))\
            <span class="tag">\(notice.channel)</span>\(HTML.when(isUrgent, Pieces.badge(.hot, words.urgent)))\
            \(HTML.when(notice.late, Pieces.badge(.wait, words.late)))<span class="code dim">\(notice.id)</span></p>
            """
    }

    func html() -> HTML {
        """
        \(HTML.when(isResent, "<p class=\"done\" role=\"status\">\(words("It was queued again.", "已重新排队发送。"))</p>"))
        <div class="columns">
        <section class="panel" aria-labelledby="h-message"><h2 id="h-message">\(words("Message", "内容"))</h2>
        <div class="body" dir="auto" lang="\(notice.language)">\(NoticeHTML.render(notice.text))</div>
        \(NoticeCard(context: context).links(notice))
        <dl class="facts wide">\(facts())</dl>\(answers)</section>
        <section class="panel" aria-labelledby="h-tries"><h2 id="h-tries">\(words("Tries", "发送记录"))</h2>\(tries())\(resend())</section>
        </div>
        """
    }

    private func facts() -> HTML {
        let people = NoticeCard.people(notice, words)
        let reason = words.reason(item.reason)
        return Pieces.fact(words.rule, NoticeCard.rule(notice))
            + Pieces.fact(
                words("Record", "记录"), .when(!notice.record.isEmpty, "<span class=\"code\">\(notice.record)</span>"))
            + Pieces.fact(words("Firing", "提醒"), firingLink)
            + Pieces.fact(words("To", "收件人"), .when(!people.isEmpty, "\(people)"))
            + Pieces.fact(words("Rang", "响起"), context.stamp(notice.firedAt))
            + Pieces.fact(words("Planned for", "原定"), .when(notice.late, context.stamp(notice.scheduledAt)))
            + Pieces.fact(
                words("Not before", "最早"),
                .when(item.finishedAt == nil && item.notBefore > context.now, context.stamp(item.notBefore)))
            + Pieces.fact(words("Finished", "结束"), .with(item.finishedAt) { context.stamp($0) })
            + Pieces.fact(words("Why", "缘由"), .when(!reason.isEmpty, "\(reason)"))
    }

    private var answers: HTML {
        guard let firing, !notice.acts.isEmpty else { return .nothing }
        let people = notice.acts.contains(.snooze) ? notice.recipients : []
        return FiringForms(
            context: context, entry: firing.entry, isAcknowledged: firing.isAcknowledged, people: people
        ).html()
    }

    /// Where it is acknowledged and put off.
    private var firingLink: HTML {
        .when(
            context.dependencies.people != nil && !notice.acts.isEmpty,
            "<a class=\"code\" href=\"\(PagePath.firing(notice.firing))\">\(notice.firing)</a>")
    }

    private func tries() -> HTML {
        guard !attempts.isEmpty else {
            return Pieces.empty(
                item.finishedAt == nil ? words("Not tried yet.", "尚未尝试发送。") : words("It went without a try.", "无发送记录。"))
        }
        let rows = HTML.each(attempts.reversed()) { attempt in
            """
            <li><p class="line"><b>\(attempt.number)</b>\(context.stamp(attempt.at))\
            \(Pieces.badge(attempt.verdict == "delivered" ? .good : .bad, words.verdict(attempt.verdict)))</p>\
            \(HTML.when(!attempt.answer.isEmpty, "<p class=\"said\"><bdi>\(attempt.answer)</bdi></p>"))</li>
            """
        }
        return "<ol class=\"tries\">\(rows)</ol>"
    }

    /// The button, or what it takes to have one.
    private func resend() -> HTML {
        guard item.finishedAt != nil else { return .nothing }
        guard let token = context.identity.formToken, let role = context.identity.role else {
            let command: HTML = "<code>bellman token create --role manager</code>"
            return context.identity.role == nil
                ? "<p class=\"dim\">\(words("To send it again, make a token", "要重新发送，请先创建令牌")) (\(command)) \(words("and", "，再")) <a href=\"/login\">\(words("sign in", "登录"))</a>.</p>"
                : "<p class=\"dim\"><a href=\"/login\">\(words("Sign in", "登录"))</a> \(words("to send it again.", "后可重新发送。"))</p>"
        }
        guard role.allows(.writing) else {
            return """
                <p class="dim">\(words("To send it again takes a token of role manager or admin.", "重新发送需要 manager 或 admin 角色的令牌。"))</p>
                """
        }
        return """
            <form method="post" action="\(PagePath.delivery(notice.id))/resend">
            <input type="hidden" name="\(FormGuard.field)" value="\(token)">
            <button class="main">\(words("Send again", "重新发送"))</button></form>
            """
    }
}
