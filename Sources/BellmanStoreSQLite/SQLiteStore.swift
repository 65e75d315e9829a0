import Almanac
import BellmanModel
import BellmanStore
import GRDB

/// The store in one SQLite file (write-ahead log, every commit synchronous).
///
/// Readers see one snapshot and never wait for a writer; writers wait for each other. Times are kept in microseconds
/// and bodies as JSON text that the `sqlite3` shell shows (views `records` and `history`).
public struct SQLiteStore: EngineStore, RecordStore, OutboxStore, AdministrationStore,
    CustomStringConvertible
{
    let connection: Connection
    let layout: Layout

    public var path: String { connection.path }
    public var schema: Schema { layout.schema }
    public var description: String { "sqlite:\(path)" }

    /// Opens the file, creating it when there is none. What the schema declares otherwise than when it was last opened
    /// is indexed anew here.
    ///
    /// Throws `StoreProblem` only.
    public init(path: String, role: StoreRole, schema: Schema, deriver: any MomentDeriver) throws {
        connection = try Connection(path: path, role: role)
        layout = try Layout.load(
            schema: schema, deriver: deriver, connection: connection, heedsMark: role != .command)
        if role == .daemon, isSmall { try checkWhole() }
    }

    /// Another view of the same connections with another schema (kinds of a reloaded configuration).
    public func adopting(schema: Schema, deriver: any MomentDeriver) throws -> SQLiteStore {
        SQLiteStore(
            connection: connection,
            layout: try Layout.load(schema: schema, deriver: deriver, connection: connection, heedsMark: true))
    }

    /// Indexes anew what the deriver makes otherwise after `change`, which is called when no other write is under way.
    public func reindex(_ change: () -> Void) throws {
        try connection.transaction { db in
            change()
            try layout.reindex(db)
        }
    }

    private init(connection: Connection, layout: Layout) {
        self.connection = connection
        self.layout = layout
    }

    /// Ends all connections; the last one to leave the file writes the log back.
    public func close() throws { try connection.close() }

    // MARK: Reading and writing

    public func read<T>(_ body: (any EngineView) throws -> T) throws -> T {
        try connection.read { db in try body(SQLiteView(db: db, layout: layout)) }
    }

    public func tick(_ decide: (any EngineView) throws -> TickCommit) throws -> TickReceipt {
        try connection.transaction { db in
            let commit = try decide(SQLiteView(db: db, layout: layout))
            var writer = TickWriter(db, layout: layout, path: path)
            return try writer.apply(commit)
        }
    }

    public func write(_ writes: [RecordWrite], at: Instant) throws -> [WriteResult] {
        guard !writes.isEmpty else { return [] }
        return try connection.transaction { db in
            var writer = try RecordWriter(db, layout: layout, at: at, path: path)
            return try writer.writeAll(writes)
        }
    }

    /// The results that the writes would have (`import --dry-run`); none of them stays.
    public func rehearse(_ writes: [RecordWrite], at: Instant) throws -> [WriteResult] {
        try connection.rehearsal { db in
            var writer = try RecordWriter(db, layout: layout, at: at, path: path)
            return try writer.writeAll(writes)
        }
    }

    /// Gives the writer a larger cache while many batches are written.
    public func importing<T>(_ body: () throws -> T) throws -> T { try connection.withImportCache(body) }
}

// MARK: Checking and copying

extension SQLiteStore {
    /// Files up to this size are checked whole when the daemon opens them; larger ones by `integrityProblems`.
    static let quickCheckLimit = 32 << 20

    /// Whether looking at all of it takes no time worth speaking of.
    public var isSmall: Bool { StoreFile.size(path) <= SQLiteStore.quickCheckLimit }

    /// With the indexes, which SQLite's quick check leaves out: the ledger's keys are unique by one.
    private func checkWhole() throws {
        let answer = try connection.read { db in
            try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") ?? "no answer"
        }
        if answer != "ok" { throw StoreProblem.damaged(path: path, why: answer) }
    }

    /// What SQLite's full check finds (`doctor`); empty when all is well. Reads the whole file.
    public func integrityProblems() throws -> [String] {
        let answers = try connection.read { db in try String.fetchAll(db, sql: "PRAGMA integrity_check(100)") }
        return (answers == ["ok"] ? [] : answers) + (try connection.definitionProblems())
    }

    /// Lets go of the files of a disk that is not there any more, as in a simulated loss of power.
    package func abandon() { connection.abandon() }

    /// The same for stores that could not be opened, or that a failed sync has ended.
    package static func abandonKept() { Connection.abandonKept() }

    /// Writes the log back and empties it. For the daemon alone, before it rests or is backed up.
    public func checkpoint() { connection.checkpoint() }

    /// Why the store is used no more after writes could not be made durable: the process is to end, and whoever opens
    /// the store next finds what is really there. `nil` while all is well.
    public var failure: StoreProblem? { connection.failure }

    /// What the log may grow to during an import, bytes.
    public static let importLogBytes = Connection.settledLogBytes

    /// Bytes of the log that are not written back yet, or were once.
    public var logSize: Int { StoreFile.size(path + "-wal") }

    public func library() throws -> SQLiteLibrary {
        SQLiteLibrary(version: try connection.read { try String.fetchOne($0, sql: "SELECT sqlite_version()") ?? "" })
    }
}
