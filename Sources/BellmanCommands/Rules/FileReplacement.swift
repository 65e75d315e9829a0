import BellmanDaemon
import Glibc

/// Puts a new text in the place of a file: whole or not at all, with the permissions and the owner that it had. A
/// symbolic link stays one; what it leads to is replaced.
enum FileReplacement {
    enum Refusal: Error {
        case failed(Int32)
        /// Somebody wrote it meanwhile.
        case changed

        var english: String {
            switch self {
            case .failed(let code): String(cString: strerror(code))
            case .changed: "it was changed meanwhile"
            }
        }

        var chinese: String {
            switch self {
            case .failed(let code): String(cString: strerror(code))
            case .changed: "其间被别的程序改过"
            }
        }
    }

    static func write(_ bytes: [UInt8], over old: [UInt8], at path: String) throws(Refusal) {
        guard let resolved = realpath(path, nil) else { throw .failed(errno) }
        defer { free(resolved) }
        let target = String(cString: resolved)
        var status = stat()
        guard stat(target, &status) == 0 else { throw .failed(errno) }
        let temporary = "\(target).tmp\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .failed(errno) }
        let code = fill(descriptor, bytes, like: status)
        close(descriptor)
        guard code == 0 else {
            unlink(temporary)
            throw .failed(code)
        }
        guard case .success(let now) = TextFile.read(target, limit: old.count), now == old else {
            unlink(temporary)
            throw .changed
        }
        guard rename(temporary, target) == 0 else {
            let code = errno
            unlink(temporary)
            throw .failed(code)
        }
        if case .failure(let failure) = TextFile.syncFolder(of: target) { throw .failed(failure.code) }
    }

    /// 0, or why it failed.
    private static func fill(_ descriptor: Int32, _ bytes: [UInt8], like status: stat) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                return errno
            }
            rest = rest.dropFirst(count)
        }
        var own = stat()
        guard fstat(descriptor, &own) == 0 else { return errno }
        // The owner first: changing it takes away the set-id bits of the mode.
        if own.st_uid != status.st_uid || own.st_gid != status.st_gid,
            fchown(descriptor, status.st_uid, status.st_gid) != 0
        {
            return errno
        }
        guard fchmod(descriptor, status.st_mode & 0o7777) == 0 else { return errno }
        return fsync(descriptor) == 0 ? 0 : errno
    }
}
