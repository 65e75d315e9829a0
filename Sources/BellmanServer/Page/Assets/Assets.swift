/// Files that pages load. Their address carries a fingerprint of their content, so that browsers keep them for good
/// and still see a new version at once.
struct Assets: Sendable {
    let path: String
    private let type: String
    private let bytes: [UInt8]
    private let tag: String

    static let stylesheet = Assets("/assets/bellman.css", "text/css; charset=utf-8", Stylesheet.text)
    static let script = Assets("/assets/bellman.js", "text/javascript; charset=utf-8", PageScript.text)
    static let icon = Assets("/assets/bellman.svg", "image/svg+xml", Stylesheet.icon)

    private init(_ path: String, _ type: String, _ text: String) {
        bytes = Array(text.utf8)
        let fingerprint = String(Assets.hash(bytes), radix: 36)
        self.path = "\(path)?v=\(fingerprint)"
        self.type = type
        tag = "\"\(fingerprint)\""
    }

    func reply(_ call: Call) -> Reply {
        let isCurrent = call.head.query["v"].map { "\"\($0)\"" == tag } ?? false
        let keep = isCurrent ? "public, max-age=31536000, immutable" : "no-cache"
        let headers = [("ETag", tag), ("Cache-Control", keep)]
        let known = call.head.list("if-none-match").map { $0.hasPrefix("W/") ? String($0.dropFirst(2)) : $0 }
        if known.contains(tag) || known.contains("*") { return Reply(304, headers: headers) }
        return Reply(200, headers: [("Content-Type", type)] + headers, body: bytes)
    }

    /// FNV-1a, 64 bits (draft-eastlake-fnv).
    private static func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
