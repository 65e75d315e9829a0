extension CELLibrary {
    /// Base64 (RFC 4648); decoding takes text with and without padding.
    public static let encoders = CELLibrary(
        name: "encoders",
        functions: [
            global("base64.encode", [.bytes], .string) { v in .string(Base64.encode(v[0].asBytes)) },
            global("base64.decode", [.string], .bytes) { v throws(CELFailure) in
                guard let bytes = Base64.decode(v[0].asString) else { throw Conversions.failure(v[0], "bytes") }
                return .bytes(bytes)
            },
        ])
}

enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        var at = 0
        while at < bytes.count {
            let chunk = bytes[at..<min(at + 3, bytes.count)]
            var group: UInt32 = 0
            for offset in 0..<3 { group = group << 8 | (at + offset < bytes.count ? UInt32(bytes[at + offset]) : 0) }
            for place in 0...3 {
                out.append(
                    place <= chunk.count ? alphabet[Int(group >> UInt32(18 - 6 * place)) & 63] : UInt8(ascii: "="))
            }
            at += 3
        }
        return String(decoding: out, as: UTF8.self)
    }

    static func decode(_ text: String) -> [UInt8]? {
        // Line breaks are how mail wraps it; both reference implementations skip them.
        var digits = text.utf8.filter { $0 != 0x0A && $0 != 0x0D }[...]
        let given = digits.count
        let padding = digits.count % 4 == 0
        while padding, digits.last == UInt8(ascii: "="), given - digits.count < 2 {
            digits = digits.dropLast()
        }
        guard digits.count % 4 != 1 else { return nil }
        var out: [UInt8] = []
        var group: UInt32 = 0
        var bits = 0
        for digit in digits {
            guard let value = alphabet.firstIndex(of: digit) else { return nil }
            group = group << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                out.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
            }
        }
        return out
    }
}
