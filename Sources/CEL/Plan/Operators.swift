/// The operators of the language on values of any type.
enum Operators {
    enum Comparison: Sendable {
        case less, lessEqual, greater, greaterEqual

        @inline(__always)
        func holds(_ a: Int64, _ b: Int64) -> Bool {
            switch self {
            case .less: a < b
            case .lessEqual: a <= b
            case .greater: a > b
            case .greaterEqual: a >= b
            }
        }
    }

    /// How people write an operator; nil for an ordinary function.
    static func sign(_ name: String) -> String? {
        switch name {
        case "_==_": "=="
        case "_!=_": "!="
        case "_<_": "<"
        case "_<=_": "<="
        case "_>_": ">"
        case "_>=_": ">="
        case "_+_": "+"
        case "_-_": "-"
        case "_*_": "*"
        case "_/_": "/"
        case "_%_": "%"
        case "@in": "in"
        case "!_": "!"
        case "-_": "-"
        case "_[_]", "_[?_]": "[ ]"
        default: nil
        }
    }

    static func comparison(_ name: String) -> Comparison? {
        switch name {
        case "_<_": .less
        case "_<=_": .lessEqual
        case "_>_": .greater
        case "_>=_": .greaterEqual
        default: nil
        }
    }

    static func noOverload(_ name: String, _ arguments: [CELValue]) -> CELFailure {
        CELFailure(.noSuchOverload(function: sign(name) ?? name, arguments: arguments.map(\.typeName)))
    }

    static func apply(_ name: String, _ a: CELValue, _ b: CELValue) throws(CELFailure) -> CELValue {
        if let comparison = comparison(name) { return .bool(try compare(comparison, a, b)) }
        switch name {
        case "_==_": return .bool(a.isEqual(to: b))
        case "_!=_": return .bool(!a.isEqual(to: b))
        case "_+_": return try add(a, b)
        case "_-_": return try subtract(a, b)
        case "_*_": return try multiply(a, b)
        case "_/_": return try divide(a, b)
        case "_%_": return try remainder(a, b)
        case "@in": return .bool(try contains(b, a))
        default: throw noOverload(name, [a, b])
        }
    }

    @inline(__always)
    static func holds(_ comparison: Comparison, _ order: CELValue.Order) -> Bool? {
        switch order {
        case .noOverload: nil
        case .unordered: false
        case .less: comparison == .less || comparison == .lessEqual
        case .equal: comparison == .lessEqual || comparison == .greaterEqual
        case .greater: comparison == .greater || comparison == .greaterEqual
        }
    }

    static func compare(_ comparison: Comparison, _ a: CELValue, _ b: CELValue) throws(CELFailure) -> Bool {
        if let answer = holds(comparison, a.order(b)) { return answer }
        let sign =
            switch comparison {
            case .less: "<"
            case .lessEqual: "<="
            case .greater: ">"
            case .greaterEqual: ">="
            }
        throw noOverload(sign, [a, b])
    }

    static func contains(_ whole: CELValue, _ part: CELValue) throws(CELFailure) -> Bool {
        switch whole {
        case .list(let list):
            for element in list.elements where element.isEqual(to: part) { return true }
            return false
        case .map(let map): return map[part] != nil
        default: throw noOverload("@in", [part, whole])
        }
    }

    // MARK: Arithmetic

    private static func checked<I: FixedWidthInteger>(_ result: (partialValue: I, overflow: Bool), _ type: String)
        throws(CELFailure) -> I
    {
        if result.overflow { throw CELFailure(.overflow(type: type)) }
        return result.partialValue
    }

