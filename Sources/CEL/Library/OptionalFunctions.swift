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
            member("hasValue", [.optional(t)], .bool) { v in .bool(v[0].asOptional != nil) },
            member("value", [.optional(t)], t) { v throws(CELFailure) in
                guard let value = v[0].asOptional else { throw CELFailure(.optionalNone) }
                return value
            },
            member("or", [.optional(t), .optional(t)], .optional(t)) { v in v[0].asOptional == nil ? v[1] : v[0] },
            member("orValue", [.optional(t), t], t) { v in v[0].asOptional ?? v[1] },
        ]
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
        case .optional(let optional): optional.value == nil
        case .type, .object, .opaque: false
        }
    }
}
