import Almanac
import BellmanModel
import BellmanStore
import Failpoints

extension SQLiteStore {
    public func document(_ name: String) throws -> String? {
        try connection.read { db in
            try db.query("SELECT text FROM document WHERE name = ?").bind(name).first { $0.text(0) }
        }
    }

    /// Ascending by name.
    public func documents(prefix: String) throws -> [(name: String, text: String)] {
        try connection.read { db in
            try db.query("SELECT name, text FROM document WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name")
                .bind(prefix).all { ($0.text(0), $0.text(1)) }
        }
    }

    public func setDocument(_ name: String, _ text: String?) throws { try setDocuments([(name, text)]) }

    public func setDocuments(_ documents: [(name: String, text: String?)]) throws {
        guard !documents.isEmpty else { return }
        try connection.transaction { db in
            let put = try db.query("INSERT OR REPLACE INTO document (name, text) VALUES (?, ?)")
            let forget = try db.query("DELETE FROM document WHERE name = ?")
            try Failpoint.step(.documentsWrite) {
                for (name, text) in documents {
                    if let text { try put.bind(name).bind(text).run() } else { try forget.bind(name).run() }
                }
            }
        }
    }

    /// Newest first; no outcomes means all.
    public func ledger(rule: String?, subject: String?, outcomes: Set<Outcome>, limit: Int) throws -> [LedgerEntry] {
        var conditions: [String] = []
        if rule != nil { conditions.append("rule = ?1") }
        if subject != nil { conditions.append("subject = ?2") }
        if !outcomes.isEmpty {
            let words = outcomes.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
            conditions.append("outcome IN (\(words))")
        }
        let filter = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        return try connection.read { db in
            try db.query("SELECT \(LedgerRow.columns), ?1, ?2 FROM ledger \(filter) ORDER BY sequence DESC LIMIT ?3")
                .bind(rule).bind(subject).bind(limit).all(LedgerRow.read)
        }
    }

    /// When the newest record of the kind was made or changed, nil before the first; from the indexes.
    public func lastWrite(kind: String) throws -> Instant? {
        let latest = try connection.read { db in
            try db.query(
                """
                SELECT max(coalesce((SELECT max(created_at) FROM record WHERE kind = slot.number), 0),
                    coalesce((SELECT max(updated_at) FROM record WHERE kind = slot.number AND updated_at <> created_at), 0))
                FROM slot WHERE kind = ? AND field = ''
                """
            ).bind(kind).first { $0.optionalInt(0) } ?? nil
        }
        return latest.flatMap { $0 == 0 ? nil : Instant(microseconds: $0) }
    }

    public func lastRing(rule: String) throws -> Instant? {
        let latest = try connection.read { db in
            try db.query("SELECT max(latest) FROM tally WHERE rule = ? AND outcome IN ('fired', 'fired_late')")
                .bind(rule).first { $0.optionalInt(0) } ?? nil
        }
        return latest.map { Instant(microseconds: $0) }
    }

    public func outcomeCounts() throws -> [(rule: String, outcome: Outcome, count: Int)] {
        let rows = try connection.read { db in
            try db.query("SELECT rule, outcome, count FROM tally ORDER BY rule, outcome").all {
                ($0.text(0), Outcome(rawValue: $0.text(1)), Int($0.int(2)))
            }
        }
        return rows.compactMap { row in row.1.map { (rule: row.0, outcome: $0, count: row.2) } }
    }

    public func addToken(name: String, role: String, hash: String, at: Instant) throws {
        try connection.transaction { db in
            _ = try db.query("INSERT OR REPLACE INTO token (name, role, hash, created_at) VALUES (?, ?, ?, ?)")
                .bind(name).bind(role).bind(hash).bind(at.microseconds).run()
        }
    }

    public func token(hash: String) throws -> (name: String, role: String)? {
        try connection.read { db in
            try db.query("SELECT name, role FROM token WHERE hash = ?").bind(hash).first { ($0.text(0), $0.text(1)) }
        }
    }

    public func tokens() throws -> [(name: String, role: String, createdAt: Instant)] {
        try connection.read { db in
            try db.query("SELECT name, role, created_at FROM token ORDER BY name").all {
                ($0.text(0), $0.text(1), Instant(microseconds: $0.int(2)))
            }
        }
    }

    public func removeToken(name: String) throws -> Bool {
        try connection.transaction { db in try db.query("DELETE FROM token WHERE name = ?").bind(name).run() == 1 }
    }
}
