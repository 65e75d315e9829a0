import Almanac
import BellmanModel
import BellmanRules

/// Schedules: however many runs were missed, one rings (`late_once`), all up to a cap, or none.
extension Tick {
    mutating func runSchedules() throws {
        guard !isFirst, windowStart < now else { return }
        var due: [(rule: Rule, runs: [Instant])] = []
        for index in core.rules.scheduleRules {
            let rule = core.rules.rules[index]
            let runs = runs(rule)
            if !runs.isEmpty { due.append((rule, runs)) }
        }
        try gather(
            due.filter { rings($0.rule, $0.runs) }.flatMap { rule, runs in
                (rule.catchUp == .all ? runs.suffix(EngineLimits.catchUpCap) : runs.suffix(1)).map { (rule, $0) }
            })
        for (rule, runs) in due { try run(rule, runs) }
    }

    /// Runs of several triggers are runs of one rule: of what was missed one rings, and what falls on one instant is
    /// one. Ascending.
    private func runs(_ rule: Rule) -> [Instant] {
        var runs: Set<Instant> = []
        for trigger in rule.scheduleTriggers {
            let from = max(windowStart, since(rule, "schedule \(trigger.canonical)"))
            guard from < now, let last = trigger.schedule.last(notAfter: now, after: from) else { continue }
            // Oldest first; one more than the cap tells that there were more.
            runs.formUnion(
                trigger.schedule.occurrences(in: (after: from, through: last), limit: EngineLimits.catchUpCap + 1))
            runs.insert(last)
        }
        return runs.sorted()
    }

    /// Whether any of them rings, so that what the rule gathers is needed.
    private func rings(_ rule: Rule, _ runs: [Instant]) -> Bool {
        rule.catchUp != .skip || runs.last.map { !isLate($0) } ?? false
    }

    private mutating func run(_ rule: Rule, _ runs: [Instant]) throws {
        guard let last = runs.last else { return }
        let earlier = runs.dropLast()
        switch rule.catchUp {
        case .lateOnce:
            for instant in earlier.prefix(EngineLimits.catchUpCap) { supersede(rule, instant, by: last) }
            try ring(rule, last)
        case .all:
            for instant in earlier.prefix(EngineLimits.catchUpCap - 1) { try ring(rule, instant) }
            try ring(rule, last)
        case .skip:
            for instant in earlier.prefix(EngineLimits.catchUpCap) {
                if isLate(instant) {
                    decide(rule, key(rule, instant), .skipped, Reason("catch_up_skip"), at: instant)
                } else {
                    // Missed by minutes: the run after it rings in its place.
                    supersede(rule, instant, by: last)
                }
            }
            if isLate(last) {
                decide(rule, key(rule, last), .skipped, Reason("catch_up_skip"), at: last)
            } else {
                try ring(rule, last)
            }
        }
    }

    /// Of one group; runs that gather nothing, or are passed over as a whole, have an empty subject.
    private func key(_ rule: Rule, _ instant: Instant, _ subject: String = "") -> OccurrenceKey {
        OccurrenceKey(rule: rule.id, subject: subject, occurrence: "at=\(instant)")
    }

    private mutating func supersede(_ rule: Rule, _ instant: Instant, by last: Instant) {
        decide(rule, key(rule, instant), .superseded, Reason("later_run", last.description), at: instant)
    }

    private mutating func ring(_ rule: Rule, _ instant: Instant) throws {
        let late = isLate(instant)
        var facts = FiringFacts(record: nil, scheduledAt: instant)
        facts.late = late
        guard let gathering = rule.gathering else { return try ring(rule, instant, facts) }
        let found = gathered[GatherRun(rule, instant)] ?? Gathered()
        guard !found.groups.isEmpty else {
            let key = key(rule, instant)
            guard try !isDecided(key) else { return }
            return decide(rule, key, found.nothing.outcome, found.nothing.reason, at: instant)
        }
        for subject in found.subjects {
            guard let group = found.groups[subject] else { continue }
            facts.group = group.value
            facts.records = Gathered.records(group.orders, kind: gathering.kind, source)
            try ring(rule, instant, facts)
        }
    }

    private mutating func ring(_ rule: Rule, _ instant: Instant, _ facts: FiringFacts) throws {
        let key = key(rule, instant, facts.group.subject)
        guard try !isDecided(key) else { return }
        _ = try ring(rule, key, facts, late: facts.late, source: source, depth: 0)
    }
}
