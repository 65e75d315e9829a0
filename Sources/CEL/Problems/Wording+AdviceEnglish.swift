/// English advice.
extension CELAdvice {
    var english: String {
        switch self {
        case .write(let code): "write \(code)"
        case .isValue(let name): "\(name) is a value, not a function: write \(name) without ( )"
        case .knownNames(let names): "known here: \(names.joined(separator: ", "))"
        case .functions(let type, let names):
            "functions of \(type): \(names.map { ".\($0)(…)" }.joined(separator: ", "))"
        case .quoted(let text): "a text stands in quotes: \(text)"
        case .closeQuote(let quote): "it began with \(quote): close it with \(quote)"
        case .quoteInside:
            "for a quote inside a text write a backslash before it, or put the text into the other quotes"
        case .plainNumber(let number): "write the number alone: \(number)"
        case .fraction(let number): "a percent is a fraction: \(number)"
        case .span(let code): "a length of time is \(code)"
        case .oneExpression: "an expression is one: join conditions with && or ||"
        case .comment: "a comment begins with // and runs to the end of the line"
        case .missingOperator: "put an operator between the two, such as == or &&"
        case .keyAndValue: "put a : between key and value"
        case .plainFunctions(let names):
            "functions: \(names.joined(separator: ", ")); others stand behind a value, as in x.size()"
        case .spanUnit(let hours, let days): "say the unit: \(hours) for hours, \(days) for days"
        case .numberFor(let subject, let sign):
            "\(subject) is a number: write one without quotes, such as \(subject) \(sign) 3"
        case .missingComma: "put a comma between the two"
        case .missingAfter(let sign): "something is missing after \(sign)"
        case .notOpened(let sign): "there is no \(sign) that it closes: remove it, or put one before"
        case .unclosed(let part): "close \(part)"
        case .compareTwice(let code): "compare twice: \(code)"
        case .ternary: "write condition ? value : other value"
        case .loop: "walk over a list with .exists(x, …), .all(x, …), .filter(x, …) or .map(x, …)"
        case .bind:
            "name a value with cel.bind(name, value, expression that uses the name), as in cel.bind(x, size(labels), x > 1 && x < 9)"
        case .leaveOut: "leave it out: the expression itself is the result, and all it may use is there"
        default: englishDetail
        }
    }

    private var englishDetail: String {
        switch self {
        case .remove: "remove it"
        case .largestInt: "the largest int is 9223372036854775807; a double such as 1e19 reaches further"
        case .nothingStored: "an expression stores nothing: compare with ==, compute with + - * /"
        case .noPower: "there is no power: multiply, as in x * x"
        case .withoutBraces: "write the expression alone, without braces and $"
        case .lookAround: "a pattern cannot look ahead or behind: test two patterns and join them with &&"
        case .backReference: "a pattern cannot refer to what a group caught; \\\\ in a text is one backslash"
        case .nothingToRepeat:
            "nothing stands before it to repeat: write .* for any text, or \\\\ before the sign itself"
        case .escapedSign: "close it, or write \\\\ before it for the sign itself"
        case .formatClauses: "one clause for each value: %s any, %d number, %.2f two decimals, %% a percent sign"
        case .percentSign: "write %% for a percent sign"
        case .wholeNumberIndex: "the index of a list is an int that counts from 0, as in [0]"
        case .optionalValue(let code): "an optional may be empty: say what then, as in \(code)"
        case .sameType: "give both branches one type, for example with string(…)"
        case .alwaysThere(let name):
            "\(name) is always there: compare it, or ask for a field of it, as in has(\(name).x)"
        case .oneField: "ask for one field at a time: has(a.x) && has(a.y)"
        case .textPattern(let code): "a pattern is a text: \(code)"
        case .largestSpan: "a duration is at most about 292 years long"
        case .daysOfMonth(let year, let month, let days): "month \(month) of \(year) has \(days) days"
        case .monthOfYear: "the months are 01 to 12, and the order is year-month-day"
        case .withZone(let code):
            "a point in time needs a time of day and a zone: \(code)\(code.contains("Z\")") ? "; Z is UTC, write +08:00 in its place for Beijing time" : "")"
        default: ""
        }
    }
}
