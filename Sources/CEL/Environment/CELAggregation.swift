import SourceDiagnostics

/// One question that an expression asks of a list as a whole, such as `l.filter(x, x.open).size()`.
public struct CELAggregate: Sendable {
    /// What is asked of the elements' values.
    public enum Function: String, Sendable { case count, sum, min, max, avg, distinct }

    /// What one element adds to the question.
    public enum Share: Sendable {
        /// A filter leaves it out.
        case dropped
        case value(CELValue)
        /// With such an element in the list the question has no answer.
        case failure(CELFailure)
    }

    /// Which it is.
    public let function: Function
    /// As the checker found it.
    public let resultType: CELType
    /// UTF-8 offsets of the whole question.
    public let range: SourceRange
    let root: PlanNode
    let locals: Int
    let limits: CELLimits

    /// Depends on the element alone.
    public func share(of element: CELValue, context: CELContext) -> Share {
        var activation = CELActivation(slots: [:], count: 1)
        activation.set(slot: 0, element)
        var notes = Frame.Notes()
        switch Frame.run(root, activation, context, limits, locals: locals, &notes) {
        case .success(.optional(let found)): return found.value.map(Share.value) ?? .dropped
        case .success(let value): return .value(value)
        case .failure(let failure): return .failure(failure)
        }
    }
}

/// An expression with the answers of its aggregates in the place of their questions, so that asking it again does not
/// walk over the list.
public final class CELAggregation: Sendable {
    /// In source order.
    public let aggregates: [CELAggregate]
    /// It also looks at the list in another way, and needs it.
    public let needsList: Bool
    private let root: PlanNode
    private let locals: Int
    private let limits: CELLimits
    private let firstSlot: Int

    init(_ collected: AggregateCollector, root: PlanNode, locals: Int, limits: CELLimits) {
        aggregates = collected.aggregates
        needsList = collected.needsList
        firstSlot = collected.firstSlot
        self.root = root
        self.locals = locals
        self.limits = limits
    }

    /// `answers` in the order of `aggregates`; nil where there is none, which fails where it is read.
    public func evaluate(
        _ activation: CELActivation, answers: [CELValue?], context: CELContext
    ) -> Result<CELValue, CELFailure> {
        var activation = activation
        for (number, answer) in answers.enumerated() { activation.set(slot: firstSlot + number, answer) }
        var notes = Frame.Notes()
        return Frame.run(root, activation, context, limits, locals: locals, &notes)
    }
}

/// What planning finds out about one list.
struct AggregateCollector {
    let variable: String
    /// Answers take the slots behind the variables.
    let firstSlot: Int
    var aggregates: [CELAggregate] = []
    var needsList = false
}
