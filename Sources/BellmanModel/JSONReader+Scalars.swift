extension JSONReader {
    /// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`
    mutating func number() throws(JSONProblem) -> JSONValue {
        let start = position
        let negative = bytes[position] == UInt8(ascii: "-")
        if negative { position += 1 }
        let whole = digits()
        guard whole > 0, whole == 1 || bytes[position - whole] != UInt8(ascii: "0") else {
            throw problem(.badNumber, at: start)
        }
        var isWhole = true
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            isWhole = false
            position += 1
            guard digits() > 0 else { throw problem(.badNumber, at: start) }
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            position += 1
            if position < bytes.count, [43, 45].contains(bytes[position]) { position += 1 }
            guard digits() > 0 else { throw problem(.badNumber, at: start) }
        }
        return try value(of: start..<position, whole: isWhole, negative: negative)
    }

    private mutating func digits() -> Int {
        let start = position
        while position < bytes.count, (48...57).contains(bytes[position]) { position += 1 }
        return position - start
    }

    private func value(of range: Range<Int>, whole: Bool, negative: Bool) throws(JSONProblem) -> JSONValue {
        let text = String(decoding: bytes[range], as: UTF8.self)
        // Minus zero is a double: as an integer it would lose its sign.
        if whole, let value = Int64(text), !(negative && value == 0) { return .int(value) }
        guard let value = Double(text) else { throw problem(.badNumber, at: range.lowerBound) }
        guard value.isFinite else { throw problem(.numberTooLarge, at: range.lowerBound) }
        return .double(value)
    }

    /// At the opening quote.
    mutating func string() throws(JSONProblem) -> String {
        let open = position
        position += 1
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                let text = try decoded(bytes[start..<position], from: start)
                position += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(open: open, start: start) }
            guard byte >= 0x20 else { throw problem(.controlCharacter(byte)) }
            position += 1
        }
        throw problem(.endsEarly, at: open)
    }

    private func decoded(_ slice: some Collection<UInt8>, from start: Int) throws(JSONProblem) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else { throw problem(.notUTF8, at: start) }
        return text
    }

    /// The rest of a string from its first backslash on.
    private mutating func escapedString(open: Int, start: Int) throws(JSONProblem) -> String {
        var output = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return try decoded(output, from: start)
            }
            if byte == UInt8(ascii: "\\") {
                try escape(into: &output)
            } else {
                guard byte >= 0x20 else { throw problem(.controlCharacter(byte)) }
                output.append(byte)
                position += 1
            }
        }
        throw problem(.endsEarly, at: open)
    }

    private mutating func escape(into output: inout [UInt8]) throws(JSONProblem) {
        let start = position
        guard position + 1 < bytes.count else { throw problem(.endsEarly) }
        let letter = bytes[position + 1]
        position += 2
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): output.append(letter)
        case UInt8(ascii: "b"): output.append(0x08)
        case UInt8(ascii: "f"): output.append(0x0C)
        case UInt8(ascii: "n"): output.append(0x0A)
        case UInt8(ascii: "r"): output.append(0x0D)
        case UInt8(ascii: "t"): output.append(0x09)
        case UInt8(ascii: "u"): output.append(contentsOf: String(try escapedScalar(start)).utf8)
        default: throw problem(.badEscape, at: start)
        }
    }

    /// After `\u`: a code point, taking a second escape where the first is a high surrogate.
    private mutating func escapedScalar(_ start: Int) throws(JSONProblem) -> Character {
        let first = try hex(start)
        var value = UInt32(first)
        if (0xD800...0xDBFF).contains(first) {
            guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
                bytes[position + 1] == UInt8(ascii: "u")
            else { throw problem(.loneSurrogate, at: start) }
            position += 2
            let second = try hex(start)
            guard (0xDC00...0xDFFF).contains(second) else { throw problem(.loneSurrogate, at: start) }
            value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value) else { throw problem(.loneSurrogate, at: start) }
        return Character(scalar)
    }

    private mutating func hex(_ start: Int) throws(JSONProblem) -> UInt16 {
        guard position + 4 <= bytes.count else { throw problem(.endsEarly) }
        var value: UInt16 = 0
        for offset in 0..<4 {
            let byte = bytes[position + offset]
            let digit: UInt8
            switch byte {
            case 48...57: digit = byte - 48
            case 65...70: digit = byte - 55
            case 97...102: digit = byte - 87
            default: throw problem(.badEscape, at: start)
            }
            value = value << 4 | UInt16(digit)
        }
        position += 4
        return value
    }
}
