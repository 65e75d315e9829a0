import Failpoints
import Glibc

/// A datagram socket beside the store: commands that wrote something nudge the running daemon through it.
/// A lost nudge costs a minute at most, because the daemon looks by itself.
public enum NudgeSocket {
    public static func path(ofStore store: String) -> String { "\(store).sock" }

    /// Bytes of a socket address' path.
    private static let pathLimit = 107

    private static func address(_ path: String) -> sockaddr_un? {
        guard path.utf8.count <= pathLimit else { return nil }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { buffer in
            for (index, byte) in path.utf8.enumerated() { buffer[index] = byte }
        }
        return address
    }

    private static func withAddress<T>(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> T) -> T? {
        guard var address = address(path) else { return nil }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }

    /// What was written; the byte that is sent.
    public enum News: UInt8, Sendable {
        case records = 1
        /// A loss of rules was accepted: the folder is to be read anew.
        case rules = 2
    }

    /// Tells the daemon of the store; true when one was listening.
    @discardableResult
    public static func nudge(store: String, _ news: News = .records) -> Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var byte = news.rawValue
        return Failpoint.pass(.nudge) {
            withAddress(path(ofStore: store)) { sendto(descriptor, &byte, 1, Int32(MSG_DONTWAIT), $0, $1) == 1 }
                ?? false
        }
    }

    /// Opens the daemon's end; `nil` where the path is too long or the folder not writable.
    static func listen(store: String) -> Int32? {
        let path = path(ofStore: store)
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        // Only the holder of the daemon lock comes here, so a socket that is there is a leftover.
        unlink(path)
        guard withAddress(path, { bind(descriptor, $0, $1) }) == 0 else {
            close(descriptor)
            return nil
        }
        chmod(path, 0o600)
        return descriptor
    }

    /// Waits for a nudge or the end; takes all nudges that are queued. Empty at the end.
    static func wait(_ descriptor: Int32, _ stop: StopSignal) -> Set<News> {
        guard stop.wait(for: descriptor, milliseconds: -1) else { return [] }
        var news: Set<News> = []
        var buffer = [UInt8](repeating: 0, count: 64)
        while recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT)) > 0 {
            news.insert(News(rawValue: buffer[0]) ?? .records)
        }
        return news
    }
}
