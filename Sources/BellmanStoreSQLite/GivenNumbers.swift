import BellmanStore
import GRDB

/// Numbers of a store that stand in ids which people and receivers have seen: of changes (`change=42`, `rise=42`) and
/// of bundles. A restored store must not hand one out again, for its ids would name other notices than they did.
public struct GivenNumbers: Sendable, Hashable {
    public var journal: Int64
    public var bundles: Int64

    public init(journal: Int64, bundles: Int64) {
        self.journal = journal
        self.bundles = bundles
    }

    private static let room: Int64 = 1_000_000

    /// For where it cannot be known how far a lost store came.
    public var leavingRoom: GivenNumbers {
        GivenNumbers(journal: journal + GivenNumbers.room, bundles: bundles + GivenNumbers.room)
    }

    static let floorDocument = "journal/floor"

    /// Nothing is below zero, and a store that was never restored has no floor.
    static func journalFloor(_ db: Database) throws -> Int64 {
        try db.query("SELECT text FROM document WHERE name = ?").bind(floorDocument).first { Int64($0.text(0)) ?? 0 }
            ?? 0
    }

    static func read(_ db: Database) throws -> GivenNumbers {
        // Of a store of any version: one without chains, too.
        let journal = try db.query("SELECT max(sequence) FROM journal").first { $0.optionalInt(0) } ?? 0
        return GivenNumbers(
            journal: max(journal ?? 0, try journalFloor(db)),
            bundles: try db.query("SELECT made FROM bundles").first { $0.int(0) } ?? 0)
    }
}

extension StoreImage {
    /// What the store at `path` has handed out; it is not changed. Throws `StoreProblem`.
    public static func givenNumbers(in path: String) throws -> GivenNumbers {
        try Connection.guarded(path) {
            let queue = try DatabaseQueue(path: path, configuration: Connection.readOnly())
            defer { try? queue.close() }
            return try queue.read { db in try GivenNumbers.read(db) }
        }
    }
}

extension SQLiteStore {
    public func givenNumbers() throws -> GivenNumbers { try connection.read { db in try GivenNumbers.read(db) } }

    /// From now on only higher numbers are handed out. Numbers that are below what was given already change nothing.
    public func leaveOut(_ numbers: GivenNumbers) throws {
        try connection.transaction { db in
            let own = try GivenNumbers.read(db)
            try db.query("INSERT OR REPLACE INTO document (name, text) VALUES (?, ?)")
                .bind(GivenNumbers.floorDocument).bind(String(max(own.journal, numbers.journal))).run()
            try db.query(
                """
                INSERT INTO bundles (id, made) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET made = max(made, ?1)
                """
            ).bind(numbers.bundles).run()
        }
    }
}
