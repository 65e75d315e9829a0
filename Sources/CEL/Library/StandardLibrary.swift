extension CELLibrary {
    /// The standard library with every extension that rule authors are promised.
    public static func promised(zoneOffset: @escaping CELEnvironment.ZoneOffset) -> [CELLibrary] {
        [
            .standard(zoneOffset: zoneOffset), .strings, .math, .lists, .sets, .encoders, .optionals, .twoVariable,
            .bindings,
        ]
    }

    /// Operators, conversions, text tests and time of the language definition.
    public static func standard(zoneOffset: @escaping CELEnvironment.ZoneOffset) -> CELLibrary {
        CELLibrary(
            name: "standard",
            functions: NativeOperators.all + StandardFunctions.sizes + StandardFunctions.texts + Conversions.all
                + TimeFunctions.all(zoneOffset) + MatchFunctions.all,
            macros: [.standard],
            types: [
                "bool": .bool, "int": .int, "uint": .uint, "double": .double, "string": .string, "bytes": .bytes,
                "null_type": .null,
                "list": .list(.dyn), "map": .map(.dyn, .dyn), "type": .type(.dyn),
                "google.protobuf.Timestamp": .timestamp, "google.protobuf.Duration": .duration,
            ])
    }

    /// Two-variable forms of the macros.
    public static let twoVariable = CELLibrary(name: "two-variable macros", functions: [], macros: [.twoVariable])
    /// `cel.bind`
    public static let bindings = CELLibrary(name: "bindings", functions: [], macros: [.bindings])
    /// `cel.block`, the form optimisers write.
    public static let block = CELLibrary(name: "block", functions: [], macros: [.block])
}

enum StandardFunctions {
    private static let a = CELType.param("A")
    private static let b = CELType.param("B")

    static var sizes: [CELFunction] {
        let forms: [CELType] = [.string, .bytes, .list(a), .map(a, b)]
        return forms.flatMap { form in
            [false, true].map { isMember in
                CELFunction.unary("size", isMember: isMember, parameter: form, result: .int, implementation: size)
                    .closed()
            }
        }
    }

    @Sendable private static func size(_ value: CELValue, _ context: CELContext) -> CELValue {
        switch value {
        case .string(let text): .int(Int64(UTF8Text.size(text)))
        case .bytes(let bytes): .int(Int64(bytes.bytes.count))
        case .list(let list): .int(Int64(list.elements.count))
        case .map(let map): .int(Int64(map.count))
        default: .int(0)
        }
    }

    static var texts: [CELFunction] {
        [
            test("contains") { a, b, _ in .bool(UTF8Text.contains(a.asString, b.asString)) }.growing(.product),
            test("startsWith") { a, b, _ in .bool(UTF8Text.hasPrefix(a.asString, b.asString)) },
            test("endsWith") { a, b, _ in .bool(UTF8Text.hasSuffix(a.asString, b.asString)) },
        ]
    }

    private static func test(_ name: String, _ test: @escaping CELFunction.Binary) -> CELFunction {
        CELFunction.binary(
            name, isMember: true, parameters: (.string, .string), result: .bool, implementation: test
        ).closed()
    }
}
