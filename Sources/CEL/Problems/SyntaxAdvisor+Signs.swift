import SourceDiagnostics

/// Signs of other languages, and what is missing.
extension SyntaxAdvisor {
    private static let signs: [String: String] = ["≥": ">=", "≤": "<=", "≠": "!=", "≧": ">=", "≦": "<=", "＆": "&&"]
    private static let money: Set<String> = ["$", "¥", "￥", "€", "£"]
    private static let cornerQuotes: [String: String] = ["「": "」", "『": "』", "«": "»", "《": "》"]

    func strange(_ sign: String, _ range: SourceRange, _ index: Int) -> Finding? {
        let problem = CELProblem.strangeCharacter(sign)
        func advised(_ advice: CELAdvice) -> Finding { Finding(problem: problem.advised(advice), range: range) }
        if let meant = Self.signs[sign] {
            return Finding(problem: .wrongOperator(written: sign, meant: meant), range: range, isCause: true)
        }
        if let close = Self.cornerQuotes[sign] { return corner(close, range) }
        let next = tokens.first { $0.range.start == range.end }
        if sign == "$", next?.kind == .leftBrace { return advised(.withoutBraces) }
        if Self.money.contains(sign), isNumber(next), let next { return advised(.plainNumber(text(next))) }
        switch sign {
        case ";":
            return arrow(";", range, index) ?? advised(isLast(range) ? .remove : .oneExpression)
        case "#": return advised(.comment)
        case "@", "$":
            guard let next, next.kind == .identifier else { return nil }
            return advised(.write(next.text))
        case "^": return advised(.noPower)
        case "~" where text(SourceRange(range.start - 1, range.start)) == "=":
            return pattern(SourceRange(range.start - 1, range.end))
        default: return nil
        }
    }

    private func isLast(_ range: SourceRange) -> Bool { !tokens.contains { $0.range.start >= range.end } }

    /// A run of signs, some of them full-width, is one operator.
    func fullWidth(_ problem: CELProblem, _ range: SourceRange) -> Finding? {
        let operators: Set<UInt8> = Set("=!<>&|".utf8)
        func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
            (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
        }
        if isLast(range), ["；", "。", "，", "、"].contains(text(range)) {
            return Finding(
                problem: problem.advised(.remove), range: range, covers: [SourceRange(range.start, source.count)])
        }
        let before = text(SourceRange(0, range.start)).unicodeScalars.reversed()
        let after = text(SourceRange(range.start, source.count)).unicodeScalars
        let isOperator: (Unicode.Scalar) -> Bool = { narrow($0).isASCII && operators.contains(UInt8(narrow($0).value)) }
        guard let first = after.first, isOperator(first) else { return nil }
        let head = before.prefix(while: isOperator).reversed()
        let run = Array(head) + Array(after.prefix(while: isOperator))
        var written = ""
        var meant = ""
        for scalar in run {
            written.unicodeScalars.append(scalar)
            meant.unicodeScalars.append(narrow(scalar))
        }
        meant = ["=": "==", "&": "&&", "|": "||"][meant] ?? meant
        let start = range.start - head.reduce(0) { $0 + UTF8.width($1) }
        let whole = SourceRange(start, start + written.utf8.count)
        return Finding(
            problem: .fullWidth(written: written, meant: meant), range: whole, isCause: run.count > 1, covers: [whole])
    }

    private func corner(_ close: String, _ range: SourceRange) -> Finding? {
        let rest = text(SourceRange(range.end, source.count))
        guard let mark = close.first, let end = rest.firstIndex(of: mark) else { return nil }
        let content = String(rest[..<end])
        let whole = SourceRange(range.start, range.end + content.utf8.count + close.utf8.count)
        return Finding(problem: .fullWidthQuotes(content: content), range: whole)
    }

