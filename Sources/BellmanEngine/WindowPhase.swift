import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// Milestones that fell due since the last tick: a range query per question, answered by the date index.
extension Tick {
    /// Records that one milestone of a rule may be due for.
    private struct Hit {
        let milestone: Int
        let ids: [String]
    }

    mutating func runWindow() throws {
        guard !isFirst, windowStart < now else { return }
        var hits: [Int: [Hit]] = [:]
        for question in core.rules.questions {
            let ids = try candidates(question)
            guard !ids.isEmpty else { continue }
            for asker in question.askers {
                hits[asker.rule, default: []].append(Hit(milestone: asker.milestone, ids: ids))
            }
        }
        for index in hits.keys.sorted() { try runWindow(index, hits[index] ?? []) }
    }

    private mutating func runWindow(_ index: Int, _ hits: [Hit]) throws {
        let rule = core.rules.rules[index]
        guard let kind = rule.kind else { return }
        let milestones = core.rules.milestones(at: index)
        var found: [String: [DueMilestone]] = [:]
        for hit in hits.sorted(by: { $0.milestone < $1.milestone }) {
            let milestone = milestones[hit.milestone]
            let from = max(windowStart, since(rule, milestone.signature))
            guard from < now else { continue }
            for id in hit.ids {
                let ref = RecordRef(kind: kind, id: id)
                guard let record = source.record(ref), let due = instant(of: milestone, rule, record),
                    due.at > from, due.at <= now, try !isArrival(record, rule, due)
                else { continue }
                found[id, default: []].append(due)
            }
        }
        for id in found.keys.sorted() {
            guard let record = source.record(RecordRef(kind: kind, id: id)), let due = found[id] else { continue }
            try settle(rule, record, due)
        }
    }

    /// Ids that may have such a milestone in the window; instants are checked for each rule that asks, because a
    /// trigger that is newer than the last tick has a shorter window.
    private func candidates(_ question: DateQuestion) throws -> [String] {
        let window = (after: windowStart, through: now)
        var ids: [String] = []
        if crossesTimeOfDay(question.offset), let dates = question.offset.dateRange(firingIn: window) {
            ids += try view.moments(kind: question.kind, field: question.field, dates: dates).map(\.id)
        }
        if core.moments.mayHoldInstants(kind: question.kind, field: question.field),
            let instants = question.offset.instantRange(firingIn: window)
        {
            ids += try view.moments(kind: question.kind, field: question.field, instants: instants).map(\.id)
        }
        return ids
    }

    /// A date without a time rings at `at` of some day: most windows hold no such instant, and need no query at all.
    private func crossesTimeOfDay(_ offset: OffsetRule) -> Bool {
        guard offset.period.isWholeDays, now.microseconds(since: windowStart) < 86_400_000_000 else { return true }
        let zone = offset.zone
        let today = zone.date(now)
        // Tomorrow too: a zone may skip a day, and a time in a gap moves later.
        return [-1, 0, 1].contains { days in
            let instant = zone.resolve(today.adding(days: days), offset.at)
            return instant > windowStart && instant <= now
        }
    }

    /// A record that came, or got this date, since the last tick was handled as an arrival.
    private func isArrival(_ record: Record, _ rule: Rule, _ due: DueMilestone) throws -> Bool {
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
            for milestone in ordered.dropFirst() { supersede(rule, record, milestone, by: nearest) }
            if isLate(nearest.at) {
                decide(rule, key(rule, record, nearest), .skipped, Reason("catch_up_skip"), at: nearest.at)
            } else {
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

    private func isExpired(_ rule: Rule, _ milestone: DueMilestone) -> Bool {
        let isBefore = milestone.period.isBeforeOrOn
        guard let from = isBefore ? rule.over(milestone.anchor) : milestone.at else { return false }
        return from.adding(seconds: EngineLimits.expiry) < now
    }
}

extension Period {
    /// Offsets at or before the date (`0 days` belongs to them).
    var isBeforeOrOn: Bool { isNegative || isZero }
}
