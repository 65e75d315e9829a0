/// What functions may ask about the moment of evaluation; hosts subclass it for zone, calendar, language.
open class CELContext {
    /// A context without anything to ask.
    public init() {}
}

/// Values of an environment's variables for one evaluation; cheap to keep and change between evaluations.
public struct CELActivation: Sendable {
    let slots: [String: Int]
    var values: [CELValue?]

    /// No variable has a value yet: reading one fails as unbound.
    public init(_ environment: CELEnvironment) {
        slots = environment.slots
        values = Array(repeating: nil, count: environment.slots.count)
    }

    /// Sets a variable; false when the environment has none of that name.
    @discardableResult
    public mutating func set(_ name: String, _ value: CELValue?) -> Bool {
        guard let slot = slots[name] else { return false }
        values[slot] = value
        return true
    }

    /// Sets by the slot `CELEnvironment.slot(of:)` gave, without a look-up.
    public mutating func set(slot: Int, _ value: CELValue?) { values[slot] = value }

    /// The value that is set; nil where there is none.
    public func value(_ name: String) -> CELValue? { slots[name].flatMap { values[$0] } }
}
