import Almanac
import BellmanDelivery
import BellmanModel
import BellmanRules

/// Compares one line of `expect` with one notice or decision, field by field.
struct TestComparison {
    let zone: Zone
    let language: AlmanacLanguage
    let channels: ChannelSet
    /// Names that lead to the inbox because no channel of theirs is configured.
    let standIns: [String]

    typealias Line = RuleTest.Expectation
    typealias Row = TestDifference.Row

    // MARK: notices

    /// A cheap look first: lines and notices are many.
    func mayMatch(_ line: Line, _ ring: TestRing) -> Bool {
        (line.rule == nil || line.rule == ring.rule) && (line.record == nil || line.record?.description == ring.record)
            && (line.at.map { matches($0, ring.at) } ?? true)
    }

    /// At that time, to those people: the notice that is meant, however it reads.
    func came(_ line: Line, _ ring: TestRing) -> Bool {
        mayMatch(line, ring) && (line.to.map { Set($0) == Set(ring.people) } ?? true)
    }

    func matches(_ line: Line, _ ring: TestRing) -> Bool {
        mayMatch(line, ring) && !rows(line, ring).contains(where: \.differs)
    }

    /// Every field that the line names, with what came.
    func rows(_ line: Line, _ ring: TestRing) -> [Row] {
        var rows = heading(line, ring)
        if let to = line.to {
            rows.append(row("to", list(to), list(ring.people), differs: Set(to) != Set(ring.people)))
        }
        if let via = line.via {
            rows.append(row("via", list(via), list(ring.channels), differs: !sameChannels(via, ring.channels)))
        }
        if let title = line.title { rows.append(row("title", title, ring.title, differs: !same(title, ring.title))) }
        if let text = line.text?.withoutLastNewline {
            rows.append(row("text", text, ring.text, differs: !same(text, ring.text)))
        }
        for part in line.contains {
            let isThere = ring.words.contains(part)
            rows.append(row("contains", part, isThere ? part : ring.words, differs: !isThere))
        }
        if let late = line.late { rows.append(row("late", "\(late)", "\(ring.late)", differs: late != ring.late)) }
        if let priority = line.priority {
            rows.append(
                row("priority", priority.rawValue, ring.priority.rawValue, differs: priority != ring.priority))
        }
        for entry in line.payload { rows.append(payload(entry, ring)) }
        return rows
    }

    private func heading(_ line: Line, _ ring: TestRing) -> [Row] {
        var rows: [Row] = []
        if let at = line.at {
            rows.append(row("at", text(at), text(ring.at), differs: !matches(at, ring.at)))
        } else {
            rows.append(row("at", "", text(ring.at), differs: false))
        }
        rows.append(
            row("rule", line.rule ?? "", ring.rule, differs: line.rule.map { $0 != ring.rule } ?? false))
        let record = line.record?.description
        if record != nil || !ring.record.isEmpty {
            rows.append(row("record", record ?? "", ring.record, differs: record.map { $0 != ring.record } ?? false))
        }
        return rows
    }

    /// A notice that nobody expected.
    func rows(of ring: TestRing) -> [Row] {
        var rows = [row("at", "", text(ring.at)), row("rule", "", ring.rule)]
        if !ring.record.isEmpty { rows.append(row("record", "", ring.record)) }
        rows.append(row("to", "", list(ring.people)))
        rows.append(row("via", "", list(ring.channels)))
        rows.append(row("title", "", ring.title))
        if ring.late { rows.append(row("late", "", "true")) }
        return rows
    }

    /// A line that nothing came for.
    func rows(of line: Line) -> [Row] {
        var rows: [Row] = []
        func add(_ field: String, _ value: String?) { if let value { rows.append(row(field, value, "")) } }
        add("at", line.at.map(text))
        add("rule", line.rule)
        add("record", line.record?.description)
        add("outcome", line.outcome?.word)
        add("reason", line.reason)
        add("to", line.to.map(list))
        add("via", line.via.map(list))
        add("title", line.title)
        add("text", line.text)
        for part in line.contains { add("contains", part) }
        add("late", line.late.map { "\($0)" })
        add("priority", line.priority?.rawValue)
        for entry in line.payload { add("payload.\(entry.channel)", BodyMatch.text(entry.body)) }
        return rows
    }

    // MARK: decisions

    func matches(_ line: Line, _ outcome: ExpectedOutcome, _ decision: LedgerEntry) -> Bool {
        mayMean(line, decision) && outcome == .decision(decision.outcome)
            && moments(of: decision).contains { moment in line.at.map { matches($0, moment) } ?? true }
            && reasonMatches(line, decision.reason)
    }

