/// Bytes as text: base64 and base32 (RFC 4648) and hexadecimal.
public enum TextCoding {
    private static let base64Alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let base32Alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
    private static let hexAlphabet = Array("0123456789abcdef".utf8)
    private static let padding = UInt8(ascii: "=")

    public static func base64(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let left = min(3, bytes.count - index)
            var group = UInt32(bytes[index]) << 16
            if left > 1 { group |= UInt32(bytes[index + 1]) << 8 }
            if left > 2 { group |= UInt32(bytes[index + 2]) }
            for position in 0..<4 {
                let letter = base64Alphabet[Int(group >> UInt32(18 - 6 * position)) & 63]
                result.append(position <= left ? letter : padding)
            }
            index += 3
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Strict: the standard alphabet, whole groups, padding only at the end. `nil` for anything else.
    public static func decodeBase64(_ text: String) -> [UInt8]? {
        let letters = Array(text.utf8)
        guard letters.count % 4 == 0 else { return nil }
        let padded = letters.suffix(2).filter { $0 == padding }.count
        var result: [UInt8] = []
        var (group, bits): (UInt32, Int) = (0, 0)
        for letter in letters.dropLast(padded) {
            guard let value = base64Value(letter) else { return nil }
            group = group << 6 | value
            bits += 6
            if bits >= 8 {
                bits -= 8
                result.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
            }
        }
        return result
    }

    private static func base64Value(_ letter: UInt8) -> UInt32? {
        switch letter {
        case 65...90: UInt32(letter) - 65
        case 97...122: UInt32(letter) - 71
        case 48...57: UInt32(letter) + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }

    /// Lower case, without padding.
    public static func base32(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        var (group, bits): (UInt32, Int) = (0, 0)
        for byte in bytes {
            group = group << 8 | UInt32(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                result.append(base32Alphabet[Int(group >> UInt32(bits)) & 31])
            }
        }
        if bits > 0 { result.append(base32Alphabet[Int(group << UInt32(5 - bits)) & 31]) }
        return String(decoding: result, as: UTF8.self)
    }

    /// Lower case.
    public static func hex(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        for byte in bytes { result += [hexAlphabet[Int(byte >> 4)], hexAlphabet[Int(byte & 15)]] }
        return String(decoding: result, as: UTF8.self)
    }

    public static func decodeHex(_ text: String) -> [UInt8]? {
        let letters = Array(text.utf8)
        guard letters.count % 2 == 0 else { return nil }
        var result: [UInt8] = []
        for index in stride(from: 0, to: letters.count, by: 2) {
            guard let high = hexValue(letters[index]), let low = hexValue(letters[index + 1]) else { return nil }
            result.append(high << 4 | low)
        }
        return result
    }

    private static func hexValue(_ letter: UInt8) -> UInt8? {
        switch letter {
        case 48...57: letter - 48
        case 97...102: letter - 87
        case 65...70: letter - 55
        default: nil
        }
    }
}
