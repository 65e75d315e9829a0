import SourceDiagnostics

/// Finds the slips that people make in YAML, from the text around the place where libyaml gave up.
/// libyaml's own words ("did not find expected key") name the effect; these name the cause.
enum Slips {
    struct Found {
        let problem: YAMLProblem
        let range: SourceRange
    }

    /// Looks at the line of `at` and, since libyaml often notices late, at the three before it.
    static func find(in bytes: [UInt8], near at: Int) -> Found? {
        var line = lineRange(in: bytes, containing: min(at, max(bytes.count - 1, 0)))
        for _ in 0..<4 {
            if let found = inspect(bytes, line) { return found }
            guard line.start > 0 else { return nil }
            line = lineRange(in: bytes, containing: line.start - 1)
        }
        return nil
    }

    /// The value that begins at `at`, as its author saw it: to the end of the line, or of the entry inside `{ }` or `[ ]`.
    static func valueRange(in bytes: [UInt8], from at: Int) -> SourceRange {
        let line = lineRange(in: bytes, containing: at)
        let isFlow = bytes[line.start..<min(at, line.end)].contains {
            $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[")
        }
        var depth = 0
        var quote: UInt8?
        var end = at
        scan: while end < line.end {
            let byte = bytes[end]
            if let open = quote {
                if byte == open { quote = nil }
            } else {
                switch byte {
                case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
                case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "("): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ")"):
                    depth -= 1
                    if isFlow, depth < 0 { break scan }
                case UInt8(ascii: ",") where isFlow && depth == 0: break scan
                default: break
                }
            }
            end += 1
        }
        while end > at, bytes[end - 1] <= UInt8(ascii: " ") { end -= 1 }
        return SourceRange(at, end)
    }

    /// A text as it may stand inside `{ }`, in quotes where it needs them.
    static func flowText(_ scalar: YAMLScalar) -> String {
        let text = scalar.text
        let first = text.unicodeScalars.first ?? " "
        let isPlain =
            !text.unicodeScalars.contains { ",[]{}#\n\"'".unicodeScalars.contains($0) } && !text.contains(": ")
            && !"*&!|>%@`-?: ".unicodeScalars.contains(first)
        return isPlain ? text : text.yamlQuoted
    }

    /// UTF-8 length of every full-width character that is looked for.
    static let wideLength = 3

    /// A value that begins with an input method's bracket in the place of YAML's own.
    static func wideBracket(_ scalar: YAMLScalar?) -> YAMLProblem? {
        begins(scalar, ["［": "[", "｛": "{"])
    }

    /// A value that begins with an input method's quote.
    static func wideQuote(_ scalar: YAMLScalar) -> YAMLProblem? {
        begins(scalar, ["“": "\"", "”": "\"", "‘": "'", "’": "'"])
    }

    private static func begins(_ scalar: YAMLScalar?, _ wide: [Unicode.Scalar: String]) -> YAMLProblem? {
        guard let scalar, scalar.style == .plain, let first = scalar.text.unicodeScalars.first, let ascii = wide[first]
        else { return nil }
        return .fullWidth(String(first), ascii)
    }

    /// Offsets of lines (or flow entries) that begin with `key:`.
    static func places(ofKey key: String, in bytes: [UInt8]) -> [Int] {
        let wanted = Array(key.utf8)
        var found: [Int] = []
        var at = 0
        while at + wanted.count < bytes.count {
            let isStart = at == 0 || separators.contains(bytes[at - 1])
            if isStart, bytes[at..<(at + wanted.count)].elementsEqual(wanted),
                bytes[at + wanted.count] == UInt8(ascii: ":")
            {
                found.append(at)
            }
            at += 1
        }
        return found
    }

    private static let separators: Set<UInt8> = [
        UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "{"), UInt8(ascii: ","), UInt8(ascii: "\""),
        UInt8(ascii: "'"),
    ]

    /// A longer line was not typed by a person, and the search below looks back from every wide character.
    private static let longestLine = 2_000

    /// From a place to the next blank, comma or bracket.
    static func wordRange(in bytes: [UInt8], from start: Int) -> SourceRange {
        let ends = Set(" \t\r\n,[]{}".utf8)
        let length = bytes.dropFirst(start).prefix { !ends.contains($0) }.count
        return SourceRange(start, start + length)
    }

    private static func inspect(_ bytes: [UInt8], _ line: SourceRange) -> Found? {
        guard line.length <= longestLine else { return nil }
        let text = String(decoding: bytes[line.start..<line.end], as: UTF8.self)
        if let wide = fullWidth(text) {
            let at = line.start + wide.offset
            return Found(problem: .fullWidth(wide.character, wide.ascii), range: SourceRange(at, at + wide.length))
        }
        guard let value = valueRange(bytes, line) else { return nil }
        let first = bytes[value.start]
        let valueText = String(decoding: bytes[value.start..<value.end], as: UTF8.self)
        if first == UInt8(ascii: "!") {
            let own = valueRange(in: bytes, from: value.start)
            return Found(problem: .tag(String(decoding: bytes[own.start..<own.end], as: UTF8.self)), range: own)
        }
        if first == UInt8(ascii: "&") || first == UInt8(ascii: "*") {
            let word = wordRange(in: bytes, from: value.start)
            return Found(problem: .anchor(String(decoding: bytes[word.start..<word.end], as: UTF8.self)), range: word)
        }
        if valueText.hasPrefix("{{") { return Found(problem: .bareTemplate(valueText), range: value) }
        let opensQuote = first == UInt8(ascii: "'") || first == UInt8(ascii: "\"")
        if first == UInt8(ascii: "@") || first == UInt8(ascii: "`") || first == UInt8(ascii: "%") {
            return Found(problem: .reservedStart(String(UnicodeScalar(first))), range: value)
        }
        if !opensQuote, first != UInt8(ascii: "{"), first != UInt8(ascii: "["), let colon = colon(bytes, value) {
            return Found(problem: .colonInPlain(valueText), range: SourceRange(colon, colon + 1))
        }
        return nil
    }

    /// The value part of `key: value` or `- value`, without trailing white space.
    private static func valueRange(_ bytes: [UInt8], _ line: SourceRange) -> SourceRange? {
        var at = line.start
        while at < line.end, bytes[at] == UInt8(ascii: " ") || bytes[at] == UInt8(ascii: "-") { at += 1 }
        guard at < line.end, bytes[at] != UInt8(ascii: "#") else { return nil }
        var colon = at
        while colon < line.end, bytes[colon] != UInt8(ascii: ":") { colon += 1 }
        var start = colon + 1
        while start < line.end, bytes[start] == UInt8(ascii: " ") { start += 1 }
        guard start < line.end else { return nil }
        var end = line.end
        while end > start, bytes[end - 1] == UInt8(ascii: " ") || bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return SourceRange(start, end)
    }

    /// A `: ` inside a plain value.
    private static func colon(_ bytes: [UInt8], _ value: SourceRange) -> Int? {
        var at = value.start
        while at + 1 < value.end {
            if bytes[at] == UInt8(ascii: ":"), bytes[at + 1] == UInt8(ascii: " ") { return at }
            at += 1
        }
        return nil
    }

    /// Full-width punctuation of an input method in the place of YAML's own: after a key, or around a value.
    static func fullWidth(_ line: String) -> (character: String, ascii: String, offset: Int, length: Int)? {
        let trimmed = line.trimmed
        guard !trimmed.hasPrefix("#") else { return nil }
        var offset = 0
        var quote: Unicode.Scalar?
        var before: Unicode.Scalar = " "
        for scalar in line.unicodeScalars {
            let length = String(scalar).utf8.count
            if scalar == quote {
                quote = nil
            } else if quote == nil, scalar == "\"" || scalar == "'", before == " " || before == "{" || before == "[" {
                quote = scalar
            } else if quote == nil, let ascii = wide[scalar], isStructural(scalar, line: line, offset: offset) {
                return (String(scalar), ascii, offset, length)
            }
            before = scalar
            offset += length
        }
        return nil
    }

    private static let wide: [Unicode.Scalar: String] = [
        "：": ":", "“": "\"", "”": "\"", "，": ",", "｛": "{", "｝": "}", "［": "[", "］": "]", "‘": "'", "’": "'",
    ]

    /// `：` counts while the line has no `: ` before it (it stands for the key's colon); quotes at a value's start;
    /// the rest only inside flow brackets.
    private static func isStructural(_ scalar: Unicode.Scalar, line: String, offset: Int) -> Bool {
        let head = String(decoding: Array(line.utf8)[..<offset], as: UTF8.self)
        switch scalar {
        case "：": return !head.contains(": ") && !head.contains("：") && !head.trimmed.contains(" ")
        case "“", "”", "‘", "’": return head.hasSuffix(": ") || head.hasSuffix("- ") || head.hasSuffix("：")
        default: return head.contains("{") || head.contains("[") || head.hasSuffix(": ")
        }
    }

    static func lineRange(in bytes: [UInt8], containing at: Int) -> SourceRange {
        guard !bytes.isEmpty else { return SourceRange(0, 0) }
        var lower = min(at, bytes.count)
        while lower > 0, bytes[lower - 1] != UInt8(ascii: "\n") { lower -= 1 }
        var upper = min(at, bytes.count)
        while upper < bytes.count, bytes[upper] != UInt8(ascii: "\n") { upper += 1 }
        return SourceRange(lower, upper)
    }
}

extension String {
    /// Without leading and trailing blanks.
    var trimmed: String {
        var view = self[...]
        while let first = view.unicodeScalars.first, first.properties.isWhitespace { view.unicodeScalars.removeFirst() }
        while let last = view.unicodeScalars.last, last.properties.isWhitespace { view.unicodeScalars.removeLast() }
        return String(view)
    }
}
