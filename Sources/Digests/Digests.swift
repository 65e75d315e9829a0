import Crypto

/// The hashes that Bellman uses. The only importer of the cryptography package.
public enum Digests {
    public static func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

    /// The first 64 bits of the SHA-256: enough to find what went wrong by itself, no defence against a forger.
    public static func short(_ bytes: [UInt8]) -> UInt64 {
        SHA256.hash(data: bytes).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    public static func sha256(_ text: String) -> [UInt8] { sha256(Array(text.utf8)) }

    public static func hmacSHA256(key: [UInt8], message: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key)))
    }

    /// Equality whose time depends on the lengths alone.
    public static func equalInConstantTime(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        guard a.count == b.count else { return false }
        var difference: UInt8 = 0
        for index in a.indices { difference |= a[index] ^ b[index] }
        return difference == 0
    }

    /// Bytes of the id: 160 bits are enough against collisions and divide evenly into base32 letters.
    private static let stableBytes = 20

    /// An id that depends on the parts alone: 32 letters and digits (base32, RFC 4648, lower case) of a SHA-256 over
    /// the parts with their lengths, so that ("ab", "c") and ("a", "bc") differ.
    public static func stableID(_ parts: [String]) -> String {
        var bytes: [UInt8] = []
        for part in parts {
            bytes += "\(part.utf8.count):".utf8
            bytes += part.utf8
        }
        return TextCoding.base32(Array(sha256(bytes).prefix(stableBytes)))
    }

    public static func stableID(_ parts: String...) -> String { stableID(parts) }

    /// The stable id of one delivery: firing, step, channel and recipient. Whoever makes the same delivery again, the
    /// engine or a fallback, makes the same id, and the outbox keeps one.
    /// A repetition of the firing (`repeat`) makes deliveries of its own.
    public static func noticeID(
        firing: String, step: Int, channel: String, recipient: String, repetition: Int = 0
    ) -> String {
        let parts = [firing, "\(step)", channel, recipient]
        return "n-" + stableID(repetition == 0 ? parts : parts + ["repeat", "\(repetition)"])
    }
}
