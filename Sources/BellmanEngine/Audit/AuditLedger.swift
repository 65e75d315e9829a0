import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// The ledger read row by row: is there something behind each, and was what rang heard?
extension SelfAudit {
    mutating func readLedger() throws {
        let rows = try store.ledgerRows(after: place, through: ledgerEnd, limit: SelfAudit.page)
        guard let last = rows.last else {
            if place < ledgerEnd { report.add(.ofRows(.rowsGone, .ledgerRows(place + 1, ledgerEnd))) }
            place = journalStart
            phase = .journal
            return
        }
        for row in rows {
            if row.number > place + 1 { report.add(.ofRows(.rowsGone, .ledgerRows(place + 1, row.number - 1))) }
            place = row.number
        }
        try store.read { view in for row in rows { try judge(row, view) } }
        report.ledgerRows += rows.count
        place = last.number
    }

    private mutating func judge(_ row: LedgerRowFacts, _ view: any EngineView) throws {
        let entry = row.entry
        sight.note(tickAt: entry.decidedAt)
        guard entry.decidedAt >= report.from else { return }
        guard let occurrence = AuditedOccurrence(entry.key.occurrence) else {
            return report.add(AuditFinding(.invented, entry.key, at: entry.scheduledAt, .unreadableKey))
        }
        guard let rule = rules[entry.key.rule] else {
            sight.others += 1
            return
        }
        if case .run(let at) = occurrence { noteRun(rule, at, entry) }
        let finding = try difference(rule, entry, occurrence, view)
        let isPresent = entry.decidedAt >= rule.since
        if let finding {
            // An earlier text of the rule may well have led to it.
            if isPresent { report.add(finding) } else { sight.beforeEdit += 1 }
        }
        if entry.outcome.rang, row.notices == 0, isPresent, isHeard(rule) {
            report.add(AuditFinding(.unheard, entry.key, at: entry.decidedAt))
        }
    }

    private mutating func noteRun(_ rule: AuditedRule, _ at: Instant, _ entry: LedgerEntry) {
        // Groups of one run may be decided in one tick only.
        if sight.runs[rule.rule.id, default: [:]].updateValue(entry.decidedAt, forKey: at) == nil {
            sight.together[rule.rule.id, default: [:]][entry.decidedAt, default: 0] += 1
        }
    }

    /// Whether each firing of the rule makes a notice at once: one of its channels must be there.
    private func isHeard(_ rule: AuditedRule) -> Bool {
        rule.rule.promptNotices.contains { $0.via.contains { core.settings.channels[$0] != nil } }
    }

    private func difference(
        _ rule: AuditedRule, _ entry: LedgerEntry, _ occurrence: AuditedOccurrence, _ view: any EngineView
    ) throws -> AuditFinding? {
        switch occurrence {
        case .date: try dateDifference(rule, entry, view)
        case .run(let at): runDifference(rule, entry, at)
        case .change(let sequence): try changeDifference(rule, entry, sequence, view)
        case .rise(let sequence): try riseDifference(rule, entry, sequence, view)
        }
    }

    private func invented(_ entry: LedgerEntry, _ why: AuditFinding.Detail) -> AuditFinding {
        AuditFinding(.invented, entry.key, at: entry.scheduledAt, why)
    }

    private func mistimed(_ entry: LedgerEntry, _ why: AuditFinding.Detail) -> AuditFinding {
        AuditFinding(.mistimed, entry.key, at: entry.scheduledAt, why)
    }

    // MARK: dates

    /// The record must have had that date at some time, with that offset in the rule.
    private func dateDifference(
        _ rule: AuditedRule, _ entry: LedgerEntry, _ view: any EngineView
    ) throws -> AuditFinding? {
        guard rule.mayBring(entry.key.occurrence) else {
            return rule.hasDerivedDates ? nil : invented(entry, .noSuchDate)
        }
        guard let ref = RecordRef(entry.key.subject), ref.kind == rule.rule.kind else {
            return invented(entry, .wrongSubject)
        }
        guard let found = try findDate(rule, ref, entry.key.occurrence, view) else {
            let isKnown = try view.record(ref) != nil || !view.changes(of: ref, after: 0).isEmpty
            return invented(entry, isKnown ? .noSuchDate : .noSuchRecord)
        }
        if found.isExact, found.at != entry.scheduledAt { return mistimed(entry, .shouldBe(found.at)) }
        // What rang by the day of a former zone is written down under its present name at once, also before its time.
        if entry.reason.code == "rule_changed" { return nil }
        return entry.decidedAt < entry.scheduledAt ? mistimed(entry, .decidedBefore(entry.decidedAt)) : nil
    }

