import Almanac
import BellmanModel
import BellmanRules

/// Schedules: however many runs were missed, one rings (`late_once`), all up to a cap, or none.
extension Tick {
    mutating func runSchedules() throws {
        guard !isFirst, windowStart < now else { return }
        for index in core.rules.scheduleRules {
            let rule = core.rules.rules[index]
            try run(rule, rule.scheduleTriggers)
        }
    }

    /// Runs of several triggers are runs of one rule: of what was missed one rings, and what falls on one instant is one.
    private mutating func run(_ rule: Rule, _ triggers: [ScheduleTrigger]) throws {
        var runs: Set<Instant> = []
        for trigger in triggers {
            let from = max(windowStart, since(rule, "schedule \(trigger.canonical)"))
            guard from < now, let last = trigger.schedule.last(notAfter: now, after: from) else { continue }
            // Oldest first; one more than the cap tells that there were more.
            runs.formUnion(
                trigger.schedule.occurrences(in: (after: from, through: last), limit: EngineLimits.catchUpCap + 1))
            runs.insert(last)
        }
        guard let last = runs.max() else { return }
        let earlier = runs.filter { $0 < last }.sorted()
        switch rule.catchUp {
        case .lateOnce:
            for instant in earlier.prefix(EngineLimits.catchUpCap) { supersede(rule, instant, by: last) }
            try ring(rule, last)
        case .all:
            for instant in earlier.prefix(EngineLimits.catchUpCap - 1) { try ring(rule, instant) }
            try ring(rule, last)
        case .skip:
            for instant in earlier.prefix(EngineLimits.catchUpCap) where isLate(instant) {
                decide(rule, key(rule, instant), .skipped, Reason("catch_up_skip"), at: instant)
            }
            if isLate(last) {
                decide(rule, key(rule, last), .skipped, Reason("catch_up_skip"), at: last)
            } else {
                try ring(rule, last)
            }
        }
    }

    private func key(_ rule: Rule, _ instant: Instant) -> OccurrenceKey {
        OccurrenceKey(rule: rule.id, subject: "", occurrence: "at=\(instant)")
    }

    private mutating func supersede(_ rule: Rule, _ instant: Instant, by last: Instant) {
        decide(rule, key(rule, instant), .superseded, Reason("later_run", last.description), at: instant)
    }

    private mutating func ring(_ rule: Rule, _ instant: Instant) throws {
        let key = self.key(rule, instant)
        guard try !isDecided(key) else { return }
        let late = isLate(instant)
        var facts = FiringFacts(record: nil, scheduledAt: instant)
        facts.late = late
        _ = try ring(rule, key, facts, late: late, source: source, depth: 0)
    }
}
