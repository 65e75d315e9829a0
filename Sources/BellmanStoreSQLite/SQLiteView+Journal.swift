import Almanac
import BellmanModel
import BellmanStore

extension SQLiteView {
    private static let columns = """
        journal.sequence, journal.operation, actor.name, journal.at, journal.quiet, journal.depth, journal.changes
        """

    func lastSequence() throws -> Int64 {
        try db.query("SELECT coalesce(max(sequence), 0) FROM journal").first { $0.int(0) } ?? 0
    }

    func changes(after sequence: Int64, limit: Int) throws -> [Change] {
        let rows = try db.query(
            """
            SELECT \(SQLiteView.columns), coalesce(record.kind, gone.kind), coalesce(record.id, gone.id)
            FROM journal JOIN actor ON actor.number = journal.actor
                LEFT JOIN record ON record.key = journal.record LEFT JOIN gone ON gone.key = journal.record
            WHERE journal.sequence > ? ORDER BY journal.sequence LIMIT ?
            """
        ).bind(sequence).bind(limit).all { row -> Change? in
            guard let plan = layout.plan(number: row.int(7)) else { return nil }
            return try change(row, ref: RecordRef(kind: plan.name, id: row.text(8)), plan: plan)
        }
        return rows.compactMap { $0 }
    }

    /// Follows the chain of `previous` from the newest row back.
    func changes(of ref: RecordRef, after sequence: Int64) throws -> [Change] {
        guard let plan = layout.plan(ref.kind) else { return [] }
        var next = try latest(of: ref, plan: plan)
        var found: [Change] = []
        let query = try db.query(
            """
            SELECT \(SQLiteView.columns), journal.previous
            FROM journal JOIN actor ON actor.number = journal.actor WHERE journal.sequence = ?
            """)
        while let current = next, current > sequence {
            next = nil
            let row = try query.bind(current).first { ($0.optionalInt(7), try change($0, ref: ref, plan: plan)) }
            guard let (previous, change) = row else { break }
            found.append(change)
            next = previous
        }
        return found.reversed()
    }

    private func latest(of ref: RecordRef, plan: KindPlan) throws -> Int64? {
        for table in ["record", "gone"] {
            let version = try db.query("SELECT version FROM \(table) WHERE kind = ? AND id = ?")
                .bind(plan.number).bind(ref.id).first { $0.int(0) }
            if let version { return version }
        }
        return nil
    }

    private func change(_ row: Query, ref: RecordRef, plan: KindPlan) throws -> Change {
        guard let operation = Change.Operation(rawValue: row.text(1)) else { throw MalformedJSON(offset: 0) }
        return Change(
            sequence: row.int(0), ref: ref, operation: operation,
            fields: try RecordCoding.changes(row.bytes(6), operation: operation, plan: plan),
            actor: row.text(2), at: Instant(microseconds: row.int(3)), quiet: row.bool(4), depth: Int(row.int(5)))
    }
}
