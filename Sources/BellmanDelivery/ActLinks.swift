import Almanac
import BellmanModel
import Digests

/// Makes and reads the signed links by which people act on a notice. Pure: the same parts give the same link.
///
/// A token is `PAYLOAD.SIGNATURE`, both in base64url without padding (RFC 4648, section 5). The payload is verb, target,
/// person, choice and expiry, each with its length before it, so that no two tickets share one; the signature is
/// HMAC-SHA256 (RFC 2104) over a purpose line and the payload. Nothing in it is secret: it names what its reader knows.
public struct ActLinks: Sendable {
    private let key: [UInt8]
    /// `https://bell.example.com/act/`
    private let base: String

    /// Random bytes of a key: as many as the hash gives out (RFC 2104, section 3).
    public static let keyBytes = 32
    /// Longest token that is looked at; one with the longest ids stays far below.
    static let tokenLimit = 4_096
    /// So that a signature made with this key for anything else is none for a link.
    private static let purpose = "bellman act link 1\n"

    /// nil without a public address, or with a key that is too short.
    public init?(publicURL: String, key: [UInt8]) {
        guard !publicURL.isEmpty, key.count >= ActLinks.keyBytes else { return nil }
        self.key = key
        base = publicURL + (publicURL.hasSuffix("/") ? "act/" : "/act/")
    }

    public func url(_ ticket: ActTicket) -> String { base + token(ticket) }

    public func token(_ ticket: ActTicket) -> String {
        let payload = ActLinks.payload(ticket)
        return ActLinks.base64URL(payload) + "." + ActLinks.base64URL(signature(payload))
    }

    /// The ticket of a token that this key signed and that is not over at `now`.
    public func read(_ token: String, now: Instant) -> Result<ActTicket, ActTicketProblem> {
        guard token.utf8.count <= ActLinks.tokenLimit else { return .failure(.invalid) }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let payload = ActLinks.decode(parts[0]), let sent = ActLinks.decode(parts[1]),
            Digests.equalInConstantTime(sent, signature(payload)), var ticket = ActLinks.ticket(payload)
        else { return .failure(.invalid) }
        guard now < ticket.expiry else { return .failure(.expired) }
        ticket.nonce = String(parts[1])
        return .success(ticket)
    }

    private func signature(_ payload: [UInt8]) -> [UInt8] {
        Digests.hmacSHA256(key: key, message: Array(ActLinks.purpose.utf8) + payload)
    }

    // MARK: payload

    private static func payload(_ ticket: ActTicket) -> [UInt8] {
        let (verb, choice) =
            switch ticket.act {
            case .acknowledge: ("ack", "")
            case .snooze: ("snooze", "")
            case .decide(let choice): ("decide", choice)
            }
        let seconds = ticket.expiry.microseconds / 1_000_000
        return [verb, ticket.target, ticket.person, choice, "\(seconds)"].flatMap { part in
            Array("\(part.utf8.count):".utf8) + Array(part.utf8)
        }
    }

    private static func ticket(_ payload: [UInt8]) -> ActTicket? {
        var rest = payload[...]
        var parts: [String] = []
        while !rest.isEmpty {
            guard let part = part(&rest) else { return nil }
            parts.append(part)
        }
        guard parts.count == 5, let seconds = Int64(parts[4]), abs(seconds) < 1 << 40 else { return nil }
        let act: ActTicket.Act
        switch (parts[0], parts[3].isEmpty) {
        case ("ack", true): act = .acknowledge
        case ("snooze", true): act = .snooze
        case ("decide", false): act = .decide(choice: parts[3])
        default: return nil
        }
        return ActTicket(
            act: act, target: parts[1], person: parts[2], expiry: Instant(microseconds: seconds * 1_000_000))
    }

    private static func part(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard let colon = rest.firstIndex(of: UInt8(ascii: ":")), colon - rest.startIndex <= 5,
            let count = Int(String(decoding: rest[..<colon], as: UTF8.self)), count >= 0,
            rest.endIndex - colon - 1 >= count
        else { return nil }
        let start = colon + 1
        defer { rest = rest[(start + count)...] }
        return String(validating: rest[start..<(start + count)], as: UTF8.self)
    }

    // MARK: base64url

    private static func base64URL(_ bytes: [UInt8]) -> String {
        TextCoding.base64(bytes).replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Only the one spelling that `base64URL` gives.
    private static func decode(_ text: Substring) -> [UInt8]? {
        var standard = text.replacing("-", with: "+").replacing("_", with: "/")
        while standard.utf8.count % 4 != 0 { standard += "=" }
        guard let bytes = TextCoding.decodeBase64(String(standard)), base64URL(bytes) == String(text) else {
            return nil
        }
        return bytes
    }
}
