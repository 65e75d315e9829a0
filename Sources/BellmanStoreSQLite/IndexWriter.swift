import GRDB

/// Keeps the rows of references, handles and moments in step with a record.
struct IndexWriter {
    private let insertHandle: Query
    private let deleteHandle: Query
    private let insertReference: Query
    private let deleteReference: Query
    private let insertMoment: Query
    private let deleteMoment: Query

    init(_ db: Database) throws {
        insertHandle = try db.query("INSERT OR IGNORE INTO handle (kind, text, rank, key) VALUES (?, ?, ?, ?)")
        deleteHandle = try db.query("DELETE FROM handle WHERE kind = ? AND text = ? AND rank = ? AND key = ?")
        insertReference = try db.query("INSERT OR IGNORE INTO reference (slot, text, key) VALUES (?, ?, ?)")
        deleteReference = try db.query("DELETE FROM reference WHERE slot = ? AND text = ? AND key = ?")
        insertMoment = try db.query("INSERT OR IGNORE INTO moment (slot, type, value, key) VALUES (?, ?, ?, ?)")
        deleteMoment = try db.query("DELETE FROM moment WHERE slot = ? AND type = ? AND value = ? AND key = ?")
    }

    /// Writes only what differs.
    func replace(_ old: IndexRows, with new: IndexRows, kind: Int64, key: Int64) throws {
        for row in old.handles where !new.handles.contains(row) {
            try deleteHandle.bind(kind).bind(row.text).bind(row.rank).bind(key).run()
        }
        for row in new.handles where !old.handles.contains(row) {
            try insertHandle.bind(kind).bind(row.text).bind(row.rank).bind(key).run()
        }
        for row in old.references where !new.references.contains(row) {
            try deleteReference.bind(row.slot).bind(row.text).bind(key).run()
        }
        for row in new.references where !old.references.contains(row) {
            try insertReference.bind(row.slot).bind(row.text).bind(key).run()
        }
        for row in old.moments where !new.moments.contains(row) {
            try deleteMoment.bind(row.slot).bind(row.type).bind(row.value).bind(key).run()
        }
        for row in new.moments where !old.moments.contains(row) {
            try insertMoment.bind(row.slot).bind(row.type).bind(row.value).bind(key).run()
        }
    }
}
