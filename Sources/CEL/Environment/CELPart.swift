import SourceDiagnostics

/// One part of an expression with what it came to, and the parts that it is made of: for people who ask why.
public struct CELPart: Sendable {
    /// How the part comes from its own parts.
    public enum Form: Sendable, Equatable {
        /// `&&`, `||`, `!`.
        case all, any, not
        /// `a ? b : c`: the three of them.
        case choice
        /// `==`, `!=`, `<`, `<=`, `>`, `>=`, `in` between two operands.
        case comparison(String)
        case literal
        /// A name, or a field of its one part.
        case path
        /// A call, a macro, a list: what it is made of.
        case other
    }

    /// How it comes from `parts`.
    public let form: Form
    /// UTF-8 offsets of the part.
    public let range: SourceRange
    /// Its text, without parentheses around the whole of it.
    public let source: String
    /// Nil where it was not looked at, because another part had decided.
    public let result: Result<CELValue, CELFailure>?
    /// In source order; the bodies of macros are no parts, as they have a value for each element.
    public let parts: [CELPart]
}

extension CELProgram {
    /// Evaluates and tells what each part came to.
    public func breakdown(_ activation: CELActivation, context: CELContext) -> CELPart {
        let explanation = explain(activation, context: context)
        // Of two parts at one place the outer one ends last.
        let results = Dictionary(explanation.steps.map { ($0.range, $0.result) }, uniquingKeysWith: { $1 })
        return PartMaker(source: Array(source.utf8), results: results).part(tree.root, explanation.result)
    }
}

private struct PartMaker {
    let source: [UInt8]
    let results: [SourceRange: Result<CELValue, CELFailure>]

    func part(_ expr: Expr) -> CELPart { part(expr, results[expr.range]) }

    func part(_ expr: Expr, _ result: Result<CELValue, CELFailure>?) -> CELPart {
        let (form, inner) = shape(expr)
        return CELPart(
            form: form, range: expr.range, source: text(expr.range), result: literal(expr) ?? result,
            parts: inner.map { part($0) })
    }

    private func literal(_ expr: Expr) -> Result<CELValue, CELFailure>? {
        if case .literal(let value) = expr.kind { .success(value) } else { nil }
    }

    private func shape(_ expr: Expr) -> (CELPart.Form, [Expr]) {
        switch expr.kind {
        case .literal: (.literal, [])
        case .and(let terms): (.all, terms)
        case .or(let terms): (.any, terms)
        case .conditional(let condition, let first, let second): (.choice, [condition, first, second])
        case .identifier: (.path, [])
        case .select(let select): (select.isTest ? .other : .path, [select.operand])
        case .call(let call): shape(call)
        case .comprehension(let loop): (.other, [loop.range])
        case .list(let elements, _): (elements.allSatisfy { literal($0) != nil } ? .literal : .other, elements)
        case .map(let entries): (.other, entries.flatMap { [$0.key, $0.value] })
        case .bind(let bindings, let body): (.other, bindings.map(\.value) + [body])
        case .message, .error: (.other, [])
        }
    }

    private static let signs = [
        "_==_": "==", "_!=_": "!=", "_<_": "<", "_<=_": "<=", "_>_": ">", "_>=_": ">=", "@in": "in",
    ]

    private func shape(_ call: Expr.Call) -> (CELPart.Form, [Expr]) {
        let arguments = (call.target.map { [$0] } ?? []) + call.arguments
        if call.name == "!_" { return (.not, arguments) }
        if arguments.count == 2, let sign = PartMaker.signs[call.name] { return (.comparison(sign), arguments) }
        return (.other, arguments)
    }

    private func text(_ range: SourceRange) -> String {
        var bytes = source[max(0, range.start)..<min(source.count, range.end)]
        while isWrapped(bytes) { bytes = bytes.dropFirst().dropLast().trimmed }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether the first parenthesis is closed by the last sign.
    private func isWrapped(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count >= 2, bytes.first == UInt8(ascii: "("), bytes.last == UInt8(ascii: ")") else { return false }
        var (depth, quote, isEscaped) = (0, UInt8(0), false)
        for (index, byte) in zip(bytes.indices, bytes) {
            if quote != 0 {
                if byte == quote, !isEscaped { quote = 0 }
                isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
                continue
            }
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"):
                depth -= 1
                if depth == 0 { return index == bytes.index(before: bytes.endIndex) }
            default: break
            }
        }
        return false
    }
}

extension ArraySlice<UInt8> {
    fileprivate var trimmed: ArraySlice<UInt8> {
        var slice = self
        while slice.first == UInt8(ascii: " ") { slice = slice.dropFirst() }
        while slice.last == UInt8(ascii: " ") { slice = slice.dropLast() }
        return slice
    }
}
