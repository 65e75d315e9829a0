import SourceDiagnostics

/// A compiled expression. Evaluation is pure and may run on many threads at once.
public final class CELProgram: Sendable {
    private let environment: CELEnvironment
    let tree: CheckedTree
    private let root: PlanNode
    private let limits: CELLimits
    private let localCount: Int
    /// What is allowed and yet surely not meant, such as a month that is compared with 12.
    public let warnings: [CELIssue]
    private let slots: [String: Int]
    /// Room for every variable that is read.
    private let slotCount: Int

    init(environment: CELEnvironment, tree: CheckedTree, root: PlanNode, warnings: [CELIssue]) {
        self.environment = environment
        self.tree = tree
        self.root = root
        self.warnings = warnings
        limits = environment.limits
        localCount = tree.localCount
        slots = environment.slots
        let read = tree.reads.compactMap { read in
            if case .variable(let name, _) = read { environment.slots[name] } else { nil }
        }
        slotCount = (read.max() ?? -1) + 1
    }

    /// The text it was compiled from.
    public var source: String { tree.source }
    /// What the checker found the result to be.
    public var resultType: CELType { tree.resultType }
    /// Every variable and every field of a record the expression reads, in source order.
    public var reads: [CELRead] { tree.reads }
    /// Fields compared with literals, for warnings about unknown words.
    public var constantComparisons: [CELConstantComparison] { tree.comparisons }
    /// The value, when the whole expression is one literal.
    public var literal: CELValue? { if case .literal(let value) = tree.root.kind { value } else { nil } }
    /// For the values of its environment's variables, none of which is set, with room for those that it reads.
    public var activation: CELActivation { CELActivation(slots: slots, count: slotCount) }

    /// The value under these variables, or why there is none.
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

    /// The same expression for somebody who keeps the answers of what it asks of the list `variable` as a whole.
    public func aggregation(over variable: String) -> CELAggregation {
        var planner = Planner(environment, tree, recording: false)
        planner.aggregates = AggregateCollector(variable: variable, firstSlot: environment.slots.count)
        let planned = planner.plan(tree.root)
        let collected = planner.aggregates ?? AggregateCollector(variable: variable, firstSlot: 0)
        return CELAggregation(collected, root: planned, locals: tree.localCount, limits: limits)
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

/// `x.field == "literal"`, `!=`, `<` and its like, or one element of `x.field in ["…"]`.
public struct CELConstantComparison: Sendable {
    /// The record kind.
    public let object: String
    /// The field of it.
    public let field: String
    /// What it is compared with.
    public let literal: CELValue
    /// Of the literal.
    public let range: SourceRange
    /// By `==`, `!=` or `in`, not by order.
    public let isEquality: Bool
}

/// An evaluation with all its sub-results, to show which part decided.
public struct CELExplanation: Sendable {
    /// The result of one part; parts that were not evaluated are missing.
    public struct Step: Sendable {
        /// UTF-8 offsets of the part.
        public let range: SourceRange
        /// Its value or failure.
        public let result: Result<CELValue, CELFailure>
    }

    /// Of the whole expression.
    public let result: Result<CELValue, CELFailure>
    /// In the order they came about.
    public let steps: [Step]
}
