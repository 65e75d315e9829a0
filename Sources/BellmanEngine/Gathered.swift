import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// What a rule gathers at the tick's instant: ids with their order, not the records themselves.
struct Gathered {
    struct Group {
        let value: GroupValue
        var orders: [GatherOrder] = []
    }

    private(set) var groups: [String: Group] = [:]
    /// Why nothing was gathered: a group value that is empty, or what failed.
    private(set) var emptyPath: String?
    private(set) var failure: String?

    /// Records that an expression may see of one group.
    static let listLimit = 100_000

    mutating func add(_ record: Record, _ gathering: Gathering, _ evaluator: RuleEvaluator, at run: Instant) {
        switch evaluator.gathers(record, gathering, at: run) {
        case .outside: break
        case .broken(let why): failure = failure ?? why
        case .ungrouped(let path): emptyPath = emptyPath ?? path
        case .inside(let value):
            groups[value.subject, default: Group(value: value)].orders.append(evaluator.order(record))
        }
    }

    /// In the order of messages.
    static func records(_ orders: [GatherOrder], kind: String, _ source: any RecordSource) -> [Record] {
        orders.sorted().prefix(listLimit).compactMap { source.record(RecordRef(kind: kind, id: $0.id)) }
    }

    var subjects: [String] { groups.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

    /// The decision where there is no group.
    var nothing: (outcome: Outcome, reason: Reason) {
        if let emptyPath { return (.conditionFalse, Reason("empty", emptyPath)) }
        if let failure { return (.failed, Reason("evaluation", failure)) }
        return (.conditionFalse, Reason("no_records"))
    }
}

/// One gathering: of a run, where `where` or `group` asks for its instant, else of whatever run the tick has.
struct GatherRun: Hashable {
    let rule: String
    let at: Instant?

    init(_ rule: Rule, _ at: Instant) {
        self.rule = rule.id
        self.at = rule.gathering?.readsRun == true ? at : nil
    }
}

extension Tick {
    /// One walk over a kind serves all rules that gather it.
    mutating func gather(_ runs: [(rule: Rule, at: Instant)]) throws {
        var seen: Set<GatherRun> = []
        let missing = runs.filter { run in
            let key = GatherRun(run.rule, run.at)
            return run.rule.gathering != nil && gathered[key] == nil && seen.insert(key).inserted
        }
        for kind in Set(missing.compactMap { $0.rule.gathering?.kind }).sorted() {
            let those = missing.filter { $0.rule.gathering?.kind == kind }
            var found = those.map { _ in Gathered() }
            let evaluators = those.map { evaluator($0.rule) }
            try eachRecord(of: kind) { _, record in
                for (index, run) in those.enumerated() {
                    guard let gathering = run.rule.gathering else { continue }
                    found[index].add(record, gathering, evaluators[index], at: run.at)
                }
            }
            for (index, run) in those.enumerated() { gathered[GatherRun(run.rule, run.at)] = found[index] }
        }
    }

    /// Facts of a gathered firing as of now: its group anew. nil where the group is there no more.
    mutating func gatherAgain(_ rule: Rule, _ subject: String, _ facts: FiringFacts) throws -> FiringFacts? {
        guard let gathering = rule.gathering else { return facts }
        var facts = facts
        if rule.levelTrigger != nil {
            guard let book = try shelf.book(rule), try book.group(subject).map({ $0.tally.members > 0 }) ?? false else {
                return nil
            }
            facts.group = try groupValue(book, subject, source)
            facts.records = try records(of: book, subject, source)
            return facts
        }
        let group: Gathered.Group?
        let run = GatherRun(rule, facts.scheduledAt)
        if let field = gathering.groupReference, gathered[run] == nil, let ref = RecordRef(subject) {
            var found = Gathered()
            let evaluator = evaluator(rule)
            for id in source.referrers(kind: gathering.kind, field: field, target: ref) {
                guard let record = source.record(RecordRef(kind: gathering.kind, id: id)) else { continue }
                found.add(record, gathering, evaluator, at: facts.scheduledAt)
            }
            group = found.groups[subject]
        } else {
            try gather([(rule, facts.scheduledAt)])
            group = gathered[run]?.groups[subject]
        }
        guard let group else { return nil }
        facts.group = group.value
        facts.records = Gathered.records(group.orders, kind: gathering.kind, source)
        return facts
    }
}
