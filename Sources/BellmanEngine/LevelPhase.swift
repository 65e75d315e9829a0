import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// Level triggers: ring on the rise (or when the span is full), again only after they were false.
/// A state is kept only while the level is true; no row means false.
extension Tick {
    private struct Moment {
        let at: Instant
        let sequence: Int64
    }

    // MARK: changes

    /// One change may turn the level of the record itself and of all that look at it through references or lists.
    mutating func runLevel(_ rule: Rule, _ change: Change) throws {
        guard let level = rule.levelTrigger, !isFresh(rule, levelSignature(level)) || isFirst else { return }
        let past = PastSource(base: source, history: History(view: view), sequence: change.sequence)
        for ref in try Dependents(view: view, hops: level.expression.hops).subjects(of: change, kind: rule.kind ?? "") {
            try turn(
                rule, level, ref, at: Moment(at: change.at, sequence: change.sequence), source: past,
                depth: change.depth)
        }
    }

    private mutating func turn(
        _ rule: Rule, _ level: LevelTrigger, _ ref: RecordRef, at moment: Moment, source past: any RecordSource,
        depth: Int
    ) throws {
        let state = try self.state(rule, ref.description)
        guard let record = past.record(ref) else {
            if state != nil { setState(rule, ref.description, nil) }
            return
        }
        if let state, !state.rung, let check = spanEnd(rule, level, state.since), check <= moment.at {
            // The span was full before this change: it counts, whatever the change makes of it.
            try ringLevel(rule, ref, state, scheduled: check, depth: 0)
        }
        switch evaluator(rule, past).holds(level.expression, FiringFacts(record: record, scheduledAt: moment.at)) {
        case .holds:
            try rise(rule, level, record, state: try self.state(rule, ref.description), at: moment, depth: depth)
        case .fails, .empty, .broken: if state != nil { setState(rule, ref.description, nil) }
        }
    }

    private mutating func rise(
        _ rule: Rule, _ level: LevelTrigger, _ record: Record, state: LevelState?, at moment: Moment, depth: Int
    ) throws {
        guard state == nil else { return }
        var new = LevelState(
            rule: rule.id, subject: record.ref.description, isTrue: true, since: min(moment.at, now),
            rise: moment.sequence, rung: false, checkAt: nil)
        if level.span == nil && level.fresh == nil {
            new.rung = true
            setState(rule, new.subject, new)
            try ringLevel(rule, record.ref, new, scheduled: moment.at, depth: depth)
        } else {
            new.checkAt = nextCheck(rule, level, record, new)
            setState(rule, new.subject, new)
        }
    }

    // MARK: timers

