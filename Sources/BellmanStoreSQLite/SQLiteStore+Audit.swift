import Almanac
import BellmanModel
import BellmanStore
import GRDB

/// What the self-audit reads: by row numbers, so that no page holds a snapshot for long.
extension SQLiteStore: AuditStore {
    public func lastLedgerRow() throws -> Int64 {
        try connection.read { db in
            try db.query("SELECT coalesce(max(sequence), 0) FROM ledger").first { $0.int(0) } ?? 0
        }
    }

    public func lastOutboxRow() throws -> Int64 {
        try connection.read { db in
            try db.query("SELECT coalesce(max(sequence), 0) FROM outbox").first { $0.int(0) } ?? 0
        }
    }

    public func ledgerRows(after: Int64, through: Int64, limit: Int) throws -> [LedgerRowFacts] {
        try connection.read { db in
            try db.query(
                """
                SELECT \(LedgerRow.columns), sequence, CASE WHEN outcome IN ('fired', 'fired_late')
                    THEN (SELECT count(*) FROM outbox WHERE outbox.firing = ledger.firing) ELSE 0 END
                FROM ledger WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?
                """
            ).bind(after).bind(through).bind(limit).all { row in
                LedgerRowFacts(number: row.int(9), entry: try LedgerRow.read(row), notices: Int(row.int(10)))
            }
        }
    }

    public func outboxRows(after: Int64, through: Int64, limit: Int) throws -> [OutboxRowFacts] {
        try rows("", after: after, through: through, limit: limit)
    }

    public func openOutboxRows(after: Int64, through: Int64, limit: Int) throws -> [OutboxRowFacts] {
        try rows("AND state IN ('waiting', 'held')", after: after, through: through, limit: limit)
    }

    private func rows(_ filter: String, after: Int64, through: Int64, limit: Int) throws -> [OutboxRowFacts] {
        try connection.read { db in
            try db.query(
                """
                SELECT sequence, id, firing, channel, state, created_at, not_before, claim, lease,
                    EXISTS (SELECT 1 FROM outbox_notice WHERE outbox_notice.sequence = outbox.sequence)
                FROM outbox WHERE sequence > ? AND sequence <= ? \(filter) ORDER BY sequence LIMIT ?
                """
            ).bind(after).bind(through).bind(limit).all { row in
                guard let state = DeliveryState(rawValue: row.text(4)) else { throw MalformedJSON(offset: 0) }
                return OutboxRowFacts(
                    number: row.int(0), id: row.text(1), firing: row.text(2), channel: row.text(3), state: state,
                    createdAt: Instant(microseconds: row.int(5)), notBefore: Instant(microseconds: row.int(6)),
                    lease: row.isNull(7) ? nil : row.optionalInt(8).map { Instant(microseconds: $0) },
                    hasNotice: row.bool(9))
            }
        }
    }

    /// When the first of the firings was decided that were decided in (since, instant] and of which something was due
    /// after the instant: a step that waited, a repetition.
    public func earliestFiring(outlasting instant: Instant, since: Instant) throws -> Instant? {
        try connection.read { db in
            try db.query(
                """
                SELECT min(ledger.decided_at) FROM step JOIN ledger ON ledger.firing = step.firing
                WHERE step.due_at > ?1 AND ledger.decided_at <= ?1 AND ledger.decided_at > ?2
                """
            ).bind(instant.microseconds).bind(since.microseconds).first { $0.optionalInt(0) }
        }?.map(Instant.init(microseconds:))
    }

    /// `restore` notes each one under its instant, with what was to become of the gap.
    public func lastSettledRestore() throws -> Instant? {
        let notes = try documents(prefix: SQLiteStore.restorePrefix)
        return notes.filter { $0.text.hasSuffix("gap=skip") }
            .compactMap { Instant(iso: $0.name.dropFirst(SQLiteStore.restorePrefix.count)) }.max()
    }

    private static let restorePrefix = "restore/"
}
