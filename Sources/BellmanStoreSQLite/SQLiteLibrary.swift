/// The SQLite library that is loaded.
public struct SQLiteLibrary: Sendable, Hashable {
    /// Such as `3.40.1`.
    public let version: String

    public init(version: String) { self.version = version }

    /// Whether it has the race of sqlite.org/wal.html#walresetbug: 3.7.0 to 3.51.2, without the mended 3.50.7 and
    /// 3.44.6 and what followed them in their lines. An unknown version counts as one that has.
    public var canLoseCommits: Bool {
        let parts = version.split(separator: ".").prefix(3).map { Int($0) ?? -1 }
        guard parts.count == 3, !parts.contains(-1), parts[0] == 3 else { return true }
        switch parts[1] {
        case 44: return parts[2] < 6
        case 50: return parts[2] < 7
        case 51: return parts[2] < 3
        default: return parts[1] < 51
        }
    }
}
