import Almanac
import BellmanModel
import BellmanStore
import GRDB

/// Columns, reading and inserting of outbox rows.
enum OutboxRow {
    static let columns = """
        notice, state, not_before, attempts, reason, detail, bundle, created_at, finished_at
        """

    /// All ranks, the most urgent first.
    static let ranks = 0...2

    static func rank(_ priority: Priority) -> Int {
        switch priority {
        case .high: 0
        case .normal: 1
        case .low: 2
        }
    }

    static func read(_ row: Query) throws -> OutboxItem {
        guard let state = DeliveryState(rawValue: row.text(1)) else { throw MalformedJSON(offset: 0) }
        return OutboxItem(
            notice: try NoticeCoding.read(row.bytes(0)), state: state, notBefore: Instant(microseconds: row.int(2)),
            attempts: Int(row.int(3)), reason: Reason(row.text(4), row.text(5)), bundle: row.optionalText(6),
            createdAt: Instant(microseconds: row.int(7)),
            finishedAt: row.optionalInt(8).map { Instant(microseconds: $0) })
    }

    /// False when a notice of that id is there already. Of many, `OutboxInsert` is quicker.
    static func insert(_ item: OutboxItem, db: Database) throws -> Bool {
        var insert = try OutboxInsert(db)
        return try insert.run(item)
    }
}

/// Inserts outbox rows within one access.
struct OutboxInsert {
    private let insert: Query
    private var text = JSONText(capacity: 1_024)

    init(_ db: Database) throws {
        insert = try db.query(
            """
            INSERT OR IGNORE INTO outbox
                (id, firing, channel, recipient, rank, \(OutboxRow.columns))
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
    }

    /// False when a notice of that id is there already.
    mutating func run(_ item: OutboxItem) throws -> Bool {
        let notice = item.notice
        text.clear()
        NoticeCoding.write(notice, into: &text)
        insert.bind(notice.id).bind(notice.firing).bind(notice.channel).bind(notice.recipientKey)
        insert.bind(OutboxRow.rank(notice.priority)).bind(utf8: text.bytes).bind(item.state.rawValue)
        insert.bind(item.notBefore.microseconds).bind(item.attempts).bind(item.reason.code).bind(item.reason.detail)
        insert.bind(item.bundle).bind(item.createdAt.microseconds)
        let isOpen = item.state == .waiting || item.state == .held
        let finished = isOpen ? nil : (item.finishedAt ?? item.createdAt).microseconds
        return try insert.bind(finished).run() == 1
    }
}
