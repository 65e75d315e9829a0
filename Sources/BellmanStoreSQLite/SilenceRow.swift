import Almanac
import BellmanModel
import GRDB

/// Columns, reading and inserting of silences.
enum SilenceRow {
    static let columns = """
        id, rule, tag, kind, record, condition, begins_at, ends_at, every, length, zone, by, at, reason, ended_at,
        ended_by
        """

    static func read(_ row: Query) throws -> Silence {
        var end: Silence.End?
        if let at = row.optionalInt(14) {
            end = Silence.End(at: Instant(microseconds: at), by: Person(row.optionalText(15) ?? ""))
        }
        return Silence(
            id: row.text(0),
            scope: SilenceScope(
                rule: row.optionalText(1), tag: row.optionalText(2), kind: row.optionalText(3),
                record: row.optionalText(4), condition: row.optionalText(5)),
            from: Instant(microseconds: row.int(6)), until: row.optionalInt(7).map { Instant(microseconds: $0) },
            recurrence: try recurrence(row), by: Person(row.text(11)), at: Instant(microseconds: row.int(12)),
            reason: row.text(13), ended: end)
    }

    private static func recurrence(_ row: Query) throws -> SilenceRecurrence? {
        guard let every = row.optionalText(8), let length = row.optionalText(9), let zone = row.optionalText(10) else {
            return nil
        }
        return try SilenceRecurrence(every: every, length: Period.parse(length), zone: Zone.named(zone))
    }

    /// False when the id is taken.
    static func insert(_ silence: Silence, in db: Database) throws -> Bool {
        let scope = silence.scope
        let insert = try db.query(
            """
            INSERT OR IGNORE INTO silence (\(columns), over_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        insert.bind(silence.id).bind(scope.rule).bind(scope.tag).bind(scope.kind).bind(scope.record)
        insert.bind(scope.condition).bind(silence.from.microseconds).bind(silence.until?.microseconds)
        insert.bind(silence.recurrence?.every).bind(silence.recurrence?.length.canonical)
        insert.bind(silence.recurrence?.zone.name).bind(silence.by.id).bind(silence.at.microseconds)
        insert.bind(silence.reason).bind(silence.ended?.at.microseconds).bind(silence.ended?.by.id)
        return try insert.bind((silence.over ?? .latest).microseconds).run() == 1
    }
}
