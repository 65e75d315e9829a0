import Almanac
import BellmanDelivery
import BellmanEngine
import BellmanModel
import BellmanRules
import SourceDiagnostics

/// An answer of `why` as lines for people.
public struct WhyText {
    private let report: WhyReport
    private let words: WhyWording
    private var lines: [String] = []

    public static func lines(_ report: WhyReport, language: AlmanacLanguage, zone: Zone) -> [String] {
        var text = WhyText(report: report, words: WhyWording(language: language, zone: zone))
        text.write()
        return text.lines
    }

    private init(report: WhyReport, words: WhyWording) {
        self.report = report
        self.words = words
    }

    private func pick(_ english: String, _ chinese: String) -> String { words.pick(english, chinese) }
    private mutating func add(_ depth: Int, _ text: String) {
        lines.append(String(repeating: "  ", count: depth) + text)
    }

    private mutating func write() {
        head()
        if let then = report.then { self.then(then) }
        moments()
        for decision in report.decisions { self.decision(decision) }
        standing()
    }

    private mutating func head() {
        let rule = report.rule
        add(0, "\(rule.id) \(words.quoted(rule.title)) · \(rule.place.file):\(rule.place.line)")
        if let subject = report.subject {
            add(0, subject.text + (subject.title.isEmpty ? "" : " \(words.quoted(subject.title))"))
        }
        for obstacle in report.obstacles { add(0, pick("! ", "！") + words.obstacle(obstacle)) }
        if let gathering = report.gathering { self.gathering(gathering) }
    }

    private mutating func gathering(_ gathering: WhyGathering) {
        switch gathering.place {
        case .outside: add(0, pick("! not gathered: “where” does not hold", "！没有被收集：where 不成立"))
        case .ungrouped(let path): add(0, pick("! in no group: \(path) is empty", "！不在任何组里：\(path) 为空"))
        case .broken(let why): add(0, pick("! not gathered: \(why)", "！没有被收集：\(why)"))
        case .inside(let group):
            add(
                0,
                group.isEmpty
                    ? pick("gathered with all others", "与其他记录一起收集") : pick("in the group \(group)", "在组 \(group) 里"))
        }
        if case .outside = gathering.place, let filter = gathering.filter { tree(1, filter) }
    }

    // MARK: moments

