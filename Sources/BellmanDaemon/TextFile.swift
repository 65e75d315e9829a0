import CLinux
import Glibc

/// Small files read and written whole.
public enum TextFile {
    public struct Failure: Error, Sendable {
        public let code: Int32
        public var text: String { String(cString: strerror(code)) }
        public var isMissing: Bool { code == ENOENT }
    }

    /// Regular files only: a pipe or a device must never block the daemon.
    public static func read(_ path: String, limit: Int) -> Result<[UInt8], Failure> {
        read(open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC), limit: limit)
    }

    /// The same of a file beneath a folder: what became a link that leads out since somebody looked is not followed.
    /// - Parameter path: relative to the folder.
    static func read(_ path: String, beneath folder: String, limit: Int) -> Result<[UInt8], Failure> {
        let root = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard root >= 0 else { return .failure(Failure(code: errno)) }
        defer { close(root) }
        let descriptor = bellman_open_beneath(root, path)
        // An older kernel, or a filter that does not know the call: then the look before is all there is.
        if descriptor < 0, errno == ENOSYS || errno == EPERM { return read("\(folder)/\(path)", limit: limit) }
        return read(descriptor, limit: limit)
    }

    /// Takes the descriptor, or what made it fail from `errno`.
    private static func read(_ descriptor: Int32, limit: Int) -> Result<[UInt8], Failure> {
        guard descriptor >= 0 else { return .failure(Failure(code: errno)) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return .failure(Failure(code: errno)) }
        guard status.st_mode & S_IFMT == S_IFREG else { return .failure(Failure(code: EINVAL)) }
        guard status.st_size <= limit else { return .failure(Failure(code: EFBIG)) }
        var bytes: [UInt8] = []
        // One more than the file has, so that its end is seen with the second read.
        var buffer = [UInt8](repeating: 0, count: min(64 * 1024, Int(status.st_size) + 1))
        while bytes.count <= limit {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return .success(bytes) }
            if count < 0 {
                if errno == EINTR { continue }
                return .failure(Failure(code: errno))
            }
            bytes += buffer[..<count]
        }
        return .failure(Failure(code: EFBIG))
    }

    /// Writes beside the target and renames, so that no reader ever sees half a file.
    public static func write(_ text: String, to path: String, mode: mode_t = 0o644) -> Result<Void, Failure> {
        let temporary = "\(path).tmp\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { return .failure(Failure(code: errno)) }
        let bytes = Array(text.utf8)
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                let failure = Failure(code: errno)
                close(descriptor)
                unlink(temporary)
                return .failure(failure)
            }
            done += count
        }
        fsync(descriptor)
        close(descriptor)
        guard rename(temporary, path) == 0 else { return .failure(Failure(code: errno)) }
        return .success(())
    }

    public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    public static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    public static func makeFolder(_ path: String, mode: mode_t = 0o755) -> Result<Void, Failure> {
        if mkdir(path, mode) == 0 || errno == EEXIST { return .success(()) }
        return .failure(Failure(code: errno))
    }
}
