import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// A level that one of the tick's changes made ring, kept until all of them are read: only then is it known whether the
/// level still holds.
struct LevelRing {
    let rule: Rule
    /// As of the write that rang.
    let state: LevelState
    let scheduled: Instant
    let depth: Int
    /// The records were so right after that write.
    let sequence: Int64
    /// An edge of the same rule had rung for the record by then.
    var isSuperseded = false
    /// Who was in the group then; nil for a level of a single record.
    var group: (value: GroupValue, ids: [String])?
}

/// The rings of one tick's changes, in the order of the journal.
struct LevelRings {
    private(set) var all: [LevelRing] = []
    private var ids = 0
    private var bound = 200_000

    mutating func add(_ ring: LevelRing) {
        all.append(ring)
        ids += 1 + (ring.group?.ids.count ?? 0)
    }

    /// A large import would keep more than memory should hold: what is undone already need not wait.
    var isFull: Bool { ids > bound }

    mutating func keep(_ rings: [LevelRing]) {
        all = rings
        ids = rings.reduce(0) { $0 + 1 + ($1.group?.ids.count ?? 0) }
        bound = max(bound, 2 * ids)
    }
}

extension Tick {
    mutating func hold(_ ring: LevelRing) throws {
        levelRings.add(ring)
        if levelRings.isFull { try decideLevels(undoneOnly: true) }
    }

    /// What a ring shows and asks: the records as the tick finds them while the level holds; where it was undone in the
    /// same tick, as the write that rang left them.
    mutating func decideLevels(undoneOnly: Bool = false) throws {
        let held = levelRings.all
        var kept: [LevelRing] = []
        for ring in held {
            let holds = try state(ring.rule, ring.state.subject)?.rise == ring.state.rise
            if holds, undoneOnly {
                kept.append(ring)
                continue
            }
            try ringHeld(ring, holds)
            // What the ring made wait ended with its level.
            if !holds { try endRest(ofFallen: ring.rule, ring.state.subject) }
        }
        levelRings.keep(kept)
    }

    private mutating func ringHeld(_ ring: LevelRing, _ holds: Bool) throws {
        let (rule, subject) = (ring.rule, ring.state.subject)
        var facts = FiringFacts(record: nil, scheduledAt: ring.scheduled)
        if let group = ring.group {
            guard let book = try shelf.book(rule) else { return }
            if holds { return try ringGroup(book, ring.state, scheduled: ring.scheduled, depth: ring.depth) }
            let past = past(of: rule, at: ring.sequence)
            facts.group = group.value
            facts.records = records(group.ids, book.gathering.kind, rule, past)
            return try ringGroup(rule, ring.state, facts, past, depth: ring.depth)
        }
        guard let ref = RecordRef(subject), source.record(ref) != nil else { return }
        let seen: any RecordSource = holds ? source : past(of: rule, at: ring.sequence)
        facts.record = seen.record(ref)
        guard facts.record != nil else { return }
        try ringLevel(rule, ring.state, facts, seen, depth: ring.depth, isSuperseded: ring.isSuperseded)
    }

    private mutating func past(of rule: Rule, at sequence: Int64) -> PastSource {
        let reads = core.rules.position(of: rule).flatMap { core.rules.gatheredReads(of: $0) }
        let links = links(along: reads?.hops ?? rule.levelTrigger?.expression.hops ?? [])
        return PastSource(base: source, history: History(view: view), sequence: sequence, links: links)
    }
}
