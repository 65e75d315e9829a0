extension CELFunction {
    static func native(_ name: String, _ parameters: [CELType], _ result: CELType) -> CELFunction {
        let overload = "native " + name + parameters.map(\.description).joined(separator: ",")
        var function = CELFunction(name, overload: overload, parameters: parameters, result: result) {
            values, _ throws(CELFailure) in
            try Operators.any(name, values)
        }
        function.isNative = true
        function.isClosed = true
        return function
    }
}

/// Declarations of the operators on standard types.
enum NativeOperators {
    private static let a = CELType.param("A")
    private static let b = CELType.param("B")

    static var all: [CELFunction] { equality + order + arithmetic + access }

    private static var equality: [CELFunction] {
        [
            .native("_==_", [a, a], .bool), .native("_!=_", [a, a], .bool),
            .native("@in", [a, .list(a)], .bool), .native("@in", [a, .map(a, b)], .bool),
        ]
    }

    private static var order: [CELFunction] {
        let same: [CELType] = [.bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration]
        let mixed: [(CELType, CELType)] = [
            (.int, .uint), (.int, .double), (.uint, .int), (.uint, .double), (.double, .int), (.double, .uint),
        ]
        return ["_<_", "_<=_", "_>_", "_>=_"].flatMap { name in
            same.map { CELFunction.native(name, [$0, $0], .bool) }
                + mixed.map { CELFunction.native(name, [$0.0, $0.1], .bool) }
        }
    }

    private static var arithmetic: [CELFunction] {
        let numbers: [CELType] = [.int, .uint, .double]
        let common = ["_+_", "_-_", "_*_", "_/_"].flatMap { name in
            numbers.map { CELFunction.native(name, [$0, $0], $0) }
        }
        return common + [
            .native("_%_", [.int, .int], .int), .native("_%_", [.uint, .uint], .uint),
            .native("_+_", [.string, .string], .string), .native("_+_", [.bytes, .bytes], .bytes),
            .native("_+_", [.list(a), .list(a)], .list(a)),
            .native("_+_", [.timestamp, .duration], .timestamp), .native("_+_", [.duration, .timestamp], .timestamp),
            .native("_+_", [.duration, .duration], .duration),
            .native("_-_", [.timestamp, .timestamp], .duration), .native("_-_", [.timestamp, .duration], .timestamp),
            .native("_-_", [.duration, .duration], .duration),
            .native("-_", [.int], .int), .native("-_", [.double], .double), .native("!_", [.bool], .bool),
        ]
    }

    private static var access: [CELFunction] {
        [
            .native("_[_]", [.list(a), .int], a), .native("_[_]", [.map(a, b), a], b),
            .native("_[_]", [.optional(.list(a)), .int], .optional(a)),
            .native("_[_]", [.optional(.map(a, b)), a], .optional(b)),
            .native("_[?_]", [.list(a), .int], .optional(a)), .native("_[?_]", [.map(a, b), a], .optional(b)),
            .native("_[?_]", [.optional(.list(a)), .int], .optional(a)),
            .native("_[?_]", [.optional(.map(a, b)), a], .optional(b)),
        ]
    }
}
