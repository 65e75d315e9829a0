import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite

/// Whether the store is what it was when Bellman last wrote to it: the chains of its rows, and the mark beside it
/// (docs/decisions/0011).
public struct StoreGuard: Sendable {
    /// Why nothing may ring from this store until somebody has decided.
    public enum Doubt: Sendable, Hashable {
        /// It lacks what its mark says: an older copy that was put back, or commits that were lost.
        case behind(StoreGap, marked: StoreMark)
        /// Rows are not what was written.
        case broken(Faults)
    }

    public struct Faults: Sendable, Hashable {
        /// Rows that are written once.
        public var chains: [ChainFault] = []
        /// Rows that change: records, states of deliveries, steps.
        public var rows: [RowFault] = []

        public init(chains: [ChainFault] = [], rows: [RowFault] = []) {
            self.chains = chains
            self.rows = rows
        }

        var isEmpty: Bool { chains.isEmpty && rows.isEmpty }
    }

    /// What is worth a line in the log and changes nothing.
    public enum Remark: String, Sendable, CaseIterable {
        /// A store that was moved or copied without its mark, or that an older version wrote.
        case unmarked
        /// The mark belongs to another store.
        case foreignMark = "foreign"
        /// The mark itself is damaged.
        case unreadableMark = "unreadable"
    }

    public struct Finding: Sendable, Hashable {
        public var doubt: Doubt?
        public var remark: Remark?
    }

    /// Rows before the marked ones that are looked at again with every start.
    static let margin: Int64 = 1_000

    private let instance: Instance
    private var file: MarkFile { MarkFile(ofStore: instance.store.path) }

    public init(_ instance: Instance) { self.instance = instance }

    /// What a start looks at: the mark, and the rows around and after it, so that the cost follows what came since it
    /// was written. A small store, and one without a mark, is looked at whole.
    public func look() throws -> Finding {
        let (mark, remark) = try readMark()
        guard let mark, !instance.store.isSmall else {
            return try examine(mark, remark) { _ in }
        }
        let places = mark.reach.heads.mapValues { max(0, $0.sequence - StoreGuard.margin) }
        let faults = Faults(chains: try instance.store.chainFaults(after: places))
        return Finding(doubt: faults.isEmpty ? try behind(mark) : .broken(faults))
    }

    /// Everything (`doctor`): every row, and the mark.
    public func examine(progress: (Int) -> Void = { _ in }) throws -> Finding {
        let (mark, remark) = try readMark()
        return try examine(mark, remark, progress)
    }

    private func examine(_ mark: StoreMark?, _ remark: Remark?, _ progress: (Int) -> Void) throws -> Finding {
        var finding = Finding(remark: remark)
        // A store that never held anything has no mark yet.
        if remark == .unmarked, try instance.store.reach().isEmpty { finding.remark = nil }
        let faults = Faults(
            chains: try instance.store.chainFaults(progress: progress), rows: try instance.store.rowFaults())
        finding.doubt = faults.isEmpty ? try mark.flatMap { try behind($0) } : .broken(faults)
        return finding
    }

    /// Read before the store is, for a daemon may be writing both.
    private func readMark() throws -> (mark: StoreMark?, remark: Remark?) {
        switch file.read() {
        case .absent: return (nil, .unmarked)
        case .unreadable: return (nil, .unreadableMark)
        case .mark(let mark):
            let own = try instance.store.document(Instance.storeIDDocument)
            // A store without an id has never ticked: an empty one in the place of the one that the mark tells of.
            if own == nil || own == mark.store { return (mark, nil) }
            return (nil, .foreignMark)
        }
    }

    private func behind(_ mark: StoreMark) throws -> Doubt? {
        let gap = try instance.store.gap(to: mark.reach)
        return gap.isEmpty ? nil : .behind(gap, marked: mark)
    }

    // MARK: The mark

    /// What the mark would say now; nil before the store has an id.
    public func present() throws -> StoreMark? {
        guard let id = try instance.store.document(Instance.storeIDDocument) else { return nil }
        return StoreMark(store: id, at: instance.clock.now(), reach: try instance.store.reach())
    }

    /// Writes the mark where the store has come further than `last`. For the holder of the store's lock alone.
    /// Returns what the mark says now.
    @discardableResult
    public func mark(after last: StoreReach? = nil) throws -> StoreReach? {
        guard let present = try present(), present.reach != last else { return last }
        try file.write(present)
        return present.reach
    }

    // MARK: The administrator's word

    /// The store counts as right from now on; what was wrong is kept in the audit log.
    /// - Parameter gap: what becomes of the time that the store does not know.
    public func accept(gap: Restore.Gap, by person: Person, comment: String, now: Instant) throws -> Finding {
        let finding = try examine()
        guard let doubt = finding.doubt else { return finding }
        if case .broken = doubt { try instance.store.relink() }
        if case .behind(_, let mark) = doubt {
            var given = try instance.store.givenNumbers()
            given.journal = max(given.journal, mark.reach.head(.journal).sequence)
            try instance.store.leaveOut(given.leavingRoom)
            if gap == .skip { _ = try instance.store.settleGap(now: now) }
            try Restore.note(instance.store, "accepted", gap, now)
        }
        try instance.store.note(
            ActEntry(
                verb: "store_accept", target: "store", by: person, at: now, comment: comment,
                detail: "command gap=\(gap.rawValue) \(StoreGuard.facts(doubt))"))
        // A store that was empty has none yet.
        try instance.storeID()
        try mark()
        return finding
    }

    /// For machines: table, row and what is wrong.
    static func facts(_ doubt: Doubt) -> String {
        switch doubt {
        case .broken(let faults):
            return
                (faults.chains.map { "\($0.table.rawValue)/\($0.sequence)" }
                + faults.rows.map { "\($0.table)/\($0.key)" }).joined(separator: " ")
        case .behind(let gap, let mark):
            let lost = gap.lost.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue)-\($0.value)" }
            let forked = gap.forked.map { "\($0.rawValue)-forked" }.sorted()
            return (["marked=\(mark.at.iso)"] + lost + forked).joined(separator: " ")
        }
    }
}
