import Almanac
import BellmanModel
import BellmanStore
import GRDB

extension SQLiteView {
    func acknowledgement(firing: String) throws -> Acknowledgement? {
        try often("acknowledgement", "SELECT \(AcknowledgementRow.columns) FROM acknowledgement WHERE firing = ?")
            .bind(firing).first(AcknowledgementRow.read)
    }

    func acknowledgedAnew() throws -> [String] {
        try db.query("SELECT firing FROM acknowledgement WHERE fresh = 1 ORDER BY firing").all { $0.text(0) }
    }

    func acknowledgement(rule: String, subject: String, occurrencePrefix: String) throws -> Acknowledgement? {
        // The unique index of the ledger answers: texts that begin so lie before the prefix with a last letter.
        try often(
            "chainAcknowledgement",
            """
            SELECT \(AcknowledgementRow.columns) FROM acknowledgement WHERE firing IN (
                SELECT firing FROM ledger WHERE rule = ? AND subject = ? AND occurrence >= ? AND occurrence < ?)
            ORDER BY at, firing LIMIT 1
            """
        ).bind(rule).bind(subject).bind(occurrencePrefix).bind(occurrencePrefix + "\u{10FFFF}")
            .first(AcknowledgementRow.read)
    }

    func silences(notOverAt instant: Instant) throws -> [Silence] {
        try db.query("SELECT \(SilenceRow.columns) FROM silence WHERE over_at > ? ORDER BY id")
            .bind(instant.microseconds).all(SilenceRow.read)
    }

    func hasWaitingSteps() throws -> Bool {
        try db.query("SELECT 1 FROM step WHERE state = 'waiting' LIMIT 1").first { _ in true } ?? false
    }

    func waitingSteps(subject: String) throws -> [PendingStep] {
        try often(
            "waitingSteps",
            "SELECT \(StepRow.columns) FROM step WHERE subject = ? AND state = 'waiting' ORDER BY firing, step"
        ).bind(subject).all(StepRow.read)
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

    public func snooze(_ again: [OutboxItem], instead: [String], _ entry: ActEntry) throws -> Bool {
        try connection.transaction { db in
            var insert = try OutboxInsert(db)
            var queued = false
            for item in again { queued = try insert.run(item) || queued }
            guard queued else { return false }
            let ids = Set(again.map(\.notice.id))
            for id in instead where !ids.contains(id) {
                try db.query(
                    """
                    UPDATE outbox SET state = 'dropped', reason = 'snoozed_again', detail = '', finished_at = ?
                    WHERE id = ? AND state = 'held' AND claim IS NULL
                    """
                ).bind(entry.at.microseconds).bind(id).run()
            }
            try note(entry, in: db)
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

    public func silence(_ silence: Silence, way: String) throws -> Bool {
        try connection.transaction { db in
            guard try SilenceRow.insert(silence, in: db) else { return false }
            try note(
                ActEntry(
                    verb: "silence", target: silence.id, by: silence.by, at: silence.at, comment: silence.reason,
                    detail: "\(way) \(silence.scope.text)"), in: db)
            return true
        }
    }

    public func endSilence(_ id: String, by: Person, at: Instant, comment: String, way: String) throws -> Silence? {
        try connection.transaction { db in
            let found = try db.query("SELECT \(SilenceRow.columns) FROM silence WHERE id = ?").bind(id)
                .first(SilenceRow.read)
            guard var silence = found, silence.over.map({ $0 > at }) ?? true else { return found }
            silence.ended = Silence.End(at: at, by: by)
            try db.query("UPDATE silence SET ended_at = ?, ended_by = ?, over_at = ? WHERE id = ?")
                .bind(at.microseconds).bind(by.id).bind(at.microseconds).bind(id).run()
            try note(
                ActEntry(verb: "silence_end", target: id, by: by, at: at, comment: comment, detail: way), in: db)
            return silence
        }
    }

    public func silences(limit: Int) throws -> [Silence] {
        try connection.read { db in
            try db.query("SELECT \(SilenceRow.columns) FROM silence ORDER BY at DESC, id LIMIT ?").bind(limit)
                .all(SilenceRow.read)
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

    public func isSpent(_ nonce: String) throws -> Bool {
        try connection.read { db in
            try db.query("SELECT 1 FROM spent_link WHERE nonce = ?").bind(nonce).first { $0.int(0) } != nil
        }
    }

    public func spendLink(_ nonce: String, at: Instant) throws -> Bool {
        try connection.transaction { db in
            try db.query("INSERT OR IGNORE INTO spent_link (nonce, at) VALUES (?, ?)")
                .bind(nonce).bind(at.microseconds).run() == 1
        }
    }

    /// A line of the audit log by itself.
    public func note(_ entry: ActEntry) throws { try connection.transaction { db in try note(entry, in: db) } }

    func note(_ entry: ActEntry, in db: Database) throws { try ActRow.insert(entry, in: db) }
}

/// Lines of the audit log.
enum ActRow {
    static func insert(_ entry: ActEntry, in db: Database) throws {
        let chain = try ChainWriter(db, .act)
        let link = chain.link { text in
            for word in [entry.verb, entry.target, entry.by.id] { text.add(word) }
            text.add(entry.at.microseconds)
            text.add(entry.comment)
            text.add(entry.detail)
        }
        try db.query(
            "INSERT INTO act (sequence, verb, target, by, at, comment, detail, link) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        )
        .bind(chain.nextSequence).bind(entry.verb).bind(entry.target).bind(entry.by.id).bind(entry.at.microseconds)
        .bind(entry.comment).bind(entry.detail).bind(link).run()
    }
}

/// Columns and reading of acknowledgements.
private enum AcknowledgementRow {
    static let columns = "firing, by, at, comment"

    static func read(_ row: Query) throws -> Acknowledgement {
        Acknowledgement(
            firing: row.text(0), by: Person(row.text(1)), at: Instant(microseconds: row.int(2)), comment: row.text(3))
    }
}
