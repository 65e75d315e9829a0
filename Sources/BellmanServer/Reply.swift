import BellmanModel

/// An answer before it is put on the wire.
struct Reply: Sendable {
    var status: Int
    var headers: [(name: String, value: String)]
    var body: [UInt8]
    /// What goes on after the headers, instead of `body`.
    var events: EventSubscription?

    init(_ status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    static func json(_ value: JSONValue, status: Int = 200) -> Reply {
        Reply(
            status, headers: [("Content-Type", "application/json; charset=utf-8")], body: JSONText.bytes(value) + [0x0A]
        )
    }

    static func text(_ text: String, type: String, status: Int = 200) -> Reply {
        Reply(status, headers: [("Content-Type", type)], body: Array(text.utf8))
    }

    /// To another page of this server.
    static func seeOther(_ path: String) -> Reply { Reply(303, headers: [("Location", path)]) }

    func with(_ name: String, _ value: String) -> Reply {
        var copy = self
        copy.headers.append((name, value))
        return copy
    }

    /// On every answer, errors too.
    static let securityHeaders: [(name: String, value: String)] = [
        (
            "Content-Security-Policy",
            """
            default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; \
            form-action 'self'; frame-ancestors 'none'; base-uri 'none'
            """
        ),
        ("X-Content-Type-Options", "nosniff"),
        // With `no-referrer` browsers send `Origin: null` with forms, which then cannot be told from a forged one.
        ("Referrer-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ]
}
