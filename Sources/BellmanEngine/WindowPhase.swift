import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// Milestones that fell due since the last tick: a range query per question, answered by the date index.
extension Tick {
    /// Milestones that are due, by rule and record.
    typealias DueByRule = [Int: [String: [DueMilestone]]]

    mutating func runWindow() throws {
        guard !isFirst else { return }
        var found: DueByRule = [:]
        if windowStart < now { try findDue(&found) }
        for index in retimed.keys.sorted() { try findRetimed(index, &found) }
        for index in found.keys.sorted() {
            let rule = core.rules.rules[index]
            guard let kind = rule.kind, let due = found[index] else { continue }
            for id in due.keys.sorted() {
                guard let record = source.record(RecordRef(kind: kind, id: id)) else { continue }
                try settle(rule, record, due[id] ?? [])
            }
        }
    }

    private func findDue(_ found: inout DueByRule) throws {
        var search = DateSearch(in: (after: windowStart, through: now), view)
        for field in core.rules.dateFields {
            try eachHit(field, &search) { asker, record in
                // A trigger that is newer than the last tick has a shorter window.
                let from = max(windowStart, since(asker))
                let rule = core.rules.rules[asker.rule]
                let milestone = core.rules.milestones(at: asker.rule)[asker.milestone]
                guard from < now, let due = instant(of: milestone, rule, record), due.at > from, due.at <= now,
                    try !isArrival(record, rule, due)
                else { return }
                found[asker.rule, default: [:]][record.ref.id, default: []].append(due)
            }
        }
    }

    /// Records that the index names for a field's questions, with each milestone that asks.
    func eachHit(
        _ field: DateField, _ search: inout DateSearch, _ body: (DateQuestion.Asker, Record) throws -> Void
    ) throws {
        let hits = try search.moments(
            field, of: core.rules.questions,
            mayHoldInstants: core.moments.mayHoldInstants(kind: field.kind, field: field.field))
        for number in hits.keys.sorted() {
            for moment in hits[number] ?? [] {
                guard let record = source.record(RecordRef(kind: field.kind, id: moment.id)) else { continue }
                for asker in core.rules.questions[number].askers { try body(asker, record) }
            }
        }
    }

    /// A record that came, or got this date, since the last tick was handled as an arrival.
    func isArrival(_ record: Record, _ rule: Rule, _ due: DueMilestone) throws -> Bool {
        guard let before, record.version > before.sequence else { return false }
        guard let old = try History(view: view).record(record.ref, asOf: before.sequence) else { return true }
        guard let was = instant(of: due.milestone, rule, old) else { return true }
        return was.occurrence(in: rule.timing.zone) != due.occurrence(in: rule.timing.zone)
    }

    /// Several milestones of one record in one tick: the nearest rings, the others are superseded (promise 4).
    mutating func settle(_ rule: Rule, _ record: Record, _ due: [DueMilestone]) throws {
        var open: [DueMilestone] = []
        for milestone in due where try !isDecided(key(rule, record, milestone)) {
            if isExpired(rule, milestone) {
                decide(
                    rule, key(rule, record, milestone), .expired, Reason("expired", milestone.period.canonical),
                    at: milestone.at)
            } else {
                open.append(milestone)
            }
        }
        let ordered = open.sorted(by: DueMilestone.nearer)
        guard let nearest = ordered.first else { return }
        switch rule.catchUp {
        case .lateOnce:
            for other in ordered.dropFirst() { supersede(rule, record, other, by: nearest) }
            try ringDue(rule, record, nearest)
        case .all:
            for milestone in ordered.prefix(EngineLimits.catchUpCap).reversed() { try ringDue(rule, record, milestone) }
            for milestone in ordered.dropFirst(EngineLimits.catchUpCap) {
                supersede(rule, record, milestone, by: nearest)
            }
        case .skip:
            // Where the nearest is late, all are.
            if isLate(nearest.at) {
                for one in ordered {
                    decide(rule, key(rule, record, one), .skipped, Reason("catch_up_skip"), at: one.at)
                }
            } else {
                for other in ordered.dropFirst() { supersede(rule, record, other, by: nearest) }
                try ringDue(rule, record, nearest)
            }
        }
    }

    private mutating func ringDue(_ rule: Rule, _ record: Record, _ milestone: DueMilestone) throws {
        let key = self.key(rule, record, milestone)
        if supersededByEdge(rule, record) {
            return decide(rule, key, .superseded, Reason("edge"), at: milestone.at)
        }
        let late = isLate(milestone.at)
        _ = try ring(rule, key, facts(rule, record, milestone, late: late), late: late, source: source, depth: 0)
    }

    private mutating func supersede(_ rule: Rule, _ record: Record, _ other: DueMilestone, by nearest: DueMilestone) {
        decide(
            rule, key(rule, record, other), .superseded, Reason("nearer_offset", nearest.period.canonical),
            at: other.at)
    }

    func isLate(_ scheduled: Instant) -> Bool { scheduled.adding(seconds: EngineLimits.lateAfter) < now }

    func isExpired(_ rule: Rule, _ milestone: DueMilestone) -> Bool {
        let isBefore = milestone.period.isBeforeOrOn
        guard let from = isBefore ? rule.over(milestone.anchor) : milestone.at else { return false }
        return from.adding(seconds: EngineLimits.expiry) < now
    }
}

extension Period {
    /// Offsets at or before the date (`0 days` belongs to them).
    var isBeforeOrOn: Bool { isNegative || isZero }
}
