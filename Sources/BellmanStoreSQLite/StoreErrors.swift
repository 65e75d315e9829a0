import BellmanStore
import GRDB

extension Connection {
    /// Turns SQLite's result codes (sqlite.org/rescode.html) into the facts that callers know. Other errors, such as
    /// those of the caller's own closure, pass unchanged.
    static func guarded<T>(_ path: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw problem(error, path: path)
        } catch let error as MalformedJSON {
            throw StoreProblem.damaged(path: path, why: "a stored value cannot be read at byte \(error.offset)")
        }
    }

    private static func problem(_ error: DatabaseError, path: String) -> StoreProblem {
        let why = error.message ?? error.resultCode.description
        switch error.extendedResultCode {
        case .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC: return .syncFailed(path: path, why: why)
        default: break
        }
        switch error.resultCode {
        case .SQLITE_FULL: return .diskFull(path: path)
        case .SQLITE_CORRUPT: return .damaged(path: path, why: why)
        case .SQLITE_NOTADB: return .notABellmanStore(path: path)
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
            return .cannotOpen(path: path, why: why)
        case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy(path: path)
        default: return .other(path: path, why: "\(why) (\(error.extendedResultCode.rawValue))")
        }
    }
}