    func matches(_ line: Line, cancelled step: PendingStep) -> Bool {
        (line.rule == nil || line.rule == step.key.rule)
            && (line.record == nil || line.record?.description == step.key.subject)
            && step.state == .cancelled && (line.at.map { matches($0, step.dueAt) } ?? true)
            && reasonMatches(line, step.reason)
    }

    func mayMean(_ line: Line, _ decision: LedgerEntry) -> Bool {
        (line.rule == nil || line.rule == decision.key.rule)
            && (line.record == nil || line.record?.description == decision.key.subject)
    }

    /// What must not ring has two times: the one it was meant for, and the one at which that was decided.
    private func moments(of decision: LedgerEntry) -> [Instant] { [decision.scheduledAt, decision.decidedAt] }

    private func reasonMatches(_ line: Line, _ reason: Reason) -> Bool {
        guard let wanted = line.reason else { return true }
        // In any language: a test does not know in which one it will be read.
        let words = AlmanacLanguage.allCases.map { RuleTestWording($0).reason(reason) }
        return ([reason.code, reason.detail] + words).contains { $0.contains(wanted) }
    }

    /// A decision beside a line that asks for another one.
    func rows(_ line: Line, _ outcome: ExpectedOutcome, _ decision: LedgerEntry) -> [Row] {
        let moment = line.at.flatMap { at in moments(of: decision).first { matches(at, $0) } } ?? decision.scheduledAt
        var rows = [
            row("at", line.at.map(text) ?? "", text(moment), differs: !(line.at.map { matches($0, moment) } ?? true)),
            row("rule", line.rule ?? "", decision.key.rule),
        ]
        if !decision.key.subject.isEmpty {
            rows.append(row("record", line.record?.description ?? "", decision.key.subject))
        }
        rows.append(
            row(
                "outcome", outcome.word, decision.outcome.rawValue, differs: outcome != .decision(decision.outcome)))
        let words = RuleTestWording(language).reason(decision.reason)
        rows.append(
            row("reason", line.reason ?? "", words, differs: !reasonMatches(line, decision.reason)))
        return rows
    }

    // MARK: parts

    func matches(_ when: Line.When, _ instant: Instant) -> Bool {
        switch when {
        case .instant(let wanted): wanted == instant
        case .day(let date): zone.date(instant) == date
        }
    }

    func text(_ when: Line.When) -> String {
        switch when {
        case .instant(let instant): text(instant)
        case .day(let date): date.description
        }
    }

    func text(_ instant: Instant) -> String { instant.iso(in: zone) }

    /// Whether the ledger knows of something at that time that did not ring: that is the better answer to a line than
    /// a notice of another time.
    func isDecided(_ line: Line, _ decisions: [LedgerEntry]) -> Bool {
        guard let at = line.at else { return false }
        return decisions.contains { entry in
            !entry.outcome.rang && mayMean(line, entry) && moments(of: entry).contains { matches(at, $0) }
        }
    }

    /// Texts are equal by code points, as everywhere in Bellman.
    private func same(_ a: String, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }

    /// `inbox` also stands for `mail` and `chat` where those lead there.
    private func sameChannels(_ wanted: [String], _ came: [String]) -> Bool {
        Set(wanted) == Set(came) || Set(wanted) == Set(came.map { standIns.contains($0) ? "inbox" : $0 })
    }

    private func list(_ words: [String]) -> String {
        words.isEmpty ? RuleTestWording(language).nobody : words.joined(separator: ", ")
    }

    private func row(_ field: String, _ expected: String, _ came: String, differs: Bool = false) -> Row {
        Row(field: field, expected: expected, came: came, differs: differs)
    }

    private func payload(_ entry: (channel: String, body: BodyPattern), _ ring: TestRing) -> Row {
        let field = "payload.\(entry.channel)"
        let wanted = BodyMatch.text(entry.body)
        let notices = ring.notices.filter { $0.channel == entry.channel }
        guard let channel = channels.channels[entry.channel], !notices.isEmpty else {
            return row(field, wanted, "", differs: true)
        }
        var shown = ""
        for notice in notices {
            let body = MessageBody(channel, notice)
            if BodyMatch.matches(entry.body, body) { return row(field, wanted, wanted) }
            if shown.isEmpty { shown = body.text }
        }
        return row(field, wanted, shown, differs: true)
    }
}

extension String {
    /// A block text of YAML ends in a newline, a rendered one does not.
    fileprivate var withoutLastNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
