import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// Level triggers: ring on the rise (or when the span is full), again only after they were false.
///
/// A state is kept only while the level is true; no row means false. `since` is the span's beginning, `.latest` while
/// it waits for a fresh measurement; `checkAt` is when to look again, and with `fresh` also says how far what is
/// measured is known to be fresh (`LevelClock`).
extension Tick {
    struct Moment {
        let at: Instant
        let sequence: Int64
    }

    // MARK: changes

    /// One change may turn the level of the record itself and of all that look at it through references or lists.
    mutating func runLevel(_ rule: Rule, _ change: Change) throws {
        guard let level = rule.levelTrigger, !isToBeLoaded(rule, level) else { return }
        let links = links(along: level.expression.hops)
        func source(at sequence: Int64) -> PastSource {
            PastSource(base: self.source, history: History(view: view), sequence: sequence, links: links)
        }
        let (before, past) = (source(at: change.sequence - 1), source(at: change.sequence))
        for ref in Dependents(past: past, hops: level.expression.hops).subjects(of: change, kind: rule.kind ?? "") {
            try turn(
                rule, level, ref, at: Moment(at: change.at, sequence: change.sequence), before: before, after: past,
                depth: change.depth)
        }
    }

    /// Which links the journal since the last tick has changed: read once for all rules.
    mutating func links(along hops: [ExpressionHop]) -> LinkHistory? {
        guard !hops.isEmpty else { return nil }
        if let linkHistory { return linkHistory }
        let hops =
            core.rules.levelRules.flatMap { core.rules.rules[$0].levelTrigger?.expression.hops ?? [] }
            + core.rules.gatheredLevels.flatMap { core.rules.gatheredReads(of: $0)?.hops ?? [] }
        let links = LinkHistory(view: view, source: source, hops: hops, after: before?.sequence ?? 0, through: head)
        linkHistory = links
        return links
    }

    private mutating func turn(
        _ rule: Rule, _ level: LevelTrigger, _ ref: RecordRef, at moment: Moment, before: PastSource,
        after past: PastSource,
        depth: Int
    ) throws {
        if let state = try state(rule, ref.description), !state.rung {
            // A span that was full before this change counts, whatever the change makes of it.
            try look(rule, level, ref, state, at: min(moment.at, now), before)
        }
        guard let record = past.record(ref) else { return try fall(rule, ref) }
        switch evaluator(rule, past).holds(level.expression, FiringFacts(record: record, scheduledAt: moment.at)) {
        case .holds: try rise(rule, level, record, at: moment, past, depth: depth)
        case .fails, .empty, .broken: try fall(rule, ref)
        }
    }

    private mutating func fall(_ rule: Rule, _ ref: RecordRef) throws {
        guard try state(rule, ref.description) != nil else { return }
        setState(rule, ref.description, nil)
        try endRest(ofFallen: rule, ref.description)
    }

    private mutating func rise(
        _ rule: Rule, _ level: LevelTrigger, _ record: Record, at moment: Moment, _ past: PastSource, depth: Int
    ) throws {
        guard try state(rule, record.ref.description) == nil else { return }
        var new = LevelState(
            rule: rule.id, subject: record.ref.description, isTrue: true, since: min(moment.at, now),
            rise: moment.sequence, rung: false, checkAt: nil)
        guard level.span != nil || level.fresh != nil else {
            new.rung = true
            setState(rule, new.subject, new)
            return try hold(
                LevelRing(
                    rule: rule, state: new, scheduled: moment.at, depth: depth, sequence: moment.sequence,
                    isSuperseded: supersededByEdge(rule, record)))
        }
        let clock = LevelClock(rule: rule, level: level)
        let measurements = try measurements(level, clock, record.ref, after: 0, past)
        clock.note(clock.span.begin(at: new.since, measurements: measurements), in: &new)
        setState(rule, new.subject, new)
    }

    // MARK: timers

