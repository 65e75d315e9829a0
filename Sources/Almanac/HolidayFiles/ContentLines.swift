/// The content lines of an iCalendar text, unfolded (RFC 5545, 3.1).
struct ContentLines {
    struct Line {
        /// Where it begins, from 1.
        let number: Int
        /// Upper case.
        let name: String
        /// Names in upper case, values without their quotes.
        let parameters: [(name: String, value: String)]
        let value: String

        func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }
    }

    /// Lines that have no name or no colon are told by their number alone.
    static func read(_ text: [UInt8]) -> [(number: Int, line: Line?)] {
        unfolded(text).map { ($0.number, line($0.bytes, $0.number)) }
    }

    /// A line that begins with a blank or a tab goes on with the one before it. Line ends may be CR LF, LF or CR.
    private static func unfolded(_ text: [UInt8]) -> [(number: Int, bytes: [UInt8])] {
        var lines: [(number: Int, bytes: [UInt8])] = []
        var number = 0
        var at = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while at < text.count {
            var end = at
            while end < text.count, text[end] != 0x0A, text[end] != 0x0D { end += 1 }
            number += 1
            let isFolded = end > at && (text[at] == 0x20 || text[at] == 0x09)
            if isFolded, !lines.isEmpty {
                lines[lines.count - 1].bytes += text[(at + 1)..<end]
            } else if end > at {
                lines.append((number, Array(text[at..<end])))
            }
            let isPair = end + 1 < text.count && text[end] == 0x0D && text[end + 1] == 0x0A
            at = end + (isPair ? 2 : 1)
        }
        // A line of blanks alone says nothing.
        return lines.filter { !$0.bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
    }

    /// `NAME;PARAMETER=VALUE;…:value`; a parameter's value may stand in quotes, and then hold colons.
    private static func line(_ bytes: [UInt8], _ number: Int) -> Line? {
        var parts: [[UInt8]] = [[]]
        var quoted = false
        var value: ArraySlice<UInt8>?
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "\"") { quoted.toggle() }
            if !quoted, byte == UInt8(ascii: ":") {
                value = bytes[(index + 1)...]
                break
            }
            if !quoted, byte == UInt8(ascii: ";") { parts.append([]) } else { parts[parts.count - 1].append(byte) }
        }
        guard let value, let head = parts.first, !head.isEmpty else { return nil }
        let parameters = parts.dropFirst().map { part -> (name: String, value: String) in
            let pieces = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let value = pieces.count > 1 ? pieces[1].filter { $0 != UInt8(ascii: "\"") } : []
            return (text(pieces[0]).uppercased(), text(value))
        }
        return Line(number: number, name: text(head).uppercased(), parameters: parameters, value: text(value))
    }

    private static func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
