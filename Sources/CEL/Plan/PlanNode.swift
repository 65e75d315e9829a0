import SourceDiagnostics

/// A planned expression: one class a kind of work, so that evaluating a part is one jump through a table.
///
/// Constants, variables and locals are read in place, without even that jump.
class PlanNode: @unchecked Sendable {
    /// What is read in place; `slot` tells where, or what a folded constant costs.
    fileprivate enum Leaf { case none, variable, local, literal, folded }

    private let leaf: Leaf
    private let slot: Int
    private let fixed: CELValue

    fileprivate init(_ leaf: Leaf, slot: Int, fixed: CELValue) {
        self.leaf = leaf
        self.slot = slot
        self.fixed = fixed
    }

    init() {
        leaf = .none
        slot = 0
        fixed = .null
    }

    /// The value of what is no leaf; parents call `read`.
    func value(_ frame: inout Frame) throws(CELFailure) -> CELValue { throw CELFailure(.unbound("")) }

    /// The value that every evaluation gives; nil when it depends on one.
    final var constant: CELValue? { leaf == .literal || leaf == .folded ? fixed : nil }

    final var isLiteral: Bool { leaf == .literal }

    /// What reading the constant costs.
    final var constantCost: Int { leaf == .folded ? slot : 0 }

    @inline(__always)
    final func read(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        switch leaf {
        case .literal: return fixed
        case .folded:
            try frame.charge(slot)
            return fixed
        case .variable:
            if let value = frame.variable(slot) {
                frame.count(1)
                return value
            }
            return try value(&frame)
        case .local:
            frame.count(1)
            return frame.locals[slot]
        case .none: return try value(&frame)
        }
    }
}

final class ConstantNode: PlanNode, @unchecked Sendable {
    init(_ value: CELValue) { super.init(.literal, slot: 0, fixed: value) }

    /// A value that was computed beforehand. It costs what computing it would cost, so that the budget of an expression
    /// does not depend on what the planner could see through.
    init(_ value: CELValue, cost: Int) { super.init(.folded, slot: cost, fixed: value) }
}

final class LocalNode: PlanNode, @unchecked Sendable {
    init(_ slot: Int) { super.init(.local, slot: slot, fixed: .null) }
}

/// A variable; asked for its value only when there is none.
final class VariableNode: PlanNode, @unchecked Sendable {
    private let name: String
    private let range: SourceRange

    init(_ slot: Int, _ name: String, _ range: SourceRange) {
        self.name = name
        self.range = range
        super.init(.variable, slot: slot, fixed: .null)
    }

    override func value(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        throw CELFailure(.unbound(name), range: range)
    }
}

/// Work that is rare enough to be a closure.
final class ClosureNode: PlanNode, @unchecked Sendable {
    typealias Work = @Sendable (inout Frame) throws(CELFailure) -> CELValue

    private let work: Work

    init(_ work: @escaping Work) {
        self.work = work
        super.init()
    }

    override func value(_ frame: inout Frame) throws(CELFailure) -> CELValue { try work(&frame) }
}

/// Keeps what a part came to, for explanations.
final class RecordingNode: PlanNode, @unchecked Sendable {
    private let inner: PlanNode
    private let range: SourceRange

    init(_ inner: PlanNode, _ range: SourceRange) {
        self.inner = inner
        self.range = range
        super.init()
    }

    override func value(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        do throws(CELFailure) {
            let value = try inner.read(&frame)
            frame.record(range, .success(value))
            return value
        } catch {
            frame.record(range, .failure(error))
            throw error
        }
    }
}

/// What a failure names an empty operand by: its own text, cut from the source when it is needed.
struct OperandPath: Sendable {
    private let source: String
    private let range: SourceRange
    /// A literal is never empty.
    private let isLiteral: Bool

    init(_ source: String, _ expr: Expr) {
        self.source = source
        range = expr.range
        if case .literal = expr.kind { isLiteral = true } else { isLiteral = false }
    }

    /// nil for a literal.
    var text: String? {
        if isLiteral { return nil }
        let bytes = source.utf8.dropFirst(range.start).prefix(range.end - range.start)
        var text = String(decoding: bytes, as: UTF8.self)
        while text.hasPrefix("("), text.hasSuffix(")") { text = String(text.dropFirst().dropLast()) }
        return text
    }
}
