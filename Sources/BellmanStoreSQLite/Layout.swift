import BellmanModel
import BellmanStore
import GRDB

/// The schema as this store keeps it: numbers for kinds and fields, plans by name and by number.
struct Layout: Sendable {
    let schema: Schema
    let deriver: any MomentDeriver
    private let plans: [String: KindPlan]
    private let namesByNumber: [Int64: String]
    /// Kinds that were stored once and are declared no more: their records can still be read.
    private let undeclared: [String: KindPlan]

    func plan(_ kind: String) -> KindPlan? { plans[kind] ?? undeclared[kind] }

    func plan(number: Int64) -> KindPlan? { namesByNumber[number].flatMap(plan) }

    /// Reads the numbers of all names, giving new names theirs, and indexes anew what was declared otherwise before.
    ///
    /// Only the daemon goes by the deriver's mark (`heedsMark`): a command that knows an older or newer calendar than a
    /// running daemon must not take the daemon's index from it.
    static func load(
        schema: Schema, deriver: any MomentDeriver, connection: Connection, heedsMark: Bool
    ) throws -> Layout {
        let shapes = shapes(of: schema, mark: deriver.mark)
        let missing = try connection.read { db in
            try Layout.outdated(schema: schema, shapes, heedsMark: heedsMark, db: db)
        }
        if missing {
            try connection.transaction { db in
                try addSlots(schema: schema, db: db)
                let layout = try Layout(schema: schema, deriver: deriver, slots: storedSlots(db))
                try Reindexing(layout: layout, db: db).run(shapes: shapes, heedsMark: heedsMark)
            }
        }
        return try connection.read { db in try Layout(schema: schema, deriver: deriver, slots: storedSlots(db)) }
    }

    /// Indexes anew, within a transaction, what the deriver's present mark makes otherwise.
    func reindex(_ db: Database) throws {
        let shapes = Layout.shapes(of: schema, mark: deriver.mark)
        try Reindexing(layout: self, db: db).run(shapes: shapes, heedsMark: true)
    }

    private init(schema: Schema, deriver: any MomentDeriver, slots: [SlotName: Int64]) {
        self.schema = schema
        self.deriver = deriver
        var plans: [String: KindPlan] = [:]
        for name in schema.kindNames {
            guard let kind = schema.kind(name) else { continue }
            plans[name] = KindPlan(kind: kind, isReferenced: schema.isReferenced(name), slots: slots)
        }
        var undeclared: [String: KindPlan] = [:]
        var names: [Int64: String] = [:]
        for (name, number) in slots where name.field.isEmpty {
            names[number] = name.kind
            guard plans[name.kind] == nil else { continue }
            let bare = KindDefinition(name: name.kind, titleField: "name", fields: [], closedWords: [])
            undeclared[name.kind] = KindPlan(kind: bare, isReferenced: false, slots: slots)
        }
        self.plans = plans
        self.undeclared = undeclared
        namesByNumber = names
    }

    private static func storedSlots(_ db: Database) throws -> [SlotName: Int64] {
        let rows = try db.query("SELECT kind, field, number FROM slot").all {
            (SlotName(kind: $0.text(0), field: $0.text(1)), $0.int(2))
        }
        return Dictionary(rows, uniquingKeysWith: { $1 })
    }

    private static func storedShapes(_ db: Database) throws -> [String: String] {
        let rows = try db.query("SELECT kind, shape FROM slot WHERE field = ''").all { ($0.text(0), $0.text(1)) }
        return Dictionary(rows, uniquingKeysWith: { $1 })
    }

    private static func outdated(
        schema: Schema, _ shapes: [Shape], heedsMark: Bool, db: Database
    ) throws -> Bool {
        let slots = try storedSlots(db)
        let needed = schema.kindNames.compactMap { schema.kind($0) }.flatMap { SlotName.needed(by: $0) }
        if needed.contains(where: { slots[$0] == nil }) { return true }
        let stored = try storedShapes(db)
        return shapes.contains { !$0.isMet(by: stored[$0.kind], heedsMark: heedsMark) }
    }

    private static func addSlots(schema: Schema, db: Database) throws {
        let insert = try db.query("INSERT OR IGNORE INTO slot (kind, field) VALUES (?, ?)")
        for name in schema.kindNames {
            guard let kind = schema.kind(name) else { continue }
            for slot in SlotName.needed(by: kind) { try insert.bind(slot.kind).bind(slot.field).run() }
        }
    }

    /// What the index rows of a kind depend on, as text to compare.
    private static func shapes(of schema: Schema, mark: String) -> [Shape] {
        schema.kindNames.compactMap { name in
            guard let kind = schema.kind(name) else { return nil }
            let needed = Set(SlotName.needed(by: kind).map(\.field))
            let fields = kind.fields.filter { needed.contains($0.name) }.map { "\($0.name):\($0.type)" }
            let handles = schema.isReferenced(name) ? "by \(kind.titleField)" : "by id"
            let base = ([handles] + fields.sorted() + kind.shiftedMomentNames).joined(separator: "; ")
            let depends = !kind.shiftedMomentNames.isEmpty || kind.fields.contains { $0.type.isComputed }
            return Shape(kind: name, base: base, mark: depends ? mark : "")
        }
    }
}

/// What the index rows of a kind were made from.
struct Shape: Sendable {
    let kind: String
    let base: String
    let mark: String

    /// As it is stored. Names of fields have no `@`.
    var text: String { mark.isEmpty ? base : "\(base) @ \(mark)" }

    func isMet(by stored: String?, heedsMark: Bool) -> Bool {
        guard let stored else { return false }
        return stored == text || (!heedsMark && (stored == base || stored.hasPrefix(base + " @ ")))
    }
}

extension FieldType {
    fileprivate var isComputed: Bool { if case .derived = self { true } else { false } }
}

/// Makes the index rows of kinds anew whose declaration changed since they were written.
struct Reindexing {
    /// Records read at a time.
    private static let batch = 1_000

    let layout: Layout
    let db: Database

    func run(shapes: [Shape], heedsMark: Bool) throws {
        for shape in shapes {
            guard let plan = layout.plan(shape.kind) else { continue }
            let stored = try db.query("SELECT shape FROM slot WHERE number = ?").bind(plan.number).first { $0.text(0) }
            guard !shape.isMet(by: stored, heedsMark: heedsMark) else { continue }
            try rebuild(plan)
            try db.query("UPDATE slot SET shape = ? WHERE number = ?").bind(shape.text).bind(plan.number).run()
        }
    }

    private func rebuild(_ plan: KindPlan) throws {
        let ofKind = "(SELECT number FROM slot WHERE kind = ?)"
        try db.query("DELETE FROM handle WHERE kind = ?").bind(plan.number).run()
        try db.query("DELETE FROM reference WHERE slot IN \(ofKind)").bind(plan.name).run()
        try db.query("DELETE FROM moment WHERE slot IN \(ofKind)").bind(plan.name).run()
        let indexer = try IndexWriter(db)
        var last = ""
        while true {
            let page = try db.query("SELECT key, id, body FROM record WHERE kind = ? AND id > ? ORDER BY id LIMIT ?")
                .bind(plan.number).bind(last).bind(Reindexing.batch)
                .all { ($0.int(0), $0.text(1), try RecordCoding.fields($0.bytes(2), plan: plan)) }
            for (key, id, fields) in page {
                let rows = IndexRows(plan: plan, fields: fields, deriver: layout.deriver)
                try indexer.replace(.none, with: rows, kind: plan.number, key: key)
                last = id
            }
            if page.count < Reindexing.batch { return }
        }
    }
}
