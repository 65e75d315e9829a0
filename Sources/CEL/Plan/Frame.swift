import SourceDiagnostics

/// A planned node. Closures over closures: each call is one indirect jump, and what they hold is checked to be Sendable.
typealias PlanNode = @Sendable (inout Frame) throws(CELFailure) -> CELValue

/// The state of one evaluation.
struct Frame {
    let values: [CELValue?]
    let context: CELContext
    let limits: CELLimits
    var locals: [CELValue]
    /// Failures of `cel.bind` values, thrown where the name is read.
    var boundFailures: [Int: CELFailure] = [:]
    private(set) var cost = 0
    /// Bytes of all values built so far, whether or not they are still needed.
    private(set) var memory = 0
    var steps: [CELExplanation.Step] = []

    init(_ activation: CELActivation, _ context: CELContext, _ limits: CELLimits, _ localCount: Int) {
        values = activation.values
        self.context = context
        self.limits = limits
        locals = localCount == 0 ? [] : Array(repeating: .null, count: localCount)
    }

    /// Counts work that cannot run away by itself.
    mutating func count(_ units: Int) { cost &+= units }

    /// Counts work and stops when the budget is spent.
    mutating func charge(_ units: Int) throws(CELFailure) {
        cost &+= units
        if cost > limits.cost { throw CELFailure(.costLimit(limits.cost)) }
    }

    func checkSize(_ size: Int) throws(CELFailure) {
        if size > limits.size { throw CELFailure(.sizeLimit(limits.size)) }
    }

    /// Passes a value on that was built just now, and stops when all that was built is too much.
    mutating func built(_ value: CELValue) throws(CELFailure) -> CELValue {
        memory += value.ownBytes
        if memory > limits.memory || value.footprint > limits.memory { throw CELFailure(.memoryLimit(limits.memory)) }
        return value
    }

    mutating func record(_ range: SourceRange, _ result: Result<CELValue, CELFailure>) {
        if steps.count < limits.steps { steps.append(CELExplanation.Step(range: range, result: result)) }
    }
}
