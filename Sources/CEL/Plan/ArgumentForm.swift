/// What a parameter takes at evaluation: its declared type without what values do not carry.
struct ArgumentForm: Sendable {
    private enum Kind {
        case any, null, bool, int, uint, double, string, bytes, timestamp, duration, list, map, type, optional
        case object, opaque
    }

    private let kind: Kind
    /// Of an object or a host type.
    private let name: String
    private let takesNull: Bool

    static let any = ArgumentForm(.dyn, takesNull: true, given: .dyn)

    /// - Parameter given: the argument's type as the checker found it.
    init(_ parameter: CELType, takesNull: Bool, given: CELType) {
        self.takesNull = takesNull
        // A declared host type may have values of several kinds, which only the host can tell apart.
        if case .opaque = parameter.withoutNull, given.withoutNull == parameter.withoutNull {
            (kind, name) = (.any, "")
        } else {
            (kind, name) = Self.form(parameter)
        }
    }

    private static func form(_ type: CELType) -> (Kind, String) {
        switch type {
        case .dyn, .error, .param: (.any, "")
        case .null: (.null, "")
        case .bool: (.bool, "")
        case .int: (.int, "")
        case .uint: (.uint, "")
        case .double: (.double, "")
        case .string: (.string, "")
        case .bytes: (.bytes, "")
        case .timestamp: (.timestamp, "")
        case .duration: (.duration, "")
        case .list: (.list, "")
        case .map: (.map, "")
        case .type: (.type, "")
        case .optional: (.optional, "")
        case .object(let name): (.object, name)
        case .opaque(let name, _): (.opaque, name)
        case .nullable(let inner): form(inner)
        }
    }

    @inline(__always)
    func takes(_ value: CELValue) -> Bool {
        switch value {
        case .null: takesNull
        case .bool: kind == .bool || kind == .any
        case .int: kind == .int || kind == .any
        case .uint: kind == .uint || kind == .any
        case .double: kind == .double || kind == .any
        case .string: kind == .string || kind == .any
        case .bytes: kind == .bytes || kind == .any
        case .timestamp: kind == .timestamp || kind == .any
        case .duration: kind == .duration || kind == .any
        case .list: kind == .list || kind == .any
        case .map: kind == .map || kind == .any
        case .type: kind == .type || kind == .any
        case .optional: kind == .optional || kind == .any
        case .object(let object): kind == .any || kind == .object && object.typeName == name
        case .opaque(let opaque): kind == .any || kind == .opaque && opaque.typeName == name
        }
    }
}

/// An overload with its parameters in the form evaluation asks for.
final class PlannedOverload: Sendable {
    private let form: CELFunction.Form
    private let cost: Int
    private let growth: CELFunction.Growth
    private let forms: [ArgumentForm]
    /// The first two of them; `any` where there are fewer.
    private let first: ArgumentForm
    private let second: ArgumentForm
    private let implementation: CELFunction.Implementation

    /// - Parameter given: the arguments' types as the checker found them.
    init(_ function: CELFunction, given: [CELType]) {
        form = function.form
        cost = function.cost
        growth = function.growth
        implementation = function.implementation
        forms = function.parameters.indices.map {
            ArgumentForm(function.parameters[$0], takesNull: function.takesNull(at: $0), given: given[$0])
        }
        first = forms.first ?? .any
        second = forms.dropFirst().first ?? .any
    }

    /// Calls the function, charging for what goes in and what comes out.
    func call(_ value: CELValue, _ frame: inout Frame) throws(CELFailure) -> CELValue {
        guard case .unary(let function) = form else { return try call([value], &frame) }
        try frame.charge(cost &+ Planner.weight(value))
        return try weighed(try function(value, frame.context), &frame)
    }

    func call(_ a: CELValue, _ b: CELValue, _ frame: inout Frame) throws(CELFailure) -> CELValue {
        guard case .binary(let function) = form else { return try call([a, b], &frame) }
        let work = growth == .product ? Planner.product(a, b) : Planner.weight(a) &+ Planner.weight(b)
        try frame.charge(cost &+ work)
        return try weighed(try function(a, b, frame.context), &frame)
    }

    func call(_ arguments: [CELValue], _ frame: inout Frame) throws(CELFailure) -> CELValue {
        var work = cost
        switch growth {
        case .linear: for argument in arguments { work &+= Planner.weight(argument) }
        case .keyless:
            let keyless = arguments[0].asList.count { MapKey($0) == nil }
            work &+= Planner.weight(arguments[0]) &* (keyless + 1)
        case .product: work &+= Planner.product(arguments[0], arguments[1])
        }
        try frame.charge(work)
        return try weighed(try implementation(arguments, frame.context), &frame)
    }

    /// Charges for a result.
    @inline(__always)
    private func weighed(_ result: CELValue, _ frame: inout Frame) throws(CELFailure) -> CELValue {
        let size = Planner.weight(result)
        if size > 0 { try frame.charge(size) }
        return try frame.built(result)
    }

    @inline(__always)
    func takes(_ value: CELValue) -> Bool { first.takes(value) }

    @inline(__always)
    func takes(_ a: CELValue, _ b: CELValue) -> Bool { first.takes(a) && second.takes(b) }

    func takes(_ arguments: [CELValue]) -> Bool {
        for index in arguments.indices where !forms[index].takes(arguments[index]) { return false }
        return true
    }
}
