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
        insertHandle = try db.query("INSERT OR IGNORE INTO handle (kind, hash, key) VALUES (?, ?, ?)")
        deleteHandle = try db.query("DELETE FROM handle WHERE kind = ? AND hash = ? AND key = ?")
        insertReference = try db.query("INSERT OR IGNORE INTO reference (slot, text, key) VALUES (?, ?, ?)")
        deleteReference = try db.query("DELETE FROM reference WHERE slot = ? AND text = ? AND key = ?")
        insertMoment = try db.query("INSERT OR IGNORE INTO moment (slot, type, value, key) VALUES (?, ?, ?, ?)")
        deleteMoment = try db.query("DELETE FROM moment WHERE slot = ? AND type = ? AND value = ? AND key = ?")
    }

    /// Writes only what differs. An e-mail and a title that are alike share a row, so handles are compared by hash.
    func replace(_ old: IndexRows, with new: IndexRows, kind: Int64, key: Int64) throws {
        let (oldHandles, newHandles) = (old.handles.map(\.hash), new.handles.map(\.hash))
        for hash in oldHandles where !newHandles.contains(hash) {
            try deleteHandle.bind(kind).bind(hash).bind(key).run()
        }
        for hash in newHandles where !oldHandles.contains(hash) {
            try insertHandle.bind(kind).bind(hash).bind(key).run()
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

    /// Inserts the rows of new records in the order of the indexes: neighbours are then found without a search.
    func insert(_ fresh: [NewRows]) throws {
        var handles: [(kind: Int64, hash: Int64, key: Int64)] = []
        var references: [(row: IndexRows.Reference, key: Int64)] = []
        var moments: [(row: IndexRows.Moment, key: Int64)] = []
        for new in fresh {
            for row in new.rows.handles { handles.append((new.kind, row.hash, new.key)) }
            for row in new.rows.references { references.append((row, new.key)) }
            for row in new.rows.moments { moments.append((row, new.key)) }
        }
        handles.sort { $0 < $1 }
        for row in handles { try insertHandle.bind(row.kind).bind(row.hash).bind(row.key).run() }
        references.sort { ($0.row.slot, $0.row.text, $0.key) < ($1.row.slot, $1.row.text, $1.key) }
        for (row, key) in references { try insertReference.bind(row.slot).bind(row.text).bind(key).run() }
        moments.sort {
            ($0.row.slot, $0.row.type, $0.row.value, $0.key) < ($1.row.slot, $1.row.type, $1.row.value, $1.key)
        }
        for (row, key) in moments { try insertMoment.bind(row.slot).bind(row.type).bind(row.value).bind(key).run() }
    }
}

/// Index rows of a record that was just created.
struct NewRows {
    let kind: Int64
    let key: Int64
    let rows: IndexRows
}
