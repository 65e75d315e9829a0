import SourceDiagnostics

/// A compiled expression. Evaluation is pure and may run on many threads at once.
public final class CELProgram: Sendable {
    private let environment: CELEnvironment
    private let tree: CheckedTree
    private let root: PlanNode
    private let limits: CELLimits
    private let localCount: Int
    private let slots: [String: Int]
    /// Room for every variable that is read.
    private let slotCount: Int

    init(environment: CELEnvironment, tree: CheckedTree, root: PlanNode) {
        self.environment = environment
        self.tree = tree
        self.root = root
        limits = environment.limits
        localCount = tree.localCount
        slots = environment.slots
        let read = tree.reads.compactMap { read in
            if case .variable(let name, _) = read { environment.slots[name] } else { nil }
        }
        slotCount = (read.max() ?? -1) + 1
    }

    public var source: String { tree.source }
    public var resultType: CELType { tree.resultType }
    /// Every variable and every field of a record the expression reads, in source order.
    public var reads: [CELRead] { tree.reads }
    /// Fields compared with literals, for warnings about unknown words.
    public var constantComparisons: [CELConstantComparison] { tree.comparisons }
    /// The value, when the whole expression is one literal.
    public var literal: CELValue? { if case .literal(let value) = tree.root.kind { value } else { nil } }
    /// For the values of its environment's variables, none of which is set, with room for those that it reads.
    public var activation: CELActivation { CELActivation(slots: slots, count: slotCount) }

    public func evaluate(_ activation: CELActivation, context: CELContext) -> Result<CELValue, CELFailure> {
        evaluateCounting(activation, context: context).0
    }

    /// Value and cost units, for budgets over many programs.
    @inline(__always)
    public func evaluateCounting(_ activation: CELActivation, context: CELContext) -> (
        Result<CELValue, CELFailure>, cost: Int
    ) {
        var notes = Frame.Notes()
        let result = Frame.run(root, activation, context, limits, locals: localCount, &notes)
        return (result, notes.cost)
    }

    /// Evaluates and keeps every sub-result with its place, in the order they came about.
    public func explain(_ activation: CELActivation, context: CELContext) -> CELExplanation {
        var planner = Planner(environment, tree, recording: true)
        let recording = planner.plan(tree.root)
        var notes = Frame.Notes(steps: [])
        let result = Frame.run(recording, activation, context, limits, locals: localCount, &notes)
        return CELExplanation(result: result, steps: notes.steps ?? [])
    }
}

/// Something an expression reads.
public enum CELRead: Sendable, Equatable {
    case variable(name: String, range: SourceRange)
    case field(object: String, field: String, range: SourceRange)
}

/// `x.field == "literal"`, `!=`, or one element of `x.field in ["…"]`.
public struct CELConstantComparison: Sendable {
    public let object: String
    public let field: String
    public let literal: CELValue
    /// Of the literal.
    public let range: SourceRange
}

public struct CELExplanation: Sendable {
    public struct Step: Sendable {
        public let range: SourceRange
        public let result: Result<CELValue, CELFailure>
    }

    public let result: Result<CELValue, CELFailure>
    public let steps: [Step]
}
