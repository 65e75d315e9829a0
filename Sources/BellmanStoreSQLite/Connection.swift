import BellmanStore
import GRDB
import Glibc

/// Who opens the store (design: durable before visible).
public enum StoreRole: Sendable, Hashable {
    /// The one process that writes and checkpoints.
    case daemon
    /// A command beside it: writes, but never checkpoints while a daemon may write. SQLite before 3.51.3 can damage a
    /// log that one connection checkpoints while another commits (sqlite.org/wal.html#walresetbug).
    case command
    /// A store in memory that ends with its connection: rule tests live a year in it within a second.
    case scratch
}

/// The connections to one file.
struct Connection: Sendable {
    /// Page cache of one connection at rest, and of the writer during an import.
    static let restingCacheKiB = 2_048
    static let importCacheKiB = 28_672
    /// How long a writer waits for another process that holds the write lock.
    static let lockPatienceMilliseconds = 30_000
    /// Readers open at once; each has a cache of its own.
    static let maximumReaders = 3
    /// Pages in the log after which the daemon writes them back (4 MiB).
    static let checkpointPages = 1_000
    /// The same while importing (64 MiB): pages that are changed again and again are written back once.
    static let importCheckpointPages = 16_000
    /// Size of the log after which a command that runs without a daemon writes it back.
    static let commandLogLimit = 64 << 20

    let path: String
    let role: StoreRole
    private let pool: any DatabaseWriter

    init(path: String, role: StoreRole) throws {
        self.path = path
        self.role = role
        if role == .scratch {
            pool = try Connection.inMemory(path)
            return
        }
        try StoreFile.prepare(path)
        pool = try Connection.guarded(path) {
            let pool = try DatabasePool(path: path, configuration: Connection.configuration(role))
            try pool.writeWithoutTransaction { db in
                // GRDB sets NORMAL when it turns the log on.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                try Connection.prepareWriter(db, path)
            }
            return pool
        }
    }

    /// One connection for all: each further one would see a database of its own.
    private static func inMemory(_ path: String) throws -> any DatabaseWriter {
        try guarded(path) {
            let queue = try DatabaseQueue(configuration: configuration(.scratch))
            try queue.writeWithoutTransaction { db in try Connection.prepareWriter(db, path) }
            return queue
        }
    }

    private static func prepareWriter(_ db: Database, _ path: String) throws {
        try RowSums.register(db)
        try Migrations.apply(to: db, path: path)
        try RowSums.watch(db)
    }

    /// Writes the log back first where that is allowed: the readers close last and cannot.
    func close() throws {
        switch role {
        case .daemon: checkpoint()
        case .command: checkpointIfAlone(above: 0)
        case .scratch: break
        }
        try Connection.guarded(path) { try pool.close() }
    }

    /// One snapshot; never waits for a writer.
    func read<T>(_ body: (Database) throws -> T) throws -> T {
        try Connection.guarded(path) {
            // With one connection nothing changes between two reads anyway, and what keeps a reader from writing would
            // have every prepared statement compiled anew.
            role == .scratch ? try pool.unsafeRead(body) : try pool.read(body)
        }
    }

    /// One transaction that holds the write lock from its beginning; durable when this returns.
    @discardableResult
    func transaction<T>(_ body: (Database) throws -> T) throws -> T {
        let result = try withoutTransaction { db in
            var result: T?
            try db.inTransaction(.immediate) {
                result = try body(db)
                return .commit
            }
            return result
        }
        guard let result else { throw StoreProblem.other(path: path, why: "the transaction gave no result") }
        if role == .command { checkpointIfAlone(above: Connection.commandLogLimit) }
        return result
    }

    /// One transaction of which nothing stays.
    func rehearsal<T>(_ body: (Database) throws -> T) throws -> T {
        let result = try withoutTransaction { db in
            var result: T?
            try db.inTransaction(.immediate) {
                result = try body(db)
                return .rollback
            }
            return result
        }
        guard let result else { throw StoreProblem.other(path: path, why: "the transaction gave no result") }
        return result
    }

    func withoutTransaction<T>(_ body: (Database) throws -> T) throws -> T {
        try Connection.guarded(path) { try pool.writeWithoutTransaction(body) }
    }

    /// More memory for the writer, and a longer log, while `body` runs.
    func withImportCache<T>(_ body: () throws -> T) throws -> T {
        try set(cache: Connection.importCacheKiB, checkpoint: Connection.importCheckpointPages)
        defer {
            try? set(cache: Connection.restingCacheKiB, checkpoint: Connection.checkpointPages)
            _ = try? withoutTransaction { db in try db.execute(sql: "PRAGMA shrink_memory") }
        }
        return try body()
    }

    private func set(cache: Int, checkpoint: Int) throws {
        try withoutTransaction { db in
            try db.execute(sql: "PRAGMA cache_size = -\(cache)")
            if role == .daemon { try db.execute(sql: "PRAGMA wal_autocheckpoint = \(checkpoint)") }
        }
    }

    /// Without a daemon nobody else would ever write the log back. Taking the daemon's lock for the moment makes sure
    /// that none starts meanwhile, and TRUNCATE holds the write lock.
    private func checkpointIfAlone(above limit: Int) {
        guard StoreFile.size(path + "-wal") > limit,
            let lock = try? DaemonLock(path: path, patience: 0)
        else { return }
        defer { lock.release() }
        checkpoint()
    }

    /// A reader of another process may hold the log; then it is written back another time.
    /// Where the write lock is not to be had, SQLite would write back without it, which its race needs: rather not at all.
    func checkpoint() {
        _ = try? pool.writeWithoutTransaction { db in
            try db.inTransaction(.immediate) { .commit }
            try db.checkpoint(.truncate)
        }
    }

    /// For a file that nobody may change.
    static func readOnly() -> Configuration {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.prepareDatabase { db in
            try db.execute(
                sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0")
        }
        return configuration
    }

    private static func configuration(_ role: StoreRole) -> Configuration {
        var configuration = Configuration()
        configuration.label = "bellman"
        configuration.maximumReaderCount = maximumReaders
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .callback { tries in waitForLock(tries) }
        let autocheckpoint = role == .daemon ? checkpointPages : 0
        configuration.prepareDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA trusted_schema = OFF;
                    PRAGMA cell_size_check = ON;
                    PRAGMA mmap_size = 0;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA cache_size = -\(restingCacheKiB);
                    PRAGMA wal_autocheckpoint = \(autocheckpoint);
                    """)
        }
        return configuration
    }

    /// Waits a little longer each time. SQLite's own handler waits up to a tenth of a second, in which a process that
    /// imports has long taken the lock again.
    private static func waitForLock(_ tries: Int) -> Bool {
        let longest = 10
        let waited = tries <= longest ? tries * tries / 2 : (tries - longest / 2) * longest
        guard waited < lockPatienceMilliseconds else { return false }
        _ = poll(nil, 0, Int32(min(tries + 1, longest)))
        return true
    }
}
