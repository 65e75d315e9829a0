import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// Aggregate rules that are new, or whose `where`, `group` or `while` was edited: memberships are made once from the
/// records as they are.
extension Tick {
    mutating func runGatheringLoads() throws {
        try respan()
        guard !shelf.toLoad.isEmpty else { return }
        let rules = core.rules.gatheredLevels.map { core.rules.rules[$0] }.filter { shelf.toLoad.contains($0.id) }
        for rule in rules {
            for id in [rule.id, formerID(rule)].compactMap({ $0 }) {
                for subject in try view.levelSubjects(rule: id) { setState(rule, subject, nil) }
            }
        }
        // One walk over a kind serves all rules that gather it.
        for kind in Set(rules.compactMap { $0.gathering?.kind }).sorted() {
            let books = try rules.filter { $0.gathering?.kind == kind }.compactMap { try shelf.book($0) }
            try eachRecord(of: kind) { tick, record in
                for book in books {
                    guard let place = book.place(of: record, tick.evaluator(book.rule)) else { continue }
                    try book.move(record.ref, from: nil, to: place)
                }
            }
        }
        let budget = LevelBudget()
        for rule in rules {
            if let book = try shelf.book(rule) { try begin(book, budget) }
        }
        shelf.toLoad = []
    }

    /// True when the rule is loaded counts as rung; with `for` the span starts at the journal's last change to true.
    private mutating func begin(_ book: GatheredBook, _ budget: LevelBudget) throws {
        var open: Set<String> = []
        try book.eachSubject { subject in
            if try holds(book, subject, source) == .holds { open.insert(subject) }
        }
        let rises = isRiseNeeded(book) ? try rises(book, open, budget) : [:]
        for subject in open.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            // Where the journal was not read so far back, the span begins now.
            try stand(book, subject, rises[subject] ?? Moment(at: now, sequence: head))
        }
    }

    private func isRiseNeeded(_ book: GatheredBook) -> Bool {
        book.level.span != nil || book.level.fresh != nil || book.rule.existing == .fire
    }

    /// The writes that made these groups' levels true: the journal is walked back from its end, and what each write did
    /// to memberships is undone, until all are found or the budget is spent. Nothing of it stays.
    private func rises(
        _ book: GatheredBook, _ subjects: Set<String>, _ budget: LevelBudget
    ) throws -> [String: Moment] {
        guard let index = core.rules.position(of: book.rule), let reads = core.rules.gatheredReads(of: index) else {
            return [:]
        }
        var open = subjects
        var found: [String: Moment] = [:]
        let memory = HistoryMemory(view: view)
        let links: LinkHistory? =
            reads.hops.isEmpty
            ? nil
            : LinkHistory(
                view: view, source: source, hops: reads.hops, after: max(0, head - EngineLimits.linkHistory),
                through: head)
        try book.rehearse {
            var end = head
            while end > 0, !open.isEmpty {
                let start = max(0, end - Int64(EngineLimits.changePage))
                let page = try view.changes(after: start, limit: EngineLimits.changePage)
                for change in page.reversed() where change.sequence <= end && !open.isEmpty {
                    guard budget.take(1) else { return }
                    guard book.isRead(change, reads) else { continue }
                    let past = PastSource(
                        base: source, history: History(view: view, memory: memory), sequence: change.sequence - 1,
                        links: links)
                    let moves = try moves(book, reads, change, to: past)
                    guard budget.take(moves.all.count) else { return }
                    for move in moves.all { try book.move(move.ref, from: move.old, to: move.new) }
                    for subject in moves.subjects where open.contains(subject) {
                        guard try holds(book, subject, past) != .holds else { continue }
                        found[subject] = Moment(at: change.at, sequence: change.sequence)
                        open.remove(subject)
                    }
                    memory.forgetWhenFull()
                }
                end = start
            }
        }
        if let failure = links?.failure { throw failure }
        return found
    }
}

extension GatheredBook {
    fileprivate func isRead(_ change: Change, _ reads: GatheringReads) -> Bool {
        reads.kinds.contains(change.ref.kind) && reads.isTouched(by: change)
    }
}