    static func add(_ a: CELValue, _ b: CELValue) throws(CELFailure) -> CELValue {
        switch (a, b) {
        case (.int(let x), .int(let y)): return .int(try checked(x.addingReportingOverflow(y), "int"))
        case (.uint(let x), .uint(let y)): return .uint(try checked(x.addingReportingOverflow(y), "uint"))
        case (.double(let x), .double(let y)): return .double(x + y)
        case (.string(let x), .string(let y)): return .string(x + y)
        case (.bytes(let x), .bytes(let y)): return .bytes(x.bytes + y.bytes)
        case (.list(let x), .list(let y)): return .list(x.elements + y.elements)
        case (.timestamp(let x), .duration(let y)), (.duration(let y), .timestamp(let x)):
            guard let sum = x.adding(y) else { throw CELFailure(.overflow(type: "timestamp")) }
            return .timestamp(sum)
        case (.duration(let x), .duration(let y)):
            let sum = try checked(x.nanoseconds.addingReportingOverflow(y.nanoseconds), "duration")
            return .duration(CELDuration(nanoseconds: sum))
        default: throw noOverload("_+_", [a, b])
        }
    }

    static func subtract(_ a: CELValue, _ b: CELValue) throws(CELFailure) -> CELValue {
        switch (a, b) {
        case (.int(let x), .int(let y)): return .int(try checked(x.subtractingReportingOverflow(y), "int"))
        case (.uint(let x), .uint(let y)): return .uint(try checked(x.subtractingReportingOverflow(y), "uint"))
        case (.double(let x), .double(let y)): return .double(x - y)
        case (.timestamp(let x), .timestamp(let y)):
            guard let span = x.since(y) else { throw CELFailure(.overflow(type: "duration")) }
            return .duration(span)
        case (.timestamp(let x), .duration(let y)):
            let back = try checked((0 as Int64).subtractingReportingOverflow(y.nanoseconds), "duration")
            guard let moved = x.adding(CELDuration(nanoseconds: back)) else {
                throw CELFailure(.overflow(type: "timestamp"))
            }
            return .timestamp(moved)
        case (.duration(let x), .duration(let y)):
            let rest = try checked(x.nanoseconds.subtractingReportingOverflow(y.nanoseconds), "duration")
            return .duration(CELDuration(nanoseconds: rest))
        default: throw noOverload("_-_", [a, b])
        }
    }

    static func multiply(_ a: CELValue, _ b: CELValue) throws(CELFailure) -> CELValue {
        switch (a, b) {
        case (.int(let x), .int(let y)): return .int(try checked(x.multipliedReportingOverflow(by: y), "int"))
        case (.uint(let x), .uint(let y)): return .uint(try checked(x.multipliedReportingOverflow(by: y), "uint"))
        case (.double(let x), .double(let y)): return .double(x * y)
        default: throw noOverload("_*_", [a, b])
        }
    }

    static func divide(_ a: CELValue, _ b: CELValue) throws(CELFailure) -> CELValue {
        switch (a, b) {
        case (.int(let x), .int(let y)):
            if y == 0 { throw CELFailure(.divisionByZero) }
            return .int(try checked(x.dividedReportingOverflow(by: y), "int"))
        case (.uint(let x), .uint(let y)):
            if y == 0 { throw CELFailure(.divisionByZero) }
            return .uint(x / y)
        case (.double(let x), .double(let y)): return .double(x / y)
        default: throw noOverload("_/_", [a, b])
        }
    }

    static func remainder(_ a: CELValue, _ b: CELValue) throws(CELFailure) -> CELValue {
        switch (a, b) {
        case (.int(let x), .int(let y)):
            if y == 0 { throw CELFailure(.modulusByZero) }
            return .int(try checked(x.remainderReportingOverflow(dividingBy: y), "int"))
        case (.uint(let x), .uint(let y)):
            if y == 0 { throw CELFailure(.modulusByZero) }
            return .uint(x % y)
        default: throw noOverload("_%_", [a, b])
        }
    }

    static func negate(_ a: CELValue) throws(CELFailure) -> CELValue {
        switch a {
        case .int(let x): return .int(try checked((0 as Int64).subtractingReportingOverflow(x), "int"))
        case .double(let x): return .double(-x)
        default: throw noOverload("-_", [a])
        }
    }

    static func not(_ a: CELValue) throws(CELFailure) -> CELValue {
        guard case .bool(let flag) = a else { throw noOverload("!_", [a]) }
        return .bool(!flag)
    }
}
