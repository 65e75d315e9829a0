import Almanac
import BellmanModel
import BellmanStore
import GRDB

/// Reads within one transaction of one connection.
struct SQLiteView: EngineView {
    let db: Database
    let layout: Layout
    private let statements: Statements
    let gatheredKeys = GatheredKeys()

    init(db: Database, layout: Layout) {
        self.db = db
        self.layout = layout
        statements = Statements(db)
    }

    /// A statement that a tick asks for many records.
    func often(_ name: StaticString, _ sql: @autoclosure () -> String) throws -> Query {
        try statements.query(name, sql())
    }

    func record(_ ref: RecordRef) throws -> Record? {
        guard let plan = layout.plan(ref.kind) else { return nil }
        return try often(
            "record",
            "SELECT version, created_at, updated_at, body, touched FROM record WHERE kind = ? AND id = ?"
        ).bind(plan.number).bind(ref.id).first { row in
            let fields = try RecordCoding.fields(row.bytes(3), plan: plan)
            let createdAt = Instant(microseconds: row.int(1))
            let touches = try RecordCoding.touches(row.bytes(4), fields: fields, createdAt: createdAt, plan: plan)
            return Record(
                ref: ref, fields: fields, createdAt: createdAt, updatedAt: Instant(microseconds: row.int(2)),
                version: row.int(0), touched: touches.last, measured: touches.measured)
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
        let holders = try holders(of: text, plan: plan)
        let ids = holders.byEmail.isEmpty ? holders.byTitle : holders.byEmail
        return ids.count == 1 ? .found(ids[0]) : ids.isEmpty ? .nothing : .ambiguous(count: ids.count)
    }

    func referrers(kind: String, field: String, target: RecordRef) throws -> [String] {
        guard let source = layout.plan(kind), let slot = source.slot(ofReference: field),
            let plan = layout.plan(target.kind)
        else { return [] }
        var found: Set<String> = []
        for text in try textsLeading(to: target, plan: plan) { found.formUnion(try holders(of: text, slot: slot)) }
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    func referrers(kind: String, field: String, text: String) throws -> [String] {
        guard let source = layout.plan(kind), let slot = source.slot(ofReference: field) else { return [] }
        return try holders(of: text, slot: slot).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private func holders(of text: String, slot: Int64) throws -> [String] {
        try db.query(
            """
            SELECT record.id FROM reference JOIN record ON record.key = reference.key
            WHERE reference.slot = ? AND reference.text = ?
            """
        ).bind(slot).bind(IndexRows.folded(text)).all { $0.text(0) }
    }

    /// Its id, and its e-mail and title as far as no other record has a better right to them.
    func textsLeading(to target: RecordRef, plan: KindPlan) throws -> [String] {
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
        try often("key", "SELECT key FROM record WHERE kind = ? AND id = ?").bind(plan.number).bind(id).first {
            $0.int(0)
        }
    }

    /// Records whose e-mail or title is the text, by index and then by comparing.
    private func holders(of text: String, plan: KindPlan) throws -> (byEmail: [String], byTitle: [String]) {
        let folded = IndexRows.folded(text)
        let hashes = Set([IndexRows.Handle.hash(text), IndexRows.Handle.hash(folded)]).sorted()
        var found: (byEmail: [String], byTitle: [String]) = ([], [])
        for hash in hashes {
            let candidates = try often(
                "holders",
                """
                SELECT record.id, record.body FROM handle JOIN record ON record.key = handle.key
                WHERE handle.kind = ? AND handle.hash = ?
                """
            ).bind(plan.number).bind(hash).all { row in
                (row.text(0), try RecordCoding.fields(row.bytes(1), plan: plan))
            }
            for (id, fields) in candidates {
                let handles = IndexRows(plan: plan, fields: fields, deriver: NoMoments()).handles
                if handles.contains(.init(text: folded, isEmail: true)), !found.byEmail.contains(id) {
                    found.byEmail.append(id)
                }
                if handles.contains(.init(text: text, isEmail: false)), !found.byTitle.contains(id) {
                    found.byTitle.append(id)
                }
            }
        }
        return found
    }
}

/// For index rows of which only handles are wanted.
private struct NoMoments: MomentDeriver {
    func derivedMoments(kind: String, fields: [String: FieldValue]) -> [(field: String, value: FieldValue)] { [] }
}
