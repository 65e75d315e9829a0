import Almanac
import BellmanModel
import BellmanStore
import Failpoints
import GRDB
import Glibc

/// What stands in a store file that nobody is using: a backup, or the store that a restore replaces.
public struct StoreImage: Sendable, Hashable {
    /// What the name of a store ends with while a restore prepares it.
    public static let restoring = ".restoring"

    public let path: String
    public let bytes: Int
    /// Nil before the first tick.
    public let watermark: Instant?
    public let records: Int
    public let decisions: Int
    /// Deliveries that wait or are held.
    public let open: Int

    /// Reads a file without changing it, and checks it whole. Throws `StoreProblem` where it is no sound store of a
    /// version that this program knows.
    public static func inspect(_ path: String) throws -> StoreImage {
        guard access(path, F_OK) == 0 else {
            throw StoreProblem.cannotOpen(path: path, why: String(cString: strerror(errno)))
        }
        try StoreFile.prepare(path)
        return try Connection.guarded(path) {
            let configuration = Connection.readOnly()
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            return try queue.read { db in try read(db, path: path) }
        }
    }

    private static func read(_ db: Database, path: String) throws -> StoreImage {
        let owner = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        guard owner == Migrations.applicationID else { throw StoreProblem.notABellmanStore(path: path) }
        let answers = try String.fetchAll(db, sql: "PRAGMA integrity_check(3)")
        guard answers == ["ok"] else {
            throw StoreProblem.damaged(path: path, why: answers.joined(separator: "; "))
        }
        if (try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0) >= Migrations.chainStep { try checkChains(db, path) }
        func count(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }
        return StoreImage(
            path: path, bytes: StoreFile.size(path),
            watermark: try Int64.fetchOne(db, sql: "SELECT watermark FROM progress").map(Instant.init(microseconds:)),
            records: try count("SELECT count(*) FROM record"), decisions: try count("SELECT count(*) FROM ledger"),
            open: try count("SELECT count(*) FROM outbox WHERE finished_at IS NULL"))
    }

    /// Writes the log of a store that nobody uses back into it, where it can be read; leaves any other as it is.
    public static func writeBack(_ path: String) {
        guard StoreFile.size(path + "-wal") > 0, (try? inspect(path)) != nil,
            let queue = try? DatabaseQueue(path: path)
        else { return }
        _ = try? queue.writeWithoutTransaction { db in try db.checkpoint(.truncate) }
        try? queue.close()
    }

    private static func checkChains(_ db: Database, _ path: String) throws {
        for table in ChainedTable.allCases {
            var walk = ChainWalk(table)
            while try walk.stretch(db), walk.faults.isEmpty {}
            guard let fault = walk.faults.first else { continue }
            throw StoreProblem.damaged(
                path: path, why: "table \(table.rawValue), row \(fault.sequence) is not what was written")
        }
    }

    /// Firings that were decided after an instant: what a restore of an older state no longer knows. Newest first.
    public static func firings(in path: String, after: Instant, limit: Int) throws -> [LedgerEntry] {
        try Connection.guarded(path) {
            let configuration = Connection.readOnly()
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            return try queue.read { db in
                try db.query(
                    """
                    SELECT \(LedgerRow.columns) FROM ledger
                    WHERE decided_at > ? AND outcome IN ('fired', 'fired_late') ORDER BY sequence DESC LIMIT ?
                    """
                ).bind(after.microseconds).bind(limit).all(LedgerRow.read)
            }
        }
    }
}

extension SQLiteStore {
    /// Writes a complete, compact copy, also while others write. It bears its name only once it is whole, checked
    /// and on the disk. Throws `StoreProblem`, also where the file exists already.
    public func backup(to target: String) throws {
        guard access(target, F_OK) != 0 else {
            throw StoreProblem.cannotOpen(path: target, why: String(cString: strerror(EEXIST)))
        }
        let partial = target + ".partial"
        unlink(partial)
        do {
            try connection.withoutTransaction { db in
                try Failpoint.step(.backupCopy) { try db.execute(sql: "VACUUM INTO ?", arguments: [partial]) }
            }
            chmod(partial, 0o600)
            _ = try Failpoint.step(.backupCheck) { try StoreImage.inspect(partial) }
            try Failpoint.step(.backupSettle) { try StoreFile.settle(partial, as: target) }
        } catch {
            unlink(partial)
            throw error
        }
    }

    /// After an older state was restored: what waited in it and what fell due since counts as settled, and nothing
    /// rings for it. Returns how many deliveries and steps that were.
    public func settleGap(now: Instant) throws -> (deliveries: Int, steps: Int) {
        try connection.transaction { db in
            let deliveries = try db.query(
                """
                UPDATE outbox SET state = 'dropped', reason = 'restored', detail = '', finished_at = ?, claim = NULL,
                    lease = NULL
                WHERE finished_at IS NULL
                """
            ).bind(now.microseconds).run()
            let steps = try db.query(
                "UPDATE step SET state = 'cancelled', reason = 'restored' WHERE state = 'waiting' AND due_at <= ?"
            ).bind(now.microseconds).run()
            // A span that was full by now perhaps rang; one that waits for a fresh measurement did not.
            try db.query("UPDATE level SET rung = 1, check_at = NULL WHERE rung = 0 AND check_at <= ? AND since < ?")
                .bind(now.microseconds).bind(Instant.latest.microseconds).run()
            try db.query(
                """
                UPDATE progress SET watermark = max(watermark, ?),
                    sequence = max(sequence, coalesce((SELECT max(sequence) FROM journal), 0))
                """
            ).bind(now.microseconds).run()
            try db.query("DELETE FROM document WHERE name = ?").bind(EngineProgress.cursorDocument).run()
            return (deliveries, steps)
        }
    }
}
