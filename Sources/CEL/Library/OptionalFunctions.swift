extension CELLibrary {
    /// `optional.of(x)`, `.?field`, `[?key]`, `orValue`.
    public static let optionals = CELLibrary(
        name: "optionals", functions: OptionalFunctions.all, macros: [.optional],
        types: ["optional_type": .optional(.dyn), "optional": .optional(.dyn)])
}

enum OptionalFunctions {
    private static let t = CELType.param("T")

    static var all: [CELFunction] {
        [
            global("optional.of", [t], .optional(t)) { v in .optional(CELOptional(v[0])) },
            global("optional.none", [], .optional(t)) { _ in .optional(.none) },
            global("optional.ofNonZeroValue", [t], .optional(t)) { v in
                isZero(v[0]) ? .optional(.none) : .optional(CELOptional(v[0]))
            },
            global("optional.unwrap", [.list(.optional(t))], .list(t)) { v throws(CELFailure) in try unwrap(v[0]) },
            member("unwrapOpt", [.list(.optional(t))], .list(t)) { v throws(CELFailure) in try unwrap(v[0]) },
            member("hasValue", [.optional(t)], .bool) { v in .bool(v[0].asOptional != nil) },
            member("value", [.optional(t)], t) { v throws(CELFailure) in
                guard let value = v[0].asOptional else { throw CELFailure(.optionalNone) }
                return value
            },
            member("or", [.optional(t), .optional(t)], .optional(t)) { v in v[0].asOptional == nil ? v[1] : v[0] },
            member("orValue", [.optional(t), t], t) { v in v[0].asOptional ?? v[1] },
        ]
    }

    /// The two whose second argument may stay unevaluated.
    static func isChoice(_ function: CELFunction) -> Bool {
        guard function.isMember, case .optional? = function.parameters.first else { return false }
        return function.name == "or" || function.name == "orValue"
    }

    /// The values that are there, in order.
    private static func unwrap(_ list: CELValue) throws(CELFailure) -> CELValue {
        var values: [CELValue] = []
        for element in list.asList {
            guard case .optional(let optional) = element else {
                throw Operators.noOverload("optional.unwrap", [element])
            }
            if let value = optional.value { values.append(value) }
        }
        return .list(values)
    }

    private static func isZero(_ value: CELValue) -> Bool {
        switch value {
        case .null: true
        case .bool(let flag): !flag
        case .int(let number): number == 0
        case .uint(let number): number == 0
        case .double(let number): number == 0
        case .string(let text): text.utf8.isEmpty
        case .bytes(let bytes): bytes.bytes.isEmpty
        case .list(let list): list.elements.isEmpty
        case .map(let map): map.count == 0
        case .duration(let span): span.nanoseconds == 0
        case .timestamp(let instant): instant.seconds == 0 && instant.nanos == 0
        // An optional is a value of its own, as in the reference implementations.
        case .optional, .type, .object, .opaque: false
        }
    }
}
