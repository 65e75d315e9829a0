import SourceDiagnostics

/// Operators between values that do not go together.
extension Checker {
    func operatorAdvice(_ sign: String, _ call: Expr.Call, _ given: [CELType]) -> CELAdvice? {
        guard given.count == 2, call.arguments.count == 2 else { return negationAdvice(sign, call, given) }
        let (left, right) = (call.arguments[0], call.arguments[1])
        let types = given.map(\.withoutNull)
        for (type, expr) in zip(types, [left, right]) {
            if case .optional = type { return .optionalValue("(\(text(expr))).orValue(…)") }
        }
        if sign == "in" { return membership(left, right, types) }
        if sign == "[ ]" { if case .list = types[0] { return .wholeNumberIndex } else { return nil } }
        if Operators.comparison(call.name) != nil, types[0] == .bool { return chain(sign, left, right) }
        if let advice = time(sign, left, right, types) { return advice }
        if let code = collections(sign, left, right, types) { return .write(code) }
        if types.contains(.string) { return texts(sign, left, right, types) }
        return numbers(sign, left, right, types).map(CELAdvice.write)
    }

    private func literal(_ expr: Expr) -> CELValue? { if case .literal(let value) = expr.kind { value } else { nil } }

    // MARK: Lists

    private func membership(_ left: Expr, _ right: Expr, _ types: [CELType]) -> CELAdvice? {
        switch types[1] {
        case .string where types[0] == .string: return .write("\(text(right)).contains(\(text(left)))")
        case .list(.string):
            return literal(left).map { .write("\"\($0.text)\" in \(text(right))") }
                ?? .write("string(\(text(left))) in \(text(right))")
        case .int, .uint, .double, .string, .bool: return .write("\(text(left)) in [\(text(right))]")
        default: return nil
        }
    }

    /// `a < b < c` was read from the left.
    private func chain(_ sign: String, _ left: Expr, _ right: Expr) -> CELAdvice? {
        // `=>` was read as a comparison and is an arrow.
        guard case .call(let inner) = left.kind, Operators.comparison(inner.name) != nil, inner.arguments.count == 2,
            !text(left).contains("=>")
        else { return nil }
        return .compareTwice("\(text(left)) && \(text(inner.arguments[1])) \(sign) \(text(right))")
    }

    // MARK: Time

    private func time(_ sign: String, _ left: Expr, _ right: Expr, _ types: [CELType]) -> CELAdvice? {
        let compares = Operators.isComparison(sign)
        for (index, pair) in [(left, right), (right, left)].enumerated() {
            let (subject, other) = pair
            let (type, otherType) = (types[index], types[1 - index])
            guard [CELType.int, .double, .string].contains(otherType) else { continue }
            if type == .timestamp, compares {
                if let date = dateArithmetic(other) { return .withZone(date) }
                if otherType == .string { return instant(other, subject, sign, isFirst: index == 0) }
            }
            let isSpan = type == .duration || type == .timestamp && !compares
            guard isSpan else { continue }
            guard type == .duration || sign == "+" || sign == "-" && index == 0 else { continue }
            if ["*", "/", "%"].contains(sign) { return nil }
            if case .int? = literal(other) { return spanUnit(other) }
            let span = spanText(other)
            let code = index == 0 ? "\(text(subject)) \(sign) \(span)" : "\(span) \(sign) \(text(subject))"
            return .write(code)
        }
        return nil
    }

    private func instant(_ expr: Expr, _ subject: Expr, _ sign: String, isFirst: Bool) -> CELAdvice {
        var converted = "timestamp(\(text(expr)))"
        if case .string(let value)? = literal(expr), case .failure = CELTimestamp.parse(value) {
            if let advice = LiteralMend.instant(value) { return advice }
            converted = "timestamp(\"2026-03-01T09:00:00Z\")"
        }
        return .write(isFirst ? "\(text(subject)) \(sign) \(converted)" : "\(converted) \(sign) \(text(subject))")
    }

