/// Checks on the bytes that must come before libyaml: it recurses on nesting and is vague about tabs.
enum YAMLPrecheck {
    /// U+FFFD: what decoding leaves of bytes that are not UTF-8, such as a file saved as GBK.
    static func firstReplacement(in bytes: [UInt8]) -> Int? {
        var at = 0
        while at + 2 < bytes.count {
            if bytes[at] == 0xEF, bytes[at + 1] == 0xBF, bytes[at + 2] == 0xBD { return at }
            at += 1
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
