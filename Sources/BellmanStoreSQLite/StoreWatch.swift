import BellmanStore
import Glibc
import Synchronization

/// Whether an open store may still be used: not after a failed sync, and not written when another file has its name.
final class StoreWatch: Sendable {
    private struct Identity: Hashable {
        let device: dev_t
        let inode: ino_t

        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            (device, inode) = (status.st_dev, status.st_ino)
        }
    }

    private let path: String
    private let identity: Identity?
    private let failed = Mutex<StoreProblem?>(nil)

    /// After the file was opened; `nil` for a store without one.
    init(path: String?) {
        self.path = path ?? ""
        identity = path.flatMap(Identity.init)
    }

    /// Why the store is used no more; nil while all is well.
    var failure: StoreProblem? { failed.withLock { $0 } }

    /// Throws after a failed sync.
    func mayRead() throws {
        if let failure { throw failure }
    }

    /// Throws after a failed sync, and while the opened file is not the one of its name. Put back, it is good again.
    func mayWrite() throws {
        try mayRead()
        if let identity, Identity(path) != identity { throw StoreProblem.moved(path: path) }
    }

    /// True when the error ends the use of the store, for the first time.
    func ends(_ error: any Error) -> Bool {
        guard let problem = error as? StoreProblem, case .syncFailed = problem else { return false }
        return failed.withLock { failed in
            defer { failed = failed ?? problem }
            return failed == nil
        }
    }
}