    private func spanText(_ expr: Expr) -> String {
        switch literal(expr) {
        case .int(let hours)?: return "duration(\"\(hours)h\")"
        case .string(let value)?:
            if CELDuration.parse(value) != nil { return "duration(\(text(expr)))" }
            if case .write(let code)? = LiteralMend.span(value) { return code }
            return "duration(\"72h\")"
        default: return "duration(\"72h\")"
        }
    }

    /// An int has no unit.
    func spanUnit(_ expr: Expr) -> CELAdvice {
        guard case .int(let count)? = literal(expr) else { return .span("duration(\"72h\")") }
        let (days, overflow) = count.multipliedReportingOverflow(by: 24)
        return .spanUnit(hours: "duration(\"\(count)h\")", days: "duration(\"\(overflow ? count : days)h\")")
    }

    /// `2026-01-01` without quotes is a subtraction, `2026/01/01` a division.
    private func dateArithmetic(_ expr: Expr) -> String? {
        let written = text(expr)
        let plain = written.utf8.allSatisfy { isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/") }
        guard plain, case .withZone(let code)? = LiteralMend.instant(written) else { return nil }
        return code
    }

    // MARK: Lists and maps

    private func collections(_ sign: String, _ left: Expr, _ right: Expr, _ types: [CELType]) -> String? {
        for (index, pair) in [(left, right), (right, left)].enumerated() {
            let (subject, other) = pair
            let (type, otherType) = (types[index], types[1 - index])
            let isFirst = index == 0
            func join(_ a: String, _ b: String) -> String { isFirst ? "\(a) \(sign) \(b)" : "\(b) \(sign) \(a)" }
            let isCount = otherType == .int && Operators.isComparison(sign)
            switch type {
            case .list(let element) where element == otherType && sign == "==":
                return "\(text(other)) in \(text(subject))"
            case .list(let element) where element == otherType && sign == "!=":
                return "!(\(text(other)) in \(text(subject)))"
            case .list(let element) where element == otherType && sign == "+":
                return join(text(subject), "[\(text(other))]")
            case .list where isCount, .map where isCount: return join("\(text(subject)).size()", text(other))
            default: continue
            }
        }
        return nil
    }

    // MARK: Texts and numbers

    private func texts(_ sign: String, _ left: Expr, _ right: Expr, _ types: [CELType]) -> CELAdvice? {
        guard types[0] != .null, types[1] != .null else { return nil }
        let isLeft = types[0] == .string
        let (string, other) = isLeft ? (left, right) : (right, left)
        func code(_ string: String, _ other: String) -> CELAdvice {
            .write(isLeft ? "\(string) \(sign) \(other)" : "\(other) \(sign) \(string)")
        }
        switch isLeft ? types[1] : types[0] {
        case .int, .uint, .double, .bool, .timestamp, .duration, .bytes:
            if sign == "+" {
                return code(text(string), quoted(other) ?? "string(\(text(other)))")
            }
        default: return nil
        }
        guard Operators.isComparison(sign) else { return nil }
        if (isLeft ? types[1] : types[0]) == .bool {
            guard case .string(let value)? = literal(string), value == "true" || value == "false" else { return nil }
            return code(value, text(other))
        }
        if case .string(let value)? = literal(string), let number = Double(value), number.isFinite {
            return code(value, text(other))
        }
        if let value = quoted(other) { return code(text(string), value) }
        // A word never equals a number that became a text.
        if case .string? = literal(string) { return .numberFor(text(other), sign) }
        return code(text(string), "string(\(text(other)))")
    }

    /// A number or a bool as a text.
    private func quoted(_ expr: Expr) -> String? {
        switch literal(expr) {
        case .int(let value)?: "\"\(value)\""
        case .uint(let value)?: "\"\(value)\""
        case .double?, .bool?: "\"\(text(expr))\""
        default: nil
        }
    }

    private func numbers(_ sign: String, _ left: Expr, _ right: Expr, _ types: [CELType]) -> String? {
        let kinds: Set<CELType> = Set(types)
        guard kinds.isSubset(of: [.int, .uint, .double]) else { return nil }
        if sign == "%" { return remainder(left, right, types) }
        guard kinds.count == 2 else { return nil }
        if let plain = whole(sign, left, right, types) { return plain }
        let wanted: CELType = kinds.contains(.double) ? .double : .int
        var parts = [text(left), text(right)]
        for (index, expr) in [left, right].enumerated() where types[index] != wanted {
            if case .int(let value)? = literal(expr), wanted == .double {
                parts[index] = "\(value).0"
            } else if case .uint(let value)? = literal(expr) {
                parts[index] = wanted == .double ? "\(value).0" : "\(value)"
            } else {
                parts[index] = "\(wanted.description)(\(parts[index]))"
            }
        }
        return "\(parts[0]) \(sign) \(parts[1])"
    }

    /// Where one side is a literal that is also a number of the other side's type.
    private func whole(_ sign: String, _ left: Expr, _ right: Expr, _ types: [CELType]) -> String? {
        func written(_ expr: Expr, as type: CELType) -> String? {
            switch (literal(expr), type) {
            // Division by a fraction is not that of whole numbers.
            case (.double(let value)?, .int) where sign != "/": return Int64(exactly: value).map { String($0) }
            case (.double(let value)?, .uint) where sign != "/": return UInt64(exactly: value).map { "\($0)u" }
            case (.int(let value)?, .uint): return value >= 0 ? "\(value)u" : nil
            case (.uint(let value)?, .int): return Int64(exactly: value).map { String($0) }
            default: return nil
            }
        }
        if let code = written(right, as: types[0]) { return "\(text(left)) \(sign) \(code)" }
        return written(left, as: types[1]).map { "\($0) \(sign) \(text(right))" }
    }

    /// `%` takes whole numbers.
    private func remainder(_ left: Expr, _ right: Expr, _ types: [CELType]) -> String {
        let parts = zip([left, right], types).map { expr, type in
            if case .double(let value)? = literal(expr), let whole = Int64(exactly: value) { return String(whole) }
            return type == .int ? text(expr) : "int(\(text(expr)))"
        }
        return "\(parts[0]) % \(parts[1])"
    }

    // MARK: ! and -, and what stands for a condition

    private func negationAdvice(_ sign: String, _ call: Expr.Call, _ given: [CELType]) -> CELAdvice? {
        guard sign == "!", let operand = call.arguments.first, let type = given.first else { return nil }
        let rest = text(SourceRange(operand.range.end, source.utf8.count)).drop { $0 == " " }
        let following = ["==", "!=", "<=", ">=", "<", ">", "in "].first { rest.hasPrefix($0) }
        if let following {
            let bare = following == "in " ? "in" : following
            return .write("!(\(text(operand)) \(bare) …)")
        }
        return condition(operand, type, negated: true).map(CELAdvice.write)
    }

    /// A comparison that asks of a value what a condition probably asks.
    func condition(_ expr: Expr, _ type: CELType, negated: Bool = false) -> String? {
        let subject = text(expr)
        let sign = negated ? "==" : "!="
        switch type.withoutNull {
        case .string: return "\(subject) \(sign) \"\""
        case .int: return "\(subject) \(sign) 0"
        case .uint: return "\(subject) \(sign) 0u"
        case .double: return "\(subject) \(sign) 0.0"
        case .list, .map, .bytes: return "\(subject).size() \(negated ? "==" : ">") 0"
        case .optional: return "\(negated ? "!" : "")\(subject).hasValue()"
        case .null, .error, .dyn, .param, .bool: return nil
        default: return type.isNullable ? "\(subject) \(sign) null" : nil
        }
    }

    /// `status || "x"` was meant to fill in for an empty text.
    func defaultAdvice(_ terms: [Expr], _ term: Expr, _ types: [CELType]) -> CELAdvice? {
        guard terms.count == 2, types.allSatisfy({ $0.withoutNull == .string }) else { return nil }
        let first = text(terms[0])
        return .write("\(first) != \"\" ? \(first) : \(text(terms[1]))")
    }
}

extension Operators {
    static func isComparison(_ sign: String) -> Bool { ["==", "!=", "<", "<=", ">", ">="].contains(sign) }
}