    private mutating func moments() {
        guard !report.moments.isEmpty else {
            add(0, "")
            return add(0, pick("nothing was ever decided, and nothing is to come", "从未有过判定，也没有将到的时刻"))
        }
        add(0, "")
        add(0, pick("moments, the nearest first", "各个时刻，由近及远"))
        let rows = report.moments.map { moment in
            [moment.at.map(words.short) ?? "–", state(moment), words.cause(moment.cause), why(moment)]
        }
        let widths = (0..<3).map { column in rows.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
        for row in rows {
            var line = ""
            for (cell, width) in zip(row, widths) {
                line += cell + String(repeating: " ", count: width - DisplayWidth.of(cell) + 2)
            }
            add(1, line + row[3])
        }
        if report.older > 0 { add(1, pick("and \(report.older) earlier ones", "更早的还有 \(report.older) 次")) }
    }

    private func state(_ moment: WhyMoment) -> String {
        switch moment.fate {
        case .decided(let entry): entry.outcome.words(words.language)
        case .coming: pick("to come", "将到")
        case .none: moment.at == nil ? pick("waits", "等待") : pick("no decision", "没有判定")
        }
    }

    private func why(_ moment: WhyMoment) -> String {
        switch moment.fate {
        case .decided(let entry): words.reason(entry)
        case .coming(let forecast): words.expectation(forecast.expectation)
        case .none(let obstacles): obstacles.map(words.obstacle).joined(separator: pick("; ", "；"))
        }
    }

    // MARK: a decision

    private mutating func decision(_ decision: WhyDecision) {
        let entry = decision.entry
        add(0, "")
        add(
            0,
            pick("decision of \(words.shown(entry.decidedAt)): ", "\(words.shown(entry.decidedAt)) 的判定：")
                + "\(entry.outcome.words(words.language)) · \(words.reason(entry))")
        fact(pick("trigger", "触发"), trigger(decision))
        if decision.entry.scheduledAt != entry.decidedAt {
            fact(pick("meant for", "应在"), words.shown(entry.scheduledAt))
        }
        if let record = decision.record { fact(pick("record", "记录"), self.record(record, decision)) }
        if let count = decision.gathered { fact(pick("gathered", "收集"), pick("\(count) records", "\(count) 条记录")) }
        for tree in decision.conditions { self.tree(1, tree) }
        if let instead = decision.instead {
            fact(
                pick("instead", "代替者"),
                "\(words.short(instead.scheduledAt)) \(words.cause(WhyCause(entry: instead, report.rule))): "
                    + instead.outcome.words(words.language))
        }
        if let silence = decision.silence { fact(pick("silence", "静默"), words.facts(silence)) }
        for ring in decision.earlier {
            fact(pick("counted", "计入"), "\(words.short(ring.decidedAt)) \(ring.outcome.words(words.language))")
        }
        fact(pick("checked", "核对"), words.agreement(decision.agreement))
        outcome(of: decision)
    }

    private mutating func outcome(of decision: WhyDecision) {
        if let ack = decision.acknowledgement {
            fact(
                pick("acknowledged", "确认"),
                "\(words.shown(ack.at)) \(ack.by.id)" + (ack.comment.isEmpty ? "" : ": \(ack.comment)"))
        }
        for step in decision.steps {
            let due = step.dueAt == .latest ? "" : words.short(step.dueAt) + " "
            fact(
                words.name(step),
                due + self.step(step.state)
                    + (step.reason.decisionWords(words.language).map { " · " + $0 } ?? ""))
        }
        guard decision.entry.outcome.rang else { return }
        if decision.notices.isEmpty { return fact(pick("notices", "通知"), pick("none", "没有")) }
        for notice in decision.notices { self.notice(notice) }
    }

    private func step(_ state: PendingStep.State) -> String {
        switch state {
        case .waiting: pick("waits", "等待")
        case .done: pick("done", "已执行")
        case .cancelled: pick("cancelled", "已取消")
        case .expired: pick("too late", "已过期")
        case .failed: pick("failed", "出错")
        }
    }

    private mutating func notice(_ notice: WhyNotice) {
        let item = notice.item
        let people = item.notice.recipients.map(\.name).joined(separator: pick(", ", "、"))
        let wording = DeliveryWording(words.language == .zh ? "zh" : "en")
        var text = "\(item.notice.channel)" + (people.isEmpty ? "" : " → \(people)")
        text += pick(": ", "：") + item.state.words(words.language)
        if item.state == .held || (item.state == .waiting && item.attempts > 0) {
            text += pick(" until \(words.shown(item.notBefore))", "，到 \(words.shown(item.notBefore))")
        }
        let reason = wording.reason(item.reason.code)
        text += " · " + reason + (item.reason.detail.isEmpty ? "" : pick(": ", "：") + item.reason.detail)
        fact(pick("notice", "通知"), text)
        if let bundle = item.bundle, bundle != item.notice.id { add(3, pick("sent in \(bundle)", "合并于 \(bundle)")) }
        for attempt in notice.attempts {
            add(
                3,
                pick("try \(attempt.number)  ", "第 \(attempt.number) 次  ")
                    + "\(words.shown(attempt.at)) \(wording.reason(attempt.verdict))"
                    + (attempt.answer.isEmpty ? "" : pick(": ", "：") + attempt.answer))
        }
    }

    private func trigger(_ decision: WhyDecision) -> String {
        let rule = report.rule
        switch decision.cause {
        case .date(_, let value, _, let at):
            var text = words.cause(decision.cause)
            if case .date = value { text += pick(", at \(at)", "，\(at)") }
            return text + pick(" in \(rule.timing.zone.name)", "（\(rule.timing.zone.name)）")
                + " → \(words.shown(decision.entry.scheduledAt))"
        case .run: return words.cause(decision.cause) + " → \(words.shown(decision.entry.scheduledAt))"
        case .change:
            guard let change = decision.change else { return words.cause(decision.cause) }
            return words.cause(decision.cause) + pick(" by \(change.actor)", "，\(change.actor)") + pick(": ", "：")
                + self.change(change)
        default: return words.cause(decision.cause)
        }
    }

    private func change(_ change: Change) -> String {
        switch change.operation {
        case .created: return pick("created", "新建")
        case .deleted: return pick("deleted", "删除")
        case .updated:
            return change.fields.map { "\($0.name) \(words.value($0.old)) → \(words.value($0.new))" }
                .joined(separator: pick(", ", "，"))
        }
    }

    private func record(_ record: Record, _ decision: WhyDecision) -> String {
        guard let write = decision.lastWrite else { return pick("as it stood then", "当时的样子") }
        return pick(
            "as it stood then, last written at \(words.shown(write.at)) by \(write.actor)",
            "当时的样子，此前最后一次由 \(write.actor) 写于 \(words.shown(write.at))")
    }

    private mutating func fact(_ name: String, _ text: String) {
        let width = 12
        add(1, name + String(repeating: " ", count: max(1, width - DisplayWidth.of(name))) + text)
    }

    // MARK: conditions

    private mutating func tree(_ depth: Int, _ tree: ConditionTree) {
        add(depth, "\(tree.key.rawValue):")
        part(depth + 1, tree.root)
        for wish in tree.wishes { add(depth + 1, "→ " + words.wish(wish)) }
    }

    private mutating func part(_ depth: Int, _ part: ConditionPart) {
        let text = part.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        switch part.state {
        case .holds: add(depth, "✓ \(text)")
        case .fails: add(depth, "✗ \(text)")
        case .value(let value): add(depth, "  \(text) = \(value)")
        case .empty(let path):
            add(
                depth,
                "? \(text)" + (path == part.text ? pick(": empty", "：为空") : pick(": \(path) is empty", "：\(path) 为空")))
        case .broken(let why): add(depth, "! \(text)" + pick(": ", "：") + why)
        case .notAsked: add(depth, "· \(text)" + pick(": not looked at", "：没有看"))
        }
        for inner in part.parts { self.part(depth + 1, inner) }
    }

    // MARK: how things stand

    private mutating func then(_ then: WhyThen) {
        guard let asked = report.asked else { return }
        let time = asked.isDay ? "\(words.zone.date(asked.instant))" : words.shown(asked.instant)
        add(0, "")
        add(0, pick("nothing was decided on \(time)", "\(time) 没有任何判定"))
        for obstacle in then.obstacles { add(1, words.obstacle(obstacle)) }
        for date in then.dates.prefix(3) {
            add(
                1,
                pick("by the date that it had: ", "按当时的日期：") + "\(words.cause(date.cause)) → \(words.shown(date.at))")
        }
        if let before = then.before { fact(pick("before", "此前"), line(before)) }
        if let after = then.after { fact(pick("after", "此后"), line(after)) }
        for tree in then.conditions { self.tree(1, tree) }
    }

    private func line(_ entry: LedgerEntry) -> String {
        "\(words.short(entry.scheduledAt)) \(entry.outcome.words(words.language)) · \(words.reason(entry))"
    }

    /// The conditions of what comes next; where nothing does and nothing was decided, as they are now.
    private mutating func standing() {
        guard report.asked == nil else { return }
        if let level = report.level { self.level(level) }
        for moment in report.moments {
            guard case .coming(let forecast) = moment.fate, let at = moment.at else { continue }
            guard !forecast.conditions.isEmpty else { return }
            add(0, "")
            add(0, pick("as it will be asked at \(words.shown(at))", "\(words.shown(at)) 将这样判定"))
            for tree in forecast.conditions { self.tree(1, tree) }
            return
        }
        guard !report.conditions.isEmpty, isOpen else { return }
        add(0, "")
        add(0, pick("as it would be asked now", "若现在判定"))
        for tree in report.conditions { self.tree(1, tree) }
    }

    /// Nothing was decided, or the condition alone kept it from ringing and has changed since.
    private var isOpen: Bool {
        guard let latest = report.decisions.first else { return true }
        return latest.entry.outcome == .conditionFalse && latest.conditions != report.conditions
    }

    private mutating func level(_ level: WhyLevel) {
        add(0, "")
        if let since = level.since {
            add(
                0,
                pick("true since \(words.shown(since))", "自 \(words.shown(since)) 起成立")
                    + (level.isRung ? pick(", counted as rung", "，已计为响过") : ""))
        } else {
            add(0, pick("“while” as it is now", "while 的现状"))
        }
        if let tree = level.tree { self.tree(1, tree) }
    }
}
