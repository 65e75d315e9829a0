import SourceDiagnostics

/// The state of one evaluation. It lives on the stack: the values it reads are borrowed from the activation, and the
/// locals are in memory of the evaluation's own, so that no array is copied when one of them is set.
struct Frame: ~Copyable {
    private let variables: UnsafeBufferPointer<CELValue?>
    let locals: UnsafeMutableBufferPointer<CELValue>
    /// Held by whoever evaluates, as long as that takes.
    unowned(unsafe) let context: CELContext
    let limits: CELLimits
    /// Failures of `cel.bind` values, thrown where the name is read.
    var boundFailures: [Int: CELFailure]?
    private var cost = 0
    /// Bytes of all values built so far, whether or not they are still needed.
    private var memory = 0
    /// Sub-results, where they are asked for.
    private var steps: [CELExplanation.Step]?

    private init(
        _ variables: UnsafeBufferPointer<CELValue?>, _ locals: UnsafeMutableBufferPointer<CELValue>,
        _ context: CELContext, _ limits: CELLimits, _ isRecording: Bool
    ) {
        self.variables = variables
        self.locals = locals
        self.context = context
        self.limits = limits
        steps = isRecording ? [] : nil
    }

    /// What is noted beside the result.
    struct Notes {
        var cost = 0
        var steps: [CELExplanation.Step]?
    }

    /// Evaluates a root.
    /// - Parameter notes: with steps that are not nil, every sub-result is kept.
    @inline(__always)
    static func run(
        _ root: PlanNode, _ activation: CELActivation, _ context: CELContext, _ limits: CELLimits, locals count: Int,
        _ notes: inout Notes
    ) -> Result<CELValue, CELFailure> {
        activation.values.withUnsafeBufferPointer { variables in
            guard count > 0 else {
                let none = UnsafeMutableBufferPointer<CELValue>(start: nil, count: 0)
                var frame = Frame(variables, none, context, limits, notes.steps != nil)
                return frame.result(of: root, &notes)
            }
            return withUnsafeTemporaryAllocation(of: CELValue.self, capacity: count) { locals in
                locals.initialize(repeating: .null)
                defer { locals.deinitialize() }
                var frame = Frame(variables, locals, context, limits, notes.steps != nil)
                return frame.result(of: root, &notes)
            }
        }
    }

    @inline(__always)
    private mutating func result(of root: PlanNode, _ notes: inout Notes) -> Result<CELValue, CELFailure> {
        defer {
            notes.cost = cost
            if steps != nil { notes.steps = steps }
        }
        do throws(CELFailure) { return .success(try root.read(&self)) } catch { return .failure(error) }
    }

    /// nil: not set, or an activation of a smaller environment.
    @inline(__always)
    func variable(_ slot: Int) -> CELValue? { slot < variables.count ? variables[slot] : nil }

    /// Counts work that cannot run away by itself.
    @inline(__always)
    mutating func count(_ units: Int) { cost &+= units }

    /// Counts work and stops when the budget is spent.
    @inline(__always)
    mutating func charge(_ units: Int) throws(CELFailure) {
        cost &+= units
        if cost > limits.cost { throw CELFailure(.costLimit(limits.cost)) }
    }

    @inline(__always)
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
        guard let count = steps?.count, count < limits.steps else { return }
        steps?.append(CELExplanation.Step(range: range, result: result))
    }
}
