import SourceDiagnostics

/// Precedence climbing over the words, with recovery at brackets, commas and logical operators.
struct Parser {
    let limits: CELLimits
    let macros: Set<CELMacroSet>
    private var lexer: Lexer
    private(set) var token: Token
    private var lastEnd = 0
    private(set) var nodeCount = 0
    private var nesting = 0
    private var failures: [CELIssue] = []
    private var gaveUp = false

    init(_ text: String, limits: CELLimits, macros: Set<CELMacroSet>) {
        self.limits = limits
        self.macros = macros
        if UTF8Text.size(text) > limits.sourceSize {
            lexer = Lexer("")
            failures = [
                CELIssue(problem: .sourceTooLong(limit: limits.sourceSize), range: SourceRange(0, text.utf8.count))
            ]
            gaveUp = true
        } else {
            lexer = Lexer(text)
        }
        token = lexer.next()
    }

    var problems: [CELIssue] { lexer.problems + failures }
    /// After a limit was hit the tree says nothing useful.
    var isWorthChecking: Bool { !gaveUp }

    mutating func parse() -> Expr {
        if gaveUp { return make(.error, SourceRange(0, 0)) }
        let tree = expression()
        if token.kind != .end { trailing() }
        return tree
    }

    private mutating func trailing() {
        if token.kind == .identifier,
            let meant = ["and": "&&", "or": "||", "且": "&&", "或": "||", "并且": "&&", "或者": "||"][token.text]
        {
            report(.wordOperator(written: token.text, meant: meant), token.range)
        } else if token.kind != .broken {
            report(.unexpected(text(token)), token.range)
        }
        while token.kind != .end { advance() }
    }

    // MARK: Helpers

    @inline(never)
    mutating func advance() {
        lastEnd = token.range.end
        token = lexer.next()
    }

    mutating func take(_ kind: Token.Kind) -> Bool {
        guard token.kind == kind else { return false }
        advance()
        return true
    }

    @inline(never)
    mutating func report(_ problem: CELProblem, _ range: SourceRange) {
        guard !gaveUp else { return }
        failures.append(CELIssue(problem: problem, range: range))
        if failures.count >= limits.syntaxErrors { giveUp(.tooManyErrors, range) }
    }

    @inline(never)
    private mutating func giveUp(_ problem: CELProblem, _ range: SourceRange) {
        if !gaveUp { failures.append(CELIssue(problem: problem, range: range)) }
        gaveUp = true
        while token.kind != .end { advance() }
    }

    @inline(never)
    mutating func make(_ kind: Expr.Kind, _ range: SourceRange, over children: [Expr] = []) -> Expr {
        var depth = 0
        for child in children where child.depth > depth { depth = child.depth }
        if depth >= limits.depth {
            giveUp(.tooDeep(limit: limits.depth), range)
            return Expr(id: newID(), range: range, depth: 1, kind: .error)
        }
        return Expr(id: newID(), range: range, depth: depth + 1, kind: kind)
    }

    private mutating func newID() -> Int {
        nodeCount += 1
        return nodeCount - 1
    }

    func text(_ token: Token) -> String {
        token.kind == .end ? "" : String(decoding: lexer.bytes[token.range.start..<token.range.end], as: UTF8.self)
    }

    @inline(never)
    private mutating func expect(_ kind: Token.Kind, _ sign: String) {
        if take(kind) { return }
        if token.kind != .broken { report(.expected(sign, found: text(token)), token.range) }
        // Recover at the same level: run to the closing sign if it comes before this bracket's end.
        var depth = 0
        while token.kind != .end {
            switch token.kind {
            case .leftParenthesis, .leftBracket, .leftBrace: depth += 1
            case .rightParenthesis, .rightBracket, .rightBrace:
                if depth == 0 {
                    _ = take(kind)
                    return
                }
                depth -= 1
            default: break
            }
            if depth == 0, take(kind) { return }
            advance()
        }
    }

    // MARK: Precedence

    // A bracket nests all of these functions once more, so each keeps what it seldom needs in functions of its own:
    // `CELLimits.depth` levels must fit into the 512 KB a thread may have.

    mutating func expression() -> Expr {
        nesting += 1
        defer { nesting -= 1 }
        if nesting > limits.depth { return tooDeep() }
        let condition = operators()
        return token.kind == .question ? conditional(condition) : condition
    }

    @inline(never)
    private mutating func tooDeep() -> Expr {
        giveUp(.tooDeep(limit: limits.depth), token.range)
        return make(.error, token.range)
    }

    @inline(never)
    private mutating func conditional(_ condition: Expr) -> Expr {
        advance()
        let first = operators()
        guard token.kind == .colon else {
            reportExpected(":")
            return make(.error, condition.range)
        }
        advance()
        return choice(condition, first, expression())
    }

