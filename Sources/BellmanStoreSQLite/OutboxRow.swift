import Almanac
import BellmanModel
import BellmanStore
import Foundation
import GRDB

/// Columns, reading and inserting of outbox rows.
enum OutboxRow {
    static let columns = """
        notice, state, not_before, attempts, reason, detail, bundle, created_at, finished_at
        """
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
            notice: try notice(row.bytes(0)), state: state, notBefore: Instant(microseconds: row.int(2)),
            attempts: Int(row.int(3)), reason: Reason(row.text(4), row.text(5)), bundle: row.optionalText(6),
            createdAt: Instant(microseconds: row.int(7)),
            finishedAt: row.optionalInt(8).map { Instant(microseconds: $0) })
    }

    private static func notice(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Notice {
        do {
            return try JSONDecoder().decode(Notice.self, from: Data(buffer: bytes))
        } catch is DecodingError {
            throw MalformedJSON(offset: 0)
        }
    }

    private static func text(_ notice: Notice) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(notice))
    }

    /// False when a notice of that id is there already.
    static func insert(_ item: OutboxItem, db: Database) throws -> Bool {
        let insert = try db.query(
            """
            INSERT OR IGNORE INTO outbox
                (id, firing, channel, recipient, rank, state, not_before, attempts, reason, detail, bundle, created_at,
                finished_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        let notice = item.notice
        insert.bind(notice.id).bind(notice.firing).bind(notice.channel).bind(notice.recipientKey)
        insert.bind(rank(notice)).bind(item.state.rawValue)
        insert.bind(item.notBefore.microseconds).bind(item.attempts).bind(item.reason.code).bind(item.reason.detail)
        insert.bind(item.bundle).bind(item.createdAt.microseconds)
        let isOpen = item.state == .waiting || item.state == .held
        let finished = isOpen ? nil : (item.finishedAt ?? item.createdAt).microseconds
        guard try insert.bind(finished).run() == 1 else { return false }
        try db.query("INSERT INTO outbox_notice (sequence, notice) VALUES (last_insert_rowid(), ?)")
            .bind(utf8: try text(notice)).run()
        return true
    }
}
