import SourceDiagnostics

/// A word too many behind a complete expression, and words of other languages.
extension SyntaxAdvisor {
    static let operatorWords: [String: String] = [
        "and": "&&", "or": "||", "且": "&&", "或": "||", "并且": "&&", "或者": "||", "而且": "&&", "和": "&&",
        "xor": "!=", "is": "==", "equals": "==", "equal": "==", "eq": "==", "ne": "!=", "neq": "!=", "gt": ">",
        "ge": ">=", "gte": ">=", "lt": "<", "le": "<=", "lte": "<=", "mod": "%", "div": "/", "是": "==", "等于": "==",
        "不是": "!=", "不等于": "!=", "大于": ">", "小于": "<", "大于等于": ">=", "小于等于": "<=", "在": "in", "属于": "in",
    ]
    private static let textTests: [String: String] = [
        "contains": "contains", "includes": "contains", "has": "contains", "包含": "contains", "matches": "matches",
        "startswith": "startsWith", "endswith": "endsWith", "like": "matches",
    ]
    /// Hours in a unit of time.
    private static let hours: [String: Int] = [
        "d": 24, "day": 24, "days": 24, "天": 24, "日": 24, "w": 168, "week": 168, "weeks": 168, "周": 168, "星期": 168,
        "h": 1, "hour": 1, "hours": 1, "hr": 1, "hrs": 1, "小时": 1,
    ]
    private static let minutes: Set<String> = ["m", "min", "mins", "minute", "minutes", "分钟"]
    private static let multiples: [String: Int] = [
        "k": 1000, "K": 1000, "千": 1000, "w": 10_000, "W": 10_000, "万": 10_000, "万元": 10_000, "M": 1_000_000,
        "亿": 100_000_000, "百": 100, "元": 1, "块": 1, "圆": 1, "USD": 1, "CNY": 1, "RMB": 1,
    ]

    func unexpected(_ problem: CELProblem, _ range: SourceRange, _ index: Int) -> Finding? {
        guard let word = token(index) else { return nil }
        let before = token(index - 1)
        if isNumber(before), let number = number(index, range) { return number }
        if let call = callWithoutBrackets(index, problem, range) { return call }
        switch word.kind {
        case .identifier: return foreign(word, index, problem, range)
        case .colon: return Finding(problem: .wrongOperator(written: ":", meant: "=="), range: range)
        case .double where touch(before, word) && isValue(before):
            let digits = text(word).dropFirst()
            let whole = (operand(before: index) ?? text(before)) + "[\(digits)]"
            return Finding(problem: problem.advised(.write(whole)), range: range)
        case .rightParenthesis: return Finding(problem: problem.advised(.notOpened("(")), range: range)
        case .rightBracket: return Finding(problem: problem.advised(.notOpened("[")), range: range)
        case .rightBrace, .leftBrace:
            return Finding(
                problem: problem.advised(text(range) == "}" ? .withoutBraces : .missingOperator), range: range)
        case .string where before?.kind == .string && !touch(before, word):
            return Finding(problem: problem.advised(.write("\(text(before)) + \(text(word))")), range: range)
        case .string where touch(before, word): return Finding(problem: problem.advised(.quoteInside), range: range)
        case .comma: return Finding(problem: problem.advised(.oneExpression), range: range)
        default: return isValue(word) ? Finding(problem: problem.advised(.missingOperator), range: range) : nil
        }
    }

    private static let functions: Set = [
        "has", "size", "int", "uint", "double", "string", "bool", "bytes", "duration", "timestamp", "type", "dyn",
    ]
    private static let macros: Set = ["exists", "all", "filter", "map", "exists_one"]

    /// `has m.a`, `labels.exists l == "a"`, `如果 …`
    private func callWithoutBrackets(_ index: Int, _ problem: CELProblem, _ range: SourceRange) -> Finding? {
        guard let before = token(index - 1), before.kind == .identifier, isValue(token(index)) else { return nil }
        let rest = text(SourceRange(range.start, source.count))
        let advice: CELAdvice
        if ["如果", "若", "when", "unless", "switch", "case"].contains(before.text.lowercased()) {
            advice = .ternary
        } else if token(index - 2)?.kind == .dot, Self.macros.contains(before.text), let name = operand(before: index) {
            advice = .write("\(name)(\(text(range)), …)")
        } else if token(index - 2)?.kind != .dot, Self.functions.contains(before.text) {
            advice = .write("\(before.text)(\(short(rest)))")
        } else {
            return nil
        }
        let whole = before.range.union(range)
        return Finding(problem: problem.advised(advice), range: whole, covers: [before.range])
    }

    private func foreign(_ word: Token, _ index: Int, _ problem: CELProblem, _ range: SourceRange) -> Finding {
        let lower = word.text.lowercased()
        let before = token(index - 1)
        let after = token(index + 1)
        if before?.kind == .string, touch(before, word) {
            return Finding(problem: problem.advised(.quoteInside), range: range)
        }
        if ["if", "then", "else", "elif", "如果", "那么", "否则"].contains(lower) {
            return Finding(problem: problem.advised(.ternary), range: range)
        }
        if let finding = test(lower, index, problem, range) { return finding }
        guard var meant = Self.operatorWords[lower] else {
            return Finding(problem: problem.advised(.missingOperator), range: range)
        }
        var whole = range
        if lower == "is", after?.text.lowercased() == "not", let after {
            (meant, whole) = ("!=", range.union(after.range))
        }
        return Finding(problem: .wordOperator(written: text(whole), meant: meant), range: whole)
    }

