import Digests
import GRDB
import GRDBSQLite

/// The content of one row as bytes that no other row has: each value with its type and length.
struct ChainText {
    private var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(1_024) }

    /// Begins a row of `table` that follows `head`.
    mutating func begin(_ table: ChainedTable, after head: ChainHead) {
        bytes.removeAll(keepingCapacity: true)
        add(table.rawValue)
        add(head.link)
    }

    mutating func addNull() { bytes.append(0) }

    mutating func add(_ value: Int64) {
        bytes.append(1)
        raw(UInt64(bitPattern: value))
    }

    mutating func add(_ value: Int64?) {
        if let value { add(value) } else { addNull() }
    }

    mutating func add(_ text: String) {
        bytes.append(2)
        raw(UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    mutating func add(utf8 text: some Collection<UInt8>) {
        bytes.append(2)
        raw(UInt64(text.count))
        bytes.append(contentsOf: text)
    }

    /// A stored value that no writer makes (a number with a fraction, a blob), so that it never matches.
    private mutating func addForeign(_ text: UnsafeBufferPointer<UInt8>) {
        bytes.append(3)
        bytes.append(contentsOf: text)
    }

    mutating func add(_ row: Query, _ column: Int32) {
        switch row.type(column) {
        case SQLITE_NULL: addNull()
        case SQLITE_INTEGER: add(row.int(column))
        case SQLITE_TEXT: add(utf8: row.bytes(column))
        default: addForeign(row.bytes(column))
        }
    }

    /// An argument of a function that SQLite calls.
    mutating func add(_ value: OpaquePointer?) {
        let type = sqlite3_value_type(value)
        if type == SQLITE_NULL { return addNull() }
        if type == SQLITE_INTEGER { return add(sqlite3_value_int64(value)) }
        let start = sqlite3_value_text(value)
        let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
        if type == SQLITE_TEXT { add(utf8: bytes) } else { addForeign(bytes) }
    }

    var link: Int64 { Int64(bitPattern: Digests.short(bytes)) }

    private mutating func raw(_ value: UInt64) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// Ties the present name of a rule to a ledger row.
    static func seal(link: Int64, rule: String) -> Int64 {
        var text = ChainText()
        text.add(link)
        text.add(rule)
        return text.link
    }
}

/// Adds rows to one chain within one transaction.
final class ChainWriter {
    private let table: ChainedTable
    private(set) var head: ChainHead
    private(set) var nextSequence: Int64
    private var text = ChainText()

    /// - Parameter floor: numbers up to this one were handed out before, by a store that this one replaced.
    init(_ db: Database, _ table: ChainedTable, floor: Int64 = 0) throws {
        self.table = table
        head = try Chain.head(db, table)
        nextSequence = max(head.sequence, floor) + 1
    }

    /// The link of the next row, whose values after the number are added by `content` in the order of the table's
    /// columns. It counts once `keep` is called.
    func link(_ content: (inout ChainText) -> Void) -> Int64 {
        text.begin(table, after: head)
        text.add(nextSequence)
        content(&text)
        return text.link
    }

    /// The row is in the table.
    func keep(_ link: Int64) {
        head = ChainHead(sequence: nextSequence, link: link)
        nextSequence += 1
    }
}

/// Reading and mending chains.
enum Chain {
    static func head(_ db: Database, _ table: ChainedTable) throws -> ChainHead {
        try db.query("SELECT sequence, link FROM \(table.home) ORDER BY sequence DESC LIMIT 1").first {
            ChainHead(sequence: $0.int(0), link: $0.int(1))
        } ?? .start
    }

    static func row(_ db: Database, _ table: ChainedTable, _ sequence: Int64) throws -> ChainHead? {
        try db.query("SELECT sequence, link FROM \(table.home) WHERE sequence = ?").bind(sequence).first {
            ChainHead(sequence: $0.int(0), link: $0.int(1))
        }
    }

    private static let batch = 2_000

    /// Gives every row after `head` the link that fits what stands in it: for rows of a store that had no chain yet,
    /// and by the administrator's word.
    static func rewrite(_ db: Database, _ table: ChainedTable, after head: ChainHead = .start) throws {
        var head = head
        let update = try db.query("UPDATE \(table.home) SET link = ? WHERE sequence = ?")
        let sealing = table == .ledger ? try db.query("UPDATE ledger SET seal = ? WHERE sequence = ?") : nil
        while true {
            let rows = try next(db, table, after: &head)
            for row in rows {
                try update.bind(row.computed).bind(row.sequence).run()
                if let rule = row.rule {
                    try sealing?.bind(ChainText.seal(link: row.computed, rule: rule)).bind(row.sequence).run()
                }
            }
            if rows.count < batch { return }
        }
    }

    private struct Computed {
        let sequence: Int64
        let computed: Int64
        let rule: String?
    }

    /// The next rows, each linked to the link that the one before it should have.
    private static func next(_ db: Database, _ table: ChainedTable, after head: inout ChainHead) throws -> [Computed] {
        var (text, last) = (ChainText(), head)
        let rows = try ChainRows.query(db, table).bind(head.sequence).bind(batch).all { row in
            text.begin(table, after: last)
            for column in 0..<table.columnCount { text.add(row, column) }
            let computed = Computed(
                sequence: row.int(0), computed: text.link,
                rule: table == .ledger ? row.text(table.columnCount + 2) : nil)
            last = ChainHead(sequence: computed.sequence, link: computed.computed)
            return computed
        }
        head = last
        return rows
    }

    /// After a rename: the rows that bear the rule's new id.
    static func sealAgain(_ db: Database, rule: String) throws {
        let rows = try db.query("SELECT sequence, link FROM ledger WHERE rule = ?").bind(rule).all {
            ChainHead(sequence: $0.int(0), link: $0.int(1))
        }
        let update = try db.query("UPDATE ledger SET seal = ? WHERE sequence = ?")
        for row in rows { try update.bind(ChainText.seal(link: row.link, rule: rule)).bind(row.sequence).run() }
    }
}

/// Rows of a chain: what a link covers, then the link, and for the ledger its seal and the rule.
enum ChainRows {
    static func query(_ db: Database, _ table: ChainedTable) throws -> Query {
        let seal = table == .ledger ? ", seal, rule" : ""
        return try db.query(
            """
            SELECT \(table.columns), link\(seal) FROM \(table.source) WHERE sequence > ? ORDER BY sequence LIMIT ?
            """)
    }
}
