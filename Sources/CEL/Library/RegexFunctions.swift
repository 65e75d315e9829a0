extension CELLibrary {
    /// `regex.extract`, `regex.extractAll`, `regex.replace`, in RE2's syntax. Needs the optionals.
    public static let regex = CELLibrary(name: "regex", functions: RegexFunctions.all)
}

enum RegexFunctions {
    static let names: Set = ["regex.extract", "regex.extractAll", "regex.replace"]

    static var all: [CELFunction] {
        [
            global("regex.extract", [.string, .string], .optional(.string)) { v throws(CELFailure) in
                .optional(CELOptional(try extract(v)))
            }.growing(.product),
            global("regex.extractAll", [.string, .string], .list(.string)) { v throws(CELFailure) in
                .list(try extractAll(v))
            }.growing(.product),
            global("regex.replace", [.string, .string, .string], .string) { v throws(CELFailure) in
                try replace(v, limit: -1)
            }.growing(.product),
            global("regex.replace", [.string, .string, .string, .int], .string) { v throws(CELFailure) in
                try replace(v, limit: v[3].asInt)
            }.growing(.product),
        ]
    }

    // MARK: Matching

    private static func program(_ pattern: String) throws(CELFailure) -> RegexProgram {
        do throws(RegexRefusal) {
            return try RegexProgram(
                try RegexParser.parse(pattern), limit: CELLimits().regexProgram, capturing: true)
        } catch { throw CELFailure(.invalidRegex(error.reason)) }
    }

    /// What there is to extract is the group, or the whole match when the pattern has none.
    private static func singleGroup(_ v: Values) throws(CELFailure) -> RegexProgram {
        let program = try program(v[1].asString)
        guard program.groupCount <= 1 else { throw CELFailure(.regexGroups(program.groupCount)) }
        return program
    }

    private static func extract(_ v: Values) throws(CELFailure) -> CELValue? {
        let program = try singleGroup(v)
        let text = Array(v[0].asString.unicodeScalars)
        var search = RegexCaptures(program, text)
        guard let match = try counted({ () throws(RegexCaptures.TooLong) in try search.first(from: 0) }) else {
            return nil
        }
        let caught = part(text, match, program.groupCount)
        // A group that caught nothing is no value, as in cel-go.
        return program.groupCount == 1 && caught.isEmpty ? nil : .string(caught)
    }

    private static func extractAll(_ v: Values) throws(CELFailure) -> [CELValue] {
        let program = try singleGroup(v)
        let text = Array(v[0].asString.unicodeScalars)
        var search = RegexCaptures(program, text)
        let matches = try counted { () throws(RegexCaptures.TooLong) in try search.all() }
        let caught = matches.map { part(text, $0, program.groupCount) }
        return caught.filter { program.groupCount == 0 || !$0.isEmpty }.map(CELValue.string)
    }

    private static func counted<T>(_ work: () throws(RegexCaptures.TooLong) -> T) throws(CELFailure) -> T {
        do throws(RegexCaptures.TooLong) { return try work() } catch {
            throw CELFailure(.costLimit(RegexCaptures.greatestSteps))
        }
    }

    private static func part(_ text: [Unicode.Scalar], _ match: RegexCaptures.Places, _ group: Int) -> String {
        var out = ""
        if let start = match[2 * group], let end = match[2 * group + 1] {
            out.unicodeScalars.append(contentsOf: text[start..<end])
        }
        return out
    }

    // MARK: Replacing

    private enum Piece {
        case text(Unicode.Scalar)
        case group(Int)
    }

    private static func replace(_ v: Values, limit: Int64) throws(CELFailure) -> CELValue {
        let program = try program(v[1].asString)
        let pieces = try pieces(v[2].asString, program.groupCount)
        let text = Array(v[0].asString.unicodeScalars)
        var search = RegexCaptures(program, text)
        let most = limit < 0 ? Int.max : Int(limit)
        let matches = try counted { () throws(RegexCaptures.TooLong) in try search.all(limit: most) }
        var out = ""
        var at = 0
        for match in matches {
            let start = match[0] ?? at
            out.unicodeScalars.append(contentsOf: text[at..<start])
            for piece in pieces {
                switch piece {
                case .text(let scalar): out.unicodeScalars.append(scalar)
                case .group(let number): out += part(text, match, number)
                }
            }
            at = match[1] ?? start
            guard out.utf8.count <= CELLimits().size else { throw CELFailure(.sizeLimit(CELLimits().size)) }
        }
        out.unicodeScalars.append(contentsOf: text[at...])
        return try StringFunctions.limited(.string(out))
    }

    /// `\0` to `\9` stand for groups and `\\` for a backslash; no other backslash is allowed.
    private static func pieces(_ replacement: String, _ groups: Int) throws(CELFailure) -> [Piece] {
        var pieces: [Piece] = []
        var scalars = replacement.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            guard scalar == "\\" else {
                pieces.append(.text(scalar))
                continue
            }
            switch scalars.next() {
            case "\\"?: pieces.append(.text("\\"))
            case let digit? where digit.value >= 48 && digit.value <= 57:
                let number = Int(digit.value - 48)
                guard number <= groups else {
                    throw CELFailure(.regexReplacement(group: number, groups: groups))
                }
                pieces.append(.group(number))
            default: throw CELFailure(.regexReplacement(group: nil, groups: groups))
            }
        }
        return pieces
    }

    /// Why a literal pattern can never work with this function; nil when it can.
    static func refusal(of pattern: String, in function: String, limit: Int) -> CELFailure? {
        do throws(CELFailure) {
            let program = try program(pattern)
            let extracts = function != "regex.replace"
            return extracts && program.groupCount > 1 ? CELFailure(.regexGroups(program.groupCount)) : nil
        } catch { return error }
    }
}
