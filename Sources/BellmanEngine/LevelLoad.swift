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
    private func isSpanEdited(_ rule: Rule) -> Bool {
        !commit.disarm.isEmpty
            && commit.disarm.contains { $0.rule == rule.id && $0.trigger.hasPrefix(Rule.spanSignaturePrefix) }
    }

    /// True when the rule is first loaded counts as already rung; with `for` the span starts at the journal's last
    /// change to true. Before the first tick the journal itself tells everything.
    mutating func runFreshLevels() throws {
        guard !isFirst else { return }
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
                walk = walk ?? LevelWalk(tick: tick, rule: rule, level: level)
                guard let began = try walk?.lastRise(of: record) else { return }
                try tick.load(rule, level, record, began, kept: kept[record.ref.description])
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
        let measurements = try measurements(level, record.ref, after: 0, source)
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

/// The write that made a level true, found by walking back the journals of all that the expression reads.
struct LevelWalk {
    private let tick: Tick
    private let rule: Rule
    private let level: LevelTrigger
    let links: LinkHistory

    init(tick: Tick, rule: Rule, level: LevelTrigger) {
        self.tick = tick
        self.rule = rule
        self.level = level
        links = LinkHistory(
            view: tick.view, source: tick.source, hops: level.expression.hops,
            after: max(0, tick.head - EngineLimits.linkHistory), through: tick.head)
    }

    /// Of a record whose level is true now.
    func lastRise(of record: Record) throws -> Tick.Moment {
        let memory = HistoryMemory(view: tick.view)
        var pages = JournalPages(memory: memory)
        let reach = Reach(hops: level.expression.hops, source: tick.source, links: links)
        try pages.add(reach.records(from: record.ref), before: .max)
        var began = Tick.Moment(at: record.updatedAt, sequence: record.version)
        for _ in 0..<EngineLimits.levelWalk {
            guard let change = pages.takeLast() else { break }
            began = Tick.Moment(at: change.at, sequence: change.sequence)
            let past = PastSource(
                base: tick.source, history: History(view: tick.view, memory: memory), sequence: change.sequence - 1,
                links: links)
            guard let earlier = past.record(record.ref) else { break }
            let facts = FiringFacts(record: earlier, scheduledAt: change.at)
            if tick.evaluator(rule, past).holds(level.expression, facts) != .holds { break }
            guard isLink(change) else { continue }
            // Before this write the record looked elsewhere.
            let reach = Reach(hops: level.expression.hops, source: past, links: links)
            try pages.add(reach.records(from: record.ref), before: change.sequence)
        }
        return began
    }

    private func isLink(_ change: Change) -> Bool {
        level.expression.hops.contains { hop in
            guard case .reference(let field) = hop.way, hop.source == change.ref.kind else { return false }
            return change.fields.contains { $0.name == field }
        }
    }
}

/// The journals of several records as one, taken from the newest change back.
private struct JournalPages {
    let memory: HistoryMemory
    private var waiting: [RecordRef: ArraySlice<Change>] = [:]

    init(memory: HistoryMemory) { self.memory = memory }

    mutating func add(_ refs: [RecordRef], before sequence: Int64) throws {
        for ref in refs where waiting[ref] == nil {
            waiting[ref] = try memory.changes(of: ref).prefix { $0.sequence < sequence }
        }
    }

    mutating func takeLast() -> Change? {
        let newest = waiting.compactMap { ref, changes in changes.last.map { (ref, $0.sequence) } }
            .max { $0.1 < $1.1 }
        return newest.flatMap { waiting[$0.0]?.popLast() }
    }
}
