import BellmanModel

/// Text in the store that this program did not write: the file is damaged or was edited by hand.
struct MalformedJSON: Error {
    let offset: Int
}

/// Reads the JSON that `JSONText` writes (and any other), one value at a time.
struct JSONReader {
    /// Nesting of stored values; beyond it the text is refused.
    static let maximumDepth = 32

    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var offset = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    enum Token { case object, array, string, number, yes, no, null }

    mutating func peek() throws -> Token {
        skipSpace()
        guard offset < bytes.count else { throw MalformedJSON(offset: offset) }
        switch bytes[offset] {
        case 0x7B: return .object
        case 0x5B: return .array
        case 0x22: return .string
        case 0x74: return .yes
        case 0x66: return .no
        case 0x6E: return .null
        case 0x2D, 0x30...0x39: return .number
        default: throw MalformedJSON(offset: offset)
        }
    }

    mutating func literal(_ text: StaticString) throws {
        for index in 0..<text.utf8CodeUnitCount {
            guard offset < bytes.count, bytes[offset] == text.utf8Start[index] else {
                throw MalformedJSON(offset: offset)
            }
            offset += 1
        }
    }

    /// Calls `each` with every key; `each` must read the value.
    mutating func object(_ each: (inout JSONReader, String) throws -> Void) throws {
        try expect(0x7B)
        if takes(0x7D) { return }
        repeat {
            let key = try string()
            try expect(0x3A)
            try each(&self, key)
        } while takes(0x2C)
        try expect(0x7D)
    }

    mutating func array(_ each: (inout JSONReader) throws -> Void) throws {
        try expect(0x5B)
        if takes(0x5D) { return }
        repeat { try each(&self) } while takes(0x2C)
        try expect(0x5D)
    }

    mutating func string() throws -> String {
        try expect(0x22)
        let start = offset
        while offset < bytes.count, bytes[offset] != 0x22, bytes[offset] != 0x5C { offset += 1 }
        guard offset < bytes.count else { throw MalformedJSON(offset: offset) }
        let plain = UnsafeBufferPointer(rebasing: bytes[start..<offset])
        if bytes[offset] == 0x22 {
            offset += 1
            return String(decoding: plain, as: UTF8.self)
        }
        return try escapedString(Array(plain))
    }

    /// The characters of a number, unread.
    mutating func number() throws -> UnsafeBufferPointer<UInt8> {
        skipSpace()
        let start = offset
        while offset < bytes.count, JSONReader.isNumberByte(bytes[offset]) { offset += 1 }
        guard offset > start else { throw MalformedJSON(offset: offset) }
        return UnsafeBufferPointer(rebasing: bytes[start..<offset])
    }

    private static func isNumberByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x2D, 0x2B, 0x2E, 0x45, 0x65: true
        default: false
        }
    }

    private mutating func escapedString(_ beginning: [UInt8]) throws -> String {
        var result = beginning
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            if byte == 0x22 { return String(decoding: result, as: UTF8.self) }
            if byte != 0x5C {
                result.append(byte)
            } else {
                try appendEscape(to: &result)
            }
        }
        throw MalformedJSON(offset: offset)
    }

    private mutating func appendEscape(to result: inout [UInt8]) throws {
        guard offset < bytes.count else { throw MalformedJSON(offset: offset) }
        let byte = bytes[offset]
        offset += 1
        switch byte {
        case 0x22, 0x5C, 0x2F: result.append(byte)
        case 0x6E: result.append(0x0A)
        case 0x72: result.append(0x0D)
        case 0x74: result.append(0x09)
        case 0x62: result.append(0x08)
        case 0x66: result.append(0x0C)
        case 0x75: result.append(contentsOf: String(try unicodeEscape()).utf8)
        default: throw MalformedJSON(offset: offset)
        }
    }

    private mutating func unicodeEscape() throws -> Unicode.Scalar {
        let first = try hexQuad()
        if (0xD800..<0xDC00).contains(first) {
            try literal("\\u")
            let second = try hexQuad()
            guard (0xDC00..<0xE000).contains(second) else { throw MalformedJSON(offset: offset) }
            return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
        }
        return Unicode.Scalar(first) ?? "\u{FFFD}"
    }

    private mutating func hexQuad() throws -> UInt32 {
        guard offset + 4 <= bytes.count,
            let value = UInt32(String(decoding: bytes[offset..<offset + 4], as: UTF8.self), radix: 16)
        else { throw MalformedJSON(offset: offset) }
        offset += 4
        return value
    }

    private mutating func skipSpace() {
        while offset < bytes.count, JSONReader.isSpace(bytes[offset]) { offset += 1 }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    private mutating func takes(_ byte: UInt8) -> Bool {
        skipSpace()
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws {
        guard takes(byte) else { throw MalformedJSON(offset: offset) }
    }
}
