#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Strings by their code points: Swift's own operators go by canonical equivalence, which CEL must not.
enum UTF8Text {
    static func equal(_ a: String, _ b: String) -> Bool {
        guard a.utf8.count == b.utf8.count else { return false }
        // Short texts lie in the two words themselves, and a text is often compared with itself.
        if unsafeBitCast(a, to: (UInt64, UInt64).self) == unsafeBitCast(b, to: (UInt64, UInt64).self) { return true }
        return compare(a, b) == 0
    }

    /// Negative, zero or positive. UTF-8 byte order is code point order.
    static func compare(_ a: String, _ b: String) -> Int {
        let quick = a.utf8.withContiguousStorageIfAvailable { left in
            b.utf8.withContiguousStorageIfAvailable { right in compare(left, right) }
        }
        if let outer = quick, let result = outer { return result }
        return compareSlowly(a, b)
    }

    private static func compare(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Int {
        let shared = min(a.count, b.count)
        if shared > 0, let left = a.baseAddress, let right = b.baseAddress {
            let order = memcmp(left, right, shared)
            if order != 0 { return Int(order) }
        }
        return a.count - b.count
    }

    private static func compareSlowly(_ a: String, _ b: String) -> Int {
        if a.utf8.lexicographicallyPrecedes(b.utf8) { return -1 }
        return b.utf8.lexicographicallyPrecedes(a.utf8) ? 1 : 0
    }

    static func compare(_ a: [UInt8], _ b: [UInt8]) -> Int {
        a.withUnsafeBufferPointer { left in b.withUnsafeBufferPointer { right in compare(left, right) } }
    }

    /// Number of unicode scalars.
    static func size(_ text: String) -> Int {
        text.utf8.withContiguousStorageIfAvailable { bytes in bytes.count(where: { $0 & 0xC0 != 0x80 }) }
            ?? text.unicodeScalars.count
    }

    static func hasPrefix(_ text: String, _ prefix: String) -> Bool {
        guard prefix.utf8.count <= text.utf8.count else { return false }
        return matches(text, at: 0, prefix) ?? text.utf8.starts(with: prefix.utf8)
    }

    static func hasSuffix(_ text: String, _ suffix: String) -> Bool {
        let start = text.utf8.count - suffix.utf8.count
        guard start >= 0 else { return false }
        return matches(text, at: start, suffix) ?? text.utf8.dropFirst(start).elementsEqual(suffix.utf8)
    }

    /// Whether a part stands at an offset, where there is room for it; nil for a text that is not in one piece.
    private static func matches(_ text: String, at start: Int, _ part: String) -> Bool? {
        let found = text.utf8.withContiguousStorageIfAvailable { whole in
            part.utf8.withContiguousStorageIfAvailable { part in
                compare(UnsafeBufferPointer(rebasing: whole[start..<(start + part.count)]), part) == 0
            }
        }
        return found ?? nil
    }

    static func contains(_ text: String, _ part: String) -> Bool {
        let found = text.utf8.withContiguousStorageIfAvailable { haystack -> Bool? in
            part.utf8.withContiguousStorageIfAvailable { needle -> Bool in find(needle, in: haystack) }
        }
        if let outer = found, let result = outer { return result }
        return Bytes.firstIndex(of: Array(part.utf8), in: Array(text.utf8), from: 0) != nil
    }
}

extension UTF8Text {
    fileprivate static func find(_ needle: UnsafeBufferPointer<UInt8>, in haystack: UnsafeBufferPointer<UInt8>) -> Bool
    {
        guard let first = haystack.baseAddress, let wanted = needle.baseAddress, !needle.isEmpty else {
            return needle.isEmpty
        }
        var at = 0
        while at + needle.count <= haystack.count {
            let left = haystack.count - needle.count - at + 1
            guard let hit = memchr(first + at, Int32(wanted[0]), left) else { return false }
            at = first.distance(to: hit.assumingMemoryBound(to: UInt8.self))
            if memcmp(first + at, wanted, needle.count) == 0 { return true }
            at += 1
        }
        return false
    }
}

/// Searching in arrays of bytes or scalars.
enum Bytes {
    static func firstIndex<E: Equatable>(of part: [E], in whole: [E], from start: Int) -> Int? {
        guard part.count + start <= whole.count else { return nil }
        var at = start
        while at + part.count <= whole.count {
            if matches(part, whole, at) { return at }
            at += 1
        }
        return nil
    }

    static func lastIndex<E: Equatable>(of part: [E], in whole: [E], upTo start: Int) -> Int? {
        var at = min(start, whole.count - part.count)
        while at >= 0 {
            if matches(part, whole, at) { return at }
            at -= 1
        }
        return nil
    }

    private static func matches<E: Equatable>(_ part: [E], _ whole: [E], _ at: Int) -> Bool {
        for offset in part.indices where whole[at + offset] != part[offset] { return false }
        return true
    }
}
