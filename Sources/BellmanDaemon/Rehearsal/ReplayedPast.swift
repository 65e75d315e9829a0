import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite

/// What people did to notices, by when they did it.
struct ReplayedActs {
    struct Known {
        let key: OccurrenceKey
        let act: ActEntry
    }

    let silences: [Silence]
    let acknowledgements: [Known]
}

/// The journal, a page at a time.
struct JournalPages {
    private static let size = 2_000

    private let store: SQLiteStore
    private let end: Instant
    private var page: ArraySlice<Change> = []
    private var last: Int64 = 0
    private var isOver = false

    init(_ store: SQLiteStore, through end: Instant) {
        self.store = store
        self.end = end
    }

    mutating func peek() throws -> Change? {
        if page.isEmpty, !isOver {
            page = try store.read { try $0.changes(after: last, limit: JournalPages.size) }[...]
            last = page.last?.sequence ?? last
            isOver = page.isEmpty
        }
        guard let first = page.first, first.at <= end else { return nil }
        return first
    }

    mutating func pop() { page = page.dropFirst() }
}

/// Writes the past into a store, moment by moment.
struct ReplayedPast {
    private let store: SQLiteStore
    private var silences: ArraySlice<Silence>
    private var acknowledgements: ArraySlice<ReplayedActs.Known>
    private(set) var count = 0
    /// Those that were lived through.
    private(set) var lived = 0
    /// When the journal begins.
    private(set) var begins: Instant?

    init(_ store: SQLiteStore, acts: ReplayedActs) {
        self.store = store
        silences = acts.silences.sorted { $0.at < $1.at }[...]
        acknowledgements = acts.acknowledgements.sorted { $0.act.at < $1.act.at }[...]
    }

    /// All that was written until `start`, without a tick: it raises nothing.
    mutating func fill(until start: Instant, _ pages: inout JournalPages, _ progress: (Int) -> Void) throws {
        while let change = try pages.peek(), change.at <= start {
            try write(pages.take(at: change.at), at: change.at, isPast: true)
            progress(count)
        }
        while let silence = silences.first, silence.at <= start {
            _ = try store.silence(silence, way: "replay")
            silences = silences.dropFirst()
        }
        acknowledgements = acknowledgements.drop { $0.act.at <= start }
    }

    /// The next instant at which somebody did something.
    func next(_ pages: inout JournalPages) throws -> Instant? {
        [try pages.peek()?.at, silences.first?.at, acknowledgements.first?.act.at].compactMap { $0 }.min()
    }

    mutating func write(_ moment: Instant, _ pages: inout JournalPages) throws {
        if try pages.peek()?.at == moment { try write(pages.take(at: moment), at: moment, isPast: false) }
        while let silence = silences.first, silence.at <= moment {
            _ = try store.silence(silence, way: "replay")
            silences = silences.dropFirst()
        }
        while let known = acknowledgements.first, known.act.at <= moment {
            acknowledgements = acknowledgements.dropFirst()
            guard let entry = try store.read({ try $0.decision(known.key) }), entry.outcome.rang else { continue }
            let act = Acknowledgement(
                firing: entry.firing, by: known.act.by, at: known.act.at, comment: known.act.comment)
            _ = try store.acknowledge(act, way: "replay")
        }
    }

    private mutating func write(_ changes: [Change], at: Instant, isPast: Bool) throws {
        count += changes.count
        if !isPast { lived += changes.count }
        begins = begins ?? changes.first?.at
        // What rules wrote in the time that is replayed, they write again.
        let meant = isPast ? changes : changes.filter { $0.depth == 0 }
        guard let first = meant.first else { return }
        // Numbers of changes stand in the names of occurrences: they stay what they were, as far as that can be.
        if try first.sequence > store.givenNumbers().journal + 1 {
            try store.leaveOut(GivenNumbers(journal: first.sequence - 1, bundles: 0))
        }
        _ = try store.write(meant.map { ReplayedPast.write($0, isPast: isPast) }, at: at)
    }

    private static func write(_ change: Change, isPast: Bool) -> RecordWrite {
        let fields = Dictionary(change.fields.map { ($0.name, $0.new) }, uniquingKeysWith: { $1 })
        let isDeleted = change.operation == .deleted
        // A record that rules made in the replayed time and these rules do not make is not made by an edit of it.
        let operation: RecordWrite.Operation = isDeleted ? .delete : change.operation == .updated ? .update : .merge
        return RecordWrite(
            ref: change.ref, operation: operation, fields: isDeleted ? [:] : fields, actor: change.actor,
            quiet: isPast || change.quiet)
    }
}

extension JournalPages {
    /// All changes of one instant.
    fileprivate mutating func take(at: Instant) throws -> [Change] {
        var changes: [Change] = []
        while let change = try peek(), change.at == at {
            changes.append(change)
            pop()
        }
        return changes
    }
}
