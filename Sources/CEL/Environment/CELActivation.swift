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
        self.init(slots: environment.slots, count: environment.slots.count)
    }

    /// - Parameter count: room made beforehand; more is made when it is needed.
    init(slots: [String: Int], count: Int) {
        self.slots = slots
        values = Array(repeating: nil, count: count)
    }

    /// Sets a variable; false when the environment has none of that name.
    @discardableResult
    public mutating func set(_ name: String, _ value: CELValue?) -> Bool {
        guard let slot = slots[name] else { return false }
        set(slot: slot, value)
        return true
    }

    /// Sets by the slot `CELEnvironment.slot(of:)` gave, without a look-up.
    public mutating func set(slot: Int, _ value: CELValue?) {
        while slot >= values.count { values.append(nil) }
        values[slot] = value
    }

    /// The value that is set; nil where there is none.
    public func value(_ name: String) -> CELValue? {
        slots[name].flatMap { $0 < values.count ? values[$0] : nil }
    }
}
