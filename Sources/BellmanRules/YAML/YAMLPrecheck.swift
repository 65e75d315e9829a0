import SourceDiagnostics

/// Checks on the bytes that must come before libyaml: it recurses on nesting and is vague about tabs.
enum YAMLPrecheck {
    /// Bytes that are no UTF-8, such as a file saved as GBK, or U+FFFD: what decoding leaves of them.
    static func firstUnreadable(in bytes: [UInt8]) -> SourceRange? {
        var at = 0
        while at < bytes.count {
            let length = characterLength(bytes, at)
            let isReplacement = length == 3 && bytes[at] == 0xEF && bytes[at + 1] == 0xBF && bytes[at + 2] == 0xBD
            guard let length, !isReplacement else {
                var end = at + 1
                while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
                return SourceRange(at, end)
            }
            at += length
        }
        return nil
    }

    /// Bytes of the character that begins here (Unicode, table 3-7); nil when none does.
    private static func characterLength(_ bytes: [UInt8], _ at: Int) -> Int? {
        let lead = bytes[at]
        if lead < 0x80 { return 1 }
        let length: Int
        let second: ClosedRange<UInt8>
        switch lead {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return nil
        }
        guard at + length <= bytes.count, second.contains(bytes[at + 1]) else { return nil }
        for offset in 2..<max(length, 2) where bytes[at + offset] & 0xC0 != 0x80 { return nil }
        return length
    }

    /// A character that no YAML file may hold (YAML 1.2.2, 5.1), by its number. Of a text that is UTF-8.
    static func firstUnprintable(in bytes: [UInt8]) -> (name: String, range: SourceRange)? {
        for (at, byte) in bytes.enumerated() {
            let value: Int
            let length: Int
            switch byte {
            case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x80...0xC1: continue
            case 0x00...0x7F: (value, length) = (Int(byte), 1)
            case 0xC2 where bytes[at + 1] < 0xA0 && bytes[at + 1] != 0x85: (value, length) = (Int(bytes[at + 1]), 2)
            case 0xEF where bytes[at + 1] == 0xBF && bytes[at + 2] >= 0xBE:
                (value, length) = (0xFFC0 + Int(bytes[at + 2] & 0x3F), 3)
            // A byte order mark stands at the beginning only.
            case 0xEF where at > 0 && bytes[at + 1] == 0xBB && bytes[at + 2] == 0xBF: (value, length) = (0xFEFF, 3)
            default: continue
            }
            let digits = String(value, radix: 16, uppercase: true)
            let name = "U+" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            return (name, SourceRange(at, at + length))
        }
        return nil
    }

    /// A tab in the indentation of a line that is not blank and no comment.
    static func firstTab(in bytes: [UInt8]) -> Int? {
        var lineStart = true
        var tab: Int?
        for (at, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "\n"):
                lineStart = true
                tab = nil
            case UInt8(ascii: " ") where lineStart, UInt8(ascii: "\r") where lineStart:
                continue
            case UInt8(ascii: "\t") where lineStart:
                tab = tab ?? at
            default:
                if lineStart, let tab, byte != UInt8(ascii: "#") { return tab }
                lineStart = false
            }
        }
        return nil
    }

    /// A place where blocks nest deeper than so many columns of indentation. Inside a literal text, which is not told
    /// apart here, as many steps to the right would be refused wrongly; nobody writes them.
    static func tooDeepBlock(in bytes: [UInt8], limit: Int) -> Int? {
        var columns: [Int] = []
        var lineStart = 0
        var isIndenting = true
        for (at, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                (lineStart, isIndenting) = (at + 1, true)
                continue
            case UInt8(ascii: " "): continue
            case UInt8(ascii: "#") where isIndenting: isIndenting = false
            default: break
            }
            guard isIndenting else { continue }
            let column = at - lineStart
            while let last = columns.last, last >= column { columns.removeLast() }
            columns.append(column)
            if columns.count > limit { return at }
            // What follows `- ` or `? ` on its line is one level deeper.
            isIndenting = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "?")
        }
        return nil
    }

    /// A place where flow brackets or `- - -` nest deeper than any rule file can need.
    /// Quotes are not followed: text with that many open brackets would be refused wrongly, and nobody writes it.
    static func tooDeep(in bytes: [UInt8], limit: Int) -> Int? {
        var flow = 0
        var dashes = 0
        var onlyDashes = true
        for (at, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "{"): flow += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): flow = max(0, flow - 1)
            case UInt8(ascii: "\n"):
                dashes = 0
                onlyDashes = true
                continue
            case UInt8(ascii: "-"), UInt8(ascii: "?"): if onlyDashes { dashes += 1 }
            case UInt8(ascii: " "): continue
            default: onlyDashes = false
            }
            if flow > limit * 4 || (dashes > limit && at + 1 < bytes.count && bytes[at + 1] == UInt8(ascii: " ")) {
                return at
            }
        }
        return nil
    }
}
