import SourceDiagnostics

/// Says in a person's words what libyaml says in a parser's, at the place where the mistake began.
enum SyntaxSlips {
    /// `at` is where libyaml gave up, `begun` where the thing it was reading began.
    static func find(_ problem: String, in file: SourceFile, at: Int, begun: Int) -> Slips.Found? {
        switch problem {
        case "found unexpected end of stream", "found unexpected document indicator":
            return quote(file, begun)
        case "did not find expected ',' or '}'", "did not find expected ',' or ']'":
            return bracket(file, at: at, begun: begun)
        case "could not find expected ':'":
            return key(file, begun)
        case "did not find expected key", "did not find expected '-' indicator",
            "block sequence entries are not allowed in this context", "mapping values are not allowed in this context":
            return Slips.Found(problem: .unaligned, range: word(file, at))
        default:
            return nil
        }
    }

    private static func quote(_ file: SourceFile, _ begun: Int) -> Slips.Found? {
        guard begun < file.bytes.count else { return nil }
        let character = file.bytes[begun]
        guard character == UInt8(ascii: "\"") || character == UInt8(ascii: "'") else { return nil }
        return Slips.Found(
            problem: .unclosedQuote(String(UnicodeScalar(character))), range: SourceRange(begun, begun + 1))
    }

    /// On the line where the bracket stands something between its entries is wrong; on a later one it was never closed.
    private static func bracket(_ file: SourceFile, at: Int, begun: Int) -> Slips.Found? {
        guard begun < file.bytes.count else { return nil }
        let isMapping = file.bytes[begun] == UInt8(ascii: "{")
        let close = isMapping ? "}" : "]"
        if file.line(at: at) == file.line(at: begun), at < file.bytes.count {
            return Slips.Found(problem: .separatorMissing(close), range: word(file, wordStart(file, at)))
        }
        return Slips.Found(
            problem: .unclosedBracket(isMapping ? "{" : "[", close), range: SourceRange(begun, begun + 1))
    }

    private static func key(_ file: SourceFile, _ begun: Int) -> Slips.Found? {
        let line = file.lineRange(file.line(at: begun))
        let text = Array(file.bytes[min(begun, line.end)..<line.end])
        if let colon = text.firstIndex(of: UInt8(ascii: ":")), colon + 1 < text.count {
            let key = String(decoding: text[..<colon], as: UTF8.self)
            return Slips.Found(problem: .blankAfterColon(key), range: SourceRange(begun + colon, begun + colon + 1))
        }
        return Slips.Found(problem: .keyWithoutColon, range: SourceRange(begun, line.end))
    }

    /// libyaml stops at the colon of the entry that was not expected; a person looks at its key.
    private static func wordStart(_ file: SourceFile, _ at: Int) -> Int {
        guard file.bytes[at] == UInt8(ascii: ":") else { return at }
        var start = at
        while start > 0, file.bytes[start - 1] > UInt8(ascii: " "), file.bytes[start - 1] != UInt8(ascii: ",") {
            start -= 1
        }
        return start
    }

    /// To the next blank or colon.
    private static func word(_ file: SourceFile, _ at: Int) -> SourceRange {
        var end = at
        while end < file.bytes.count, file.bytes[end] > UInt8(ascii: " "), file.bytes[end] != UInt8(ascii: ":") {
            end += 1
        }
        return SourceRange(at, end)
    }
}
