import Almanac
import BellmanModel
import BellmanStore
import GRDB

extension SQLiteView {
    func acknowledgement(firing: String) throws -> Acknowledgement? {
        try often("acknowledgement", "SELECT by, at, comment FROM acknowledgement WHERE firing = ?")
            .bind(firing).first {
                Acknowledgement(
                    firing: firing, by: Person($0.text(0)), at: Instant(microseconds: $0.int(1)), comment: $0.text(2))
            }
    }
}

extension SQLiteStore: ActStore {
    public func acknowledge(_ acknowledgement: Acknowledgement, way: String) throws -> Bool {
        try connection.transaction { db in
            let added = try db.query(
                "INSERT OR IGNORE INTO acknowledgement (firing, by, at, comment) VALUES (?, ?, ?, ?)"
            ).bind(acknowledgement.firing).bind(acknowledgement.by.id).bind(acknowledgement.at.microseconds)
                .bind(acknowledgement.comment).run()
            guard added == 1 else { return false }
            try note(
                ActEntry(
                    verb: "ack", target: acknowledgement.firing, by: acknowledgement.by, at: acknowledgement.at,
                    comment: acknowledgement.comment, detail: way), in: db)
            return true
        }
    }

    public func decide(_ write: RecordWrite, entry: ActEntry) throws -> Bool {
        try connection.transaction { db in
            var writer = try RecordWriter(db, layout: layout, at: entry.at, path: path)
            guard case .updated? = try writer.writeAll([write]).first else { return false }
            try note(entry, in: db)
            return true
        }
    }

    public func acts(target: String?, limit: Int) throws -> [ActEntry] {
        try connection.read { db in
            let columns = "SELECT verb, target, by, at, comment, detail FROM act"
            let query =
                if let target {
                    try db.query("\(columns) WHERE target = ? ORDER BY sequence DESC LIMIT ?").bind(target)
                } else {
                    try db.query("\(columns) ORDER BY sequence DESC LIMIT ?")
                }
            return try query.bind(limit).all {
                ActEntry(
                    verb: $0.text(0), target: $0.text(1), by: Person($0.text(2)),
                    at: Instant(microseconds: $0.int(3)), comment: $0.text(4), detail: $0.text(5))
            }
        }
    }

    public func spendLink(_ nonce: String, at: Instant) throws -> Bool {
        try connection.transaction { db in
            try db.query("INSERT OR IGNORE INTO spent_link (nonce, at) VALUES (?, ?)")
                .bind(nonce).bind(at.microseconds).run() == 1
        }
    }

    func note(_ entry: ActEntry, in db: Database) throws {
        try db.query("INSERT INTO act (verb, target, by, at, comment, detail) VALUES (?, ?, ?, ?, ?, ?)")
            .bind(entry.verb).bind(entry.target).bind(entry.by.id).bind(entry.at.microseconds)
            .bind(entry.comment).bind(entry.detail).run()
    }
}
