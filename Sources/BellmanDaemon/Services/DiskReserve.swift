import Glibc

/// A file beside the store that is there to be deleted: when the disk is full, its room is enough to write down that it
/// is, and what became of the deliveries under way.
struct DiskReserve: Sendable {
    /// Bytes.
    static let size: Int64 = 1 << 20
    /// The reserve is made anew only where so many times its size are free, so that it does not fill the disk itself.
    static let roomFactor: Int64 = 4

    /// The same in megabytes.
    static let roomMegabytes = (size * roomFactor) >> 20

    let path: String

    init(store: String) { path = store + ".reserve" }

    var isHeld: Bool { access(path, F_OK) == 0 }

    /// Takes the room where there is enough of it; false where there is not.
    @discardableResult
    func hold() -> Bool {
        if isHeld { return true }
        guard let free = DiskReserve.free(path), free >= DiskReserve.size * DiskReserve.roomFactor else { return false }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        // A hole would promise room that is not there.
        guard posix_fallocate(descriptor, 0, off_t(DiskReserve.size)) == 0 else {
            unlink(path)
            return false
        }
        return true
    }

    /// Gives the room back; false where none was held.
    func release() -> Bool { unlink(path) == 0 }

    /// Bytes that are free beside the path; nil where the system does not say.
    private static func free(_ path: String) -> Int64? {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        var system = statvfs()
        guard statvfs(folder, &system) == 0 else { return nil }
        return Int64(system.f_bavail) * Int64(system.f_frsize)
    }
}
