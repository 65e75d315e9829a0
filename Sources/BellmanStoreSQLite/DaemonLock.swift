import BellmanStore
import Glibc
import Synchronization

/// Makes sure that one daemon runs on a store: an exclusive `flock` on `<path>.lock`, which the kernel gives up with
/// the process. The file holds the process id for people and is never deleted, because a deleted lock file can be
/// locked twice.
public final class DaemonLock: Sendable {
    private let descriptor: Mutex<Int32?>

    /// How long a starting daemon waits: a command that runs alone takes the lock for the moment of a checkpoint.
    public static let patienceMilliseconds = 2_000
    private static let pauseMilliseconds = 20

    /// Throws `StoreProblem.locked` when another process (or another lock of this one) still holds it after `patience`
    /// milliseconds.
    public init(path: String, patience: Int = DaemonLock.patienceMilliseconds) throws {
        let file = path + ".lock"
        let opened = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard opened >= 0 else {
            throw StoreProblem.cannotOpen(path: file, why: String(cString: strerror(errno)))
        }
        let problem = DaemonLock.acquire(opened, patience: patience)
        guard problem == 0 else {
            guard problem == EWOULDBLOCK else {
                close(opened)
                throw StoreProblem.cannotOpen(
                    path: file, why: "files cannot be locked here: \(String(cString: strerror(problem)))")
            }
            let holder = DaemonLock.readHolder(opened)
            close(opened)
            throw StoreProblem.locked(path: path, holder: holder)
        }
        DaemonLock.writeHolder(opened)
        descriptor = Mutex(opened)
    }

    /// 0, or why not (errno): `EWOULDBLOCK` where somebody else holds it.
    private static func acquire(_ descriptor: Int32, patience: Int) -> Int32 {
        for _ in 0...(patience / pauseMilliseconds) {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return 0 }
            let problem = errno
            guard problem == EWOULDBLOCK || problem == EINTR else { return problem }
            if patience > 0 { _ = poll(nil, 0, Int32(pauseMilliseconds)) }
        }
        return EWOULDBLOCK
    }

    deinit { release() }

    /// Also done when the value goes away.
    public func release() {
        descriptor.withLock { held in
            if let open = held { close(open) }
            held = nil
        }
    }

    private static func readHolder(_ descriptor: Int32) -> Int32? {
        var buffer = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: buffer.prefix(count).prefix { $0 != 0x0A }, as: UTF8.self))
    }

    private static func writeHolder(_ descriptor: Int32) {
        let text = Array("\(getpid())\n".utf8)
        guard ftruncate(descriptor, 0) == 0 else { return }
        _ = pwrite(descriptor, text, text.count, 0)
    }
}
