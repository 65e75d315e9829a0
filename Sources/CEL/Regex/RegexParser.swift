/// Reads RE2 syntax. Look-around and back-references are refused: they cannot run in linear time.
struct RegexParser {
    static let greatestRepeat = 1000
    static let greatestDepth = 200

    struct Flags {
        var ignoreCase = false
        var dotAll = false
        var multiLine = false
        var ungreedy = false
    }

    private let scalars: [Unicode.Scalar]
    private var at = 0
    private var flags = Flags()
    private var depth = 0
    private var groups = 0

    init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

    static func parse(_ pattern: String) throws(RegexRefusal) -> RegexNode {
        var parser = RegexParser(pattern)
        let node = try parser.alternatives()
        if parser.at < parser.scalars.count { throw RegexRefusal(reason: "unexpected ): `\(pattern)`") }
        return node
    }

    private var next: Unicode.Scalar? { at < scalars.count ? scalars[at] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        at += 1
        return true
    }

    private func text(from start: Int) -> String {
        var out = ""
        out.unicodeScalars.append(contentsOf: scalars[start..<min(at, scalars.count)])
        return out
    }

    private var pattern: String {
        var out = ""
        out.unicodeScalars.append(contentsOf: scalars)
        return out
    }

    private mutating func alternatives() throws(RegexRefusal) -> RegexNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.greatestDepth else { throw RegexRefusal(reason: "expression nests too deeply") }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .either(branches)
    }

    private mutating func sequence() throws(RegexRefusal) -> RegexNode {
        var parts: [RegexNode] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            guard let atom = try atom() else { continue }
            parts.append(try repetition(atom))
        }
        return parts.count == 1 ? parts[0] : (parts.isEmpty ? .empty : .sequence(parts))
    }

    // MARK: Repetition

    private mutating func repetition(_ atom: RegexNode) throws(RegexRefusal) -> RegexNode {
        var node = atom
        let start = at
        var count = 0
        while let (least, most) = try quantifier() {
            count += 1
            if count > 1 { throw RegexRefusal(reason: "invalid nested repetition operator: `\(text(from: start))`") }
            let isMarked = take("?")
            node = .repeated(node, least: least, most: most, isLazy: isMarked != flags.ungreedy)
            if max(least, most ?? 0) > 1, !Self.isWithin(node, Self.greatestRepeat) {
                throw RegexRefusal(reason: "invalid repeat count: `\(text(from: start))`")
            }
        }
        return node
    }

    /// Counts within counts multiply, and their product is bounded as one count is.
    private static func isWithin(_ node: RegexNode, _ limit: Int) -> Bool {
        switch node {
        case .empty, .characters, .assertion: return true
        case .group(let inner, _): return isWithin(inner, limit)
        case .sequence(let parts), .either(let parts): return parts.allSatisfy { isWithin($0, limit) }
        case .repeated(let inner, let least, let most, _):
            let count = most ?? least
            return count <= limit && isWithin(inner, count > 1 ? limit / count : limit)
        }
    }

    private mutating func quantifier() throws(RegexRefusal) -> (Int, Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard next == "{" else { return nil }
        let start = at
        at += 1
        let least = number()
        var most = least
        if take(",") { most = next == "}" ? nil : number() }
        guard take("}"), let least else {
            // As RE2: braces that are no count stand for themselves.
            at = start
            return nil
        }
        if least > Self.greatestRepeat || most ?? 0 > Self.greatestRepeat || most.map({ $0 < least }) ?? false {
            throw RegexRefusal(reason: "invalid repeat count: `\(text(from: start))`")
        }
        return (least, most)
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let scalar = next, scalar.value >= 48, scalar.value <= 57, value ?? 0 < 100_000 {
            value = (value ?? 0) * 10 + Int(scalar.value - 48)
            at += 1
        }
        return value
    }

    // MARK: Atoms

    /// nil: something that matches nothing by itself, such as a change of flags.
    private mutating func atom() throws(RegexRefusal) -> RegexNode? {
        let scalar = scalars[at]
        let start = at
        at += 1
        switch scalar {
        case "(": return try group(start)
        case "[": return .characters(try bracket(start))
        case ".": return .characters(flags.dotAll ? .any : .notNewline)
        case "^": return .assertion(flags.multiLine ? .lineStart : .textStart)
        case "$": return .assertion(flags.multiLine ? .lineEnd : .textEnd)
        case "*", "+", "?": throw RegexRefusal(reason: "missing argument to repetition operator: `\(scalar)`")
        case "\\": return try escape(start)
        default: return literal(scalar)
        }
    }

    private func literal(_ scalar: Unicode.Scalar) -> RegexNode {
        let set = CharacterSet32([scalar.value...scalar.value])
        return .characters(flags.ignoreCase ? set.caseFolded : set)
    }

    private mutating func group(_ start: Int) throws(RegexRefusal) -> RegexNode? {
        let outer = flags
        var number: Int?
        if take("?") {
            if next == "P" || next == "<" {
                if take("P"), next != "<" { throw unsupported(start, 4) }
                at += 1
                if next == "=" || next == "!" { throw unsupported(start, 4) }
                try groupName(start)
                groups += 1
                number = groups
            } else if try !flagGroup(start) {
                return nil
            }
        } else {
            groups += 1
            number = groups
        }
        let node = try alternatives()
        guard take(")") else { throw RegexRefusal(reason: "missing closing ): `\(pattern)`") }
        flags = outer
        return number.map { .group(node, $0) } ?? node
    }

    private func unsupported(_ start: Int, _ length: Int) -> RegexRefusal {
        var copy = self
        copy.at = min(start + length, scalars.count)
        return RegexRefusal(reason: "invalid or unsupported Perl syntax: `\(copy.text(from: start))`")
    }

    private mutating func groupName(_ start: Int) throws(RegexRefusal) {
        let begin = at
        while let scalar = next, scalar != ">" {
            guard CharacterSet32.word.contains(scalar.value) else { break }
            at += 1
        }
        guard at > begin, take(">") else { throw RegexRefusal(reason: "invalid named capture: `\(text(from: start))`") }
    }

    /// `(?i)` changes what follows and is no group (false); `(?i:…)` is one (true).
    private mutating func flagGroup(_ start: Int) throws(RegexRefusal) -> Bool {
        var negative = false
        while let scalar = next {
            at += 1
            switch scalar {
            case "i": flags.ignoreCase = !negative
            case "s": flags.dotAll = !negative
            case "m": flags.multiLine = !negative
            case "U": flags.ungreedy = !negative
            case "-" where !negative: negative = true
            case ":": return true
            case ")": return false
            default: throw unsupported(start, at - start)
            }
        }
        throw RegexRefusal(reason: "missing closing ): `\(pattern)`")
    }

    // MARK: Escapes

    private mutating func escape(_ start: Int) throws(RegexRefusal) -> RegexNode? {
        guard let letter = next else { throw RegexRefusal(reason: "trailing backslash at end of expression") }
        at += 1
        switch letter {
        case "A": return .assertion(.textStart)
        case "z": return .assertion(.textEnd)
        case "b": return .assertion(.wordBoundary)
        case "B": return .assertion(.noWordBoundary)
        case "Q": return quotedText()
        default: break
        }
        at -= 1
        if let set = try classEscape(start) { return .characters(set) }
        return literal(try characterEscape(start))
    }

    /// `\Q…\E`
    private mutating func quotedText() -> RegexNode {
        var parts: [RegexNode] = []
        while at < scalars.count {
            if next == "\\", at + 1 < scalars.count, scalars[at + 1] == "E" {
                at += 2
                break
            }
            parts.append(literal(scalars[at]))
            at += 1
        }
        return .sequence(parts)
    }

    /// `\d \w \s \pL` and their opposites, at the letter; nil for a single character.
    private mutating func classEscape(_ start: Int) throws(RegexRefusal) -> CharacterSet32? {
        guard let letter = next else { return nil }
        let set: CharacterSet32
        switch letter {
        case "d", "D": set = .digit
        case "w", "W": set = .word
        case "s", "S": set = .space
        case "p", "P":
            at += 1
            return try property(start, negative: letter == "P")
        default: return nil
        }
        at += 1
        return letter.properties.isUppercase ? set.inverted : set
    }

    private mutating func property(_ start: Int, negative: Bool) throws(RegexRefusal) -> CharacterSet32 {
        var name = ""
        if take("{") {
            while let scalar = next, scalar != "}" {
                name.unicodeScalars.append(scalar)
                at += 1
            }
            guard take("}") else { throw RegexRefusal(reason: "invalid character class range: `\(text(from: start))`") }
        } else if let scalar = next {
            name.unicodeScalars.append(scalar)
            at += 1
        }
        let inverted = name.hasPrefix("^")
        guard var set = RegexClasses.unicode(inverted ? String(name.dropFirst()) : name) else {
            throw RegexRefusal(reason: "invalid character class range: `\(text(from: start))`")
        }
        if flags.ignoreCase { set = set.caseFolded }
        return negative != inverted ? set.inverted : set
    }

    private mutating func characterEscape(_ start: Int) throws(RegexRefusal) -> Unicode.Scalar {
        guard let letter = next else { throw RegexRefusal(reason: "trailing backslash at end of expression") }
        at += 1
        switch letter {
        case "a": return "\u{7}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "v": return "\u{B}"
        case "x": return try hexadecimal(start)
        case "0"..."7": return try octal(letter, start)
        default:
            if letter.isASCII, !CharacterSet32.word.contains(letter.value) { return letter }
            throw RegexRefusal(reason: "invalid escape sequence: `\(text(from: start))`")
        }
    }

    private mutating func hexadecimal(_ start: Int) throws(RegexRefusal) -> Unicode.Scalar {
        var digits = ""
        if take("{") {
            while let scalar = next, scalar != "}", digits.utf8.count < 8 {
                digits.unicodeScalars.append(scalar)
                at += 1
            }
            guard take("}") else { throw RegexRefusal(reason: "invalid escape sequence: `\(text(from: start))`") }
        } else {
            for _ in 0..<2 where at < scalars.count {
                digits.unicodeScalars.append(scalars[at])
                at += 1
            }
            if digits.utf8.count != 2 { digits = "" }
        }
        guard digits.utf8.allSatisfy(isHexDigit), let value = UInt32(digits, radix: 16),
            let scalar = Unicode.Scalar(value)
        else {
            throw RegexRefusal(reason: "invalid escape sequence: `\(text(from: start))`")
        }
        return scalar
    }

    /// `\0`, `\012`, `\123`; one digit from 1 would be a back-reference.
    private mutating func octal(_ first: Unicode.Scalar, _ start: Int) throws(RegexRefusal) -> Unicode.Scalar {
        var value = first.value - 48
        var count = 1
        while count < 3, let scalar = next, scalar.value >= 48, scalar.value <= 55 {
            value = value * 8 + scalar.value - 48
            at += 1
            count += 1
        }
        guard first == "0" || count == 3, let scalar = Unicode.Scalar(value) else {
            throw RegexRefusal(reason: "invalid escape sequence: `\(text(from: start))`")
        }
        return scalar
    }

    // MARK: Brackets

    private mutating func bracket(_ start: Int) throws(RegexRefusal) -> CharacterSet32 {
        let negative = take("^")
        // Joined once at the end: a class may list a hundred thousand characters.
        var ranges: [ClosedRange<UInt32>] = []
        var isFirst = true
        while let scalar = next, isFirst || scalar != "]" {
            isFirst = false
            if scalar == "[", at + 1 < scalars.count, scalars[at + 1] == ":", let posix = try posixClass() {
                ranges += posix.ranges
                continue
            }
            if scalar == "\\" {
                at += 1
                if let named = try classEscape(at - 1) {
                    ranges += named.ranges
                    continue
                }
                at -= 1
            }
            ranges += try bracketRange(start).ranges
        }
        var set = CharacterSet32(ranges)
        guard take("]") else { throw RegexRefusal(reason: "missing closing ]: `\(text(from: start))`") }
        if flags.ignoreCase { set = set.caseFolded }
        return negative ? set.inverted : set
    }

    private mutating func bracketRange(_ start: Int) throws(RegexRefusal) -> CharacterSet32 {
        let begin = at
        let low = try bracketCharacter()
        guard next == "-", at + 1 < scalars.count, scalars[at + 1] != "]" else {
            return CharacterSet32([low.value...low.value])
        }
        at += 1
        let high = try bracketCharacter()
        guard low.value <= high.value else {
            throw RegexRefusal(reason: "invalid character class range: `\(text(from: begin))`")
        }
        return CharacterSet32([low.value...high.value])
    }

    private mutating func bracketCharacter() throws(RegexRefusal) -> Unicode.Scalar {
        guard let scalar = next else { throw RegexRefusal(reason: "missing closing ]: `\(pattern)`") }
        at += 1
        return scalar == "\\" ? try characterEscape(at - 1) : scalar
    }

    private mutating func posixClass() throws(RegexRefusal) -> CharacterSet32? {
        let begin = at
        var end = at + 2
        while end + 1 < scalars.count, scalars[end] != ":" || scalars[end + 1] != "]" {
            guard CharacterSet32.word.contains(scalars[end].value) || scalars[end] == "^" else { return nil }
            end += 1
        }
        guard end + 1 < scalars.count else { return nil }
        at = end
        var name = String(text(from: begin).dropFirst(2))
        at = end + 2
        let negative = name.hasPrefix("^")
        if negative { name.removeFirst() }
        guard let set = RegexClasses.posix[name] else {
            throw RegexRefusal(reason: "invalid character class range: `\(text(from: begin))`")
        }
        return negative ? set.inverted : set
    }
}
