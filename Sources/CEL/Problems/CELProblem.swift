import SourceDiagnostics

/// What is wrong with an expression, found before it ever runs.
public indirect enum CELProblem: Sendable, Equatable {
    // Reading
    case strangeCharacter(String)
    case fullWidth(written: String, meant: String)
    case fullWidthQuotes(content: String)
    case wrongOperator(written: String, meant: String)
    case wordOperator(written: String, meant: String)
    case unterminatedString
    case unterminatedName
    case invalidEscape(String)
    case invalidNumber(String, type: String)
    case expectedExpression(found: String)
    case expected(String, found: String)
    case unexpected(String)
    case mixedUnary
    case reservedWord(String)
    case sourceTooLong(limit: Int)
    case tooDeep(limit: Int)
    case tooManyErrors
    // Macros
    case hasArgument(hint: String?)
    case macroVariable(macro: String)
    case repeatedVariable(String)
    /// A macro over a list with another number of arguments than it has.
    case macroParts(String, Int)
    /// `cel.bind` with another number of arguments than three.
    case bindParts(Int)
    // Checking
    case undeclared(String, near: String?)
    case undeclaredFunction(String, near: String?, isMember: Bool, receiver: String?)
    case undefinedField(object: String, field: String, near: String?)
    case noFields(type: String, field: String)
    case noOverload(function: String, arguments: [String], isMember: Bool, expected: [String])
    case cannotApply(sign: String, left: String, right: String)
    case cannotNegate(sign: String, type: String)
    case branchTypes(String, String)
    case expectedType(String, found: String)
    case notIterable(type: String)
    case unknownMessage(String)
    // What types do not show
    case repeatedKey(String)
    case unsupportedKey(type: String)
    case cannotSort(type: String)
    case tooManyWalks(limit: Int)
    case costsTooMuch(least: Int, limit: Int)
    /// A warning: the part of an instant that `function` gives is never this number.
    case neverEqual(function: String, least: Int64, most: Int64, number: Int64)
    // Literals checked beforehand
    case invalidLiteral(function: String, value: String)
    case invalidRegex(String)
    case regexGroups(Int)
    case invalidFormat(FormatFault)
    /// Found by the host that declares the function.
    case host(CELHostProblem)
    /// With advice for the case at hand in place of the general help.
    case advised(CELProblem, CELAdvice)
}

extension CELProblem: DiagnosticFact {
    /// A stable name for machines, such as `undeclared_name`.
    public var code: String {
        switch self {
        case .advised(let problem, _): problem.code
        case .strangeCharacter: "strange_character"
        case .fullWidth, .fullWidthQuotes: "full_width_character"
        case .wrongOperator, .wordOperator: "wrong_operator"
        case .unterminatedString: "unterminated_string"
        case .unterminatedName: "unterminated_name"
        case .invalidEscape: "invalid_escape"
        case .invalidNumber: "invalid_number"
        case .expectedExpression, .expected, .unexpected: "syntax"
        case .mixedUnary: "mixed_unary"
        case .reservedWord: "reserved_word"
        case .sourceTooLong: "expression_too_long"
        case .tooDeep: "expression_too_deep"
        case .tooManyErrors: "too_many_errors"
        case .hasArgument: "has_argument"
        case .macroVariable: "macro_variable"
        case .repeatedVariable: "repeated_variable"
        case .bindParts: "bind_parts"
        case .macroParts: "macro_parts"
        case .undeclared: "undeclared_name"
        case .undeclaredFunction: "undeclared_function"
        case .undefinedField: "undefined_field"
        case .noFields: "no_fields"
        case .noOverload: "no_overload"
        case .cannotApply, .cannotNegate: "operator_types"
        case .branchTypes: "branch_types"
        case .expectedType: "expected_type"
        case .notIterable: "not_iterable"
        case .unknownMessage: "unknown_message"
        case .repeatedKey: "repeated_key"
        case .unsupportedKey: "unsupported_key"
        case .cannotSort: "cannot_sort"
        case .tooManyWalks: "too_many_walks"
        case .costsTooMuch: "costs_too_much"
        case .neverEqual: "never_equal"
        case .invalidLiteral: "invalid_literal"
        case .invalidRegex, .regexGroups: "invalid_regex"
        case .invalidFormat: "invalid_format"
        case .host(let problem): problem.code
        }
    }

    /// Warnings stand beside a program, errors in its place.
    public var severity: Severity { if case .neverEqual = base { .warning } else { .error } }

    /// What is wrong, in one sentence without a full stop.
    public func message(_ language: Language) -> String {
        switch language {
        case .en: base.englishMessage
        case .zh: base.chineseMessage
        }
    }

    /// How to mend it; nil when the message says it all.
    public func help(_ language: Language) -> String? {
        if case .advised(_, let advice) = self { return language == .en ? advice.english : advice.chinese }
        return language == .en ? englishHelp : chineseHelp
    }
}
