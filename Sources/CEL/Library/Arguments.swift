/// Payloads of arguments whose forms the call has checked already.
extension CELValue {
    var asString: String { if case .string(let value) = self { value } else { "" } }
    var asInt: Int64 { if case .int(let value) = self { value } else { 0 } }
    var asUInt: UInt64 { if case .uint(let value) = self { value } else { 0 } }
    var asDouble: Double { if case .double(let value) = self { value } else { 0 } }
    var asBytes: [UInt8] { if case .bytes(let value) = self { value.bytes } else { [] } }
    var asList: [CELValue] { if case .list(let value) = self { value.elements } else { [] } }
    var asMap: CELMap { if case .map(let value) = self { value } else { .empty } }
    var asOptional: CELValue? { if case .optional(let value) = self { value.value } else { nil } }
}

typealias Values = [CELValue]

/// Shorter declarations for the libraries here; none of their functions looks at the context.
func global(
    _ name: String, _ parameters: [CELType], _ result: CELType, cost: Int = 1,
    _ body: @escaping @Sendable (Values) throws(CELFailure) -> CELValue
) -> CELFunction {
    CELFunction(name, parameters: parameters, result: result, cost: cost) { values, _ throws(CELFailure) in
        try body(values)
    }.closed()
}

func member(
    _ name: String, _ parameters: [CELType], _ result: CELType, cost: Int = 1,
    _ body: @escaping @Sendable (Values) throws(CELFailure) -> CELValue
) -> CELFunction {
    CELFunction(name, isMember: true, parameters: parameters, result: result, cost: cost) {
        values, _ throws(CELFailure) in
        try body(values)
    }.closed()
}