    @inline(never)
    private mutating func choice(_ condition: Expr, _ first: Expr, _ second: Expr) -> Expr {
        make(
            .conditional(condition, first, second), condition.range.union(second.range),
            over: [condition, first, second])
    }

    @inline(never)
    mutating func reportExpected(_ sign: String) {
        report(.expected(sign, found: text(token)), token.range)
    }

    /// An operator whose right side is still being read.
    private struct Pending {
        let name: String
        let level: Int
        let sign: SourceRange
        /// One, or all terms so far of `&&` or `||`.
        var left: [Expr]
    }

    private static let logicalLevel = 2

    private static func operation(_ token: Token) -> (name: String, level: Int)? {
        switch token.kind {
        case .or: ("||", 1)
        case .and: ("&&", 2)
        case .equal: ("_==_", 3)
        case .notEqual: ("_!=_", 3)
        case .less: ("_<_", 3)
        case .lessEqual: ("_<=_", 3)
        case .greater: ("_>_", 3)
        case .greaterEqual: ("_>=_", 3)
        case .identifier where token.text == "in": ("@in", 3)
        case .plus: ("_+_", 4)
        case .minus: ("_-_", 4)
        case .star: ("_*_", 5)
        case .slash: ("_/_", 5)
        case .percent: ("_%_", 5)
        default: nil
        }
    }

    /// Operands and operators between them, of every level, without recursion.
    @inline(never)
    private mutating func operators() -> Expr {
        var pending: [Pending] = []
        while true {
            let operand = unary()
            if let whole = join(operand, &pending) { return whole }
        }
    }

    /// Puts an operand to the operators that wait for it; the whole when no operator follows.
    @inline(never)
    private mutating func join(_ operand: Expr, _ pending: inout [Pending]) -> Expr? {
        var right = operand
        let next = Self.operation(token)
        while let top = pending.last, top.level >= next?.level ?? 0 {
            if let next, next.level == top.level, top.level <= Self.logicalLevel {
                pending[pending.count - 1].left.append(right)
                advance()
                return nil
            }
            right = joined(pending.removeLast(), right)
        }
        guard let next else { return right }
        pending.append(Pending(name: next.name, level: next.level, sign: token.range, left: [right]))
        advance()
        return nil
    }

    private mutating func joined(_ operation: Pending, _ right: Expr) -> Expr {
        let terms = operation.left + [right]
        let range = terms[0].range.union(right.range)
        switch operation.name {
        case "||": return make(.or(terms), range, over: terms)
        case "&&": return make(.and(terms), range, over: terms)
        default:
            let call = Expr.Call(name: operation.name, target: nil, arguments: terms, nameRange: operation.sign)
            return make(.call(call), range, over: terms)
        }
    }

    // MARK: Signs

    private mutating func unary() -> Expr {
        guard token.kind == .not || token.kind == .minus else { return postfix(primary()) }
        return signed(signs())
    }

    /// Signs of one kind that follow each other.
    private struct Signs {
        let kind: Token.Kind
        var ranges: [SourceRange]
    }

    @inline(never)
    private mutating func signs() -> [Signs] {
        var groups: [Signs] = []
        while token.kind == .not || token.kind == .minus {
            if groups.last?.kind == token.kind {
                groups[groups.count - 1].ranges.append(token.range)
            } else {
                groups.append(Signs(kind: token.kind, ranges: [token.range]))
            }
            advance()
        }
        return groups
    }

    @inline(never)
    private mutating func signed(_ groups: [Signs]) -> Expr {
        var groups = groups
        let isNumber = token.kind == .int || token.kind == .double
        guard isNumber, groups[groups.count - 1].kind == .minus else {
            return applied(groups, postfix(primary()))
        }
        // The last minus belongs to the literal: the smallest integer has no positive counterpart.
        let sign = groups[groups.count - 1].ranges.removeLast()
        return applied(groups, postfix(numberLiteral(sign: sign)))
    }

    @inline(never)
    private mutating func applied(_ groups: [Signs], _ operand: Expr) -> Expr {
        var expr = operand
        for (index, group) in groups.enumerated().reversed() {
            if index + 1 < groups.count { reportMixed(group, groups[index + 1], over: expr) }
            var ranges = group.ranges
            // Pairs of one sign cancel out; two stay, so that the operand's type is still checked.
            if ranges.count > 2 { ranges.removeFirst((ranges.count - 1) / 2 * 2) }
            for sign in ranges.reversed() {
                let name = group.kind == .not ? "!_" : "-_"
                let call = Expr.Call(name: name, target: nil, arguments: [expr], nameRange: sign)
                expr = make(.call(call), sign.union(expr.range), over: [expr])
            }
        }
        return expr
    }

