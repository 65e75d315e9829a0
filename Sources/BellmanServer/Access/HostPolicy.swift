/// Which `Host` values are answered. A page of a foreign site can make a browser resolve its name to 127.0.0.1
/// (DNS rebinding); it cannot make the browser send another `Host`.
struct HostPolicy: Sendable {
    let listen: ListenAddress
    let publicHost: String?

    /// A browser cannot be led to a Unix socket, and on other addresses than loopback a token is needed anyway.
    func allows(_ host: String?) -> Bool {
        guard case .tcp(let address, _) = listen, HostPolicy.isLoopbackName(address) else { return true }
        guard let host, let name = HostPolicy.name(of: host) else { return false }
        return HostPolicy.isLoopbackName(name) || name == publicHost.flatMap(HostPolicy.name(of:))
    }

    /// The request came from this machine and through no proxy.
    func isDirect(host: String?, forwarded: Bool) -> Bool {
        guard !forwarded, listen.isLocal else { return false }
        if case .unix = listen { return true }
        guard let host, let name = HostPolicy.name(of: host) else { return false }
        return HostPolicy.isLoopbackName(name)
    }

    static func isLoopbackName(_ name: String) -> Bool {
        let lower = name.lowercased()
        if lower == "localhost" || lower == "::1" { return true }
        let parts = lower.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// `host`, `host:port`, `[v6]` or `[v6]:port` without the port, in lower case; nil for anything else.
    static func name(of host: String) -> String? {
        var name = host.lowercased()
        if name.hasPrefix("[") {
            guard let close = name.firstIndex(of: "]") else { return nil }
            let rest = name[name.index(after: close)...]
            guard rest.isEmpty || isPort(rest) else { return nil }
            name = String(name[name.index(after: name.startIndex)..<close])
        } else if let colon = name.firstIndex(of: ":") {
            guard isPort(name[colon...]) else { return nil }
            name = String(name[..<colon])
        }
        if name.hasSuffix(".") { name.removeLast() }
        return name.isEmpty ? nil : name
    }

    private static func isPort(_ text: Substring) -> Bool {
        text.count > 1 && text.first == ":" && text.dropFirst().utf8.allSatisfy { (48...57).contains($0) }
    }
}
