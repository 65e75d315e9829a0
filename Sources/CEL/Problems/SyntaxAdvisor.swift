import SourceDiagnostics

/// Looks at the words around a problem for a mistake people really make: then the problem says what was meant, and what only
/// follows from it is left out.
struct SyntaxAdvisor {
    let source: [UInt8]
    let tokens: [Token]

    /// Longer texts are not written by hand, and reading the words a second time costs.
    private static let greatestSource = 10_000

    init(_ text: String) {
        source = Array(text.utf8)
        var lexer = Lexer(text)
        var tokens: [Token] = []
        while source.count <= Self.greatestSource {
            let token = lexer.next()
            if token.kind == .end { break }
            tokens.append(token)
        }
        self.tokens = tokens
    }

    /// What a problem becomes.
    struct Finding {
        var problem: CELProblem
        var range: SourceRange
        /// Whatever of the grammar is said behind it follows from it.
        var isCause = true
        /// Other findings at these places are but its consequences.
        var covers: [SourceRange] = []
    }

    /// - Parameter problems: in order of their places.
    func improve(_ problems: [CELIssue]) -> [CELIssue] {
        var improved: [CELIssue] = []
        var cause: SourceRange?
        var covered: [SourceRange] = []
        for issue in problems {
            if let cause, follows(issue, from: cause) { continue }
            if isAfterNot(issue) || covered.contains(where: { $0.contains(issue.range) }) { continue }
            guard let finding = finding(issue.problem, issue.range) else {
                if issue.problem.code == "unterminated_string" { cause = issue.range }
                improved.append(issue)
                continue
            }
            improved.removeAll { earlier in finding.covers.contains { $0.contains(earlier.range) } }
            covered += finding.covers
            improved.append(CELIssue(problem: finding.problem, range: finding.range))
            if finding.isCause { cause = finding.range }
        }
        return cause == nil ? improved : improved.filter { !Self.doubtful.contains($0.problem.code) }
    }

    /// What the checker says of types where a part could not be read.
    private static let doubtful: Set = ["operator_types", "expected_type", "branch_types", "no_overload"]

    /// `not x`: the unknown name `not` says it all.
    private func isAfterNot(_ issue: CELIssue) -> Bool {
        guard case .unexpected = issue.problem, let index = tokens.firstIndex(where: { $0.range == issue.range }),
            let before = token(index - 1), before.kind == .identifier
        else { return false }
        return ["not", "非", "不", "不是"].contains(before.text.lowercased())
    }

    private func follows(_ issue: CELIssue, from cause: SourceRange) -> Bool {
        switch issue.problem.code {
        case "syntax", "strange_character", "reserved_word": true
        // A call whose arguments could not be read may well be right.
        case "undeclared_function" where issue.range.start < cause.start: false
        // The same word once more, or parts of what could not be read.
        case "undeclared_name", "undeclared_function", "operator_types", "wrong_operator", "unterminated_string":
            issue.range.start >= cause.start
        default: false
        }
    }

    private func finding(_ problem: CELProblem, _ range: SourceRange) -> Finding? {
        let index = tokens.firstIndex { $0.range.start >= range.start } ?? tokens.count
        switch problem {
        case .unexpected: return unexpected(problem, range, index)
        case .strangeCharacter(let text): return strange(text, range, index)
        case .fullWidth: return fullWidth(problem, range)
        case .wrongOperator(let written, _): return slip(written, range, index)
        case .expectedExpression: return missingValue(problem, range, index)
        case .expected(let sign, _): return expected(sign, problem, range, index)
        case .unterminatedString: return unterminated(problem, range, index)
        case .reservedWord(let word): return reserved(word, problem, range)
        case .hasArgument(let key): return hasArgument(key, problem, range)
        default: return nil
        }
    }

    // MARK: Words

    func text(_ token: Token?) -> String { token.map { text($0.range) } ?? "" }

    func text(_ range: SourceRange) -> String {
        String(decoding: source[max(0, range.start)..<min(range.end, source.count)], as: UTF8.self)
    }

    func token(_ index: Int) -> Token? { tokens.indices.contains(index) ? tokens[index] : nil }

    /// Whether nothing stands between two words.
    func touch(_ a: Token?, _ b: Token?) -> Bool {
        guard let a, let b else { return false }
        return a.range.end == b.range.start
    }

    func isNumber(_ token: Token?) -> Bool {
        switch token?.kind {
        case .int, .uint, .double: true
        default: false
        }
    }

    func isValue(_ token: Token?) -> Bool {
        switch token?.kind {
        case .int, .uint, .double, .string, .bytes, .identifier, .rightParenthesis, .rightBracket, .rightBrace: true
        default: false
        }
    }

    /// The name, literal or bracketed part that ends before a word: `task.title`, `labels[0]`, `size(x)`.
    func operand(before index: Int) -> String? {
        var at = index - 1
        guard isValue(token(at)) else { return nil }
        while let word = token(at) {
            switch word.kind {
            case .rightParenthesis, .rightBracket:
                guard let open = opening(at) else { return nil }
                at = open
                // A call or an index begins at its name.
                if isValue(token(at - 1)), touch(token(at - 1), token(at)) {
                    at -= 1
                    continue
                }
            default: break
            }
            guard token(at - 1)?.kind == .dot, isValue(token(at - 2)) else { break }
            at -= 2
        }
        guard let first = token(at), let last = token(index - 1) else { return nil }
        return text(first.range.union(last.range))
    }

    private func opening(_ index: Int) -> Int? {
        var depth = 0
        for at in stride(from: index, through: 0, by: -1) {
            switch tokens[at].kind {
            case .rightParenthesis, .rightBracket, .rightBrace: depth += 1
            case .leftParenthesis, .leftBracket, .leftBrace:
                depth -= 1
                if depth == 0 { return at }
            default: break
            }
        }
        return nil
    }

    /// The bracket that is still open before a word.
    func openBracket(before index: Int) -> Int? {
        var depth = 0
        for at in stride(from: min(index, tokens.count) - 1, through: 0, by: -1) {
            switch tokens[at].kind {
            case .rightParenthesis, .rightBracket, .rightBrace: depth += 1
            case .leftParenthesis, .leftBracket, .leftBrace:
                if depth == 0 { return at }
                depth -= 1
            default: break
            }
        }
        return nil
    }
}
