import Almanac
import BellmanModel
import BellmanStore

/// The ledger, by key, by firing, and by rule and subject.
struct LedgerShelf {
    /// In the order in which they were decided.
    private(set) var entries: [LedgerEntry] = []
    private var places: [OccurrenceKey: Int] = [:]
    private var byFiring: [String: Int] = [:]
    private var bySlot: [StoreState.Slot: [Int]] = [:]

    /// Planted: a later decision takes the place of the first.
    var isLastKept = false

    /// Planted: what was decided is no longer known by its key.
    mutating func forgetKeys() { places = [:] }

    subscript(key: OccurrenceKey) -> LedgerEntry? { places[key].map { entries[$0] } }
    subscript(firing firing: String) -> LedgerEntry? { byFiring[firing].map { entries[$0] } }

    init(isLastKept: Bool = false) { self.isLastKept = isLastKept }

    /// Oldest first.
    func entries(_ slot: StoreState.Slot) -> [LedgerEntry] { (bySlot[slot] ?? []).map { entries[$0] } }

    func rings(_ slot: StoreState.Slot, after: Instant) -> Int {
        (bySlot[slot] ?? []).count { entries[$0].outcome.rang && entries[$0].decidedAt > after }
    }

    /// False when the key is decided already.
    mutating func insert(_ entry: LedgerEntry) -> Bool {
        if let place = places[entry.key] {
            if isLastKept { entries[place] = entry }
            return false
        }
        places[entry.key] = entries.count
        if byFiring[entry.firing] == nil { byFiring[entry.firing] = entries.count }
        bySlot[StoreState.Slot(rule: entry.key.rule, subject: entry.key.subject), default: []].append(entries.count)
        entries.append(entry)
        return true
    }

    /// Where the new rule has a decision of that key already, that one stands and the other keeps its name.
    mutating func rename(_ old: String, _ new: String) {
        let all = entries
        let taken = Set(all.filter { $0.key.rule == new }.map(\.key))
        self = LedgerShelf(isLastKept: isLastKept)
        for entry in all {
            let key = OccurrenceKey(rule: new, subject: entry.key.subject, occurrence: entry.key.occurrence)
            guard entry.key.rule == old, !taken.contains(key) else {
                _ = insert(entry)
                continue
            }
            _ = insert(
                LedgerEntry(
                    key: key, outcome: entry.outcome, reason: entry.reason, scheduledAt: entry.scheduledAt,
                    decidedAt: entry.decidedAt, firing: entry.firing))
        }
    }
}
