import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// Levels of rules that are new, or whose condition or span was edited: the journal tells where they stand.
extension Tick {
    func levelSignature(_ level: LevelTrigger) -> String { "level \(level.expression.source)" }

    /// Changes of this tick do not turn the level one by one: it is read from the journal as a whole afterwards.
    /// Before the store's first tick there is nothing to read back from, and every change counts.
    func isToBeLoaded(_ rule: Rule, _ level: LevelTrigger) -> Bool {
        !isFirst && (isFresh(rule, levelSignature(level)) || isSpanEdited(rule))
    }

    /// Another `for` or `fresh`; not a rule that was armed before spans were armed.
    private func isSpanEdited(_ rule: Rule) -> Bool { editedSpans.contains(rule.id) }

    /// True when the rule is first loaded counts as already rung; with `for` the span starts at the journal's last
    /// change to true. Before the first tick the journal itself tells everything.
    mutating func runFreshLevels() throws {
        guard !isFirst else { return }
        let budget = LevelBudget()
        for index in core.rules.levelRules {
            let rule = core.rules.rules[index]
            guard let level = rule.levelTrigger, isToBeLoaded(rule, level), let kind = rule.kind else { continue }
            let isEdited = !isFresh(rule, levelSignature(level))
            var kept: [String: LevelState] = [:]
            for subject in try view.levelSubjects(rule: rule.id) {
                if isEdited { kept[subject] = try state(rule, subject) }
                setState(rule, subject, nil)
            }
            var walk: LevelWalk?
            try eachRecord(of: kind) { tick, record in
                let facts = FiringFacts(record: record, scheduledAt: tick.now)
                guard tick.evaluator(rule).holds(level.expression, facts) == .holds else { return }
                let kept = kept[record.ref.description]
                walk = walk ?? LevelWalk(tick: tick, rule: rule, level: level, budget: budget)
                guard let began = try walk?.lastRise(of: record, kept: kept) else { return }
                try tick.load(rule, level, record, began, kept: kept)
            }
            if let failure = walk?.links.failure { throw failure }
        }
    }

    private mutating func load(
        _ rule: Rule, _ level: LevelTrigger, _ record: Record, _ began: Moment, kept: LevelState?
    ) throws {
        if let kept, kept.rung, kept.rise == began.sequence { return setState(rule, kept.subject, kept) }
        var state = LevelState(
            rule: rule.id, subject: record.ref.description, isTrue: true, since: began.at, rise: began.sequence,
            rung: true, checkAt: nil)
        guard level.span != nil || level.fresh != nil else {
            setState(rule, state.subject, state)
            if rule.existing == .fire { try ringLevel(rule, record.ref, state, scheduled: now, depth: 0) }
            return
        }
        let clock = LevelClock(rule: rule, level: level)
        let measurements = try measurements(level, clock, record.ref, after: 0, source)
        let began = clock.span.begin(at: min(began.at, now), measurements: measurements)
        let standing = clock.span.advance(began, measurements: measurements, through: now)
        clock.note(standing, in: &state)
        if case .full = standing {
            state.checkAt = nil
            setState(rule, state.subject, state)
            if rule.existing == .fire { try ringLevel(rule, record.ref, state, scheduled: now, depth: 0) }
        } else {
            state.rung = false
            setState(rule, state.subject, state)
        }
    }
}
