import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// The journal's edges and the records' dates: is each in the ledger?
extension SelfAudit {
    mutating func readJournal() throws {
        let after = place
        let done = try store.read { view -> Bool in
            let changes = try view.changes(after: after, limit: SelfAudit.page)
            for change in changes where change.sequence <= head {
                report.changes += 1
                try expectEdges(of: change, view)
                if change.operation == .deleted { try readDeleted(change, view) }
            }
            guard let last = changes.last, last.sequence < head else { return true }
            place = last.sequence
            return false
        }
        if done { phase = kinds.isEmpty ? .runs(rule: 0, after: nil) : .records(kind: 0, after: nil) }
    }

    /// Everything that a write should have rung, whatever came of it.
    private mutating func expectEdges(of change: Change, _ view: any EngineView) throws {
        guard change.at > report.from else { return }
        for id in order {
            guard let rule = rules[id], rule.hasEdges, change.sequence > rule.sequence, rule.rings(on: change) else {
                continue
            }
            try expect(
                OccurrenceKey(
                    rule: id, subject: change.ref.description, occurrence: "change=\(change.sequence)"),
                at: change.at, view)
        }
    }

    private mutating func expect(_ key: OccurrenceKey, at: Instant, _ view: any EngineView) throws {
        report.expected += 1
        if try view.decision(key) == nil { report.add(AuditFinding(.missing, key, at: at)) }
    }

    // MARK: records

    /// A record that is gone is found by its last deletion.
    private mutating func readDeleted(_ change: Change, _ view: any EngineView) throws {
        guard kinds.contains(change.ref.kind), try view.record(change.ref) == nil,
            try view.changes(of: change.ref, after: change.sequence).isEmpty
        else { return }
        try judge(change.ref, nil, version: change.sequence, view)
    }

    mutating func readRecords(_ number: Int, after: String?) throws {
        let kinds = kinds
        guard number < kinds.count else {
            phase = .runs(rule: 0, after: nil)
            return
        }
        let kind = kinds[number]
        let last = try store.read { view -> String? in
            let ids = try view.identifiers(kind: kind, after: after, limit: SelfAudit.page)
            for id in ids {
                guard let record = try view.record(RecordRef(kind: kind, id: id)) else { continue }
                report.records += 1
                try judge(record.ref, record, version: record.version, view)
            }
            return ids.last
        }
        phase = last.map { .records(kind: number, after: $0) } ?? .records(kind: number + 1, after: nil)
    }

    private mutating func judge(_ ref: RecordRef, _ record: Record?, version: Int64, _ view: any EngineView) throws {
        let isChanged = version > journalStart
        let turns = try isChanged ? SelfAudit.turns(of: record, view.changes(of: ref, after: journalStart), head) : nil
        for id in order {
            guard let rule = rules[id], rule.rule.kind == ref.kind, !rule.dates.isEmpty else { continue }
            let window = report.from...report.through
            if let turns {
                for (text, at) in expected(rule, turns, window) {
                    try expect(OccurrenceKey(rule: id, subject: ref.description, occurrence: text), at: at, view)
                }
            } else if let record {
                for due in rule.occurrences(of: record, in: window, core.moments) {
                    try expect(
                        OccurrenceKey(rule: id, subject: ref.description, occurrence: due.text), at: due.at, view)
                }
            }
        }
    }

    /// A state of a record and when it began; the last lasts.
    private struct Turn {
        let began: Instant
        let state: Record?
    }

    /// The states within the window, oldest first. Changes that no tick has decided yet do not count.
    private static func turns(of record: Record?, _ changes: [Change], _ head: Int64) -> [Turn] {
        var state = record
        var turns: [Turn] = []
        for change in changes.reversed() {
            if change.sequence <= head { turns.append(Turn(began: change.at, state: state)) }
            state = AuditedState.before(change, state)
        }
        turns.append(Turn(began: .earliest, state: state))
        return turns.reversed()
    }

    /// What the last state brings must be decided; what an earlier one would have brought only where a tick is known
    /// to have seen it: a date that is moved while Bellman is down never came about.
    private mutating func expected(
        _ rule: AuditedRule, _ turns: [Turn], _ window: ClosedRange<Instant>
    ) -> [(text: String, at: Instant)] {
        var open: [String: (at: Instant, began: Instant)] = [:]
        var found: [String: Instant] = [:]
        for turn in turns {
            let brought = turn.state.map { rule.occurrences(of: $0, in: window, core.moments) } ?? []
            let names = Set(brought.map(\.text))
            for (text, past) in open where !names.contains(text) {
                open[text] = nil
                let seen = max(past.at, past.began.adding(seconds: SelfAudit.doubt))
                if sight.hasTick(after: seen, before: turn.began.adding(seconds: -SelfAudit.doubt)) {
                    found[text] = past.at
                } else if past.at <= turn.began {
                    sight.movedUnseen += 1
                }
            }
            for due in brought where open[due.text] == nil { open[due.text] = (due.at, turn.began) }
        }
        for (text, past) in open { found[text] = past.at }
        return found.map { (text: $0.key, at: $0.value) }.sorted { $0.text < $1.text }
    }
}
