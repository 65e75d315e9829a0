import BellmanTransport
import Digests

/// Takes a channel's secrets out of what an answer echoes: as they are, percent-encoded, in hex and in base64, whole
/// and in the pieces of an address that are long enough to be one.
struct Redaction: Sendable {
    private let needles: [String]
    /// Shorter pieces of an address are words such as `robot` and `send`.
    private static let shortestPiece = 12
    /// Shorter secrets of other kinds would take ordinary words with them.
    private static let shortestSecret = 4

    init(_ secrets: [Secret?]) {
        var needles: Set<String> = []
        for secret in secrets.compactMap({ $0?.reveal() }) where secret.utf8.count >= Redaction.shortestSecret {
            for piece in Redaction.pieces(secret) { needles.formUnion(Redaction.forms(piece)) }
        }
        // Long ones first: they hold the short ones.
        self.needles = needles.sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
    }

    func clean(_ text: String) -> String {
        var text = text
        for needle in needles where needle.utf8.count <= text.utf8.count && text.contains(needle) {
            text = text.replacing(needle, with: "(secret)")
        }
        return text
    }

    /// The secret itself and, of an address or a token, what stands between its marks.
    private static func pieces(_ secret: String) -> Set<String> {
        var result: Set<String> = [secret]
        var tail = Substring(secret)
        if let mark = secret.firstRange(of: "://") {
            tail = secret[mark.upperBound...].drop { $0 != "/" && $0 != "?" }
            result.insert(String(tail))
        }
        for piece in tail.split(whereSeparator: { "/?&=:".contains($0) }) where piece.utf8.count >= shortestPiece {
            result.insert(String(piece))
        }
        return result.filter { $0.utf8.count >= (($0 == secret) ? shortestSecret : shortestPiece) }
    }

    private static func forms(_ piece: String) -> Set<String> {
        let bytes = Array(piece.utf8)
        let hex = TextCoding.hex(bytes)
        var forms: Set<String> = [piece, hex, hex.uppercased()]
        for isKept in [isUnreserved, isAddress] {
            let encoded = percentEncoded(bytes, keeping: isKept)
            forms.formUnion([encoded, lowercasedEscapes(encoded)])
        }
        for skipped in 0..<3 { forms.formUnion(base64(bytes, alignment: skipped)) }
        return forms
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
        default: false
        }
    }

    /// As browsers leave an address: only what may not stand in one at all is escaped, and the colon of a token.
    private static func isAddress(_ byte: UInt8) -> Bool {
        isUnreserved(byte) || "/?&=+,;@!$'()*".utf8.contains(byte)
    }

    private static func percentEncoded(_ bytes: [UInt8], keeping isKept: (UInt8) -> Bool) -> String {
        bytes.reduce(into: "") { text, byte in
            if isKept(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "%" + TextCoding.hex([byte]).uppercased()
            }
        }
    }

    private static func lowercasedEscapes(_ text: String) -> String {
        var result = ""
        var left = 0
        for character in text {
            result += left > 0 ? character.lowercased() : String(character)
            left = character == "%" ? 2 : max(0, left - 1)
        }
        return result
    }

    /// What of the secret shows in base64 when that many bytes stand before it: the letters that depend on it alone.
    private static func base64(_ bytes: [UInt8], alignment: Int) -> Set<String> {
        let text = TextCoding.base64([UInt8](repeating: 0, count: alignment) + bytes)
        let first = [0, 2, 3][alignment]
        let whole = (alignment + bytes.count) * 8 / 6
        let core = String(text.dropFirst(first).prefix(max(0, whole - first)))
        guard core.utf8.count >= shortestPiece else { return [] }
        return [core, core.replacing("+", with: "-").replacing("/", with: "_")]
    }
}
