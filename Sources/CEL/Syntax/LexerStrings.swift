import SourceDiagnostics

/// String and bytes literals.
extension Lexer {
    /// `r"…"`, `b"…"`, `br"…"` in either case; nil when what stands here is a name.
    mutating func prefixedString() -> Token? {
        let start = at
        var raw = false
        var isBytes = false
        var length = 0
        if peek(0) | 0x20 == UInt8(ascii: "b") { (isBytes, length) = (true, 1) }
        if peek(length) | 0x20 == UInt8(ascii: "r") { (raw, length) = (true, length + 1) }
        guard length > 0, peek(length) == UInt8(ascii: "\"") || peek(length) == UInt8(ascii: "'") else { return nil }
        at += length
        return stringLiteral(start, raw: raw, isBytes: isBytes)
    }

    mutating func stringLiteral(_ start: Int, raw: Bool, isBytes: Bool) -> Token {
        let quote = bytes[at]
        let isTriple = peek(1) == quote && peek(2) == quote
        let width = isTriple ? 3 : 1
        at += width
        var content: [UInt8] = []
        while true {
            guard at < bytes.count, isTriple || bytes[at] != 0x0A && bytes[at] != 0x0D else {
                report(.unterminatedString, start)
                return Token(kind: isBytes ? .bytes : .string, range: SourceRange(start, at), content: content)
            }
            if bytes[at] == quote, !isTriple || peek(1) == quote && peek(2) == quote {
                at += width
                return Token(kind: isBytes ? .bytes : .string, range: SourceRange(start, at), content: content)
            }
            if bytes[at] == UInt8(ascii: "\\"), !raw {
                escape(isBytes, &content)
            } else {
                content.append(bytes[at])
                at += 1
            }
        }
    }

    private mutating func escape(_ isBytes: Bool, _ content: inout [UInt8]) {
        let start = at
        at += 1
        let letter = peek(0)
        at = min(at + 1, bytes.count)
        switch letter {
        case UInt8(ascii: "a"): content.append(7)
        case UInt8(ascii: "b"): content.append(8)
        case UInt8(ascii: "f"): content.append(12)
        case UInt8(ascii: "n"): content.append(10)
        case UInt8(ascii: "r"): content.append(13)
        case UInt8(ascii: "t"): content.append(9)
        case UInt8(ascii: "v"): content.append(11)
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "?"):
            content.append(letter)
        case UInt8(ascii: "x"), UInt8(ascii: "X"): code(start, digits: 2, radix: 16, octet: isBytes, &content)
        case UInt8(ascii: "u") where !isBytes: code(start, digits: 4, radix: 16, octet: false, &content)
        case UInt8(ascii: "U") where !isBytes: code(start, digits: 8, radix: 16, octet: false, &content)
        case UInt8(ascii: "0")...UInt8(ascii: "3"):
            at -= 1
            code(start, digits: 3, radix: 8, octet: isBytes, &content)
        default:
            // Not to cut a multi-byte character in half.
            while at < bytes.count, bytes[at] & 0xC0 == 0x80 { at += 1 }
            report(.invalidEscape(String(decoding: bytes[start..<at], as: UTF8.self)), start)
        }
    }

    private mutating func code(_ start: Int, digits: Int, radix: Int, octet: Bool, _ content: inout [UInt8]) {
        let end = min(at + digits, bytes.count)
        let text = String(decoding: bytes[at..<end], as: UTF8.self)
        let plain = bytes[at..<end].allSatisfy { isHexDigit($0) }
        guard plain, text.utf8.count == digits, let value = UInt32(text, radix: radix) else {
            report(.invalidEscape(String(decoding: bytes[start..<at], as: UTF8.self)), start)
            return
        }
        at = end
        if octet {
            content.append(UInt8(truncatingIfNeeded: value))
        } else if let scalar = Unicode.Scalar(value) {
            content.append(contentsOf: Array(String(scalar).utf8))
        } else {
            report(.invalidEscape(String(decoding: bytes[start..<at], as: UTF8.self)), start)
        }
    }
}