    /// `!-x`; a negative number is no second sign.
    private mutating func reportMixed(_ group: Signs, _ inner: Signs, over expr: Expr) {
        if group.kind == .not, case .literal = expr.kind { return }
        guard let first = group.ranges.first else { return }
        report(.mixedUnary, first.union(inner.ranges.first ?? first))
    }

    // MARK: Postfix

    @inline(never)
    private mutating func postfix(_ first: Expr) -> Expr {
        var expr = first
        while true {
            switch token.kind {
            case .dot: expr = selection(expr)
            case .leftBracket: expr = index(expr)
            case .leftBrace:
                guard let (name, _) = expr.qualifiedName else { return expr }
                expr = message(expr, name)
            default: return expr
            }
        }
    }

    @inline(never)
    private mutating func selection(_ operand: Expr) -> Expr {
        advance()
        let isOptional = token.kind == .question && macros.contains(.optional)
        if isOptional { advance() }
        guard token.kind == .identifier || token.kind == .quotedIdentifier else { return noName(operand) }
        let name = token
        advance()
        if name.kind == .identifier, Self.words.contains(name.text) { reportReserved(name) }
        guard token.kind == .leftParenthesis, !isOptional, name.kind == .identifier else {
            return selected(operand, name, isOptional)
        }
        advance()
        let arguments = self.arguments()
        return call(name, target: operand, arguments, operand.range.union(SourceRange(lastEnd, lastEnd)))
    }

    @inline(never)
    private mutating func noName(_ operand: Expr) -> Expr {
        if token.kind == .broken { advance() } else { reportExpected("name") }
        return make(.error, operand.range)
    }

    @inline(never)
    private mutating func selected(_ operand: Expr, _ name: Token, _ isOptional: Bool) -> Expr {
        let select = Expr.Select(operand: operand, field: name.text, fieldRange: name.range, isOptional: isOptional)
        return make(.select(select), operand.range.union(name.range), over: [operand])
    }

    @inline(never)
    private mutating func reportReserved(_ name: Token) { report(.reservedWord(name.text), name.range) }

    @inline(never)
    private mutating func index(_ operand: Expr) -> Expr {
        let open = token.range
        advance()
        let isOptional = token.kind == .question && macros.contains(.optional) && take(.question)
        return indexed(operand, isOptional, expression(), open)
    }

    @inline(never)
    private mutating func indexed(_ operand: Expr, _ isOptional: Bool, _ key: Expr, _ open: SourceRange) -> Expr {
        expect(.rightBracket, "]")
        let call = Expr.Call(
            name: isOptional ? "_[?_]" : "_[_]", target: nil, arguments: [operand, key],
            nameRange: SourceRange(open.start, lastEnd))
        return make(.call(call), SourceRange(operand.range.start, lastEnd), over: [operand, key])
    }

    @inline(never)
    private mutating func message(_ operand: Expr, _ name: String) -> Expr {
        advance()
        while token.kind != .end, token.kind != .rightBrace { advance() }
        expect(.rightBrace, "}")
        return make(.message(name: name), SourceRange(operand.range.start, lastEnd))
    }

    @inline(never)
    private mutating func arguments() -> [Expr] {
        var list: [Expr] = []
        if take(.rightParenthesis) { return list }
        repeat { list.append(expression()) } while take(.comma)
        expect(.rightParenthesis, ")")
        return list
    }

    @inline(never)
    private mutating func call(_ name: Token, target: Expr?, _ arguments: [Expr], _ range: SourceRange) -> Expr {
        if let expanded = expand(name, target, arguments, range) { return expanded }
        let call = Expr.Call(name: name.text, target: target, arguments: arguments, nameRange: name.range)
        return make(.call(call), range, over: arguments + (target.map { [$0] } ?? []))
    }

    // MARK: Primary

    private mutating func primary() -> Expr {
        switch token.kind {
        case .int, .uint, .double: return numberLiteral(sign: nil)
        case .string, .bytes: return textLiteral()
        case .identifier: return identifier(isRooted: false, from: token.range)
        case .dot: return rooted()
        case .leftParenthesis: return parenthesised()
        case .leftBracket: return listLiteral()
        case .leftBrace: return mapLiteral()
        default: return missing()
        }
    }

    @inline(never)
    private mutating func textLiteral() -> Expr {
        let literal = token
        advance()
        let isBytes = literal.kind == .bytes
        let value: CELValue =
            isBytes ? .bytes(literal.content) : .string(String(decoding: literal.content, as: UTF8.self))
        return make(.literal(value), literal.range)
    }

    @inline(never)
    private mutating func rooted() -> Expr {
        let start = token.range
        advance()
        guard token.kind == .identifier else { return missing() }
        return identifier(isRooted: true, from: start)
    }

