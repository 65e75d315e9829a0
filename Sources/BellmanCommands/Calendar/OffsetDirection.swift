import Almanac

/// The word by which an offset says its direction; in a rule the key says it, on the command line the text may.
enum OffsetDirection {
    case before, after

    private static let ends: [(String, OffsetDirection)] = [
        (" before", .before), (" ago", .before), (" earlier", .before), (" after", .after), (" later", .after),
        ("之前", .before), ("以前", .before), ("前", .before), ("之后", .after), ("以后", .after), ("后", .after),
    ]
    private static let beginnings: [(String, OffsetDirection)] = [("提前", .before), ("提早", .before), ("推后", .after)]

    /// The offset without its direction; nil where it has none.
    static func split(_ text: String) -> (offset: String, direction: OffsetDirection?) {
        let words = trimmed(text)
        for (end, direction) in ends where words.lowercased().hasSuffix(end) && words.count > end.count {
            return (trimmed(String(words.dropLast(end.count))), direction)
        }
        for (beginning, direction) in beginnings where words.hasPrefix(beginning) && words.count > beginning.count {
            return (trimmed(String(words.dropFirst(beginning.count))), direction)
        }
        return (text, nil)
    }

    private static func trimmed(_ text: String) -> String {
        var words = text[...]
        while words.first?.isWhitespace == true { words.removeFirst() }
        while words.last?.isWhitespace == true { words.removeLast() }
        return String(words)
    }

    /// Programs get one form in every language.
    func word(_ format: ListFormat) -> String {
        switch self {
        case .before: format == .table ? Words.pick("before", "之前") : "before"
        case .after: format == .table ? Words.pick("after", "之后") : "after"
        }
    }

    func of(_ period: Period) -> [Period] { [self == .before ? period.magnitude.negated : period.magnitude] }

    static func both(_ period: Period) -> [Period] {
        period.isZero ? [period] : [period.magnitude.negated, period.magnitude]
    }
}
