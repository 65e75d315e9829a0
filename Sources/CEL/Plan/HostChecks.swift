import SourceDiagnostics

/// An argument of a call as it stands in the text.
public struct CELArgument: Sendable {
    /// As the checker found it.
    public let type: CELType
    /// Of a text literal.
    public let text: String?
    /// Of a list literal.
    public let elements: [CELArgument]?
    /// UTF-8 offsets in the expression.
    public let range: SourceRange
}

/// What a host finds wrong with an expression, in its own words.
public struct CELHostProblem: Sendable, Equatable {
    /// Stable, in snake case.
    public let code: String
    /// What is wrong.
    public let english: String
    /// The same in Chinese.
    public let chinese: String
    /// What to write instead.
    public let englishHelp: String?
    /// The same in Chinese.
    public let chineseHelp: String?

    /// Both languages, so that the text is chosen where it is shown.
    public init(
        code: String, english: String, chinese: String, englishHelp: String? = nil, chineseHelp: String? = nil
    ) {
        self.code = code
        self.english = english
        self.chinese = chinese
        self.englishHelp = englishHelp
        self.chineseHelp = chineseHelp
    }
}

extension CELFunction {
    /// What is wrong with arguments that are written out, and where: found once, when an expression is compiled.
    public typealias LiteralCheck =
        @Sendable (_ arguments: [CELArgument], _ types: any CELTypeProvider) -> [(CELProblem, SourceRange)]

    /// The same function with a look at its literal arguments.
    public func checking(_ check: @escaping LiteralCheck) -> CELFunction {
        var copy = self
        copy.literalCheck = check
        return copy
    }
}

extension Planner {
    /// Of overloads that are all possible the first one speaks for the others.
    mutating func checkByHost(_ arguments: [Expr], _ chosen: [CELFunction]) {
        guard let check = chosen.lazy.compactMap(\.literalCheck).first else { return }
        for (problem, range) in check(arguments.map(argument), environment.types) {
            problems.append(CELIssue(problem: problem, range: range))
        }
    }

    private func argument(_ expr: Expr) -> CELArgument {
        var text: String?
        var elements: [CELArgument]?
        if case .literal(.string(let literal)) = expr.kind { text = literal }
        if case .list(let items, _) = expr.kind { elements = items.map(argument) }
        return CELArgument(type: tree.types[expr.id], text: text, elements: elements, range: expr.range)
    }
}
