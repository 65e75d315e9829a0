import Almanac
import BellmanModel

/// What of a request is known before its body.
struct RequestHead: Sendable {
    /// Upper case, as sent.
    let method: String
    /// Percent-encoded path without the query.
    let path: String
    let query: Query
    /// Names in lower case; repeated headers in their order.
    let headers: [(name: String, value: String)]
    let host: String?
    /// Address of the peer, for counting failures.
    let source: String

    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// All values of a header that may be a list, split at commas.
    func list(_ name: String) -> [String] {
        headers.filter { $0.name == name }.flatMap { $0.value.split(separator: ",") }.map(\.trimmingSpaces)
            .filter { !$0.isEmpty }
    }

    /// The value of a cookie (RFC 6265, section 4.2).
    func cookie(_ name: String) -> String? {
        for header in headers where header.name == "cookie" {
            for pair in header.value.split(separator: ";") {
                let halves = pair.split(separator: "=", maxSplits: 1)
                if halves.count == 2, halves[0].trimmingSpaces == name { return halves[1].trimmingSpaces }
            }
        }
        return nil
    }

    /// Sent by a program: browsers never add a bearer token by themselves.
    var hasBearer: Bool { header("authorization")?.lowercased().hasPrefix("bearer ") == true }

    /// A browser that wants a page.
    var wantsPage: Bool {
        (method == "GET" || method == "HEAD") && !path.hasPrefix("/v1/")
            && list("accept").contains { $0.lowercased().hasPrefix("text/html") }
    }

    var isForwarded: Bool { header("forwarded") != nil || header("x-forwarded-for") != nil }

    /// Of `Content-Type`, in lower case, without parameters.
    var mediaType: String? {
        header("content-type").map { $0.prefix { $0 != ";" }.trimmingSpaces.lowercased() }
    }
}

/// A request that was let in, with its body.
struct Call: Sendable {
    let head: RequestHead
    /// The variable segments of the path, decoded.
    let parameters: [String]
    let identity: Identity
    let language: AlmanacLanguage
    let body: [UInt8]
}

extension Call {
    /// The fields of a form (`application/x-www-form-urlencoded`).
    var form: Query { Query(String(decoding: body, as: UTF8.self)) }
}

/// Decoded `name=value` pairs.
struct Query: Sendable, Hashable {
    let pairs: [Pair]

    struct Pair: Sendable, Hashable {
        let name: String
        let value: String
    }

    init(_ text: String?) {
        pairs = (text ?? "").split(separator: "&").map { part in
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let decode = { (text: Substring) in
                PercentCoding.decode(text.replacing("+", with: " ")) ?? String(text)
            }
            return Pair(name: decode(halves[0]), value: halves.count > 1 ? decode(halves[1]) : "")
        }
    }

    subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }
}
