/// Reads a TZif file (RFC 8536), versions 1 to 4.
enum ZoneFile {
    /// Larger than any file of the tz database; a wrong path must not fill the memory.
    static let byteLimit = 1 << 20

    static func load(_ name: String) throws(ZoneError) -> ZoneTable {
        guard isPlain(name) else { throw .malformedName(name) }
        guard let root = ZoneDirectory.root else { throw .noDatabase }
        guard let bytes = SystemFile.read("\(root)/\(name)", limit: byteLimit) else {
            throw .unknown(name, nearest: ZoneDirectory.nearest(to: name))
        }
        guard let table = parse(bytes) else { throw .damaged(name) }
        return table
    }

    /// Names become paths: nothing may climb out of the database.
    private static func isPlain(_ name: String) -> Bool {
        let allowed = name.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || [43, 45, 46, 47, 95].contains(byte)
        }
        let parts = name.utf8.split(separator: 47, omittingEmptySubsequences: false)
        return allowed && name.utf8.count <= 64 && !parts.contains { $0.isEmpty || $0.first == 46 }
    }

    private struct Header {
        let version: UInt8
        let isUT, isStandard, leaps, times, types, letters: Int

        init?(_ bytes: [UInt8], at start: Int) {
            guard bytes.count >= start + 44, Array(bytes[start..<start + 4]) == Array("TZif".utf8) else { return nil }
            version = bytes[start + 4]
            let counts = (0..<6).map { Int(ZoneFile.integer(bytes, at: start + 20 + 4 * $0, size: 4)) }
            guard counts.allSatisfy({ (0...100_000).contains($0) }), counts[4] > 0 else { return nil }
            (isUT, isStandard, leaps) = (counts[0], counts[1], counts[2])
            (times, types, letters) = (counts[3], counts[4], counts[5])
        }

        func bodySize(word: Int) -> Int {
            times * word + times + types * 6 + letters + leaps * (word + 4) + isStandard + isUT
        }
    }

    /// Nil where the bytes are not a zone file.
    static func parse(_ bytes: [UInt8]) -> ZoneTable? {
        guard let first = Header(bytes, at: 0) else { return nil }
        if first.version == 0 { return body(bytes, header: first, start: 44, word: 4, rule: nil) }
        let start = 44 + first.bodySize(word: 4)
        guard let second = Header(bytes, at: start) else { return nil }
        let end = start + 44 + second.bodySize(word: 8)
        guard end <= bytes.count else { return nil }
        let footer = bytes[end...].drop { $0 == 10 }.prefix { $0 != 10 }
        return body(bytes, header: second, start: start + 44, word: 8, rule: PosixRule(bytes: Array(footer)))
    }

    private static func body(_ bytes: [UInt8], header: Header, start: Int, word: Int, rule: PosixRule?) -> ZoneTable? {
        guard start + header.bodySize(word: word) <= bytes.count else { return nil }
        let kinds = start + header.times * word
        let types = kinds + header.times
        let offsets = (0..<header.types).map { Int(integer(bytes, at: types + 6 * $0, size: 4)) }
        guard offsets.allSatisfy({ abs($0) < 86_400 }) else { return nil }
        var changes: [(at: Int64, offset: Int)] = []
        for index in 0..<header.times {
            let kind = Int(bytes[kinds + index])
            guard kind < offsets.count else { return nil }
            let time = integer(bytes, at: start + index * word, size: word)
            guard changes.last.map({ $0.at < time }) ?? true else { return nil }
            changes.append((time, offsets[kind]))
        }
        guard let rule else { return ZoneTable(initial: offsets[0], changes: changes, cycleStart: nil) }
        return extended(changes, initial: offsets[0], by: rule)
    }

    /// Appends one 400-year cycle of the closing rule to the listed changes.
    private static func extended(_ listed: [(at: Int64, offset: Int)], initial: Int, by rule: PosixRule) -> ZoneTable {
        guard rule.summer != nil else { return ZoneTable(initial: initial, changes: listed, cycleStart: nil) }
        var changes = listed
        let last = listed.last?.at ?? 0
        let firstYear = CivilDateTime(localSeconds: last).date.year
        for year in firstYear...(firstYear + 404) {
            for change in rule.changes(year: year) where change.at > last { changes.append(change) }
        }
        let cycleStart = Int64(CivilDate.dayNumber(year: firstYear + 2, month: 1, day: 1)) * 86_400
        return ZoneTable(initial: initial, changes: changes, cycleStart: cycleStart)
    }

    static func integer(_ bytes: [UInt8], at start: Int, size: Int) -> Int64 {
        var value: UInt64 = bytes[start] >= 128 ? .max : 0
        for index in 0..<size { value = value << 8 | UInt64(bytes[start + index]) }
        return Int64(bitPattern: value)
    }
}