    /// `not in`, `between`, and tests of texts that stand between the two sides.
    private func test(_ word: String, _ index: Int, _ problem: CELProblem, _ range: SourceRange) -> Finding? {
        let left = operand(before: index) ?? "x"
        let after = token(index + 1)
        if word == "not", after?.text == "in" {
            let right = after.map { text(SourceRange($0.range.end, source.count)) } ?? ""
            return Finding(problem: problem.advised(.write("!(\(left) in\(short(right)))")), range: range)
        }
        if word == "between" {
            let (low, high) = (token(index + 1), token(index + 3))
            let bounds = isNumber(low) && isNumber(high) ? (text(low), text(high)) : ("a", "b")
            return Finding(
                problem: problem.advised(.write("\(left) >= \(bounds.0) && \(left) <= \(bounds.1)")), range: range)
        }
        guard let method = Self.textTests[word], let after, after.kind == .string || after.kind == .identifier else {
            return nil
        }
        let call = word == "like" ? like(left, after) : "\(left).\(method)(\(text(after)))"
        return Finding(problem: problem.advised(.write(call)), range: range)
    }

    /// What a pattern of SQL means.
    private func like(_ left: String, _ pattern: Token) -> String {
        let content = String(decoding: pattern.content, as: UTF8.self)
        let (atStart, atEnd) = (content.hasPrefix("%"), content.hasSuffix("%"))
        let core = CELValue.quoted(content.replacing("%", with: ""))
        let method = atStart && atEnd ? "contains" : (atEnd ? "startsWith" : (atStart ? "endsWith" : "contains"))
        return "\(left).\(method)(\(core))"
    }

    func short(_ code: String) -> String {
        let limit = 40
        let trimmed = code.unicodeScalars.count > limit ? String(code.unicodeScalars.prefix(limit)) + "…" : code
        return trimmed
    }

    // MARK: Numbers

    /// Separators, units and multiples that people write behind digits.
    func number(_ index: Int, _ range: SourceRange) -> Finding? {
        guard let first = token(index - 1), let word = token(index) else { return nil }
        let digits = text(first)
        func plain(_ written: String, _ end: SourceRange) -> Finding {
            let whole = first.range.union(end)
            return Finding(problem: .unexpected(text(range)).advised(.plainNumber(written)), range: whole)
        }
        if word.kind == .comma, let grouped = grouped(from: index - 1) { return plain(grouped.digits, grouped.range) }
        if word.kind == .comma, touch(first, word), let part = token(index + 1), part.kind == .int, touch(word, part) {
            return plain("\(digits).\(text(part))", part.range)
        }
        if word.kind == .double, touch(first, word), text(word).hasPrefix(".") {
            let isGrouped = text(word).utf8.count == 4
            let written = digits + text(word)
            let advice = isGrouped ? CELAdvice.plainNumber(written.replacing(".", with: "")) : .quoted("\"\(written)\"")
            return Finding(
                problem: .unexpected(text(range)).advised(advice), range: first.range.union(word.range))
        }
        guard word.kind == .identifier else { return nil }
        if word.text.hasPrefix("_"), word.text.dropFirst().utf8.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: "_") }) {
            return plain((digits + word.text).replacing("_", with: ""), word.range)
        }
        if touch(first, word) || word.text.unicodeScalars.allSatisfy({ !$0.isASCII }), first.kind == .int,
            let times = Self.multiples[word.text], let count = Int(digits), Self.hours[word.text] == nil
        {
            let (product, overflow) = count.multipliedReportingOverflow(by: times)
            if !overflow { return plain(String(product), word.range) }
        }
        guard let span = span(digits, word.text) else {
            guard touch(first, word) else { return nil }
            return Finding(
                problem: .unexpected(text(range)).advised(.quoted("\"\(digits)\(text(word))\"")),
                range: first.range.union(word.range))
        }
        return Finding(
            problem: .unexpected(text(range)).advised(.span(span)), range: first.range.union(word.range))
    }

    private func span(_ digits: String, _ unit: String) -> String? {
        if let hours = Self.hours[unit.lowercased()], let count = Int(digits) {
            let (total, overflow) = count.multipliedReportingOverflow(by: hours)
            return overflow ? nil : "duration(\"\(total)h\")"
        }
        return Self.minutes.contains(unit.lowercased()) ? "duration(\"\(digits)m\")" : nil
    }

    /// `50,000` and longer.
    private func grouped(from index: Int) -> (digits: String, range: SourceRange)? {
        guard let first = token(index), first.kind == .int else { return nil }
        var digits = text(first)
        var range = first.range
        var at = index
        while let comma = token(at + 1), comma.kind == .comma, let part = token(at + 2), part.kind == .int,
            part.range.length == 3, touch(token(at), comma), touch(comma, part)
        {
            digits += text(part)
            range = range.union(part.range)
            at += 2
        }
        return at == index ? nil : (digits, range)
    }

    // MARK: Statements

    func reserved(_ word: String, _ problem: CELProblem, _ range: SourceRange) -> Finding? {
        let advice: CELAdvice
        switch word {
        case "if", "else": advice = .ternary
        case "for", "while", "loop", "break", "continue": advice = .loop
        case "let", "var", "const": advice = .bind
        case "return", "import", "package", "namespace", "function", "void", "as": advice = .leaveOut
        default: return nil
        }
        // A field of that name is no statement.
        if let index = tokens.firstIndex(where: { $0.range == range }), token(index + 1)?.kind == .dot { return nil }
        return Finding(problem: problem.advised(advice), range: range)
    }
}
