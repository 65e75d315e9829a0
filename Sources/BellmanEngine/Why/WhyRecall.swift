import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// One decision computed anew: the records as the journal says that they stood, the rule as it is now.
struct WhyRecall {
    let inquiry: WhyInquiry
    let entry: LedgerEntry
    /// As of the decision.
    let tick: Tick
    private let memory: HistoryMemory

    init(_ inquiry: WhyInquiry, _ entry: LedgerEntry) throws {
        self.inquiry = inquiry
        self.entry = entry
        tick = try Tick(core: inquiry.core, now: entry.decidedAt, view: inquiry.view)
        memory = HistoryMemory(view: inquiry.view)
    }

    /// What the decision looks like from one place in the journal.
    struct Sight {
        var record: Record?
        var conditions: [ConditionTree] = []
        var gathered: Int?
        /// The present rule knows this occurrence, due at that instant.
        var due: Instant?
        var verdict: ConditionVerdict?
        var isUnknown = false
        /// The rule's own `until`, where the occurrence is one of a chain.
        var hasEnded = false
        var isLevelTrue = true
    }

    var rule: Rule { inquiry.rule }
    private var view: any EngineView { inquiry.view }
    /// One snapshot for the whole inquiry: what is read once is not read again.
    private var source: SnapshotSource { inquiry.tick.source }

    /// The sight that agrees with the ledger, else the likeliest.
    func look() throws -> (sight: Sight, agrees: Bool) {
        var first: Sight?
        for sequence in try places() {
            let sight = try look(from: sequence)
            if try WhyAgreement(recall: self, sight: sight).holds() { return (sight, true) }
            first = first ?? sight
            if sight.isUnknown { break }
        }
        return (first ?? Sight(isUnknown: true), false)
    }

    private func places() throws -> [Int64] {
        let places = WhyPlaces(view: view, head: tick.head)
        let ref = RecordRef(entry.key.subject)
        switch AuditedOccurrence(entry.key.occurrence) {
        // The records are those that the write left; lists are as the tick found them.
        case .change(let sequence): return hasLists ? try places.places(of: entry.decidedAt, nil) : [sequence]
        // While the level holds it shows the records as the tick found them, else as the write left them.
        case .rise(let sequence): return try places.places(of: entry.decidedAt, ref) + [sequence]
        case .date, .run: return try places.places(of: entry.decidedAt, ref)
        case nil: return []
        }
    }

    private var hops: [ExpressionHop] {
        [
            rule.condition, rule.exclusion, rule.until, rule.levelTrigger?.expression, rule.gathering?.filter,
            rule.gathering?.group,
        ].flatMap { $0?.hops ?? [] }
    }

    private var hasLists: Bool { hops.contains { if case .list = $0.way { true } else { false } } }

    func past(_ sequence: Int64) -> PastSource {
        let hops = hops
        let isNear = !hops.isEmpty && tick.head - sequence <= WhyLimits.links
        let links =
            isNear
            ? LinkHistory(view: view, source: source, hops: hops, after: sequence, through: tick.head) : nil
        return PastSource(
            base: source, history: History(view: view, memory: memory), sequence: sequence, links: links)
    }

    private func look(from sequence: Int64) throws -> Sight {
        let past = past(sequence)
        switch AuditedOccurrence(entry.key.occurrence) {
        case .date: return lookAtDate(past)
        case .run(let at): return try lookAtRun(at, past)
        case .change(let number):
            let left = PastSource(
                base: source, history: History(view: view, memory: memory), sequence: number)
            return try lookAtChange(number, hasLists ? EdgeSource(left: left, found: past) : left)
        case .rise(let number): return try lookAtLevel(number, past)
        case nil: return Sight()
        }
    }

    private func judge(_ sight: inout Sight, _ facts: FiringFacts, _ source: any RecordSource) {
        let evaluator = tick.evaluator(rule, source)
        sight.conditions = evaluator.conditionTrees(facts)
        sight.verdict = evaluator.condition(facts)
        if let until = rule.until { sight.hasEnded = evaluator.holds(until, facts) == .holds }
    }

    // MARK: sorts of occurrences

    private func lookAtDate(_ past: PastSource) -> Sight {
        guard let ref = RecordRef(entry.key.subject), let record = past.record(ref) else { return Sight() }
        var sight = Sight(record: record)
        let due = tick.due(rule, record).first { $0.occurrence(in: rule.timing.zone) == entry.key.occurrence }
        var facts = FiringFacts(record: record, scheduledAt: entry.scheduledAt)
        if let due {
            facts = tick.facts(rule, record, due, late: entry.outcome == .firedLate)
            facts.acknowledged = entry.reason.code == "acknowledged"
        }
        facts.firing = entry.firing
        sight.due = due?.at
        judge(&sight, facts, past)
        return sight
    }

