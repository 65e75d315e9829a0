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

    mutating func advance() {
        lastEnd = token.range.end
        token = lexer.next()
    }

    mutating func take(_ kind: Token.Kind) -> Bool {
        guard token.kind == kind else { return false }
        advance()
        return true
    }

    mutating func report(_ problem: CELProblem, _ range: SourceRange) {
        guard !gaveUp else { return }
        failures.append(CELIssue(problem: problem, range: range))
        if failures.count >= limits.syntaxErrors { giveUp(.tooManyErrors, range) }
    }

    private mutating func giveUp(_ problem: CELProblem, _ range: SourceRange) {
        if !gaveUp { failures.append(CELIssue(problem: problem, range: range)) }
        gaveUp = true
        while token.kind != .end { advance() }
    }

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

    mutating func expression() -> Expr {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= limits.depth else {
            giveUp(.tooDeep(limit: limits.depth), token.range)
            return make(.error, token.range)
        }
        let condition = disjunction()
        guard token.kind == .question else { return condition }
        advance()
        let first = disjunction()
        guard token.kind == .colon else {
            report(.expected(":", found: text(token)), token.range)
            return make(.error, condition.range)
        }
        advance()
        let second = expression()
        return make(
            .conditional(condition, first, second), condition.range.union(second.range),
            over: [condition, first, second])
    }

    private mutating func disjunction() -> Expr {
        let first = conjunction()
        guard token.kind == .or else { return first }
        var terms = [first]
        while take(.or) { terms.append(conjunction()) }
        return make(.or(terms), first.range.union(terms[terms.count - 1].range), over: terms)
    }

    private mutating func conjunction() -> Expr {
        let first = binary(minimum: 1)
        guard token.kind == .and else { return first }
        var terms = [first]
        while take(.and) { terms.append(binary(minimum: 1)) }
        return make(.and(terms), first.range.union(terms[terms.count - 1].range), over: terms)
    }

    private static func operation(_ token: Token) -> (name: String, level: Int)? {
        switch token.kind {
        case .equal: ("_==_", 1)
        case .notEqual: ("_!=_", 1)
        case .less: ("_<_", 1)
        case .lessEqual: ("_<=_", 1)
        case .greater: ("_>_", 1)
        case .greaterEqual: ("_>=_", 1)
        case .identifier where token.text == "in": ("@in", 1)
        case .plus: ("_+_", 2)
        case .minus: ("_-_", 2)
        case .star: ("_*_", 3)
        case .slash: ("_/_", 3)
        case .percent: ("_%_", 3)
        default: nil
        }
    }

    private mutating func binary(minimum: Int) -> Expr {
        var left = unary()
        while let (name, level) = Self.operation(token), level >= minimum {
            let sign = token.range
            advance()
            let right = binary(minimum: level + 1)
            let call = Expr.Call(name: name, target: nil, arguments: [left, right], nameRange: sign)
            left = make(.call(call), left.range.union(right.range), over: [left, right])
        }
        return left
    }

    private mutating func unary() -> Expr {
        guard token.kind == .not || token.kind == .minus else { return postfix(primary()) }
        let kind = token.kind
        let start = token.range
        var signs: [SourceRange] = []
        while token.kind == kind {
            signs.append(token.range)
            advance()
        }
        var operand: Expr
        if kind == .minus, token.kind == .int || token.kind == .double {
            // The last minus belongs to the literal: the smallest integer has no positive counterpart.
            let sign = signs.removeLast()
            operand = postfix(numberLiteral(sign: sign))
        } else {
            let negatedNumber = kind == .not && token.kind == .minus
            if token.kind == .not || token.kind == .minus {
                let sign = token.range
                operand = unary()
                var isLiteral = false
                if negatedNumber, case .literal = operand.kind { isLiteral = true }
                if !isLiteral { report(.mixedUnary, start.union(sign)) }
            } else {
                operand = postfix(primary())
            }
        }
        // Pairs of one sign cancel out; two stay, so that the operand's type is still checked.
        if signs.count > 2 { signs.removeFirst((signs.count - 1) / 2 * 2) }
        for sign in signs.reversed() {
            let call = Expr.Call(name: kind == .not ? "!_" : "-_", target: nil, arguments: [operand], nameRange: sign)
            operand = make(.call(call), sign.union(operand.range), over: [operand])
        }
        return operand
    }

    // MARK: Postfix

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

    private mutating func selection(_ operand: Expr) -> Expr {
        advance()
        let isOptional = token.kind == .question && macros.contains(.optional)
        if isOptional { advance() }
        guard token.kind == .identifier || token.kind == .quotedIdentifier else {
            if token.kind != .broken { report(.expected("name", found: text(token)), token.range) } else { advance() }
            return make(.error, operand.range)
        }
        let name = token
        advance()
        if name.kind == .identifier, ["true", "false", "null", "in"].contains(name.text) {
            report(.reservedWord(name.text), name.range)
        }
        if token.kind == .leftParenthesis, !isOptional, name.kind == .identifier {
            advance()
            let arguments = self.arguments(.rightParenthesis)
            return call(name, target: operand, arguments, operand.range.union(SourceRange(lastEnd, lastEnd)))
        }
        let select = Expr.Select(operand: operand, field: name.text, fieldRange: name.range, isOptional: isOptional)
        return make(.select(select), operand.range.union(name.range), over: [operand])
    }

    private mutating func index(_ operand: Expr) -> Expr {
        let open = token.range
        advance()
        let isOptional = token.kind == .question && macros.contains(.optional) && take(.question)
        let key = expression()
        expect(.rightBracket, "]")
        let call = Expr.Call(
            name: isOptional ? "_[?_]" : "_[_]", target: nil, arguments: [operand, key],
            nameRange: SourceRange(open.start, lastEnd))
        return make(.call(call), SourceRange(operand.range.start, lastEnd), over: [operand, key])
    }

    private mutating func message(_ operand: Expr, _ name: String) -> Expr {
        advance()
        while token.kind != .end, token.kind != .rightBrace { advance() }
        expect(.rightBrace, "}")
        return make(.message(name: name), SourceRange(operand.range.start, lastEnd))
    }

    mutating func arguments(_ closing: Token.Kind) -> [Expr] {
        var list: [Expr] = []
        if take(closing) { return list }
        repeat { list.append(expression()) } while take(.comma)
        expect(closing, closing == .rightParenthesis ? ")" : "]")
        return list
    }

    private mutating func call(_ name: Token, target: Expr?, _ arguments: [Expr], _ range: SourceRange) -> Expr {
        if let expanded = expand(name, target, arguments, range) { return expanded }
        let call = Expr.Call(name: name.text, target: target, arguments: arguments, nameRange: name.range)
        return make(.call(call), range, over: arguments + (target.map { [$0] } ?? []))
    }

    // MARK: Primary

    private mutating func primary() -> Expr {
        let start = token
        switch token.kind {
        case .int, .uint, .double: return numberLiteral(sign: nil)
        case .string:
            advance()
            return make(.literal(.string(String(decoding: start.content, as: UTF8.self))), start.range)
        case .bytes:
            advance()
            return make(.literal(.bytes(start.content)), start.range)
        case .identifier: return identifier(isRooted: false, from: start.range)
        case .dot:
            advance()
            guard token.kind == .identifier else { return missing() }
            return identifier(isRooted: true, from: start.range)
        case .leftParenthesis:
            advance()
            let inner = expression()
            expect(.rightParenthesis, ")")
            // The brackets belong to the range, so that `(a + b) * c` starts at the bracket.
            return Expr(
                id: inner.id, range: SourceRange(start.range.start, lastEnd), depth: inner.depth, kind: inner.kind)
        case .leftBracket: return listLiteral()
        case .leftBrace: return mapLiteral()
        default: return missing()
        }
    }

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
        if name.text.utf8.count < Self.reservedLength, Self.reserved.contains(name.text) {
            report(.reservedWord(name.text), name.range)
        }
        if token.kind == .leftParenthesis {
            advance()
            let arguments = self.arguments(.rightParenthesis)
            let callee = Token(kind: .identifier, range: name.range, text: (isRooted ? "." : "") + name.text)
            return call(callee, target: nil, arguments, SourceRange(range.start, lastEnd))
        }
        return make(.identifier(name.text, isRooted: isRooted), whole)
    }

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

    private mutating func mapLiteral() -> Expr {
        let start = token.range.start
        advance()
        var entries: [Expr.Entry] = []
        if token.kind == .comma, lexer.isNext(UInt8(ascii: "}")) { advance() }
        while token.kind != .rightBrace, token.kind != .end {
            let isOptional = token.kind == .question && macros.contains(.optional) && take(.question)
            let key = expression()
            guard take(.colon) else {
                report(.expected(":", found: text(token)), token.range)
                break
            }
            entries.append(Expr.Entry(key: key, value: expression(), isOptional: isOptional))
            guard take(.comma) else { break }
        }
        expect(.rightBrace, "}")
        return make(.map(entries), SourceRange(start, lastEnd), over: entries.flatMap { [$0.key, $0.value] })
    }
}
