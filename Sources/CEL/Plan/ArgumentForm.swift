/// What a parameter takes at evaluation: its declared type without what values do not carry.
enum ArgumentForm: Sendable {
    case any, null, bool, int, uint, double, string, bytes, timestamp, duration, list, map, type, optional
    case object(String)
    case opaque(String)

    init(_ type: CELType) {
        switch type {
        case .dyn, .error, .param: self = .any
        case .null: self = .null
        case .bool: self = .bool
        case .int: self = .int
        case .uint: self = .uint
        case .double: self = .double
        case .string: self = .string
        case .bytes: self = .bytes
        case .timestamp: self = .timestamp
        case .duration: self = .duration
        case .list: self = .list
        case .map: self = .map
        case .type: self = .type
        case .optional: self = .optional
        case .object(let name): self = .object(name)
        case .opaque(let name, _): self = .opaque(name)
        case .nullable(let inner): self = ArgumentForm(inner)
        }
    }

    func takes(_ value: CELValue) -> Bool {
        switch (self, value) {
        case (.any, _), (.null, .null), (.bool, .bool), (.int, .int), (.uint, .uint), (.double, .double),
            (.string, .string),
            (.bytes, .bytes), (.timestamp, .timestamp), (.duration, .duration), (.list, .list), (.map, .map),
            (.type, .type),
            (.optional, .optional):
            true
        case (.object(let name), .object(let object)): object.typeName == name
        case (.opaque(let name), .opaque(let opaque)): opaque.typeName == name
        default: false
        }
    }
}

/// An overload with its parameters in the form evaluation asks for.
struct PlannedOverload: Sendable {
    let function: CELFunction
    let forms: [ArgumentForm]
    let takesNull: [Bool]

    init(_ function: CELFunction) {
        self.function = function
        forms = function.parameters.map(ArgumentForm.init)
        takesNull = function.parameters.indices.map(function.takesNull)
    }

    /// Calls the function, charging for what goes in and what comes out.
    func call(_ arguments: [CELValue], _ frame: inout Frame) throws(CELFailure) -> CELValue {
        var work = function.cost
        switch function.growth {
        case .linear: for argument in arguments { work &+= Planner.weight(argument) }
        case .keyless:
            let keyless = arguments[0].asList.count { MapKey($0) == nil }
            work &+= Planner.weight(arguments[0]) &* (keyless + 1)
        case .product: work &+= Planner.product(arguments[0], arguments[1])
        }
        try frame.charge(work)
        let result = try function.implementation(arguments, frame.context)
        let size = Planner.weight(result)
        if size > 0 { try frame.charge(size) }
        return try frame.built(result)
    }

    func takes(_ arguments: [CELValue]) -> Bool {
        for index in arguments.indices {
            if case .null = arguments[index], takesNull[index] { continue }
            guard forms[index].takes(arguments[index]) else { return false }
        }
        return true
    }
}
