import Almanac
import BellmanModel
import BellmanStore
import GRDB

/// Reads within one transaction of one connection.
struct SQLiteView: EngineView {
    let db: Database
    let layout: Layout

    func record(_ ref: RecordRef) throws -> Record? {
        guard let plan = layout.plan(ref.kind) else { return nil }
        return try db.query(
            "SELECT version, created_at, updated_at, body, touched FROM record WHERE kind = ? AND id = ?"
        ).bind(plan.number).bind(ref.id).first { row in
            Record(
                ref: ref, fields: try RecordCoding.fields(row.bytes(3), plan: plan),
                createdAt: Instant(microseconds: row.int(1)), updatedAt: Instant(microseconds: row.int(2)),
                version: row.int(0), touched: try RecordCoding.touched(row.bytes(4)))
        }
    }

    func identifiers(kind: String, after: String?, limit: Int) throws -> [String] {
        guard let plan = layout.plan(kind) else { return [] }
        return try db.query("SELECT id FROM record WHERE kind = ? AND id > ? ORDER BY id LIMIT ?")
            .bind(plan.number).bind(after ?? "").bind(limit).all { $0.text(0) }
    }

    func count(kind: String) throws -> Int {
        guard let plan = layout.plan(kind) else { return 0 }
        return try db.query("SELECT count(*) FROM record WHERE kind = ?")
            .bind(plan.number).first { Int($0.int(0)) } ?? 0
    }

    func members(role: String) throws -> [String] {
        guard let plan = layout.plan("member"), let slot = plan.slot(ofReference: "role") else { return [] }
        let found = try db.query(
            """
            SELECT record.id, record.body FROM reference JOIN record ON record.key = reference.key
            WHERE reference.slot = ? AND reference.text = ? ORDER BY record.id
            """
        ).bind(slot).bind(IndexRows.folded(role)).all { row in
            (row.text(0), try RecordCoding.fields(row.bytes(1), plan: plan))
        }
        // Someone imported without the column is active; only a plain "no" makes a member inactive.
        return found.filter { $0.1["active"] != .bool(false) }.map(\.0)
    }
}

// MARK: References

extension SQLiteView {
    func resolve(_ text: String, kind: String) throws -> Resolution {
        guard let plan = layout.plan(kind), !text.isEmpty else { return .nothing }
        if try key(of: text, plan: plan) != nil { return .found(text) }
        let byEmail = try holders(of: IndexRows.folded(text), rank: IndexRows.emailRank, plan: plan)
        if byEmail.count == 1 { return .found(byEmail[0]) }
        if byEmail.count > 1 { return .ambiguous(count: byEmail.count) }
        let byTitle = try holders(of: text, rank: IndexRows.titleRank, plan: plan)
        if byTitle.count == 1 { return .found(byTitle[0]) }
        return byTitle.isEmpty ? .nothing : .ambiguous(count: byTitle.count)
    }

    func referrers(kind: String, field: String, target: RecordRef) throws -> [String] {
        guard let source = layout.plan(kind), let slot = source.slot(ofReference: field),
            let plan = layout.plan(target.kind)
        else { return [] }
        var found: Set<String> = []
        for text in try textsLeading(to: target, plan: plan) {
            let ids = try db.query(
                """
                SELECT record.id FROM reference JOIN record ON record.key = reference.key
                WHERE reference.slot = ? AND reference.text = ?
                """
            ).bind(slot).bind(IndexRows.folded(text)).all { $0.text(0) }
            found.formUnion(ids)
        }
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Its id, and its e-mail and title as far as no other record has a better right to them.
    private func textsLeading(to target: RecordRef, plan: KindPlan) throws -> [String] {
        guard let key = try key(of: target.id, plan: plan) else { return [] }
        let body = try db.query("SELECT body FROM record WHERE key = ?").bind(key).first {
            try RecordCoding.fields($0.bytes(0), plan: plan)
        }
        let rows = IndexRows(plan: plan, fields: body ?? [:], deriver: NoMoments())
        var texts = [target.id]
        for handle in rows.handles where handle.text != target.id {
            if try resolve(handle.text, kind: target.kind) == .found(target.id) { texts.append(handle.text) }
        }
        return texts
    }

    private func key(of id: String, plan: KindPlan) throws -> Int64? {
        try db.query("SELECT key FROM record WHERE kind = ? AND id = ?").bind(plan.number).bind(id).first { $0.int(0) }
    }

    private func holders(of text: String, rank: Int64, plan: KindPlan) throws -> [String] {
        try db.query(
            """
            SELECT record.id FROM handle JOIN record ON record.key = handle.key
            WHERE handle.kind = ? AND handle.text = ? AND handle.rank = ?
            """
        ).bind(plan.number).bind(text).bind(rank).all { $0.text(0) }
    }
}

/// For index rows of which only handles are wanted.
private struct NoMoments: MomentDeriver {
    func derivedMoments(kind: String, fields: [String: FieldValue]) -> [(field: String, value: FieldValue)] { [] }
}
