import BellmanStore
import Failpoints
import GRDB
import Glibc
import Synchronization

/// Who opens the store (design: durable before visible).
public enum StoreRole: Sendable, Hashable {
    /// The one process that writes and checkpoints.
    case daemon
    /// A command beside it: writes, but never checkpoints while a daemon may write. SQLite before 3.51.3 can damage a
    /// log that one connection checkpoints while another commits (sqlite.org/wal.html#walresetbug).
    case command
    /// A store in memory that ends with its connection: rule tests live a year in it within a second.
    case scratch
    /// A view of a store in which everything can be written and nothing of it stays: forecasts live the coming months
    /// in it. The store itself is read as it was when the view was opened.
    case shadow

    /// One connection, which nobody else sees.
    var isAlone: Bool { self == .scratch || self == .shadow }
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
    /// A log that a reader kept from being written back grows; once it begins anew, it is cut to this size.
    static let settledLogBytes = 64 << 20
    /// Size of the log after which a command that runs without a daemon writes it back.
    static let commandLogLimit = 64 << 20

    let path: String
    let role: StoreRole
    private let pool: any DatabaseWriter
    private let watch: StoreWatch
    private let patience: LockPatience

    /// Why the store is used no more; nil while all is well.
    var failure: StoreProblem? { watch.failure }

    init(path: String, role: StoreRole) throws {
        let patience = LockPatience()
        self.path = path
        self.role = role
        self.patience = patience
        if role.isAlone {
            pool = try Connection.alone(path, role, patience)
            watch = StoreWatch(path: nil)
            return
        }
        try StoreFile.prepare(path)
        if role == .daemon { try StoreFile.settleLog(path) }
        pool = try Connection.guarded(path) {
            let pool = try DatabasePool(path: path, configuration: Connection.configuration(role, patience))
            try pool.writeWithoutTransaction { db in
                // GRDB sets NORMAL when it turns the log on.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                try Connection.prepareWriter(db, path)
            }
            return pool
        }
        watch = StoreWatch(path: path)
        // After a failed sync the log's pages count as written and may not be: this writes them anew, into the file.
        if role == .daemon { checkpoint() }
    }

    /// One connection for all: each further one would see a database of its own.
    private static func alone(_ path: String, _ role: StoreRole, _ patience: LockPatience) throws -> any DatabaseWriter
    {
        try guarded(path) {
            let queue =
                role == .shadow
                ? try DatabaseQueue(path: ShadowFile.address(of: path), configuration: configuration(role, patience))
                : try DatabaseQueue(configuration: configuration(role, patience))
            // What ends with its connection has nobody to guard it against.
            try queue.writeWithoutTransaction { db in
                try RowSums.register(db)
                try Migrations.apply(to: db, path: path)
            }
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
        if let failure = watch.failure { throw failure }
        switch role {
        case .daemon: checkpoint()
        case .command: checkpointIfAlone(above: 0)
        case .scratch, .shadow: break
        }
        try Failpoint.pass(.storeClose) { try Connection.guarded(path) { try pool.close() } }
    }

    /// Connections that are used no more and must not be closed.
    private static let kept = Mutex<[any DatabaseWriter]>([])

    /// Closes them: the disk that they were about is not there any more.
    static func abandonKept() {
        let all = kept.withLock { kept in
            defer { kept = [] }
            return kept
        }
        for pool in all { try? pool.close() }
    }

    /// Closes whatever the watch says. SQLite may then write the log back, which must not be after a failed sync.
    func abandon() { try? pool.close() }

    /// One snapshot; never waits for a writer.
    func read<T>(_ body: (Database) throws -> T) throws -> T {
        try watch.mayRead()
        return try watched {
            // With one connection nothing changes between two reads anyway, and what keeps a reader from writing would
            // have every prepared statement compiled anew.
            role.isAlone ? try pool.unsafeRead(body) : try pool.read(body)
        }
    }

    /// One transaction that holds the write lock from its beginning; durable when this returns.
    @discardableResult
    func transaction<T>(_ body: (Database) throws -> T) throws -> T {
        let result = try withoutTransaction { db in
            var result: T?
            try Failpoint.before(.transactionBegin)
            try db.inTransaction(.immediate) {
                try Failpoint.after(.transactionBegin)
                result = try body(db)
                try Failpoint.before(.commit)
                return .commit
            }
            try Failpoint.after(.commit)
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
        try watch.mayWrite()
        return try watched { try pool.writeWithoutTransaction(body) }
    }

    private func watched<T>(_ body: () throws -> T) throws -> T {
        do { return try Connection.guarded(path, body) } catch {
            // Closing would write the log back through the very handle that is not trusted any more, so it stays open
            // until the process ends.
            if watch.ends(error) { Connection.kept.withLock { $0.append(pool) } }
            throw error
        }
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
        guard watch.failure == nil else { return }
        Failpoint.pass(.checkpoint) {
            _ = try? pool.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) { .commit }
                // A reader that takes its time (a forecast) must not keep the daemon from deciding.
                try patience.without { _ = try db.checkpoint(.truncate) }
            }
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

    private static func configuration(_ role: StoreRole, _ patience: LockPatience) -> Configuration {
        var configuration = Configuration()
        configuration.label = "bellman"
        configuration.maximumReaderCount = maximumReaders
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .callback { tries in patience.hasAny && waitForLock(tries) }
        let autocheckpoint = role == .daemon || role == .shadow ? checkpointPages : 0
        configuration.prepareDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA trusted_schema = OFF;
                    PRAGMA cell_size_check = ON;
                    PRAGMA mmap_size = 0;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA cache_size = -\(restingCacheKiB);
                    PRAGMA wal_autocheckpoint = \(autocheckpoint);
                    PRAGMA journal_size_limit = \(settledLogBytes);
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

/// Whether a connection waits for locks of others.
final class LockPatience: Sendable {
    private let isGone = Atomic(false)

    var hasAny: Bool { !isGone.load(ordering: .relaxed) }

    func without(_ body: () throws -> Void) rethrows {
        isGone.store(true, ordering: .relaxed)
        defer { isGone.store(false, ordering: .relaxed) }
        try body()
    }
}
