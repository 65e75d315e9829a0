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
