/// How to mend one particular mistake, where the general help of its problem says less. Worded beside the messages.
public enum CELAdvice: Sendable, Equatable {
    /// The code to write instead.
    case write(String)
    /// A name that stands for a value and was called like a function.
    case isValue(String)
    case knownNames([String])
    case functions(type: String, [String])
    case quoted(String)
    case closeQuote(String)
    case quoteInside
    case plainNumber(String)
    case fraction(String)
    case span(String)
    case oneExpression
    case comment
    case missingOperator
    case missingComma
    case keyAndValue
    /// Plain functions, where no near one is known.
    case plainFunctions([String])
    /// A number stands where a length of time must: as hours and as days.
    case spanUnit(hours: String, days: String)
    /// The other side is a number, and the text is none.
    case numberFor(String, String)
    case missingAfter(String)
    case notOpened(String)
    /// The text up to the bracket, or from it.
    case unclosed(String)
    case compareTwice(String)
    case ternary
    case loop
    case bind
    case leaveOut
    case remove
    case largestInt
    case nothingStored
    case noPower
    case withoutBraces
    case lookAround
    case backReference
    case nothingToRepeat
    case escapedSign
    case formatClauses
    case percentSign
    case wholeNumberIndex
    case optionalValue(String)
    case sameType
    case alwaysThere(String)
    case oneField
    case textPattern(String)
    case largestSpan
    case daysOfMonth(year: Int, month: Int, days: Int)
    case monthOfYear
    case withZone(String)
}

extension CELProblem {
    /// The problem without the advice that goes with it.
    public var base: CELProblem { if case .advised(let problem, _) = self { problem.base } else { self } }

    /// Help that the kind of the mistake alone decides.
    var generalAdvice: CELAdvice? {
        switch self {
        case .branchTypes: .sameType
        case .invalidNumber: .largestInt
        case .expected(":", _): .ternary
        case .invalidFormat(.endsEarly): .percentSign
        case .invalidFormat: .formatClauses
        case .invalidRegex(let reason): Self.patternAdvice(reason)
        default: nil
        }
    }

    /// By RE2's words for what it refuses.
    private static func patternAdvice(_ reason: String) -> CELAdvice? {
        if ["`(?=", "`(?!", "`(?<=", "`(?<!"].contains(where: { reason.contains($0) }) { return .lookAround }
        if reason.hasPrefix("missing argument") { return .nothingToRepeat }
        if reason.hasPrefix("missing closing") || reason.hasPrefix("unexpected )") { return .escapedSign }
        let isReference = (1...9).contains { reason.hasPrefix("invalid escape sequence: `\\\($0)") }
        return isReference ? .backReference : nil
    }

    func advised(_ advice: CELAdvice?) -> CELProblem { advice.map { .advised(self, $0) } ?? self }
}
