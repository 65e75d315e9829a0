import BellmanModel
import BellmanRules
import BellmanStore

/// Memberships and tallies of one aggregate rule during one tick. Tallies are kept here and written when they are many
/// or the tick ends; memberships are written at once.
final class GatheredBook {
    let rule: Rule
    let gathering: Gathering
    let level: LevelTrigger
    let aggregation: Aggregation
    let head: GatheringHead
    private let view: any EngineView
    private var groups: [Int64: Group] = [:]
    private var numbers: [String: Int64] = [:]

    /// Groups kept in memory.
    private static let capacity = 5_000

    struct Group {
        let number: Int64
        let subject: String
        var tally: GroupTally
        var isChanged = false
    }

    /// Where a record belongs and what it adds there.
    struct Place: Hashable {
        let subject: String
        let share: String
    }

    init?(_ rule: Rule, head: GatheringHead, view: any EngineView) {
        guard let gathering = rule.gathering, let level = rule.levelTrigger, let aggregation = level.aggregation else {
            return nil
        }
        self.rule = rule
        self.gathering = gathering
        self.level = level
        self.aggregation = aggregation
        self.head = head
        self.view = view
    }

    /// Where the store has the record.
    func place(of ref: RecordRef) throws -> Place? {
        guard let member = try view.gatheredMember(head.number, of: ref), let group = try group(member.group) else {
            return nil
        }
        return Place(subject: group.subject, share: member.share)
    }

    /// Where it belongs.
    func place(of record: Record, _ evaluator: RuleEvaluator) -> Place? {
        guard case .inside(let value) = evaluator.gathers(record, gathering) else { return nil }
        return Place(subject: value.subject, share: evaluator.share(record, aggregation))
    }

    func move(_ ref: RecordRef, from old: Place?, to new: Place?) throws {
        if let old { try change(old, -1) }
        let group = try new.map { try change($0, 1) }
        try view.setGatheredMember(
            head.number, of: ref, group.map { GatheredMember(group: $0, share: new?.share ?? "") })
    }

    @discardableResult
    private func change(_ place: Place, _ sign: Int) throws -> Int64 {
        var group = try self.group(place.subject) ?? make(place.subject)
        let counts = Counts(view: view, group: group.number)
        if sign > 0 {
            try group.tally.add(place.share, aggregation, counts)
        } else {
            try group.tally.remove(place.share, aggregation, counts)
        }
        group.isChanged = true
        groups[group.number] = group
        return group.number
    }

    // MARK: groups

    func counts(_ group: Group) -> any ValueCounts { Counts(view: view, group: group.number) }

    func group(_ subject: String) throws -> Group? {
        if let number = numbers[subject] { return groups[number] }
        return try view.gatheredGroup(head.number, subject: subject).map(keep)
    }

    private func group(_ number: Int64) throws -> Group? {
        if let known = groups[number] { return known }
        return try view.gatheredGroup(number: number).map(keep)
    }

    private func make(_ subject: String) throws -> Group {
        try keep(view.makeGatheredGroup(head.number, subject: subject))
    }

    private func keep(_ found: GatheredGroup) throws -> Group {
        if groups.count >= GatheredBook.capacity { try flush() }
        let tally = found.tally.isEmpty ? GroupTally(aggregation) : GroupTally(text: found.tally)
        let group = Group(number: found.number, subject: found.subject, tally: tally)
        groups[found.number] = group
        numbers[found.subject] = found.number
        return group
    }

    func ids(of subject: String, limit: Int = .max) throws -> [String] {
        guard let group = try group(subject), group.tally.members > 0 else { return [] }
        return try view.gatheredIDs(group: group.number, limit: limit)
    }

    /// All groups with members, ascending by subject.
    func eachSubject(_ body: (String) throws -> Void) throws {
        try flush()
        var after: String?
        while true {
            let page = try view.gatheredGroups(head.number, after: after, limit: EngineLimits.scanPage)
            guard let last = page.last else { return }
            for group in page { try body(group.subject) }
            after = last.subject
        }
    }

    func flush() throws {
        for group in groups.values.sorted(by: { $0.number < $1.number }) where group.isChanged {
            if group.tally.members > 0 {
                try view.setGatheredTally(group: group.number, group.tally.text)
            } else {
                try view.removeGatheredGroup(group.number)
            }
        }
        groups = [:]
        numbers = [:]
    }

    /// What `body` does to memberships is undone when it returns.
    func rehearse(_ body: () throws -> Void) throws {
        try flush()
        defer {
            groups = [:]
            numbers = [:]
        }
        try view.rehearseGathering(body)
    }

    private struct Counts: ValueCounts {
        let view: any EngineView
        let group: Int64

        func count(term: Int, value: String, change: Int) throws -> Int {
            try view.countGathered(group: group, term: term, value: value, change: change)
        }

        func extreme(term: Int, prefix: String, isGreatest: Bool) throws -> String? {
            try view.gatheredExtreme(group: group, term: term, prefix: prefix, isGreatest: isGreatest)
        }
    }
}

/// The books of one tick, opened when they are needed.
final class GatheredShelf: @unchecked Sendable {
    private let view: any EngineView
    private var heads: [String: GatheringHead]?
    private var books: [String: GatheredBook] = [:]
    /// Rules whose memberships are yet to be made from the records as they are.
    var toLoad: Set<String> = []

    init(_ view: any EngineView) { self.view = view }

    func set(_ heads: [String: GatheringHead]) { self.heads = heads }

    func book(_ rule: Rule) throws -> GatheredBook? {
        if let known = books[rule.id] { return known }
        if heads == nil {
            heads = Dictionary(try view.gatherings().map { ($0.rule, $0) }, uniquingKeysWith: { $1 })
        }
        guard let head = heads?[rule.id], let book = GatheredBook(rule, head: head, view: view) else { return nil }
        books[rule.id] = book
        return book
    }

    func flush() throws {
        for book in books.sorted(by: { $0.key < $1.key }) { try book.value.flush() }
    }
}
