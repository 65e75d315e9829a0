import Almanac
import BellmanModel
import BellmanStore
import Failpoints
import GRDB

/// Writes records, their index rows and the journal within one transaction.
struct RecordWriter {
    private let db: Database
    private let layout: Layout
    private let at: Instant
    private let path: String

    private let find: Query
    private let findGone: Query
    private let insertRecord: Query
    private let insertJournal: Query
    private let indexer: IndexWriter
    private let chain: ChainWriter
    private var nextKey: Int64
    private let anyGone: Bool
    private var recentlyGone = false
    private var actors: [String: Int64] = [:]
    private var body = JSONText(capacity: 1_024)
    private var fresh: [NewRows] = []

    init(_ db: Database, layout: Layout, at: Instant, path: String) throws {
        self.db = db
        self.layout = layout
        self.at = at
        self.path = path
        find = try db.query(
            "SELECT key, version, created_at, updated_at, body, touched FROM record WHERE kind = ? AND id = ?")
        findGone = try db.query("SELECT key, version FROM gone WHERE kind = ? AND id = ?")
        insertRecord = try db.query(
            """
            INSERT INTO record (key, kind, id, version, created_at, updated_at, body, touched, sum)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        insertJournal = try db.query(
            """
            INSERT INTO journal (sequence, record, previous, operation, actor, at, quiet, depth, changes, link)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        indexer = try IndexWriter(db)
        chain = try ChainWriter(db, .journal, floor: GivenNumbers.journalFloor(db))
        let lastKey = try db.query("SELECT coalesce(max(key), 0) FROM record").first { $0.int(0) } ?? 0
        let lastGone = try db.query("SELECT coalesce(max(key), 0) FROM gone").first { $0.int(0) } ?? 0
        nextKey = max(lastKey, lastGone) + 1
        anyGone = lastGone > 0
    }

    /// The record as it is stored, with its key.
    private struct Stored {
        let key: Int64
        var record: Record
    }

    mutating func writeAll(_ writes: [RecordWrite]) throws -> [WriteResult] {
        var results: [WriteResult] = []
        results.reserveCapacity(writes.count)
        try Failpoint.step(.recordsWrite) {
            for write in writes { results.append(try self.write(write)) }
            try finish()
        }
        return results
    }

    private mutating func write(_ write: RecordWrite) throws -> WriteResult {
        guard let plan = layout.plan(write.ref.kind) else {
            throw StoreProblem.other(path: path, why: "unknown record kind \(write.ref.kind)")
        }
        let stored = try load(write.ref, plan: plan)
        if let expected = write.expectedVersion, let found = stored?.record.version, found != expected {
            return .conflict(version: found)
        }
        guard let stored else {
            let creates = write.operation == .merge || write.operation == .createIfAbsent
            guard creates, write.expectedVersion == nil else { return .missing }
            return try create(write, plan: plan)
        }
        switch write.operation {
        case .merge, .update: return try merge(write, into: stored, plan: plan)
        case .createIfAbsent: return .unchanged(version: stored.record.version)
        case .delete: return try delete(write, stored, plan: plan)
        }
    }

    private func load(_ ref: RecordRef, plan: KindPlan) throws -> Stored? {
        try find.bind(plan.number).bind(ref.id).first { row in
            let fields = try RecordCoding.fields(row.bytes(4), plan: plan)
            let createdAt = Instant(microseconds: row.int(2))
            let touches = try RecordCoding.touches(row.bytes(5), fields: fields, createdAt: createdAt, plan: plan)
            let record = Record(
                ref: ref, fields: fields, createdAt: createdAt, updatedAt: Instant(microseconds: row.int(3)),
                version: row.int(1), touched: touches.last, measured: touches.measured)
            return Stored(key: row.int(0), record: record)
        }
    }

    // MARK: Create

    private mutating func create(_ write: RecordWrite, plan: KindPlan) throws -> WriteResult {
        var fields: [String: FieldValue] = [:]
        fields.reserveCapacity(write.fields.count)
        for (name, value) in write.fields where !RecordWriter.isKept(name) {
            let value = value.normalized(for: plan.types[name])
            if !value.isNull { fields[name] = value }
        }
        let earlier = try takeBack(write.ref, plan: plan)
        let key = earlier?.key ?? nextKey
        if earlier == nil { nextKey += 1 }
        body.clear()
        body.object(fields)
        let sequence = try journal(write, key: key, previous: earlier?.version, operation: .created)
        insertRecord.bind(key).bind(plan.number).bind(write.ref.id).bind(sequence)
        insertRecord.bind(at.microseconds).bind(at.microseconds).bind(utf8: body.bytes)
        let sum = RowSums.record(
            key: key, kind: plan.number, id: write.ref.id, version: sequence, createdAt: at.microseconds,
            updatedAt: at.microseconds, body: body.bytes, touched: nil)
        try insertRecord.bindNull().bind(sum).run()
        let rows = IndexRows(plan: plan, fields: fields, deriver: layout.deriver)
        fresh.append(NewRows(kind: plan.number, key: key, rows: rows))
        return .created(version: sequence)
    }

    /// Called when all is written, and before anything else touches the index rows of a new record.
    private mutating func finish() throws {
        guard !fresh.isEmpty else { return }
        try indexer.insert(fresh)
        fresh.removeAll()
    }

    /// A record that comes back after its deletion keeps its key, so its history stays one.
    private func takeBack(_ ref: RecordRef, plan: KindPlan) throws -> (key: Int64, version: Int64)? {
        guard anyGone || recentlyGone else { return nil }
        let found = try findGone.bind(plan.number).bind(ref.id).first { (key: $0.int(0), version: $0.int(1)) }
        if let found { try db.query("DELETE FROM gone WHERE key = ?").bind(found.key).run() }
        return found
    }

    // MARK: Merge

    private mutating func merge(_ write: RecordWrite, into stored: Stored, plan: KindPlan) throws -> WriteResult {
        var record = stored.record
        var changes: [Change.Field] = []
        for name in write.fields.keys.sorted() where !RecordWriter.isKept(name) {
            let new = (write.fields[name] ?? .null).normalized(for: plan.types[name])
            let old = record.fields[name] ?? .null
            if plan.measured.contains(name) { note(&record, name, old: old, new: new) }
            guard old != new else { continue }
            record.fields[name] = new.isNull ? nil : new
            changes.append(Change.Field(name: name, old: old, new: new))
        }
        guard !changes.isEmpty else {
            if record.touched != stored.record.touched { try touch(stored, record, plan: plan) }
            return .unchanged(version: stored.record.version)
        }
        body.clear()
        RecordCoding.writeUpdate(changes, into: &body)
        let previous = stored.record.version
        let sequence = try journal(write, key: stored.key, previous: previous, operation: .updated)
        try update(stored, with: record, version: sequence, plan: plan)
        return .updated(version: sequence)
    }

    /// That a measured field was written, also with the value that it has already.
    private func note(_ record: inout Record, _ name: String, old: FieldValue, new: FieldValue) {
        guard !new.isNull else {
            record.touched[name] = nil
            return
        }
        record.noteMeasurement(of: name, at: at, isRepeat: old == new)
    }

    private mutating func touch(_ stored: Stored, _ record: Record, plan: KindPlan) throws {
        let touched = RecordCoding.touchedText(record)
        body.clear()
        body.object(stored.record.fields)
        let sum = RowSums.record(
            key: stored.key, kind: plan.number, id: record.ref.id, version: stored.record.version,
            createdAt: record.createdAt.microseconds, updatedAt: stored.record.updatedAt.microseconds,
            body: body.bytes, touched: touched)
        try db.query("UPDATE record SET touched = ?, body = ?, sum = ? WHERE key = ?")
            .bind(touched).bind(utf8: body.bytes).bind(sum).bind(stored.key).run()
    }

    private mutating func update(
        _ stored: Stored, with record: Record, version: Int64, plan: KindPlan
    ) throws {
        body.clear()
        body.object(record.fields)
        let touchedText = RecordCoding.touchedText(record)
        let sum = RowSums.record(
            key: stored.key, kind: plan.number, id: record.ref.id, version: version,
            createdAt: record.createdAt.microseconds, updatedAt: at.microseconds, body: body.bytes,
            touched: touchedText)
        try db.query("UPDATE record SET version = ?, updated_at = ?, body = ?, touched = ?, sum = ? WHERE key = ?")
            .bind(version).bind(at.microseconds).bind(utf8: body.bytes).bind(touchedText).bind(sum)
            .bind(stored.key).run()
        try finish()
        let old = IndexRows(plan: plan, fields: stored.record.fields, deriver: layout.deriver)
        let new = IndexRows(plan: plan, fields: record.fields, deriver: layout.deriver)
        try indexer.replace(old, with: new, kind: plan.number, key: stored.key)
    }

    // MARK: Delete

    private mutating func delete(_ write: RecordWrite, _ stored: Stored, plan: KindPlan) throws -> WriteResult {
        body.clear()
        body.object(stored.record.fields)
        let previous = stored.record.version
        let sequence = try journal(write, key: stored.key, previous: previous, operation: .deleted)
        try finish()
        let old = IndexRows(plan: plan, fields: stored.record.fields, deriver: layout.deriver)
        try indexer.replace(old, with: .none, kind: plan.number, key: stored.key)
        try db.query("DELETE FROM record WHERE key = ?").bind(stored.key).run()
        try db.query("INSERT INTO gone (key, kind, id, version) VALUES (?, ?, ?, ?)")
            .bind(stored.key).bind(plan.number).bind(write.ref.id).bind(sequence).run()
        recentlyGone = true
        return .deleted
    }

    // MARK: Journal

    /// Journals what `body` holds and returns the sequence number.
    private mutating func journal(
        _ write: RecordWrite, key: Int64, previous: Int64?, operation: Change.Operation
    ) throws -> Int64 {
        let sequence = chain.nextSequence
        let actor = try actorNumber(write.actor)
        insertJournal.bind(sequence).bind(key).bind(previous).bind(operation.rawValue).bind(actor)
        insertJournal.bind(at.microseconds).bind(write.quiet).bind(write.depth).bind(utf8: body.bytes)
        let link = chain.link { text in
            text.add(key)
            text.add(previous)
            text.add(operation.rawValue)
            text.add(actor)
            text.add(at.microseconds)
            text.add(write.quiet ? 1 : 0)
            text.add(Int64(write.depth))
            text.add(utf8: body.bytes)
        }
        try insertJournal.bind(link).run()
        chain.keep(link)
        return sequence
    }

    private mutating func actorNumber(_ name: String) throws -> Int64 {
        if let known = actors[name] { return known }
        try db.query("INSERT OR IGNORE INTO actor (name) VALUES (?)").bind(name).run()
        let number = try db.query("SELECT number FROM actor WHERE name = ?").bind(name).first { $0.int(0) } ?? 0
        actors[name] = number
        return number
    }

    /// Fields that the store keeps itself and no writer sets.
    private static func isKept(_ name: String) -> Bool {
        name == "id" || name == "created_at" || name == "updated_at"
    }
}
