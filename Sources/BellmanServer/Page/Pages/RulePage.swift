import Almanac
import BellmanModel
import BellmanStore

/// One rule: what it decided lately and why, and its text.
struct RulePage {
    static let decisionsPerPage = 50
    /// Lines of its file that are shown.
    static let mostLines = 400

    let context: PageContext
    let rule: RuleReport
    let next: [String: Instant]
    let rings: RingCounts
    let decisions: DecisionPage
    let source: RuleSource?
    /// What time will bring, the earliest first.
    let coming: [ComingNotice]
    private var words: PageWords { context.words }

    var lead: HTML {
        """
        <p class="lead">\(Pieces.badge(RulesPage.tone(rule.state), words.state(rule.state)))\
        \(HTML.each(rule.tags) { "<span class=\"tag\">\($0)</span>" })\
        <span class="code dim">\(rule.id)</span> <span class="code dim">\(rule.file):\(rule.line)</span></p>
        """
    }

    func html() -> HTML {
        """
        \(HTML.when(!rule.problem.isEmpty, "<section class=\"alarmed\"><p class=\"problem\">\(rule.problem)</p>\(kept)</section>"))
        <dl class="facts wide">\(RuleTimes(context: context, next: next, rings: rings).facts(rule))</dl>
        \(HTML.when(!coming.isEmpty, next10()))
        <section aria-labelledby="h-decisions"><h2 id="h-decisions">\(words("What it decided", "判定记录"))</h2>\(list())</section>
        \(HTML.with(source, text))
        """
    }

    static let mostComing = 10

    private func next10() -> HTML {
        let heads = [words.time, words("What", "事项"), words("Why", "缘由")]
        let rows = HTML.each(coming.prefix(RulePage.mostComing)) { notice in
            """
            <tr>\(Pieces.cell(heads[0], context.stamp(notice.at)))\
            \(Pieces.cell(heads[1], "<span dir=\"auto\">\(notice.subject)</span> <span class=\"code dim\">\(notice.record)</span>"))\
            \(Pieces.cell(heads[2], "<span class=\"dim\">\(notice.detail[words.language] ?? "")</span> \(asked(notice.record))"))</tr>
            """
        }
        return """
            <section aria-labelledby="h-next"><h2 id="h-next">\(words("What it will ring", "接下来会响"))</h2>
            \(Pieces.table(words("Coming, earliest first", "即将响起，早的在前"), heads, rows))</section>
            """
    }

    /// A link to the whole explanation.
    private func asked(_ record: String, at: Instant? = nil) -> HTML {
        guard context.dependencies.trust != nil else { return .nothing }
        return "<a href=\"\(PagePath.why(rule.id, record, at: at))\">\(words("why?", "为什么？"))</a>"
    }

    private var kept: HTML {
        .when(
            rule.state == .broken && source != nil,
            "<p class=\"dim\">\(words("The last good version below keeps ringing.", "下面的最后可用版本仍在值守。"))</p>")
    }

    private func list() -> HTML {
        guard !decisions.entries.isEmpty || decisions.next != nil else {
            return Pieces.empty(words("Nothing has come to this rule yet.", "这条规则还没有判定过任何事项。"))
        }
        let heads = [
            words("Decided", "判定时间"), words("Record", "记录"), words("Outcome", "结果"), words("Why", "缘由"),
        ]
        let rows = HTML.each(decisions.entries) { entry in
            """
            <tr>\(Pieces.cell(heads[0], decided(entry)))\
            \(Pieces.cell(heads[1], "<span class=\"code\">\(entry.key.subject.isEmpty ? "–" : entry.key.subject)</span>"))\
            \(Pieces.cell(heads[2], Pieces.badge(Pieces.tone(entry.outcome), words.outcome(entry.outcome))))\
            \(Pieces.cell(heads[3], why(entry)))</tr>
            """
        }
        return Pieces.table(words("Decisions, newest first", "判定记录，新的在前"), heads, rows)
            + Pieces.pager(
                context, parameter: "before", next: decisions.next.map { String($0) }, nextWords: words.older)
    }

    private func decided(_ entry: LedgerEntry) -> HTML {
        guard context.dependencies.people != nil else { return context.stamp(entry.decidedAt) }
        return "<a href=\"\(PagePath.firing(entry.firing))\">\(context.stamp(entry.decidedAt))</a>"
    }

    private func why(_ entry: LedgerEntry) -> HTML {
        let planned: HTML = .when(
            context.time.minute(entry.scheduledAt) != context.time.minute(entry.decidedAt),
            " <span class=\"dim\">\(words("meant for", "原定")) \(context.stamp(entry.scheduledAt))</span>")
        return "\(words.reason(entry.reason))\(planned) \(asked(entry.key.subject, at: entry.decidedAt))"
    }

    private func text(_ source: RuleSource) -> HTML {
        var lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
        while lines.last?.isEmpty == true { lines.removeLast() }
        let shown = HTML.each(lines.prefix(RulePage.mostLines).enumerated()) { index, line in
            index + 1 == source.line ? "<b id=\"rule-line\">\(String(line))</b>\n" : "\(String(line))\n"
        }
        return """
            <section aria-labelledby="h-text"><h2 id="h-text">\(words("Its file", "规则文件")) <small class="code">\(source.file)</small></h2>
            <pre class="source" tabindex="0" aria-labelledby="h-text">\(shown)</pre></section>
            """
    }
}
