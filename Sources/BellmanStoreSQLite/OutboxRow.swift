import Almanac
import BellmanModel
import BellmanStore
import GRDB

/// Columns, reading and inserting of outbox rows.
enum OutboxRow {
    static let columns = """
        notice, state, not_before, attempts, reason, detail, bundle, created_at, finished_at
        """
    static let columnCount: Int32 = 9
    static let table = "outbox JOIN outbox_notice USING (sequence)"

    /// All ranks, the most urgent first.
    static let ranks = 0...3
    static let urgent = 0

    static func rank(_ notice: Notice) -> Int {
        if notice.urgent { return urgent }
        return switch notice.priority {
        case .high: 1
        case .normal: 2
        case .low: 3
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
}

/// Inserts outbox rows within one access.
struct OutboxInsert {
    private let insert: Query
    private let insertNotice: Query
    private let chain: ChainWriter
    private var text = JSONText(capacity: 1_024)

    init(_ db: Database) throws {
        chain = try ChainWriter(db, .outbox)
        insert = try db.query(
            """
            INSERT INTO outbox
                (sequence, id, firing, channel, recipient, rank, state, not_before, attempts, reason, detail, bundle, created_at,
                finished_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
            """)
        insertNotice = try db.query("INSERT INTO outbox_notice (sequence, notice, link) VALUES (?, ?, ?)")
    }

    /// False when a notice of that id is there already.
    mutating func run(_ item: OutboxItem) throws -> Bool {
        let notice = item.notice
        // The recipient column is what bundles are made by: a notice that is more than words leaves alone.
        let crowd = notice.payload == nil ? notice.recipientKey : notice.recipientKey + "\n" + notice.id
        let sequence = chain.nextSequence
        insert.bind(sequence).bind(notice.id).bind(notice.firing).bind(notice.channel).bind(crowd)
        insert.bind(OutboxRow.rank(notice)).bind(item.state.rawValue)
        insert.bind(item.notBefore.microseconds).bind(item.attempts).bind(item.reason.code).bind(item.reason.detail)
        insert.bind(item.bundle).bind(item.createdAt.microseconds)
        let isOpen = item.state == .waiting || item.state == .held
        let finished = isOpen ? nil : (item.finishedAt ?? item.createdAt).microseconds
        guard try insert.bind(finished).run() == 1 else { return false }
        text.clear()
        NoticeCoding.write(notice, into: &text)
        let link = chain.link { link in
            link.add(notice.id)
            link.add(notice.firing)
            link.add(notice.channel)
            link.add(crowd)
            link.add(Int64(OutboxRow.rank(notice)))
            link.add(item.createdAt.microseconds)
            link.add(utf8: text.bytes)
        }
        try insertNotice.bind(sequence).bind(utf8: text.bytes).bind(link).run()
        chain.keep(link)
        return true
    }
}
