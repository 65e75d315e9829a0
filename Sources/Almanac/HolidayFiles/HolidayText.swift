/// The words by which holiday calendars tell days off from make-up workdays.
enum HolidayText {
    private static let work = ["补班", "上班", "（班）", "(班)", "[班]"]
    private static let off = ["休", "假期", "放假"]

    /// The property of Apple's calendars first; then *work* before *off*, because “上班(补春节假期)” has both; nil for
    /// what is neither.
    static func isWorkday(summary: String, special: String?) -> Bool? {
        switch special {
        case "ALTERNATE-WORKDAY": return true
        case "WORK-HOLIDAY": return false
        default: break
        }
        if work.contains(where: { range(of: $0, in: summary) != nil }) { return true }
        return off.contains { range(of: $0, in: summary) != nil } ? false : nil
    }

    /// The holiday's name alone: `春节` of “春节（休）”, “春节假期”, “春节补班” and “上班(补春节假期)”.
    static func name(_ summary: String) -> String {
        var name = summary
        for mark in ["（休）", "(休)", "[休]", "（班）", "(班)", "[班]"] { name = without(mark, name) }
        if name.hasPrefix("上班") { name = String(name.dropFirst(2)) }
        let brackets: Set<Character> = ["(", ")", "（", "）", "[", "]"]
        let ends: (Character) -> Bool = { $0.isWhitespace || brackets.contains($0) }
        name = trimmed(name, ends)
        if name.hasPrefix("补"), !name.hasPrefix("补班") { name = String(name.dropFirst()) }
        for tail in ["假期", "放假", "补班", "调休", "上班"] where name.hasSuffix(tail) && name.count > tail.count {
            name = trimmed(String(name.dropLast(tail.count)), ends)
        }
        return name.isEmpty ? trimmed(summary) { $0.isWhitespace } : name
    }

    private static func without(_ mark: String, _ text: String) -> String {
        guard let at = range(of: mark, in: text) else { return text }
        return String(text[..<at.lowerBound] + text[at.upperBound...])
    }

    private static func range(of mark: String, in text: String) -> Range<String.Index>? {
        var at = text.startIndex
        while at < text.endIndex {
            if text[at...].hasPrefix(mark) { return at..<text.index(at, offsetBy: mark.count) }
            at = text.index(after: at)
        }
        return nil
    }

    private static func trimmed(_ text: String, _ ends: (Character) -> Bool) -> String {
        var slice = text[...]
        while let first = slice.first, ends(first) { slice.removeFirst() }
        while let last = slice.last, ends(last) { slice.removeLast() }
        return String(slice)
    }

    /// A TEXT value without its escapes (RFC 5545, 3.3.11).
    static func unescaped(_ value: String) -> String {
        var text = String.UnicodeScalarView()
        var escaped = false
        for scalar in value.unicodeScalars {
            if !escaped, scalar == "\\" {
                escaped = true
                continue
            }
            text.append(escaped && (scalar == "n" || scalar == "N") ? " " : scalar)
            escaped = false
        }
        return String(text)
    }
}
