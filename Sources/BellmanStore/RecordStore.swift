import Almanac
import BellmanModel

/// Guarantees: a batch is one transaction; each write is journalled once with its actor; equal values are no change.
public protocol RecordStore: ViewedStore {
    func write(_ writes: [RecordWrite], at: Instant) throws -> [WriteResult]
}

/// The rest that commands, server and daemon keep in the store.
public protocol AdministrationStore: Sendable {
    /// Small named documents: last good rule files, accepted losses, told-once marks.
    func document(_ name: String) throws -> String?
    func documents(prefix: String) throws -> [(name: String, text: String)]
    func setDocument(_ name: String, _ text: String?) throws
    /// All of them in one transaction; nil forgets.
    func setDocuments(_ documents: [(name: String, text: String?)]) throws
    func ledger(rule: String?, subject: String?, outcomes: Set<Outcome>, limit: Int) throws -> [LedgerEntry]
    func lastRing(rule: String) throws -> Instant?
    func outcomeCounts() throws -> [(rule: String, outcome: Outcome, count: Int)]
    /// Tokens: only a SHA-256 hash is stored.
    func addToken(name: String, role: String, hash: String, at: Instant) throws
    func token(hash: String) throws -> (name: String, role: String)?
    func tokens() throws -> [(name: String, role: String, createdAt: Instant)]
    func removeToken(name: String) throws -> Bool
}

/// Computes the date-valued derived fields of a record that the date index needs, from its own fields alone.
/// Injected because the store knows no expressions.
public protocol MomentDeriver: Sendable {
    /// (field, value) for every derived date of the kind; values that are empty are left out.
    func derivedMoments(kind: String, fields: [String: FieldValue]) -> [(field: String, value: FieldValue)]
    /// What the derived dates depend on beside the record: where it is another than when the index was made, the
    /// daemon's store makes the index anew. One short line; empty where they depend on nothing.
    var mark: String { get }
}

extension MomentDeriver {
    public var mark: String { "" }
}

/// Why a store cannot be used; worded where it is shown.
public enum StoreProblem: Error, Sendable, Hashable {
    case newerSchema(path: String, found: Int, supported: Int)
    case notABellmanStore(path: String)
    case cannotOpen(path: String, why: String)
    case diskFull(path: String)
    case damaged(path: String, why: String)
    /// Another daemon runs on the store; its process id where the lock file tells it.
    case locked(path: String, holder: Int32?)
    /// Another process held the write lock for longer than a writer waits.
    case busy(path: String)
    /// Writes could not be made durable. The handle is not used any more: what the kernel still holds of them is
    /// unknown, and a second attempt may report success without writing (fsync(2)).
    case syncFailed(path: String, why: String)
    /// The file that was opened is no longer the one of this name: what is written would be lost with the process.
    case moved(path: String)
    /// A file system of several machines, whose locks and shared memory do not hold what SQLite's log needs.
    case networkFileSystem(path: String, kind: String)
    case other(path: String, why: String)
}
