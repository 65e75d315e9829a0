import BellmanModel
import BellmanRules
import BellmanStore

/// What finding out when levels turned true may cost in one tick, all new rules and their records together.
final class LevelBudget {
    private var left = EngineLimits.levelLoad

    /// False when it is spent.
    func take(_ work: Int) -> Bool {
        left -= work
        return left >= 0
    }
}

/// The write that made a level true, found by walking back the journals of all that the expression reads.
struct LevelWalk {
    private let tick: Tick
    private let rule: Rule
    private let level: LevelTrigger
    private let budget: LevelBudget
    /// By kind, the fields whose changes can turn the level.
    private let fields: [String: Set<String>]
    /// Shared by all records of the rule: those of one list read the same journals.
    private let memory: HistoryMemory
    let links: LinkHistory

    init(tick: Tick, rule: Rule, level: LevelTrigger, budget: LevelBudget) {
        self.tick = tick
        self.rule = rule
        self.level = level
        self.budget = budget
        memory = HistoryMemory(view: tick.view)
        links = LinkHistory(
            view: tick.view, source: tick.source, hops: level.expression.hops,
            after: max(0, tick.head - EngineLimits.linkHistory), through: tick.head)
        var fields: [String: Set<String>] = [:]
        for kind in rule.levelKinds { fields[kind] = Set(level.expression.ownFields(of: kind)) }
        for hop in level.expression.hops {
            switch hop.way {
            case .reference(let field): fields[hop.source, default: []].insert(field)
            case .list(let field): fields[hop.target, default: []].insert(field)
            }
        }
        self.fields = fields
    }

    /// Of a record whose level is true now, or the record's last write where that is as good or the budget is spent.
    /// `kept` is the state as the last tick left it, where the same condition was armed then: its rise holds unless the
    /// level was false since.
    func lastRise(of record: Record, kept: LevelState?) throws -> Tick.Moment {
        let otherwise = try kept.map(moment) ?? Tick.Moment(at: record.updatedAt, sequence: record.version)
        guard kept != nil || isRiseNeeded else { return otherwise }
        memory.forgetWhenFull()
        var pages = JournalPages(memory: memory, budget: budget)
        guard try pages.add(reach(tick.source).records(from: record.ref), before: .max) else { return otherwise }
        var began: Tick.Moment?
        while let change = try pages.takeLast() {
            if kept != nil, change.sequence <= tick.before?.sequence ?? 0 { return otherwise }
            guard canTurn(change) else { continue }
            let moment = Tick.Moment(at: change.at, sequence: change.sequence)
            guard budget.take(pages.count) else { return otherwise }
            let past = past(before: change)
            guard let earlier = past.record(record.ref) else { return moment }
            let facts = FiringFacts(record: earlier, scheduledAt: change.at)
            guard tick.evaluator(rule, past).holds(level.expression, facts) == .holds, !isOldEnough(moment) else {
                return moment
            }
            began = moment
            // Before this write the record looked elsewhere.
            guard isLink(change) else { continue }
            guard try pages.add(reach(past).records(from: record.ref), before: change.sequence) else {
                return otherwise
            }
        }
        return kept == nil ? began ?? otherwise : otherwise
    }

    /// Where there is no span to count and nothing to ring, it matters only that the level is true. What rings at once
    /// is told by the rise from what rang before.
    private var isRiseNeeded: Bool { level.span != nil || level.fresh != nil || rule.existing == .fire }

    /// The span since then is full whenever before that the level turned true.
    private func isOldEnough(_ moment: Tick.Moment) -> Bool {
        guard level.fresh == nil, rule.existing != .fire, let span = level.span else { return false }
        return rule.shifted(moment.at, by: span) <= tick.now
    }

    private func moment(_ kept: LevelState) throws -> Tick.Moment {
        let change = try tick.view.changes(after: kept.rise - 1, limit: 1).first
        return Tick.Moment(at: change?.at ?? min(kept.since, tick.now), sequence: kept.rise)
    }

    private func canTurn(_ change: Change) -> Bool {
        guard change.operation == .updated, let fields = fields[change.ref.kind] else { return true }
        return fields.contains("updated_at") || change.fields.contains { fields.contains($0.name) }
    }

    private func past(before change: Change) -> PastSource {
        PastSource(
            base: tick.source, history: History(view: tick.view, memory: memory), sequence: change.sequence - 1,
            links: links)
    }

    private func reach(_ source: any RecordSource) -> Reach {
        Reach(hops: level.expression.hops, source: source, links: links)
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
    let budget: LevelBudget
    private var known: Set<RecordRef> = []
    /// A heap: the record whose next change is the newest comes first.
    private var heap: [(sequence: Int64, ref: RecordRef, left: Int)] = []

    init(memory: HistoryMemory, budget: LevelBudget) {
        self.memory = memory
        self.budget = budget
    }

    var count: Int { known.count }

    /// False when the budget is spent.
    mutating func add(_ refs: [RecordRef], before sequence: Int64) throws -> Bool {
        for ref in refs where known.insert(ref).inserted {
            let changes = try memory.changes(of: ref)
            guard budget.take(1 + changes.count) else { return false }
            let left = changes.lastIndex { $0.sequence < sequence }
            guard let left else { continue }
            heap.append((changes[left].sequence, ref, left))
            rise(heap.count - 1)
        }
        return budget.take(refs.count)
    }

    mutating func takeLast() throws -> Change? {
        guard let top = heap.first else { return nil }
        let changes = try memory.changes(of: top.ref)
        if top.left > 0 {
            heap[0] = (changes[top.left - 1].sequence, top.ref, top.left - 1)
        } else {
            heap[0] = heap[heap.count - 1]
            heap.removeLast()
        }
        sink()
        return changes[top.left]
    }

    private mutating func rise(_ place: Int) {
        var place = place
        while place > 0, heap[(place - 1) / 2].sequence < heap[place].sequence {
            heap.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    private mutating func sink() {
        var place = 0
        while let child = [2 * place + 1, 2 * place + 2].filter({ $0 < heap.count })
            .max(by: { heap[$0].sequence < heap[$1].sequence }), heap[child].sequence > heap[place].sequence
        {
            heap.swapAt(place, child)
            place = child
        }
    }
}