    private func pattern(_ range: SourceRange) -> Finding {
        let index = tokens.firstIndex { $0.range.start >= range.start } ?? tokens.count
        let left = operand(before: index) ?? "x"
        let right = tokens.first { $0.range.start >= range.end && $0.kind == .string }
        let meant = "\(left).matches(\(right.map { text($0) } ?? "\"…\""))"
        return Finding(problem: .wrongOperator(written: "=~", meant: meant), range: range)
    }

    // MARK: Slips

    /// `written` was read as an operator already; its neighbours may show another one.
    func slip(_ written: String, _ range: SourceRange, _ index: Int) -> Finding? {
        let before = text(SourceRange(range.start - 2, range.start))
        let after = text(SourceRange(range.end, range.end + 1))
        func wrong(_ sign: String, _ meant: String, _ start: Int, _ end: Int) -> Finding {
            Finding(problem: .wrongOperator(written: sign, meant: meant), range: SourceRange(start, end))
        }
        switch written {
        case "=" where before == "==" || before == "!=":
            return wrong(before + "=", before, range.start - 2, range.end)
        case "=" where after == "~": return pattern(SourceRange(range.start, range.end + 1))
        case "=" where ["+", "-", "*", "/", ":", "%"].contains(before.suffix(1)):
            let whole = SourceRange(range.start - 1, range.end)
            return Finding(problem: CELProblem.unexpected(text(whole)).advised(.nothingStored), range: whole)
        case "&" where before == "&&": return wrong("&&&", "&&", range.start - 2, range.end)
        case "|" where before == "||": return wrong("|||", "||", range.start - 2, range.end)
        case "=>": return arrow("=>", range, index)
        default: return nil
        }
    }

    /// `labels.exists(l => …)`: the name and the condition are two arguments.
    private func arrow(_ sign: String, _ range: SourceRange, _ index: Int) -> Finding? {
        guard let open = openBracket(before: index), tokens[open].kind == .leftParenthesis,
            let variable = token(index - 1), variable.kind == .identifier, open == index - 2,
            let call = operand(before: open)
        else { return nil }
        let end = tokens.count
        let last = token(end - 1)?.kind == .rightParenthesis ? end - 1 : end
        let start = tokens[index].range.end + (sign == "->" ? 1 : 0)
        let body = text(SourceRange(start, token(last - 1)?.range.end ?? source.count))
        let code = "\(call)(\(variable.text),\(short(body.hasPrefix(" ") ? body : " " + body)))"
        return Finding(
            problem: CELProblem.unexpected(sign).advised(.write(code)), range: range,
            covers: [token(open - 1)?.range ?? range])
    }

    // MARK: What is missing

    func missingValue(_ problem: CELProblem, _ range: SourceRange, _ index: Int) -> Finding? {
        let before = token(index - 1)
        let word = token(index)
        let found = text(range)
        let pair = text(SourceRange(range.start - 1, range.end))
        func advised(_ advice: CELAdvice, _ whole: SourceRange? = nil) -> Finding {
            Finding(problem: problem.advised(advice), range: whole ?? range)
        }
        if found.isEmpty {
            if before?.kind == .percent, isNumber(token(index - 2)), let number = token(index - 2), let before {
                return Finding(
                    problem: CELProblem.unexpected("%").advised(.fraction(percent(text(number)))),
                    range: number.range.union(before.range))
            }
            return before.map { advised(.missingAfter(text($0))) }
        }
        switch word?.kind {
        case .question where pair == "??", .colon where pair == "?:":
            let left = operand(before: index - 1) ?? "x"
            let whole = SourceRange(range.start - 1, range.end)
            let right = tokens.indices.contains(index + 1) ? text(tokens[index + 1].range) : "y"
            return Finding(
                problem: .wrongOperator(written: pair, meant: "\(left) != null ? \(left) : \(right)"), range: whole)
        case .greater where pair == "->":
            return arrow("->", SourceRange(range.start - 1, range.end), index - 1)
        case .star where pair == "**": return advised(.noPower, SourceRange(range.start - 1, range.end))
        case .star where pair == "/*": return advised(.comment, SourceRange(range.start - 1, range.end))
        case .plus where pair == "++":
            return Finding(
                problem: CELProblem.unexpected("++").advised(.nothingStored),
                range: SourceRange(range.start - 1, range.end))
        case .slash: return slashes(problem, range, index)
        case .quotedIdentifier: return word.map { advised(.write($0.text)) }
        case .less, .lessEqual, .greater, .greaterEqual, .equal, .notEqual:
            return repeated(problem, range, index) ?? Finding(problem: problem, range: range)
        default: return word?.kind == .broken ? nil : Finding(problem: problem, range: range)
        }
    }

    private func percent(_ number: String) -> String {
        guard let value = Double(number) else { return "0.3" }
        return NumberText.plain(value / 100)
    }

    /// `/abc/`
    private func slashes(_ problem: CELProblem, _ range: SourceRange, _ index: Int) -> Finding? {
        let rest = text(SourceRange(range.end, source.count))
        guard let end = rest.firstIndex(of: "/") else { return nil }
        let pattern = String(rest[..<end])
        let quoted = pattern.contains("\\") ? "r\"\(pattern)\"" : "\"\(pattern)\""
        return Finding(problem: problem.advised(.textPattern(quoted)), range: range)
    }

    /// `x > 1 && < 5`
    private func repeated(_ problem: CELProblem, _ range: SourceRange, _ index: Int) -> Finding? {
        guard let before = token(index - 1), before.kind == .and || before.kind == .or else { return nil }
        var at = index - 2
        while let word = token(at), word.kind != .and, word.kind != .or {
            switch word.kind {
            case .less, .lessEqual, .greater, .greaterEqual, .equal, .notEqual:
                guard let left = operand(before: at), let right = token(index + 1) else { return nil }
                return Finding(problem: problem.advised(.write("\(left) \(text(range)) \(text(right))")), range: range)
            default: at -= 1
            }
        }
        return nil
    }

    func expected(_ sign: String, _ problem: CELProblem, _ range: SourceRange, _ index: Int) -> Finding? {
        func advised(_ advice: CELAdvice) -> Finding { Finding(problem: problem.advised(advice), range: range) }
        switch sign {
        case ":":
            if text(SourceRange(0, 2)) == "{{" { return advised(.withoutBraces) }
            if let optional = optionalDot(before: index) { return optional }
            let isEntry = openBracket(before: index).map { tokens[$0].kind } == .leftBrace
            return advised(isEntry ? .keyAndValue : .ternary)
        case "name":
            if let number = token(index - 2), isNumber(number), touch(number, token(index - 1)) {
                return advised(.write(text(number) + ".0"))
            }
            return advised(.missingAfter("."))
        default: break
        }
        if isNumber(token(index - 1)), let number = number(index, range) { return number }
        guard let open = openBracket(before: index) else { return nil }
        if token(index)?.kind == .colon, let arrow = arrow(":", range, index) { return arrow }
        if token(index)?.kind == .comma, token(open - 1)?.text == "in" {
            let end = tokens[index...].first { $0.kind == .rightParenthesis }
            let inner = text(SourceRange(tokens[open].range.end, end?.range.start ?? source.count))
            let whole = tokens[open].range.union(end?.range ?? range)
            return Finding(problem: problem.advised(.write("in [\(short(inner))]")), range: whole)
        }
        let closes: [Token.Kind] = [.rightParenthesis, .rightBracket, .rightBrace]
        if range.length == 0 || token(index).map({ closes.contains($0.kind) }) ?? false {
            return advised(.unclosed(part(from: open)))
        }
        return isValue(token(index)) ? advised(.missingComma) : nil
    }

    /// `labels.exists(`, or for a bracket by itself what follows it.
    private func part(from open: Int) -> String {
        let sign = text(tokens[open])
        if touch(token(open - 1), tokens[open]), let name = operand(before: open) { return name + sign }
        let limit = 12
        let rest = text(SourceRange(tokens[open].range.start, source.count)).unicodeScalars
        return rest.count <= limit ? String(rest) : String(rest.prefix(limit)) + "…"
    }

    /// `a?.b` of other languages.
    private func optionalDot(before index: Int) -> Finding? {
        guard let at = tokens[..<index].lastIndex(where: { $0.kind == .question }), token(at + 1)?.kind == .dot,
            touch(token(at), token(at + 1)), let left = operand(before: at), let name = token(at + 2)
        else { return nil }
        let range = tokens[at].range.union(tokens[at + 1].range)
        return Finding(problem: .wrongOperator(written: "?.", meant: "\(left).?\(text(name))"), range: range)
    }

    /// `has` of something that is no field.
    func hasArgument(_ key: String?, _ problem: CELProblem, _ range: SourceRange) -> Finding? {
        let written = text(range)
        guard let key else {
            let isName = tokens.contains { $0.range == range && $0.kind == .identifier }
            return isName ? Finding(problem: problem.advised(.alwaysThere(written)), range: range, isCause: false) : nil
        }
        guard let bracket = written.lastIndex(of: "[") else { return nil }
        let map = String(written[..<bracket])
        let isPlain = key.unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isXIDContinue }
        let code = isPlain ? "has(\(map).\(key))" : "\(CELValue.quoted(key)) in \(map)"
        return Finding(problem: problem.advised(.write(code)), range: range, isCause: false)
    }

    func unterminated(_ problem: CELProblem, _ range: SourceRange, _ index: Int) -> Finding {
        if let number = token(index - 1), number.kind == .int, touch(number, token(index)) {
            // `1'000`
            let digits = text(range).dropFirst().prefix { $0.isASCII && $0.isNumber }
            return Finding(
                problem: problem.advised(.plainNumber(text(number) + digits)), range: number.range.union(range))
        }
        let quote = text(SourceRange(range.start, range.end)).first { $0 == "\"" || $0 == "'" }
        return Finding(problem: problem.advised(quote.map { .closeQuote(String($0)) }), range: range)
    }
}
