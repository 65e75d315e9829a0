import SourceDiagnostics

/// Cuts UTF-8 text into words; what it cannot read becomes a problem and, where the intention is plain, the word meant.
struct Lexer {
    let bytes: [UInt8]
    var at = 0
    var problems: [CELIssue] = []

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func next() -> Token {
        skipBlanks()
        guard at < bytes.count else { return Token(kind: .end, range: SourceRange(at, at)) }
        let start = at
        let byte = bytes[at]
        if isDigit(byte) || (byte == UInt8(ascii: ".") && at + 1 < bytes.count && isDigit(bytes[at + 1])) {
            return number()
        }
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
            return stringLiteral(start, raw: false, isBytes: false)
        }
        if byte == UInt8(ascii: "`") { return quotedIdentifier() }
        if byte < 0x80, !isLetter(byte), byte != UInt8(ascii: "_") { return punctuation() }
        if let prefixed = prefixedString() { return prefixed }
        return word()
    }

    /// More than anybody is shown.
    private static let greatestProblems = 1_000

    mutating func report(_ problem: CELProblem, _ start: Int, _ end: Int? = nil) {
        guard problems.count < Self.greatestProblems else { return }
        problems.append(CELIssue(problem: problem, range: SourceRange(start, end ?? at)))
    }

    /// Whether this character follows, blanks aside.
    func isNext(_ byte: UInt8) -> Bool {
        var copy = self
        copy.skipBlanks()
        return copy.peek(0) == byte
    }

    func peek(_ offset: Int) -> UInt8 { at + offset < bytes.count ? bytes[at + offset] : 0 }

    private mutating func skipBlanks() {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x09, 0x0A, 0x0C, 0x0D: at += 1
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
                while at < bytes.count, bytes[at] != 0x0A { at += 1 }
            case 0x80...:
                // What an input method writes for a blank.
                guard let (scalar, length) = scalar(at), Self.narrow(scalar) == " " else { return }
                at += length
                report(.fullWidth(written: String(scalar), meant: " "), at - length)
            default: return
            }
        }
    }

    // MARK: Names

    private mutating func word() -> Token {
        let start = at
        while at < bytes.count {
            let byte = bytes[at]
            if byte < 0x80 {
                guard isLetter(byte) || byte == UInt8(ascii: "_") || at > start && isDigit(byte) else { break }
                at += 1
            } else {
                guard let (scalar, length) = scalar(at) else { break }
                let properties = scalar.properties
                guard at == start ? properties.isXIDStart : properties.isXIDContinue else { break }
                at += length
            }
        }
        if at == start { return strangeCharacter() }
        let name = String(decoding: bytes[start..<at], as: UTF8.self)
        return Token(kind: .identifier, range: SourceRange(start, at), text: name)
    }

    private mutating func quotedIdentifier() -> Token {
        let start = at
        at += 1
        let begin = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "`"), bytes[at] != 0x0A { at += 1 }
        let name = String(decoding: bytes[begin..<at], as: UTF8.self)
        guard at < bytes.count, bytes[at] == UInt8(ascii: "`"), !name.isEmpty else {
            report(.unterminatedName, start)
            return Token(kind: .broken, range: SourceRange(start, at))
        }
        at += 1
        let allowed = name.unicodeScalars.allSatisfy {
            $0.properties.isXIDContinue || $0 == "_" || $0 == "." || $0 == "-" || $0 == "/" || $0 == " "
        }
        if !allowed { report(.unterminatedName, start) }
        return Token(kind: .quotedIdentifier, range: SourceRange(start, at), text: name)
    }

    /// The scalar that begins at a byte, and its length.
    func scalar(_ index: Int) -> (Unicode.Scalar, Int)? {
        guard index < bytes.count else { return nil }
        let lead = bytes[index]
        if lead < 0x80 { return (Unicode.Scalar(lead), 1) }
        let length = lead >= 0xF0 ? 4 : (lead >= 0xE0 ? 3 : 2)
        guard index + length <= bytes.count else { return nil }
        var value = UInt32(lead) & (0xFF >> UInt32(length + 1))
        for offset in 1..<length { value = value << 6 | UInt32(bytes[index + offset] & 0x3F) }
        return Unicode.Scalar(value).map { ($0, length) }
    }

    // MARK: Numbers

    private mutating func number() -> Token {
        let start = at
        if bytes[at] == UInt8(ascii: "0"), peek(1) == UInt8(ascii: "x"), isHexDigit(peek(2)) {
            at += 2
            while at < bytes.count, isHexDigit(bytes[at]) { at += 1 }
            return integer(start)
        }
        digits()
        var isDouble = false
        if peek(0) == UInt8(ascii: "."), isDigit(peek(1)) {
            isDouble = true
            at += 1
            digits()
        }
        if peek(0) | 0x20 == UInt8(ascii: "e") {
            let signed = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
            if isDigit(peek(signed ? 2 : 1)) {
                isDouble = true
                at += signed ? 2 : 1
                digits()
            }
        }
        guard isDouble else { return integer(start) }
        return Token(
            kind: .double, range: SourceRange(start, at), text: String(decoding: bytes[start..<at], as: UTF8.self))
    }

    private mutating func digits() {
        while at < bytes.count, isDigit(bytes[at]) { at += 1 }
    }

    private mutating func integer(_ start: Int) -> Token {
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        if peek(0) | 0x20 == UInt8(ascii: "u") {
            at += 1
            return Token(kind: .uint, range: SourceRange(start, at), text: text)
        }
        return Token(kind: .int, range: SourceRange(start, at), text: text)
    }

    // MARK: Signs

    private static let slips: [(String, Token.Kind, String)] = [
        ("=<", .lessEqual, "<="), ("=>", .greaterEqual, ">="), ("<>", .notEqual, "!="), ("=", .equal, "=="),
        ("&", .and, "&&"),
        ("|", .or, "||"),
    ]

    private mutating func punctuation() -> Token {
        let start = at
        if let kind = Self.pair(bytes[at], peek(1)) {
            at += 2
            return Token(kind: kind, range: SourceRange(start, at))
        }
        if let kind = Self.single(bytes[at]) {
            if kind == .less, peek(1) == UInt8(ascii: ">") { return slip(start) }
            at += 1
            return Token(kind: kind, range: SourceRange(start, at))
        }
        return slip(start)
    }

    private mutating func slip(_ start: Int) -> Token {
        for (text, kind, meant) in Self.slips where bytes[at...].starts(with: text.utf8) {
            at += text.utf8.count
            report(.wrongOperator(written: text, meant: meant), start)
            return Token(kind: kind, range: SourceRange(start, at))
        }
        at += 1
        report(.strangeCharacter(String(decoding: bytes[start..<at], as: UTF8.self)), start)
        return Token(kind: .broken, range: SourceRange(start, at))
    }

    private static func pair(_ first: UInt8, _ second: UInt8) -> Token.Kind? {
        switch (first, second) {
        case (UInt8(ascii: "&"), UInt8(ascii: "&")): .and
        case (UInt8(ascii: "|"), UInt8(ascii: "|")): .or
        case (UInt8(ascii: "="), UInt8(ascii: "=")): .equal
        case (UInt8(ascii: "!"), UInt8(ascii: "=")): .notEqual
        case (UInt8(ascii: "<"), UInt8(ascii: "=")): .lessEqual
        case (UInt8(ascii: ">"), UInt8(ascii: "=")): .greaterEqual
        default: nil
        }
    }

    static func single(_ byte: UInt8) -> Token.Kind? {
        switch byte {
        case UInt8(ascii: "+"): .plus
        case UInt8(ascii: "-"): .minus
        case UInt8(ascii: "*"): .star
        case UInt8(ascii: "/"): .slash
        case UInt8(ascii: "%"): .percent
        case UInt8(ascii: "<"): .less
        case UInt8(ascii: ">"): .greater
        case UInt8(ascii: "!"): .not
        case UInt8(ascii: "?"): .question
        case UInt8(ascii: ":"): .colon
        case UInt8(ascii: ","): .comma
        case UInt8(ascii: "."): .dot
        case UInt8(ascii: "("): .leftParenthesis
        case UInt8(ascii: ")"): .rightParenthesis
        case UInt8(ascii: "["): .leftBracket
        case UInt8(ascii: "]"): .rightBracket
        case UInt8(ascii: "{"): .leftBrace
        case UInt8(ascii: "}"): .rightBrace
        default: nil
        }
    }

    // MARK: What an input method leaves behind

    private mutating func strangeCharacter() -> Token {
        let start = at
        guard let (scalar, length) = scalar(at) else {
            at = bytes.count
            report(.strangeCharacter("\u{FFFD}"), start)
            return Token(kind: .broken, range: SourceRange(start, at))
        }
        at += length
        if let closing = Self.quotes[scalar] { return typographicString(start, closing) }
        guard let ascii = Self.narrow(scalar) else {
            report(.strangeCharacter(String(scalar)), start)
            return Token(kind: .broken, range: SourceRange(start, at))
        }
        report(.fullWidth(written: String(scalar), meant: String(ascii)), start)
        if ascii == "=" {
            while let (following, length) = self.scalar(at), following == "＝" || following == "=" { at += length }
            return Token(kind: .equal, range: SourceRange(start, at))
        }
        return Token(kind: Self.single(UInt8(ascii.value)) ?? .broken, range: SourceRange(start, at))
    }

    private static let quotes: [Unicode.Scalar: [Unicode.Scalar]] = [
        "“": ["”", "“", "\""], "”": ["”", "“", "\""], "‘": ["’", "‘", "'"], "’": ["’", "‘", "'"], "＂": ["＂", "\""],
    ]

    private mutating func typographicString(_ start: Int, _ closing: [Unicode.Scalar]) -> Token {
        let begin = at
        while let (scalar, length) = scalar(at), scalar != "\n" {
            if closing.contains(scalar) {
                let content = Array(bytes[begin..<at])
                at += length
                report(.fullWidthQuotes(content: String(decoding: content, as: UTF8.self)), start)
                return Token(kind: .string, range: SourceRange(start, at), content: content)
            }
            at += length
        }
        report(.fullWidthQuotes(content: String(decoding: bytes[begin..<at], as: UTF8.self)), start)
        return Token(kind: .string, range: SourceRange(start, at), content: Array(bytes[begin..<at]))
    }

    private static func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0)
        case 0x3000, 0x00A0: " "
        case 0x3002: "."
        case 0x3001: ","
        case 0x3010: "["
        case 0x3011: "]"
        case 0x2013, 0x2014, 0x2212: "-"
        case 0x00D7: "*"
        case 0x00F7: "/"
        default: nil
        }
    }
}

func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
func isHexDigit(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20 >= 97 && byte | 0x20 <= 102) }
func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 97 && byte | 0x20 <= 122 }