    /// The brackets belong to the range, so that `(a + b) * c` starts at the bracket.
    @inline(never)
    private mutating func parenthesised() -> Expr {
        let start = token.range.start
        advance()
        let inner = expression()
        expect(.rightParenthesis, ")")
        return Expr(id: inner.id, range: SourceRange(start, lastEnd), depth: inner.depth, kind: inner.kind)
    }

    @inline(never)
    private mutating func missing() -> Expr {
        let range = token.range
        switch token.kind {
        case .broken: advance()
        case .end, .rightParenthesis, .rightBracket, .rightBrace, .comma, .colon, .and, .or:
            report(.expectedExpression(found: text(token)), range)
        default:
            report(.expectedExpression(found: text(token)), range)
            advance()
        }
        return make(.error, range)
    }

    static let reserved: Set<String> = [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
        "namespace", "return",
        "var", "void", "while", "in", "true", "false", "null",
    ]
    /// Longer than every reserved word.
    private static let reservedLength = 10

    private static let words: Set<String> = ["true", "false", "null", "in"]

    @inline(never)
    private mutating func identifier(isRooted: Bool, from range: SourceRange) -> Expr {
        let name = token
        advance()
        let whole = range.union(name.range)
        if !isRooted {
            switch name.text {
            case "true": return make(.literal(.bool(true)), whole)
            case "false": return make(.literal(.bool(false)), whole)
            case "null": return make(.literal(.null), whole)
            default: break
            }
        }
        if name.text.utf8.count < Self.reservedLength, Self.reserved.contains(name.text) { reportReserved(name) }
        guard token.kind == .leftParenthesis else { return make(.identifier(name.text, isRooted: isRooted), whole) }
        advance()
        let arguments = self.arguments()
        let callee = Token(kind: .identifier, range: name.range, text: (isRooted ? "." : "") + name.text)
        return call(callee, target: nil, arguments, SourceRange(range.start, lastEnd))
    }

    @inline(never)
    private mutating func numberLiteral(sign: SourceRange?) -> Expr {
        let number = token
        advance()
        let range = sign?.union(number.range) ?? number.range
        let digits = (sign == nil ? "" : "-") + number.text
        let value: CELValue?
        switch number.kind {
        case .uint: value = Self.integer(UInt64.self, number.text).map(CELValue.uint)
        case .double: value = Double(digits).map(CELValue.double)
        default: value = Self.integer(Int64.self, digits).map(CELValue.int)
        }
        guard let value else {
            report(.invalidNumber(digits, type: number.kind == .uint ? "uint" : "int"), range)
            return make(.error, range)
        }
        return make(.literal(value), range)
    }

    private static func integer<I: FixedWidthInteger>(_ type: I.Type, _ text: String) -> I? {
        let negative = text.hasPrefix("-")
        let digits = negative ? text.dropFirst() : text[...]
        guard digits.hasPrefix("0x") || digits.hasPrefix("0X") else { return I(text) }
        return I((negative ? "-" : "") + digits.dropFirst(2), radix: 16)
    }

    @inline(never)
    private mutating func listLiteral() -> Expr {
        let start = token.range.start
        advance()
        var elements: [Expr] = []
        var optional: Set<Int> = []
        // The grammar takes a lone comma for an empty list or map.
        if token.kind == .comma, lexer.isNext(UInt8(ascii: "]")) { advance() }
        while token.kind != .rightBracket, token.kind != .end {
            if token.kind == .question, macros.contains(.optional), take(.question) { optional.insert(elements.count) }
            elements.append(expression())
            guard take(.comma) else { break }
        }
        expect(.rightBracket, "]")
        return make(.list(elements, optional: optional), SourceRange(start, lastEnd), over: elements)
    }

    @inline(never)
    private mutating func mapLiteral() -> Expr {
        let start = token.range.start
        advance()
        var entries: [Expr.Entry] = []
        if token.kind == .comma, lexer.isNext(UInt8(ascii: "}")) { advance() }
        while token.kind != .rightBrace, token.kind != .end {
            let isOptional = token.kind == .question && macros.contains(.optional) && take(.question)
            guard let entry = entry(isOptional) else { break }
            entries.append(entry)
            guard take(.comma) else { break }
        }
        return mapped(entries, start)
    }

    @inline(never)
    private mutating func entry(_ isOptional: Bool) -> Expr.Entry? {
        let key = expression()
        guard take(.colon) else {
            reportExpected(":")
            return nil
        }
        return Expr.Entry(key: key, value: expression(), isOptional: isOptional)
    }

    @inline(never)
    private mutating func mapped(_ entries: [Expr.Entry], _ start: Int) -> Expr {
        expect(.rightBrace, "}")
        return make(.map(entries), SourceRange(start, lastEnd), over: entries.flatMap { [$0.key, $0.value] })
    }
}
