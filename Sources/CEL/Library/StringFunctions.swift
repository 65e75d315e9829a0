extension CELLibrary {
    /// Text functions; every index counts code points.
    public static let strings = CELLibrary(name: "strings", functions: StringFunctions.all + FormatFunctions.all)
}

enum StringFunctions {
    private typealias Scalars = [Unicode.Scalar]

    static var all: [CELFunction] {
        (searching + cutting + changing).map { function in
            // Each of these looks for its second argument everywhere in the first.
            let searches = ["indexOf", "lastIndexOf", "split", "replace"].contains(function.name)
            return searches ? function.growing(.product) : function
        }
    }

    private static func scalars(_ value: CELValue) -> [Unicode.Scalar] { Array(value.asString.unicodeScalars) }

    private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> CELValue {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return .string(text)
    }

    /// An index between 0 and the size, both allowed.
    private static func index(_ value: CELValue, upTo size: Int) throws(CELFailure) -> Int {
        guard value.asInt >= 0, value.asInt <= Int64(size) else { throw CELFailure(.indexOutOfBounds(value.text)) }
        return Int(value.asInt)
    }

    private static var searching: [CELFunction] {
        [
            member("charAt", [.string, .int], .string) { v throws(CELFailure) in
                let text = scalars(v[0])
                let at = try index(v[1], upTo: text.count)
                return string(text[at..<min(at + 1, text.count)])
            },
            member("indexOf", [.string, .string], .int) { v in
                .int(Int64(Bytes.firstIndex(of: scalars(v[1]), in: scalars(v[0]), from: 0) ?? -1))
            },
            member("indexOf", [.string, .string, .int], .int) { v throws(CELFailure) in
                let text = scalars(v[0])
                let from = try index(v[2], upTo: text.count)
                return .int(Int64(Bytes.firstIndex(of: scalars(v[1]), in: text, from: from) ?? -1))
            },
            member("lastIndexOf", [.string, .string], .int) { v in
                let text = scalars(v[0])
                return .int(Int64(Bytes.lastIndex(of: scalars(v[1]), in: text, upTo: text.count) ?? -1))
            },
            member("lastIndexOf", [.string, .string, .int], .int) { v throws(CELFailure) in
                let text = scalars(v[0])
                let upTo = try index(v[2], upTo: text.count)
                return .int(Int64(Bytes.lastIndex(of: scalars(v[1]), in: text, upTo: upTo) ?? -1))
            },
        ]
    }

    private static var cutting: [CELFunction] {
        [
            member("substring", [.string, .int], .string) { v throws(CELFailure) in
                let text = scalars(v[0])
                return string(text[try index(v[1], upTo: text.count)...])
            },
            member("substring", [.string, .int, .int], .string) { v throws(CELFailure) in
                let text = scalars(v[0])
                let start = try index(v[1], upTo: text.count)
                let end = try index(v[2], upTo: text.count)
                guard start <= end else { throw CELFailure(.indexOutOfBounds(v[2].text)) }
                return string(text[start..<end])
            },
            member("split", [.string, .string], .list(.string)) { v in split(v[0], v[1], limit: -1) },
            member("split", [.string, .string, .int], .list(.string)) { v in split(v[0], v[1], limit: v[2].asInt) },
            member("trim", [.string], .string) { v in
                let text = scalars(v[0])
                guard let first = text.firstIndex(where: { !$0.properties.isWhitespace }),
                    let last = text.lastIndex(where: { !$0.properties.isWhitespace })
                else { return .string("") }
                return string(text[first...last])
            },
        ]
    }

    private static var changing: [CELFunction] {
        [
            member("lowerAscii", [.string], .string) { v in
                .string(String(decoding: v[0].asString.utf8.map { $0 >= 65 && $0 <= 90 ? $0 + 32 : $0 }, as: UTF8.self))
            },
            member("upperAscii", [.string], .string) { v in
                .string(
                    String(decoding: v[0].asString.utf8.map { $0 >= 97 && $0 <= 122 ? $0 - 32 : $0 }, as: UTF8.self))
            },
            member("replace", [.string, .string, .string], .string) { v throws(CELFailure) in try replace(v, limit: -1)
            },
            member("replace", [.string, .string, .string, .int], .string) { v throws(CELFailure) in
                try replace(v, limit: v[3].asInt)
            },
            member("join", [.list(.string)], .string) { v throws(CELFailure) in try join(v[0].asList, "") },
            member("join", [.list(.string), .string], .string) { v throws(CELFailure) in
                try join(v[0].asList, v[1].asString)
            },
            member("reverse", [.string], .string) { v in string(scalars(v[0]).reversed()) },
            global("strings.quote", [.string], .string) { v in .string(CELValue.quoted(v[0].asString)) },
        ]
    }

    /// Pieces between separators; a negative limit takes all, 0 none.
    private static func split(_ value: CELValue, _ separator: CELValue, limit: Int64) -> CELValue {
        let text = scalars(value)
        let mark = scalars(separator)
        if limit == 0 { return .list(CELList.empty) }
        var pieces: [CELValue] = []
        var start = 0
        while limit < 0 || pieces.count + 1 < limit {
            // An empty separator cuts after every code point, but not at the end.
            let from = mark.isEmpty ? start + 1 : start
            guard from < text.count || !mark.isEmpty, let at = Bytes.firstIndex(of: mark, in: text, from: from) else {
                break
            }
            pieces.append(string(text[start..<at]))
            start = at + mark.count
        }
        pieces.append(string(text[start...]))
        return .list(pieces)
    }

    private static func replace(_ v: Values, limit: Int64) throws(CELFailure) -> CELValue {
        let text = scalars(v[0])
        let old = scalars(v[1])
        let new = scalars(v[2])
        var out: [Unicode.Scalar] = []
        var at = 0
        var left = limit
        while left != 0, let hit = Bytes.firstIndex(of: old, in: text, from: at) {
            out += text[at..<hit] + new
            at = hit + old.count
            // A limit below zero is none.
            if left > 0 { left -= 1 }
            if old.isEmpty {
                guard at < text.count else { return try limited(string(out)) }
                out.append(text[at])
                at += 1
            }
            if out.count > CELLimits().size { break }
        }
        return try limited(string(out + text[at...]))
    }

    private static func join(_ list: [CELValue], _ separator: String) throws(CELFailure) -> CELValue {
        var out = ""
        for (index, element) in list.enumerated() {
            guard case .string(let text) = element else { throw Operators.noOverload("join", [element]) }
            if index > 0 { out += separator }
            out += text
            if out.utf8.count > CELLimits().size { break }
        }
        return try limited(.string(out))
    }

    /// Texts multiply quickly when functions are nested.
    static func limited(_ value: CELValue) throws(CELFailure) -> CELValue {
        let limit = CELLimits().size
        if value.asString.utf8.count > limit { throw CELFailure(.sizeLimit(limit)) }
        return value
    }
}
