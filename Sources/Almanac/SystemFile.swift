import Glibc

/// The few reads that the zone database needs.
enum SystemFile {
    /// Nil where the file is absent, unreadable, not a regular file or longer than `limit` bytes.
    static func read(_ path: String, limit: Int) -> [UInt8]? {
        let handle = open(path, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { return nil }
        defer { close(handle) }
        var info = stat()
        guard fstat(handle, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_size <= limit else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(info.st_size))
        var filled = 0
        while filled < bytes.count {
            let got = bytes.withUnsafeMutableBytes { Glibc.read(handle, $0.baseAddress! + filled, $0.count - filled) }
            guard got > 0 else { return nil }
            filled += got
        }
        return bytes
    }

    static func text(_ path: String, limit: Int) -> String? {
        read(path, limit: limit).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Tells one state of a file from another without reading it: place, size, and times of the last change.
    struct Mark: Sendable, Hashable {
        let device: UInt64
        let inode: UInt64
        let size: Int64
        let modified: Int64
        let changed: Int64
    }

    /// Nil where there is no such file.
    static func mark(_ path: String) -> Mark? {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        return Mark(
            device: UInt64(info.st_dev), inode: UInt64(info.st_ino), size: Int64(info.st_size),
            modified: Int64(info.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(info.st_mtim.tv_nsec),
            changed: Int64(info.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(info.st_ctim.tv_nsec))
    }

    static func isDirectory(_ path: String) -> Bool {
        var info = stat()
        return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
    }

    static func resolvedPath(_ path: String) -> String? {
        guard let pointer = realpath(path, nil) else { return nil }
        defer { free(pointer) }
        return String(cString: pointer)
    }

    static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
