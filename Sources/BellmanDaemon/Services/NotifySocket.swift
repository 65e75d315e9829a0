import Glibc

/// The service manager's end of the notification protocol: one datagram of `KEY=value` lines to `$NOTIFY_SOCKET`
/// (sd_notify(3)), without libsystemd.
struct NotifySocket: Sendable {
    /// Bytes of `sun_path`; an abstract name (`@…`) uses the first for its zero.
    private static let pathLimit = 108

    private let path: [UInt8]

    /// `nil` where no service manager listens: no name, a relative one, or a kind of socket that is not known.
    init?(_ name: String?) {
        guard let name, let first = name.utf8.first else { return nil }
        var bytes = Array(name.utf8)
        switch first {
        case UInt8(ascii: "/"): bytes.append(0)
        case UInt8(ascii: "@"): bytes[0] = 0
        default: return nil
        }
        guard bytes.count > 1, bytes.count <= NotifySocket.pathLimit else { return nil }
        path = bytes
    }

    /// False when it could not be handed over. Never blocks: the daemon must not wait for its watcher.
    @discardableResult
    func send(_ lines: [String]) -> Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        // An abstract name ends where the address ends, so the length counts.
        let offset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? MemoryLayout<sa_family_t>.size
        let length = socklen_t(offset + path.count)
        let bytes = Array(lines.joined(separator: "\n").utf8)
        let sent = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(
                    descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT), $0,
                    length)
            }
        }
        return sent == bytes.count
    }
}
