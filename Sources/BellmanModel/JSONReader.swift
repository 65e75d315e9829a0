/// Recursive descent over bytes; the depth limit bounds the recursion.
struct JSONReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
    }

    mutating func document() throws(JSONProblem) -> JSONValue {
        skipSpace()
        let value = try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw problem(.textAfterValue) }
        return value
    }

    private mutating func value(depth: Int) throws(JSONProblem) -> JSONValue {
        guard position < bytes.count else { throw problem(.endsEarly) }
        switch bytes[position] {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return .object(try object(depth: depth))
        case UInt8(ascii: "["): return .array(try array(depth: depth))
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), 48...57: return try number()
        default: throw unexpected()
        }
    }

    private mutating func object(depth: Int) throws(JSONProblem) -> JSONObject {
        try enter(depth)
        var members: [JSONObject.Member] = []
        var seen = JSONKeySet()
        if closes(UInt8(ascii: "}")) { return JSONObject() }
        while true {
            guard position < bytes.count else { throw problem(.endsEarly) }
            guard bytes[position] == UInt8(ascii: "\"") else { throw unexpected() }
            let start = position
            let key = try string()
            guard seen.insert(key, among: members) else { throw problem(.duplicateKey(key), at: start) }
            skipSpace()
            try expect(UInt8(ascii: ":"))
            skipSpace()
            members.append(.init(key: key, value: try value(depth: depth + 1)))
            if try ends(with: UInt8(ascii: "}")) { return JSONObject(uniqueMembers: members) }
        }
    }

    private mutating func array(depth: Int) throws(JSONProblem) -> [JSONValue] {
        try enter(depth)
        var items: [JSONValue] = []
        if closes(UInt8(ascii: "]")) { return items }
        while true {
            items.append(try value(depth: depth + 1))
            if try ends(with: UInt8(ascii: "]")) { return items }
        }
    }

    private mutating func enter(_ depth: Int) throws(JSONProblem) {
        guard depth < JSONText.maximumDepth else { throw problem(.tooDeep(limit: JSONText.maximumDepth)) }
        position += 1
        skipSpace()
    }

    private mutating func closes(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// After an item: true at the closing bracket, false at a comma.
    private mutating func ends(with close: UInt8) throws(JSONProblem) -> Bool {
        skipSpace()
        guard position < bytes.count else { throw problem(.endsEarly) }
        if closes(close) { return true }
        try expect(UInt8(ascii: ","))
        skipSpace()
        return false
    }

    private mutating func expect(_ byte: UInt8) throws(JSONProblem) {
        guard position < bytes.count else { throw problem(.endsEarly) }
        guard bytes[position] == byte else { throw unexpected() }
        position += 1
    }

    private mutating func word(_ text: StaticString, _ value: JSONValue) throws(JSONProblem) -> JSONValue {
        for offset in 0..<text.utf8CodeUnitCount {
            guard position + offset < bytes.count else { throw problem(.endsEarly) }
            guard bytes[position + offset] == text.utf8Start[offset] else { throw unexpected() }
        }
        position += text.utf8CodeUnitCount
        return value
    }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
    }

    private func unexpected() -> JSONProblem {
        var end = position + 1
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return problem(.unexpected(String(decoding: bytes[position..<end], as: UTF8.self)))
    }

    func problem(_ fact: JSONProblem.Fact, at place: Int? = nil) -> JSONProblem {
        let place = min(place ?? position, bytes.count)
        var line = 1
        var start = 0
        for index in 0..<place where bytes[index] == 0x0A {
            line += 1
            start = index + 1
        }
        return JSONProblem(fact, line: line, column: place - start + 1)
    }
}

/// Finds repeated keys: by comparing while an object is small, by a set beyond that.
private struct JSONKeySet {
    private static let comparedUpTo = 16
    private var set: Set<[UInt8]> = []

    /// False when the key is there already.
    mutating func insert(_ key: String, among members: [JSONObject.Member]) -> Bool {
        if members.count < JSONKeySet.comparedUpTo {
            return !members.contains { $0.key.utf8.elementsEqual(key.utf8) }
        }
        if set.isEmpty { for member in members { set.insert(Array(member.key.utf8)) } }
        return set.insert(Array(key.utf8)).inserted
    }
}