    mutating func runLevelTimers() throws {
        var due = try view.levelsDue(through: now).map { ($0.rule, $0.subject) }
        // Spans that this very tick began and that are full already (a change made while Bellman was down).
        for state in levels.values.compactMap({ $0 }) where (state.checkAt.map { $0 <= now } ?? false) {
            due.append((state.rule, state.subject))
        }
        var seen: Set<String> = []
        for (id, subject) in due.sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) })
        where seen.insert("\(id)\n\(subject)").inserted {
            guard let rule = core.rules[id], let level = rule.levelTrigger, let ref = RecordRef(subject),
                let state = try state(rule, subject)
            else { continue }
            try look(rule, level, ref, state)
        }
    }

    private mutating func look(_ rule: Rule, _ level: LevelTrigger, _ ref: RecordRef, _ state: LevelState) throws {
        guard let record = source.record(ref) else { return setState(rule, state.subject, nil) }
        var state = state
        if let fresh = level.fresh {
            let written = lastWritten(level, record)
            let until = rule.shifted(written, by: fresh)
            if until < now {
                // Not measured for too long: the span is broken; it begins anew with the next measurement.
                state.since = .latest
                state.checkAt = now.adding(seconds: 86_400)
                return setState(rule, state.subject, state)
            }
            if state.since == .latest { state.since = written }
        }
        let end = spanEnd(rule, level, state.since) ?? state.since
        guard end <= now else {
            state.checkAt = nextCheck(rule, level, record, state)
            return setState(rule, state.subject, state)
        }
        if !state.rung { try ringLevel(rule, ref, state, scheduled: end, depth: 0) }
    }

    private mutating func ringLevel(
        _ rule: Rule, _ ref: RecordRef, _ state: LevelState, scheduled: Instant, depth: Int
    ) throws {
        var state = state
        state.rung = true
        state.checkAt = nil
        setState(rule, state.subject, state)
        guard let record = source.record(ref) else { return }
        let key = OccurrenceKey(rule: rule.id, subject: state.subject, occurrence: "rise=\(state.rise)")
        guard try !isDecided(key) else { return }
        if supersededByEdge(rule, record) {
            return decide(rule, key, .superseded, Reason("edge"), at: scheduled)
        }
        guard depth < EngineLimits.chainDepth else {
            return decide(rule, key, .failed, Reason("chain_too_long", "\(EngineLimits.chainDepth)"), at: scheduled)
        }
        let late = isLate(scheduled) && rule.levelTrigger?.span != nil
        var facts = FiringFacts(record: record, scheduledAt: scheduled)
        facts.late = late
        _ = try ring(rule, key, facts, late: late, source: source, depth: depth)
    }

    // MARK: new rules

    /// True when the rule is first loaded counts as already rung; with `for` the span starts at the journal's last
    /// change to true. Before the first tick the journal itself tells everything.
    mutating func runFreshLevels() throws {
        guard !isFirst else { return }
        for index in core.rules.levelRules {
            let rule = core.rules.rules[index]
            guard let level = rule.levelTrigger, isFresh(rule, levelSignature(level)), let kind = rule.kind else {
                continue
            }
            for subject in try view.levelSubjects(rule: rule.id) { setState(rule, subject, nil) }
            try eachRecord(of: kind) { tick, record in try tick.load(rule, level, record) }
        }
    }

    private mutating func load(_ rule: Rule, _ level: LevelTrigger, _ record: Record) throws {
        let facts = FiringFacts(record: record, scheduledAt: now)
        guard evaluator(rule).holds(level.expression, facts) == .holds else { return }
        let began = try lastRise(rule, level, record)
        var state = LevelState(
            rule: rule.id, subject: record.ref.description, isTrue: true, since: began.at, rise: began.sequence,
            rung: true, checkAt: nil)
        let end = spanEnd(rule, level, began.at)
        if rule.existing == .fire {
            state.rung = false
            if end.map({ $0 <= now }) ?? true {
                setState(rule, state.subject, state)
                return try ringLevel(rule, record.ref, state, scheduled: now, depth: 0)
            }
        }
        if let end, end > now {
            state.rung = false
            state.checkAt = nextCheck(rule, level, record, state)
        }
        setState(rule, state.subject, state)
    }

    /// Walks the record's journal backwards to the write that made the level true.
    private func lastRise(_ rule: Rule, _ level: LevelTrigger, _ record: Record) throws -> Moment {
        let changes = try view.changes(of: record.ref, after: 0)
        var state: Record? = record
        var began = Moment(at: record.updatedAt, sequence: record.version)
        for change in changes.reversed() {
            began = Moment(at: change.at, sequence: change.sequence)
            state = History.undo(change, from: state)
            guard let earlier = state else { break }
            let facts = FiringFacts(record: earlier, scheduledAt: change.at)
            if evaluator(rule).holds(level.expression, facts) != .holds { break }
        }
        return began
    }

    // MARK: spans

    private func levelSignature(_ level: LevelTrigger) -> String { "level \(level.expression.source)" }

    private func spanEnd(_ rule: Rule, _ level: LevelTrigger, _ since: Instant) -> Instant? {
        guard since != .latest else { return nil }
        return level.span.map { rule.shifted(since, by: $0) }
    }

    private func nextCheck(_ rule: Rule, _ level: LevelTrigger, _ record: Record, _ state: LevelState) -> Instant {
        let end = spanEnd(rule, level, state.since) ?? state.since
        guard let fresh = level.fresh else { return end }
        // One second past: at the very instant the measurement is still fresh.
        let stale = rule.shifted(lastWritten(level, record), by: fresh).adding(seconds: 1)
        return min(end, max(stale, now))
    }

    /// The last write of the record's own fields that the level reads.
    private func lastWritten(_ level: LevelTrigger, _ record: Record) -> Instant {
        let written = level.expression.ownFields(of: record.ref.kind).compactMap { record.touched[$0] }
        return written.max() ?? record.updatedAt
    }

    // MARK: state

    private func state(_ rule: Rule, _ subject: String) throws -> LevelState? {
        if let known = levels["\(rule.id)\n\(subject)"] { return known }
        return try view.level(rule: rule.id, subject: subject)
    }

    private mutating func setState(_ rule: Rule, _ subject: String, _ state: LevelState?) {
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

extension Rule {
    /// A span added to an instant on the wall clock of the rule's zone.
    func shifted(_ instant: Instant, by period: Period) -> Instant { offsetRule(period).instant(for: instant) }
}
