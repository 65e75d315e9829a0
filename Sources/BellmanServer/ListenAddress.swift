/// Where the server listens: `127.0.0.1:8420`, `[::1]:8420`, `localhost:8420`, `:8420` (all addresses) or
/// `unix:/run/bellman/bellman.sock`.
public enum ListenAddress: Sendable, Hashable {
    case tcp(host: String, port: Int)
    case unix(path: String)

    public static let defaultPort = 8420
    public static let standard = ListenAddress.tcp(host: "127.0.0.1", port: defaultPort)

    /// Nil when the text is none of the forms.
    public init?(_ text: String) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            guard !path.isEmpty, path.utf8.count < ListenAddress.socketPathLimit else { return nil }
            self = .unix(path: path)
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port)
        else { return nil }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            return nil
        }
        self = .tcp(host: host.isEmpty || host == "*" ? "0.0.0.0" : host, port: port)
    }

    /// What people are shown: an address for the browser, or the socket's.
    public var shown: String {
        switch self {
        case .tcp(let host, let port): "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }

    /// Only processes of this machine can connect.
    public var isLocal: Bool {
        switch self {
        case .unix: true
        case .tcp(let host, _): HostPolicy.isLoopbackName(host)
        }
    }

    /// `sun_path` of Linux has 108 bytes with its closing zero.
    static let socketPathLimit = 108
}
