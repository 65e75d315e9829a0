import BellmanStore
import CShadowVFS
import GRDB
import GRDBSQLite
import Glibc

/// Where a connection with the role `shadow` looks.
enum ShadowFile {
    /// The store's file as SQLite names it together with the file system that keeps all writes in memory
    /// (sqlite.org/uri.html). Throws `StoreProblem`.
    static func address(of path: String) throws -> String {
        // Without them the address would be the name of a new file.
        guard sqlite3_compileoption_used("USE_URI") == 1, shadow_register() == SQLITE_OK else {
            throw StoreProblem.other(path: path, why: "this SQLite cannot open a store by an address")
        }
        return "file:\(escaped(absolute(path)))?vfs=\(SHADOW_VFS_NAME)"
    }

    private static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
        defer { free(folder) }
        return "\(String(cString: folder))/\(path)"
    }

    private static let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/".utf8)

    private static func escaped(_ path: String) -> String {
        var text = ""
        for byte in path.utf8 {
            if plain.contains(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                text += "%" + (digits.count < 2 ? "0" : "") + digits
            }
        }
        return text
    }
}