    private func findDate(
        _ rule: AuditedRule, _ ref: RecordRef, _ text: String, _ view: any EngineView
    ) throws -> DateOccurrence? {
        func search(_ state: Record?) -> DateOccurrence? {
            state.flatMap { state in rule.occurrences(of: state, core.moments).first { $0.text == text } }
        }
        let present = try view.record(ref)
        if let found = search(present) { return found }
        var state = present
        for change in try view.changes(of: ref, after: 0).reversed() {
            state = AuditedState.before(change, state)
            if let found = search(state) { return found }
        }
        return nil
    }

    // MARK: schedules, edges, levels

    private func runDifference(_ rule: AuditedRule, _ entry: LedgerEntry, _ at: Instant) -> AuditFinding? {
        if rule.rule.gathering == nil, !entry.key.subject.isEmpty { return invented(entry, .wrongSubject) }
        let isRun = rule.schedules.contains { schedule, _ in
            schedule.occurrences(in: (after: at.adding(microseconds: -1), through: at), limit: 1) == [at]
        }
        guard isRun else { return invented(entry, .noSuchRun) }
        if at != entry.scheduledAt { return mistimed(entry, .shouldBe(at)) }
        return entry.decidedAt < at ? mistimed(entry, .decidedBefore(entry.decidedAt)) : nil
    }

    private func changeDifference(
        _ rule: AuditedRule, _ entry: LedgerEntry, _ sequence: Int64, _ view: any EngineView
    ) throws -> AuditFinding? {
        guard sequence > 0, let change = try view.changes(after: sequence - 1, limit: 1).first,
            change.sequence == sequence
        else { return invented(entry, .noSuchChange) }
        guard change.ref.description == entry.key.subject else {
            return invented(entry, .changeOfAnother(change.ref.description))
        }
        guard rule.rings(on: change) else { return invented(entry, .noMatch) }
        return change.at == entry.scheduledAt ? nil : mistimed(entry, .shouldBe(change.at))
    }

    private func riseDifference(
        _ rule: AuditedRule, _ entry: LedgerEntry, _ sequence: Int64, _ view: any EngineView
    ) throws -> AuditFinding? {
        guard rule.rule.levelTrigger != nil else { return invented(entry, .noMatch) }
        guard sequence >= 0, try sequence <= view.lastSequence() else { return invented(entry, .noSuchChange) }
        return nil
    }
}

/// An occurrence's name, read.
enum AuditedOccurrence: Sendable {
    /// `due=2026-06-30 -P7D`
    case date
    /// `at=2026-06-30T01:00:00Z`
    case run(Instant)
    /// `change=42`
    case change(Int64)
    /// `rise=42`
    case rise(Int64)

    /// Nil where it names no occurrence: a part of it is missing or is not what it should be.
    init?(_ text: String) {
        guard let sign = text.firstIndex(of: "=") else { return nil }
        let (name, value) = (text[..<sign], text[text.index(after: sign)...])
        switch name {
        case "change", "rise":
            if let number = Int64(value) {
                self = name == "change" ? .change(number) : .rise(number)
                return
            }
        case "at":
            if let instant = Instant(iso: value) {
                self = .run(instant)
                return
            }
        default: break
        }
        // A field may be called like one of those words.
        let parts = value.split(separator: " ", omittingEmptySubsequences: false)
        guard !name.isEmpty, parts.count == 2, CivilDate(iso: parts[0]) != nil || Instant(iso: parts[0]) != nil,
            (try? Period.parse(parts[1])) != nil
        else { return nil }
        self = .date
    }
}

/// States of records, walked backwards through the journal.
enum AuditedState {
    /// The record before a change; nil where there was none.
    static func before(_ change: Change, _ after: Record?) -> Record? {
        if change.operation == .created { return nil }
        var fields = change.operation == .deleted ? [:] : after?.fields ?? [:]
        for field in change.fields { fields[field.name] = field.old == .null ? nil : field.old }
        return Record(
            ref: change.ref, fields: fields, createdAt: change.at, updatedAt: change.at, version: change.sequence - 1)
    }
}
