/// What may never reach libcurl, which writes headers and envelope addresses to the wire as they are.
public enum WireSafety {
    /// No control characters, no spaces, only ASCII.
    public static func isCleanURL(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    /// RFC 9110 token.
    public static func isCleanHeaderName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(isTokenByte)
    }

    /// No control characters except the tab.
    public static func isCleanHeaderValue(_ text: String) -> Bool {
        text.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }
    }

    /// A mailbox that may stand in an envelope: ASCII, one `@`, no spaces, quotes, brackets or control characters,
    /// within the lengths of RFC 5321 §4.5.3.1.
    public static func isCleanMailbox(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count), (1...255).contains(parts[1].utf8.count),
            !parts[0].hasPrefix("."), !parts[0].hasSuffix("."), !parts[0].contains("..")
        else { return false }
        return parts[0].utf8.allSatisfy { isTokenByte($0) || mailboxExtra.contains($0) } && isCleanHost(parts[1])
    }

    /// A name or an IPv4 address.
    public static func isCleanHost(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && !text.hasPrefix(".") && !text.hasPrefix("-") && !text.contains("..")
            && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    }

    private static let mailboxExtra = Set("/=?{}".utf8)
    private static let tokenExtra = Set("!#$%&'*+-.^_`|~".utf8)

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || tokenExtra.contains(byte) }

    public static func isClean(_ request: HTTPRequest) -> Bool {
        isCleanURL(request.url.reveal()) && isCleanHeaderName(request.method)
            && request.headers.allSatisfy { isCleanHeaderName($0.name) && isCleanHeaderValue($0.value) }
    }

    public static func isClean(_ envelope: MailEnvelope) -> Bool {
        let relay = envelope.relay
        return isCleanMailbox(envelope.sender) && isCleanMailbox(envelope.recipient)
            && isCleanHost(relay.greetingName) && isCleanRelayHost(relay.host) && (1...65_535).contains(relay.port)
            && isCleanHeaderValue(relay.username ?? "") && isCleanHeaderValue(relay.password?.reveal() ?? "")
            && hasOnlyWholeLineEnds(envelope.message)
    }

    private static func isCleanRelayHost(_ host: String) -> Bool {
        if host.hasPrefix("["), host.hasSuffix("]") {
            return host.dropFirst().dropLast().utf8.allSatisfy {
                isAlphanumeric($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
            }
        }
        return isCleanHost(host)
    }

    /// A lone CR or LF can end or smuggle a message on lax servers.
    static func hasOnlyWholeLineEnds(_ bytes: [UInt8]) -> Bool {
        var previous: UInt8 = 0
        for byte in bytes {
            if byte == 10, previous != 13 { return false }
            if previous == 13, byte != 10 { return false }
            previous = byte
        }
        return previous != 13
    }
}
