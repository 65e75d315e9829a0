/// An expression that is one choice, `condition ? a : b`, taken apart; quotes and brackets are followed.
struct TopChoice {
    let condition: String
    let isEmptyWhenTrue: Bool
    let isEmptyWhenFalse: Bool

    /// nil for any other expression, also for choices within choices.
    init?(_ text: String) {
        var depth = 0
        var quote: Character?
        var isEscaped = false
        var marks: [(sign: Character, at: String.Index)] = []
        for index in text.indices {
            let character = text[index]
            if let open = quote {
                if isEscaped {
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == open {
                    quote = nil
                }
                continue
            }
            switch character {
            case "\"", "'": quote = character
            case "(", "[", "{": depth += 1
            case ")", "]", "}": depth -= 1
            case "?", ":": if depth == 0 { marks.append((character, index)) }
            default: break
            }
        }
        guard marks.map(\.sign) == ["?", ":"] else { return nil }
        func part(_ from: String.Index, _ to: String.Index) -> String { String(text[from..<to]).filter { $0 != " " } }
        condition = String(text[..<marks[0].at])
        isEmptyWhenTrue = part(text.index(after: marks[0].at), marks[1].at) == "[]"
        isEmptyWhenFalse = part(text.index(after: marks[1].at), text.endIndex) == "[]"
    }
}
