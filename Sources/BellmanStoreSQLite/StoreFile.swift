import BellmanStore
import Glibc

/// What can be said of a database file before SQLite opens it.
enum StoreFile {
    private static let magic: [UInt8] = Array("SQLite format 3\0".utf8)
    private static let headerSize = 100

    /// Creates a missing file for its owner alone (the `-wal` and `-shm` files take the same mode), refuses one that
    /// is no database, and one whose beginning is lost.
    static func prepare(_ path: String) throws {
        try FileSystemKind.check(path)
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT else { throw cannotOpen(path) }
            try refuseOrphanedLog(path)
            try refuseCutRestore(path)
            return try create(path)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw StoreProblem.cannotOpen(path: path, why: "not a regular file")
        }
        // The power went while the store was being made: SQLite takes back the half it finds by this journal, and until
        // then the beginning of the file says nothing. Later there is a log in its place, and never a journal.
        if size(path + "-journal") > 0 { return }
        try checkHeader(path, size: Int(status.st_size))
    }

    /// A log without its database means that the database was lost or moved: starting afresh would hide that.
    private static func refuseOrphanedLog(_ path: String) throws {
        if size(path + "-wal") > 0 {
            throw StoreProblem.damaged(path: path, why: "the database is missing but its -wal file is there")
        }
    }

    /// What a restore prepares is left behind where it was cut short after it had put the old store aside.
    private static func refuseCutRestore(_ path: String) throws {
        let prepared = path + StoreImage.restoring
        guard access(prepared, F_OK) == 0 else { return }
        throw StoreProblem.damaged(
            path: path, why: "a restore was cut short; run it again, or give \(prepared) its name")
    }

    static func size(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    private static func create(_ path: String) throws {
        let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
        } else if errno != EEXIST {
            throw cannotOpen(path)
        }
    }

    /// An empty file is what `create` just made in another process, or a file cut to nothing: only the latter has
    /// left a log behind.
    private static func checkHeader(_ path: String, size: Int) throws {
        if size == 0 { return try refuseOrphanedLog(path) }
        let header = try firstBytes(path)
        guard header.count == headerSize, Array(header.prefix(magic.count)) == magic else {
            throw StoreProblem.notABellmanStore(path: path)
        }
        // Said before SQLite touches the file, so that a newer store stays byte for byte as it is.
        let owner = header[68..<72].reduce(0) { $0 << 8 | Int($1) }
        let version = header[60..<64].reduce(0) { $0 << 8 | Int($1) }
        if owner == Int(Migrations.applicationID), version > Migrations.version {
            throw StoreProblem.newerSchema(path: path, found: version, supported: Migrations.version)
        }
        let pageSize = Int(header[16]) << 8 | Int(header[17])
        let pages = header[28..<32].reduce(0) { $0 << 8 | Int($1) }
        let isCurrent = Array(header[24..<28]) == Array(header[92..<96])
        if isCurrent, self.size(path + "-wal") == 0, size < pages * (pageSize == 1 ? 65_536 : pageSize) {
            throw StoreProblem.damaged(path: path, why: "the file is shorter than it says")
        }
    }

    private static func firstBytes(_ path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw cannotOpen(path) }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: headerSize)
        let count = read(descriptor, &buffer, headerSize)
        guard count >= 0 else { throw cannotOpen(path) }
        return Array(buffer.prefix(count))
    }

    /// Gives a finished file its name, durably.
    static func settle(_ partial: String, as target: String) throws {
        try sync(partial)
        guard rename(partial, target) == 0 else { throw cannotOpen(target) }
        try syncFolder(of: target)
    }

    /// A name that was given or taken away is durable after that.
    static func syncFolder(of target: String) throws {
        let slash = target.lastIndex(of: "/")
        try sync(slash.map { $0 == target.startIndex ? "/" : String(target[..<$0]) } ?? ".")
    }

    /// Makes durable what a process wrote into the log and was killed before it could: SQLite takes such commits for
    /// good when it opens the file, and what is decided on them is sent. Throws where that fails.
    static func settleLog(_ path: String) throws {
        let log = path + "-wal"
        guard size(log) > 0 else { return }
        let descriptor = open(log, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw cannotOpen(log) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw StoreProblem.syncFailed(path: path, why: String(cString: strerror(errno)))
        }
    }

    private static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw cannotOpen(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw cannotOpen(path) }
    }

    private static func cannotOpen(_ path: String) -> StoreProblem {
        .cannotOpen(path: path, why: String(cString: strerror(errno)))
    }
}
