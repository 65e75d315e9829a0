import Almanac
import BellmanStore
import GRDB

/// A place where a chain does not hold.
public struct ChainFault: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// The row is not what it was when it was written, or stands after another row than then.
        case changed
        /// Rows are gone: from this number to the one before the fault's.
        case missing(from: Int64)
        /// A ledger row names another rule than it should.
        case renamed
    }

    public let table: ChainedTable
    public let sequence: Int64
    public let kind: Kind

    public init(table: ChainedTable, sequence: Int64, kind: Kind) {
        self.table = table
        self.sequence = sequence
        self.kind = kind
    }
}

/// How far a store has come: what stands in its mark.
public struct StoreReach: Sendable, Hashable {
    /// Nil before the first tick.
    public var watermark: Instant?
    public var heads: [ChainedTable: ChainHead]

    public init(watermark: Instant?, heads: [ChainedTable: ChainHead]) {
        self.watermark = watermark
        self.heads = heads
    }

    public var isEmpty: Bool { heads.values.allSatisfy { $0.sequence == 0 } }

    public func head(_ table: ChainedTable) -> ChainHead { heads[table] ?? .start }
}

/// What a store lacks of what it once had.
public struct StoreGap: Sendable, Hashable {
    /// Rows that are gone, by table.
    public var lost: [ChainedTable: Int64] = [:]
    /// Tables that went on after the gap: at the marked place stands another row than once did.
    public var forked: Set<ChainedTable> = []
    /// How far the store has lived; the mark may say later.
    public var watermark: Instant?

    public var isEmpty: Bool { lost.isEmpty && forked.isEmpty }

    public init() {}
}

extension SQLiteStore {
    /// In one snapshot; what a reader sees is on the disk (SQLite shows a commit after its log is synced).
    public func reach() throws -> StoreReach {
        try connection.read { db in
            var reach = StoreReach(watermark: try Chain.watermark(db), heads: [:])
            for table in ChainedTable.allCases { reach.heads[table] = try Chain.head(db, table) }
            return reach
        }
    }

    /// What the store lacks of what it had when `mark` was made. A mark may be older than the store, never newer:
    /// read the mark first.
    public func gap(to mark: StoreReach) throws -> StoreGap {
        try connection.read { db in
            var gap = StoreGap()
            gap.watermark = try Chain.watermark(db)
            for table in ChainedTable.allCases {
                let (marked, head) = (mark.head(table), try Chain.head(db, table))
                if head.sequence < marked.sequence {
                    gap.lost[table] = marked.sequence - head.sequence
                } else if marked.sequence > 0, try Chain.row(db, table, marked.sequence) != marked {
                    gap.forked.insert(table)
                }
            }
            return gap
        }
    }

    /// Follows the chains and names where they do not hold, `limit` places at most.
    /// - Parameter after: the row of each table to begin after; from the start for tables that are not named.
    /// - Parameter progress: told how many rows have been looked at, from time to time.
    public func chainFaults(
        after: [ChainedTable: Int64] = [:], limit: Int = 20, progress: (Int) -> Void = { _ in }
    ) throws -> [ChainFault] {
        var faults: [ChainFault] = []
        var count = 0
        for table in ChainedTable.allCases {
            var walk = ChainWalk(table)
            try connection.read { db in try walk.begin(db, after: after[table] ?? 0) }
            // A snapshot for each stretch: rows are only added, and a long one would keep the log from being emptied.
            while try connection.read({ db in try walk.stretch(db) }), faults.count + walk.faults.count < limit {
                progress(count + walk.count)
            }
            count += walk.count
            faults += walk.faults
            if faults.count >= limit { break }
        }
        return Array(faults.prefix(limit))
    }

    /// By the administrator's word the rows are right as they stand: those that do not fit are linked anew, and rows with a sum are summed anew. Run after
    /// it was said what is wrong; throws `StoreProblem`.
    public func relink() throws {
        try connection.transaction { db in
            for table in ChainedTable.allCases { try Chain.rewrite(db, table) }
            try RowSums.renew(db)
        }
    }
}

extension Chain {
    static func watermark(_ db: Database) throws -> Instant? {
        try db.query("SELECT watermark FROM progress").first { Instant(microseconds: $0.int(0)) }
    }
}

/// Follows one chain in stretches.
struct ChainWalk {
    private let table: ChainedTable
    private var last = ChainHead.start
    private(set) var faults: [ChainFault] = []
    private(set) var count = 0
    private var text = ChainText()

    private static let stretchRows = 5_000

    init(_ table: ChainedTable) { self.table = table }

    mutating func begin(_ db: Database, after sequence: Int64) throws {
        guard sequence > 0 else { return }
        last =
            try db.query("SELECT sequence, link FROM \(table.home) WHERE sequence <= ? ORDER BY sequence DESC LIMIT 1")
            .bind(sequence).first { ChainHead(sequence: $0.int(0), link: $0.int(1)) } ?? .start
    }

    /// True while there is more. After a fault it goes on from what stands there, so that one fault is told once.
    mutating func stretch(_ db: Database) throws -> Bool {
        let query = try ChainRows.query(db, table).bind(last.sequence).bind(ChainWalk.stretchRows)
        defer { query.reset() }
        var rows = 0
        while try query.step() {
            look(query)
            rows += 1
        }
        count += rows
        if rows < ChainWalk.stretchRows { try lookForStrays(db) }
        return rows == ChainWalk.stretchRows
    }

    private mutating func look(_ row: Query) {
        text.begin(table, after: last)
        for column in 0..<table.columnCount { text.add(row, column) }
        let (sequence, link) = (row.int(0), row.int(table.columnCount))
        if link != text.link {
            let kind: ChainFault.Kind = sequence > last.sequence + 1 ? .missing(from: last.sequence + 1) : .changed
            faults.append(ChainFault(table: table, sequence: sequence, kind: kind))
        } else if table == .ledger,
            row.int(table.columnCount + 1) != ChainText.seal(link: link, rule: row.text(table.columnCount + 2))
        {
            faults.append(ChainFault(table: table, sequence: sequence, kind: .renamed))
        }
        last = ChainHead(sequence: sequence, link: link)
    }

    /// Outbox rows whose notice is gone: the chain stands beside the notices and does not see them.
    private mutating func lookForStrays(_ db: Database) throws {
        guard table == .outbox else { return }
        faults += try db.query(
            """
            SELECT sequence FROM outbox WHERE sequence > ? OR NOT EXISTS
                (SELECT 1 FROM outbox_notice WHERE outbox_notice.sequence = outbox.sequence) ORDER BY sequence LIMIT 20
            """
        ).bind(last.sequence).all { ChainFault(table: .outbox, sequence: $0.int(0), kind: .changed) }
    }
}