    private func lookAtRun(_ at: Instant, _ past: PastSource) throws -> Sight {
        var sight = Sight(due: rule.runs(at: at) ? at : nil)
        var facts = FiringFacts(record: nil, scheduledAt: at)
        facts.firing = entry.firing
        facts.late = entry.outcome == .firedLate
        if rule.gathering != nil, !(try gather(&facts, &sight, past)) { return sight }
        judge(&sight, facts, past)
        return sight
    }

    private func lookAtChange(_ number: Int64, _ past: any RecordSource) throws -> Sight {
        guard let change = try inquiry.change(number) else { return Sight() }
        var sight = Sight(due: rule.fits(change) && !change.quiet ? change.at : nil)
        let after = change.operation == .deleted ? nil : past.record(change.ref)
        let before = History.undo(change, from: after)
        var facts = FiringFacts(record: after ?? before, scheduledAt: change.at)
        facts.old = before
        facts.changedBy = change.actor
        facts.changedAt = change.at
        facts.firing = entry.firing
        sight.record = facts.record
        judge(&sight, facts, past)
        return sight
    }

    private func lookAtLevel(_ number: Int64, _ past: PastSource) throws -> Sight {
        guard let level = rule.levelTrigger else { return Sight() }
        var sight = Sight(due: entry.scheduledAt)
        var facts = FiringFacts(record: nil, scheduledAt: entry.scheduledAt)
        facts.late = entry.outcome == .firedLate
        facts.firing = entry.firing
        if rule.gathering != nil {
            guard try gather(&facts, &sight, past) else { return sight }
        } else {
            guard let ref = RecordRef(entry.key.subject), let record = past.record(ref) else { return Sight() }
            facts.record = record
            sight.record = record
        }
        let tree = tick.evaluator(rule, past).tree(.level, level.expression, facts)
        sight.isLevelTrue = tree.verdict == .holds
        judge(&sight, facts, past)
        sight.conditions.insert(tree, at: 0)
        return sight
    }

    /// False where nothing was gathered: there is nothing to ask a condition of.
    private func gather(_ facts: inout FiringFacts, _ sight: inout Sight, _ past: PastSource) throws -> Bool {
        guard let gathering = rule.gathering else { return true }
        let gatherer = WhyGatherer(tick: tick, rule: rule)
        guard let gone = try gatherer.gone(gathering.kind, since: past.sequence),
            let found = try gatherer.gather(
                entry.key.subject, gathering, past, at: facts.scheduledAt, alsoGone: gone)
        else {
            sight.isUnknown = true
            return false
        }
        guard let group = found.groups[entry.key.subject] else {
            sight.gathered = 0
            if found.groups.isEmpty {
                switch found.nothing.reason.code {
                case "empty": sight.verdict = .empty(found.nothing.reason.detail)
                case "evaluation": sight.verdict = .broken(found.nothing.reason.detail)
                default: sight.verdict = .fails
                }
            }
            return false
        }
        facts.group = group.value
        facts.records = Gathered.records(group.orders, kind: gathering.kind, past)
        sight.gathered = facts.records.count
        return true
    }
}

extension Rule {
    /// Whether one of its schedules has a run at that instant.
    func runs(at instant: Instant) -> Bool {
        scheduleTriggers.contains { trigger in
            let window = (after: instant.adding(microseconds: -1), through: instant)
            return trigger.schedule.occurrences(in: window, limit: 1) == [instant]
        }
    }
}

/// What an edge sees: the records as its write left them, in the lists that the tick found.
private final class EdgeSource: RecordSource {
    private let left: PastSource
    private let found: PastSource

    init(left: PastSource, found: PastSource) {
        self.left = left
        self.found = found
    }

    func record(_ ref: RecordRef) -> Record? { left.record(ref) }
    func resolve(_ text: String, kind: String) -> String? { left.resolve(text, kind: kind) }
    func referrers(kind: String, field: String, target: RecordRef) -> [String] {
        found.referrers(kind: kind, field: field, target: target)
    }
    func identifiers(kind: String, limit: Int) -> [String] { found.identifiers(kind: kind, limit: limit) }
    func members(role: String) -> [String] { found.members(role: role) }
}
