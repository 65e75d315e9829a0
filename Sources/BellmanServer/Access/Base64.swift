/// RFC 4648, section 4, for the one header that needs it.
enum Base64 {
    /// Nil for characters outside the alphabet or a length that is impossible.
    static func decode(_ text: String) -> [UInt8]? {
        var bits: UInt32 = 0
        var count = 0
        var output: [UInt8] = []
        let body = text.utf8.prefix { $0 != UInt8(ascii: "=") }
        guard text.utf8.count - body.count <= 2, text.utf8.suffix(text.utf8.count - body.count).allSatisfy({ $0 == 61 })
        else { return nil }
        for byte in body {
            guard let value = value(byte) else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                output.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return count < 6 ? output : nil
    }

    private static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 65...90: byte - 65
        case 97...122: byte - 71
        case 48...57: byte + 4
        case 43: 62
        case 47: 63
        default: nil
        }
    }
}
