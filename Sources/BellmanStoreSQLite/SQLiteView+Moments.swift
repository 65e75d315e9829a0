import Almanac
import BellmanModel
import BellmanStore

extension SQLiteView {
    func moments(kind: String, field: String, dates: ClosedRange<CivilDate>) throws -> [IndexedMoment] {
        let low = Int64(dates.lowerBound.daysSinceEpoch)
        let high = Int64(dates.upperBound.daysSinceEpoch)
        return try moments(kind, field, type: IndexRows.dateType, low, high).map { id, value in
            IndexedMoment(id: id, value: .date(CivilDate(clampingDays: Int(value))))
        }
    }

    func moments(kind: String, field: String, instants: ClosedRange<Instant>) throws -> [IndexedMoment] {
        let low = instants.lowerBound.microseconds
        let high = instants.upperBound.microseconds
        let found =
            try keptColumn(field) == nil
            ? moments(kind, field, type: IndexRows.instantType, low, high)
            : keptMoments(kind, field, low, high)
        return found.map { id, value in IndexedMoment(id: id, value: .instant(Instant(microseconds: value))) }
    }

    func nextDate(kind: String, field: String, after: CivilDate) throws -> CivilDate? {
        try next(kind, field, type: IndexRows.dateType, after: Int64(after.daysSinceEpoch))
            .map { CivilDate(clampingDays: Int($0)) }
    }

    func nextInstant(kind: String, field: String, after: Instant) throws -> Instant? {
        guard let column = keptColumn(field) else {
            return try next(kind, field, type: IndexRows.instantType, after: after.microseconds)
                .map { Instant(microseconds: $0) }
        }
        guard let plan = layout.plan(kind) else { return nil }
        let next = try sources(of: column).map { source in
            try db.query(
                "SELECT min(\(source.column)) FROM record WHERE kind = ? AND \(source.column) > ? \(source.filter)"
            )
            .bind(plan.number).bind(after.microseconds).first { $0.optionalInt(0) } ?? nil
        }
        return next.compactMap { $0 }.min().map { Instant(microseconds: $0) }
    }

    private func moments(
        _ kind: String, _ field: String, type: Int64, _ low: Int64, _ high: Int64
    ) throws -> [(String, Int64)] {
        guard let slot = layout.plan(kind)?.slot(ofMoment: field) else { return [] }
        return try often(
            "moments",
            """
            SELECT record.id, moment.value FROM moment JOIN record ON record.key = moment.key
            WHERE moment.slot = ? AND moment.type = ? AND moment.value BETWEEN ? AND ?
            ORDER BY moment.value, record.id
            """
        ).bind(slot).bind(type).bind(low).bind(high).all { ($0.text(0), $0.int(1)) }
    }

    private func next(_ kind: String, _ field: String, type: Int64, after: Int64) throws -> Int64? {
        guard let slot = layout.plan(kind)?.slot(ofMoment: field) else { return nil }
        return try db.query(
            "SELECT value FROM moment WHERE slot = ? AND type = ? AND value > ? ORDER BY value LIMIT 1"
        ).bind(slot).bind(type).bind(after).first { $0.int(0) }
    }

    /// `created_at` and `updated_at` are columns of every record with an index each.
    private func keptColumn(_ field: String) -> String? {
        field == "created_at" || field == "updated_at" ? field : nil
    }

    /// Only records that were changed have a row in the index on `updated_at`; the others were updated at creation.
    private func sources(of column: String) -> [(column: String, filter: String)] {
        guard column == "updated_at" else { return [("created_at", "")] }
        return [
            ("updated_at", "AND updated_at <> created_at"),
            ("created_at", "AND updated_at = created_at"),
        ]
    }

    private func keptMoments(_ kind: String, _ field: String, _ low: Int64, _ high: Int64) throws -> [(String, Int64)] {
        guard let plan = layout.plan(kind), let column = keptColumn(field) else { return [] }
        let parts = sources(of: column).map { source in
            """
            SELECT id, \(source.column) AS at FROM record
            WHERE kind = ?1 AND \(source.column) BETWEEN ?2 AND ?3 \(source.filter)
            """
        }
        return try db.query("\(parts.joined(separator: " UNION ALL ")) ORDER BY at, id")
            .bind(plan.number).bind(low).bind(high).all { ($0.text(0), $0.int(1)) }
    }
}
