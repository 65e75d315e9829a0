import Almanac
import BellmanModel

/// One notice as people read it.
struct NoticeCard {
    let context: PageContext
    private var words: PageWords { context.words }

    /// `level` is that of its heading.
    func html(_ item: OutboxItem, showsDay: Bool = false) -> HTML {
        let notice = item.notice
        let when = showsDay ? context.time.minute(notice.firedAt) : context.time.clock(notice.firedAt)
        let isUrgent = notice.urgent || notice.priority == .high
        let late: HTML = .when(
            notice.late,
            "\(Pieces.badge(.wait, words.late))<span class=\"dim\">\(words("planned for", "原定")) \(context.time.minute(notice.scheduledAt))</span>"
        )
        return """
            <li class="card \(Pieces.tone(item.state).rawValue)">
            <div class="line"><time datetime="\(notice.firedAt.iso)">\(when)</time><span class="tag">\(notice.channel)</span>\
            \(HTML.when(item.state != .sent, Pieces.badge(Pieces.tone(item.state), words.state(item.state))))\
            \(HTML.when(isUrgent, Pieces.badge(.hot, words.urgent)))\(late)</div>
            <h3 dir="auto" lang="\(notice.language)"><a href="\(PagePath.delivery(notice.id))">\(notice.title)</a></h3>
            <div class="body" dir="auto" lang="\(notice.language)">\(NoticeHTML.render(notice.text))</div>
            \(links(notice))\(foot(item))
            </li>
            """
    }

    /// The same in one line of a list.
    func line(_ item: OutboxItem) -> HTML {
        let notice = item.notice
        return """
            <li class="row \(Pieces.tone(item.state).rawValue)"><time datetime="\(notice.firedAt.iso)">\(context.time.clock(notice.firedAt))</time>\
            <span class="what"><a href="\(PagePath.delivery(notice.id))" dir="auto">\(notice.title)</a>\
            <span class="dim">\(notice.ruleTitle.isEmpty ? notice.rule : notice.ruleTitle)</span></span>\
            \(HTML.when(item.state != .sent, Pieces.badge(Pieces.tone(item.state), words.state(item.state))))</li>
            """
    }

    func links(_ notice: Notice) -> HTML {
        let links = notice.links.compactMap { link in SafeLink.checked(link.url).map { (link.label, $0) } }
        guard !links.isEmpty else { return .nothing }
        let anchors = HTML.each(links) { label, url in
            "<a href=\"\(url)\" rel=\"noopener noreferrer\">\(label.isEmpty ? url : label)</a>"
        }
        return "<p class=\"links\">\(anchors)</p>"
    }

    static func people(_ notice: Notice, _ words: PageWords) -> String {
        words.list(notice.recipients.map { $0.name.isEmpty ? $0.id : $0.name })
    }

    /// The rule's title, leading to its page. Bellman's own words about itself come from no rule.
    static func rule(_ notice: Notice) -> HTML {
        let title = notice.ruleTitle.isEmpty ? notice.rule : notice.ruleTitle
        if notice.rule.isEmpty || notice.rule == "bellman" { return "<span>\(title)</span>" }
        return "<a href=\"\(PagePath.rule(notice.rule))\">\(title)</a>"
    }

    private func foot(_ item: OutboxItem) -> HTML {
        let notice = item.notice
        let people = NoticeCard.people(notice, words)
        let isHeld = item.state == .held || (item.state == .waiting && item.notBefore > context.now)
        let reason = item.state == .sent ? "" : words.reason(item.reason)
        let rule = NoticeCard.rule(notice)
        return """
            <p class="foot dim">\(rule)\
            \(HTML.when(!notice.record.isEmpty, "<span class=\"code\">\(notice.record)</span>"))\
            \(HTML.when(!people.isEmpty, "<span>\(words("to", "发给")) \(people)</span>"))\
            \(HTML.when(isHeld, "<span>\(words("not before", "最早")) \(context.time.minute(item.notBefore))</span>"))\
            \(HTML.when(!reason.isEmpty, "<span class=\"why\">\(reason)</span>"))</p>
            """
    }
}
