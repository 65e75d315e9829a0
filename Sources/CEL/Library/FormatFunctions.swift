/// `"…".format([…])`
enum FormatFunctions {
    static let greatestPrecision = 1000

    static var all: [CELFunction] {
        [
            member("format", [.string, .list(.dyn)], .string) { v throws(CELFailure) in
                try StringFunctions.limited(.string(try format(v[0].asString, v[1].asList)))
            }
        ]
    }

    enum Piece {
        case text(String)
        case clause(Unicode.Scalar, precision: Int?)
    }

    static func format(_ template: String, _ arguments: [CELValue]) throws(CELFailure) -> String {
        var out = ""
        var used = 0
        for piece in try pieces(template) {
            switch piece {
            case .text(let text): out += text
            case .clause(let verb, let precision):
                guard used < arguments.count else {
                    throw CELFailure(.format(.count(values: arguments.count, clauses: try count(template))))
                }
                out += try clause(verb, arguments[used], precision)
                used += 1
            }
        }
        guard used == arguments.count else {
            throw CELFailure(.format(.count(values: arguments.count, clauses: used)))
        }
        return out
    }

    /// Number of arguments a template wants.
    static func count(_ template: String) throws(CELFailure) -> Int {
        try pieces(template).count { if case .clause = $0 { true } else { false } }
    }

    private static func pieces(_ template: String) throws(CELFailure) -> [Piece] {
        var pieces: [Piece] = []
        var text = ""
        var scalars = template.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            guard scalar == "%" else {
                text.unicodeScalars.append(scalar)
                continue
            }
            guard var verb = scalars.next() else { throw CELFailure(.format(.endsEarly)) }
            if verb == "%" {
                text += "%"
                continue
            }
            let precision = verb == "." ? try precision(&scalars, &verb) : nil
            guard "sdfexXob".unicodeScalars.contains(verb) else {
                throw CELFailure(.format(.unknownClause("%\(verb)")))
            }
            pieces.append(.text(text))
            pieces.append(.clause(verb, precision: precision))
            text = ""
        }
        return pieces + [.text(text)]
    }

    /// Digits after the point; the letter that ends them becomes the verb.
    private static func precision(
        _ scalars: inout String.UnicodeScalarView.Iterator, _ verb: inout Unicode.Scalar
    ) throws(CELFailure) -> Int {
        var value = 0
        var digits = 0
        while let next = scalars.next() {
            verb = next
            guard next.value >= 48, next.value <= 57, value <= greatestPrecision else { break }
            value = value * 10 + Int(next.value - 48)
            digits += 1
        }
        guard digits > 0 else { throw CELFailure(.format(.precision(nil))) }
        guard value <= greatestPrecision else { throw CELFailure(.format(.precision(value))) }
        return value
    }

    private static func clause(_ verb: Unicode.Scalar, _ value: CELValue, _ precision: Int?) throws(CELFailure)
        -> String
    {
        switch verb {
        case "s": return try plain(value)
        case "d": return try decimal(value)
        case "f": return try fixed(value, precision ?? 6)
        case "e": return try scientific(value, precision ?? 6)
        case "x": return try hexadecimal(value)
        case "X": return try hexadecimal(value).uppercased()
        case "o": return try radix(value, 8, verb)
        default:
            if case .bool(let flag) = value { return flag ? "1" : "0" }
            return try radix(value, 2, verb)
        }
    }

    private static func refusal(_ verb: Unicode.Scalar, _ value: CELValue) -> CELFailure {
        CELFailure(.format(.value(clause: "%\(verb)", type: value.typeName)))
    }

    private static func plain(_ value: CELValue) throws(CELFailure) -> String {
        switch value {
        case .double(let number): return NumberText.plain(number)
        case .list(let list):
            var parts: [String] = []
            for element in list.elements { parts.append(try plain(element)) }
            return "[" + parts.joined(separator: ", ") + "]"
        case .map(let map):
            var parts: [(String, String)] = []
            for (key, entry) in zip(map.keys, map.values) { parts.append((try plain(key), try plain(entry))) }
            parts.sort { UTF8Text.compare($0.0, $1.0) < 0 }
            return "{" + parts.map { "\($0.0): \($0.1)" }.joined(separator: ", ") + "}"
        // Not every byte string is a text; what is none shows as replacement characters.
        case .bytes(let bytes): return String(decoding: bytes.bytes, as: UTF8.self)
        case .optional, .object: throw refusal("s", value)
        default: return try Conversions.text(value)
        }
    }

    private static func decimal(_ value: CELValue) throws(CELFailure) -> String {
        switch value {
        case .int, .uint, .double: return try plain(value)
        default: throw refusal("d", value)
        }
    }

    private static func number(_ value: CELValue, _ verb: Unicode.Scalar) throws(CELFailure) -> Double {
        switch value {
        case .double(let number): return number
        case .int(let number): return Double(number)
        case .uint(let number): return Double(number)
        default: throw refusal(verb, value)
        }
    }

    private static func fixed(_ value: CELValue, _ precision: Int) throws(CELFailure) -> String {
        let number = try number(value, "f")
        if let special = NumberText.special(number) { return special }
        let exact = ExactDecimal(number.magnitude)
        return (number.sign == .minus ? "-" : "") + exact.fixed(precision)
    }

    private static func scientific(_ value: CELValue, _ precision: Int) throws(CELFailure) -> String {
        let number = try number(value, "e")
        if let special = NumberText.special(number) { return special }
        return (number.sign == .minus ? "-" : "") + ExactDecimal(number.magnitude).scientific(precision)
    }

    private static func radix(_ value: CELValue, _ radix: Int, _ verb: Unicode.Scalar) throws(CELFailure) -> String {
        switch value {
        case .int(let number): return String(number, radix: radix)
        case .uint(let number): return String(number, radix: radix)
        default: throw refusal(verb, value)
        }
    }

    private static func hexadecimal(_ value: CELValue) throws(CELFailure) -> String {
        let bytes: [UInt8]
        switch value {
        case .string(let text): bytes = Array(text.utf8)
        case .bytes(let content): bytes = content.bytes
        default: return try radix(value, 16, "x")
        }
        return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