    mutating func runLevelTimers() throws {
        let renamed = Dictionary(commit.renames.map { ($0.old, $0.new) }, uniquingKeysWith: { $1 })
        var due = try view.levelsDue(through: now).map { (renamed[$0.rule] ?? $0.rule, $0.subject) }
        // Spans that this very tick began and that are full already (a change made while Bellman was down).
        for state in levels.values.compactMap({ $0 }) where (state.checkAt.map { $0 <= now } ?? false) {
            due.append((state.rule, state.subject))
        }
        var seen: Set<String> = []
        for (id, subject) in due.sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) })
        where seen.insert("\(id)\n\(subject)").inserted {
            if let rule = core.rules[id], rule.gathering != nil, rule.levelTrigger != nil {
                try lookAtGroup(rule, subject)
                continue
            }
            guard let rule = core.rules[id], let level = rule.levelTrigger, let ref = RecordRef(subject) else {
                // Of a rule that is switched off or gone: when it comes back, the journal tells where it stands.
                levels["\(id)\n\(subject)"] = .some(nil)
                continue
            }
            guard let state = try state(rule, subject), !state.rung else { continue }
            guard source.record(ref) != nil else {
                setState(rule, subject, nil)
                continue
            }
            try look(rule, level, ref, state, at: now, source)
        }
    }

    /// How far the span has come, the level having been true all the while: it rings, goes on, or was broken because
    /// what is measured grew old.
    private mutating func look(
        _ rule: Rule, _ level: LevelTrigger, _ ref: RecordRef, _ state: LevelState, at limit: Instant,
        _ source: any RecordSource
    ) throws {
        // Nothing is old or full before that instant.
        if let check = state.checkAt, check > limit, state.since != .latest { return }
        let clock = LevelClock(rule: rule, level: level)
        let measurements = try measurements(level, clock, ref, after: state.rise - 1, source)
        let standing = clock.span.advance(clock.standing(of: state), measurements: measurements, through: limit)
        var state = state
        clock.note(standing, in: &state)
        setState(rule, state.subject, state)
        if case .full(_, let end) = standing { try ringLevel(rule, ref, state, scheduled: end, depth: 0) }
    }

    /// Of what the level reads as `source` has it: before the write in question, so that a record it took away counts.
    func measurements(
        _ level: LevelTrigger, _ clock: LevelClock, _ ref: RecordRef, after sequence: Int64, _ source: any RecordSource
    ) throws -> [ClosedRange<Instant>] {
        guard let stale = clock.span.stale else { return [] }
        return try Measurements(view: view, source: source, expression: level.expression, stale: stale)
            .stretches(of: ref, after: sequence)
    }

    /// Rings with the records as they are.
    mutating func ringLevel(
        _ rule: Rule, _ ref: RecordRef, _ state: LevelState, scheduled: Instant, depth: Int
    ) throws {
        var state = state
        state.rung = true
        state.checkAt = nil
        setState(rule, state.subject, state)
        guard let record = source.record(ref) else { return }
        try ringLevel(
            rule, state, FiringFacts(record: record, scheduledAt: scheduled), source, depth: depth,
            isSuperseded: supersededByEdge(rule, record))
    }

    mutating func ringLevel(
        _ rule: Rule, _ state: LevelState, _ facts: FiringFacts, _ source: any RecordSource, depth: Int,
        isSuperseded: Bool
    ) throws {
        let scheduled = facts.scheduledAt
        let key = OccurrenceKey(rule: rule.id, subject: state.subject, occurrence: "rise=\(state.rise)")
        guard try !isDecided(key), try !isDecidedUnderFormerName(rule, key) else { return }
        if isSuperseded { return decide(rule, key, .superseded, Reason("edge"), at: scheduled) }
        guard depth < EngineLimits.chainDepth else {
            return decide(rule, key, .failed, try chainReason(rule, state.rise), at: scheduled)
        }
        var facts = facts
        facts.late = isLate(scheduled) && rule.levelTrigger?.span != nil
        _ = try ring(rule, key, facts, late: facts.late, source: source, depth: depth)
    }

    // MARK: state

    /// A rule that is renamed in this very tick still has its rows under the former id.
    func formerID(_ rule: Rule) -> String? { commit.renames.first { $0.new == rule.id }?.old }

    func isDecidedUnderFormerName(_ rule: Rule, _ key: OccurrenceKey) throws -> Bool {
        guard let former = formerID(rule) else { return false }
        return try view.decision(OccurrenceKey(rule: former, subject: key.subject, occurrence: key.occurrence)) != nil
    }

    func state(_ rule: Rule, _ subject: String) throws -> LevelState? {
        if let known = levels["\(rule.id)\n\(subject)"] { return known }
        if let kept = try view.level(rule: rule.id, subject: subject) { return kept }
        guard let former = formerID(rule), let kept = try view.level(rule: former, subject: subject) else { return nil }
        return LevelState(
            rule: rule.id, subject: subject, isTrue: true, since: kept.since, rise: kept.rise, rung: kept.rung,
            checkAt: kept.checkAt)
    }

    mutating func setState(_ rule: Rule, _ subject: String, _ state: LevelState?) {
        levels["\(rule.id)\n\(subject)"] = .some(state)
    }

    mutating func flushLevels() {
        for (key, state) in levels.sorted(by: { $0.key < $1.key }) {
            if let state {
                commit.levels.append(state)
            } else if let cut = key.firstIndex(of: "\n") {
                commit.forgetLevels.append((rule: String(key[..<cut]), subject: String(key[key.index(after: cut)...])))
            }
        }
    }
}

/// Between a level's stored state and its standing.
struct LevelClock {
    let span: LevelSpan
    private let poll: Int64

    init(rule: Rule, level: LevelTrigger) {
        let end: (Instant) -> Instant = { start in level.span.map { rule.shifted(start, by: $0) } ?? start }
        span = LevelSpan(end: end, stale: level.fresh.map { fresh in { rule.shifted($0, by: fresh) } })
        // A write that repeats a value wakes nobody, so a span that waits for one is looked at every so often: at a
        // 24th of its length, between ten minutes and a day.
        let length = end(Instant(seconds: 0)).microseconds / Instant.microsecondsPerSecond
        poll = min(max(length / 24, 600), 86_400)
    }

    func standing(of state: LevelState) -> LevelSpan.Standing {
        let check = state.checkAt ?? state.since
        if state.since == .latest { return .waiting(after: check.adding(seconds: -poll)) }
        guard span.stale != nil else { return .running(since: state.since, verified: .latest) }
        let verified = check == span.end(state.since) ? check : check.adding(microseconds: -1)
        return .running(since: state.since, verified: verified)
    }

    func note(_ standing: LevelSpan.Standing, in state: inout LevelState) {
        switch standing {
        case .running(let since, let verified):
            let end = span.end(since)
            state.since = since
            state.checkAt = end <= verified ? end : verified.adding(microseconds: 1)
        case .waiting(let after):
            state.since = .latest
            state.checkAt = after.adding(seconds: poll)
        case .full(let since, let at):
            state.since = since
            state.checkAt = at
        }
    }
}

extension Rule {
    /// A span added to an instant on the wall clock of the rule's zone.
    func shifted(_ instant: Instant, by period: Period) -> Instant { offsetRule(period).instant(for: instant) }
}
