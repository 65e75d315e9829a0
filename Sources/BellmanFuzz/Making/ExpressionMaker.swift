import BellmanTesting
import CEL

/// Writes expressions from the environment's own table of functions: mostly well typed, now and then not.
struct ExpressionMaker {
    var random: SeededRandom
    private let byResult: [String: [CELFunction]]
    private let all: [CELFunction]
    private var scope: [(name: String, type: CELType)]
    private var names = 0

    init(_ environment: CELEnvironment, _ random: SeededRandom) {
        self.random = random
        all = environment.catalogue
        byResult = Dictionary(grouping: all) { Self.form($0.result) }
        scope = environment.variables.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private static let simple: [CELType] = [
        .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .list(.int), .list(.string),
        .map(.string, .int), .optional(.int), .dyn, .null,
    ]

    mutating func expression() -> String {
        let type = random.chance(50) ? CELType.bool : random.pick(Self.simple)
        return make(type, random.int(1...6))
    }

    /// What a type's values are told apart by when a function is looked for.
    private static func form(_ type: CELType) -> String {
        switch type {
        case .param, .dyn: "any"
        case .nullable(let inner): form(inner)
        default: type.runtimeName
        }
    }

    private mutating func make(_ wanted: CELType, _ depth: Int) -> String {
        let type = random.chance(4) ? random.pick(Self.simple) : wanted
        guard depth > 0 else { return leaf(type) }
        switch random.int(0...99) {
        case 0..<18: return leaf(type)
        case 18..<24: return "\(make(.bool, depth - 1)) ? \(make(type, depth - 1)) : \(make(type, depth - 1))"
        case 24..<28: return "(\(make(type, depth - 1)))"
        case 28..<33: return bound(type, depth)
        case 33..<36: return "\(make(.list(type), depth - 1))[\(make(.int, depth - 1))]"
        case 36..<38: return "\(make(.map(.string, type), depth - 1))[\(make(.string, depth - 1))]"
        case 38..<40: return "\(make(.map(.string, type), depth - 1)).\(random.pick(["a", "b", "`a.b`", "王"]))"
        case 40..<42: return "\(make(.optional(type), depth - 1)).orValue(\(make(type, depth - 1)))"
        case 42..<60: return special(type, depth)
        default: return call(type, depth)
        }
    }

    private mutating func special(_ type: CELType, _ depth: Int) -> String {
        switch type {
        case .bool:
            switch random.int(0...4) {
            case 0: return terms("&&", depth)
            case 1: return terms("||", depth)
            case 2: return "!" + make(.bool, depth - 1)
            case 3: return "has(\(make(.map(.string, .int), depth - 1)).a)"
            default: return loop(random.pick(["all", "exists", "exists_one", "existsOne"]), .bool, depth)
            }
        case .list(let element):
            let literal = "[" + list(element, depth) + "]"
            switch random.int(0...3) {
            case 0: return loop("map", element, depth)
            case 1: return loop("filter", .bool, depth, over: .list(element))
            case 2: return "\(make(.list(element), depth - 1)).sortBy(k, \(make(.int, depth - 1)))"
            default: return literal
            }
        case .map(let key, let value):
            if random.chance(40) { return loop(random.pick(["transformMap", "transformMapEntry"]), value, depth) }
            let entries = (0..<random.int(0...3)).map { _ in "\(make(key, depth - 1)): \(make(value, depth - 1))" }
            return "{" + entries.joined(separator: ", ") + "}"
        case .optional(let inner):
            let target = make(.map(.string, inner), depth - 1)
            return random.pick(["\(target).?a", "\(target)[?'a']", "optional.of(\(make(inner, depth - 1)))"])
        case .int, .uint, .double:
            let sign = random.pick(["+", "-", "*", "/", "%"])
            return "\(make(type, depth - 1)) \(sign) \(make(type, depth - 1))"
        default: return call(type, depth)
        }
    }

    private mutating func terms(_ sign: String, _ depth: Int) -> String {
        (0..<random.int(2...4)).map { _ in make(.bool, depth - 1) }.joined(separator: " \(sign) ")
    }

    private mutating func list(_ type: CELType, _ depth: Int) -> String {
        (0..<random.int(0...4)).map { _ in (random.chance(5) ? "?" : "") + make(type, depth - 1) }
            .joined(separator: ", ")
    }

    private mutating func fresh(_ type: CELType) -> String {
        names += 1
        let name = random.chance(20) ? "i" : "v\(names)"
        scope.append((name, type))
        return name
    }

    private mutating func loop(_ macro: String, _ body: CELType, _ depth: Int, over: CELType = .list(.int)) -> String {
        let range = make(over, depth - 1)
        let mark = scope.count
        defer { scope.removeSubrange(mark...) }
        let first = fresh(.int)
        let isTwo = macro.hasPrefix("transform") || random.chance(15)
        let second = isTwo ? ", " + fresh(.int) : ""
        let name = isTwo && macro == "map" ? "transformList" : macro
        if macro == "transformMapEntry" {
            return "\(range).\(name)(\(first)\(second), {\(first): \(make(body, depth - 1))})"
        }
        return "\(range).\(name)(\(first)\(second), \(make(body, depth - 1)))"
    }

    private mutating func bound(_ type: CELType, _ depth: Int) -> String {
        let other = random.pick(Self.simple)
        let value = make(other, depth - 1)
        let mark = scope.count
        let name = fresh(other)
        defer { scope.removeSubrange(mark...) }
        return "cel.bind(\(name), \(value), \(make(type, depth - 1)))"
    }

    // MARK: Calls

    private mutating func call(_ type: CELType, _ depth: Int) -> String {
        let fitting = (byResult[Self.form(type)] ?? []) + (random.chance(30) ? byResult["any"] ?? [] : [])
        let function = random.chance(6) || fitting.isEmpty ? random.pick(all) : random.pick(fitting)
        var parameters: [String: CELType] = [:]
        bind(function.result, type, &parameters)
        var arguments: [String] = []
        for parameter in function.parameters { arguments.append(make(concrete(parameter, &parameters), depth - 1)) }
        if random.chance(3) { arguments.append(leaf(.int)) }
        return write(function.name, isMember: function.isMember, arguments)
    }

    private func write(_ name: String, isMember: Bool, _ arguments: [String]) -> String {
        let isOperator = name.hasPrefix("_") || name.hasPrefix("@in") || name.hasSuffix("_")
        if isOperator, arguments.count >= 2 {
            switch name {
            case "_[_]": return "(\(arguments[0]))[\(arguments[1])]"
            case "_[?_]": return "(\(arguments[0]))[?\(arguments[1])]"
            case "@in": return "\(arguments[0]) in \(arguments[1])"
            default: return "\(arguments[0]) \(name.filter { $0 != "_" }) \(arguments[1])"
            }
        }
        if isOperator, let only = arguments.first { return name.filter { $0 != "_" } + "(\(only))" }
        guard isMember, let target = arguments.first else { return "\(name)(\(arguments.joined(separator: ", ")))" }
        return "(\(target)).\(name)(\(arguments.dropFirst().joined(separator: ", ")))"
    }

    /// What the type parameters of a result must be for it to be the wanted type.
    private func bind(_ result: CELType, _ wanted: CELType, _ parameters: inout [String: CELType]) {
        switch (result, wanted) {
        case (.param(let name), _): parameters[name] = wanted
        case (.list(let a), .list(let b)), (.optional(let a), .optional(let b)): bind(a, b, &parameters)
        case (.map(let a, let b), .map(let c, let d)):
            bind(a, c, &parameters)
            bind(b, d, &parameters)
        default: break
        }
    }

    private mutating func concrete(_ type: CELType, _ parameters: inout [String: CELType]) -> CELType {
        switch type {
        case .param(let name):
            if let known = parameters[name] { return known }
            let chosen = random.pick(Self.simple)
            parameters[name] = chosen
            return chosen
        case .list(let inner): return .list(concrete(inner, &parameters))
        case .optional(let inner): return .optional(concrete(inner, &parameters))
        case .map(let key, let value): return .map(concrete(key, &parameters), concrete(value, &parameters))
        default: return type
        }
    }

    // MARK: Leaves

    private mutating func leaf(_ type: CELType) -> String {
        let fitting = scope.filter { Self.form($0.type) == Self.form(type) }
        if !fitting.isEmpty, random.chance(45) { return random.pick(fitting).name }
        switch type {
        case .bool: return random.pick(["true", "false"])
        case .int: return random.pick(Literals.integers)
        case .uint: return random.pick(["0u", "1u", "7u", "18446744073709551615u", "0xFFu"])
        case .double: return random.pick(Literals.doubles)
        case .string: return random.pick(Literals.strings)
        case .bytes: return random.pick(["b''", "b'abc'", "b'\\xff\\000'", "b'王'", "br'\\n'"])
        case .timestamp: return random.pick(Literals.timestamps)
        case .duration: return random.pick(Literals.durations)
        case .list(let inner): return random.chance(40) ? "[]" : "[\(leaf(inner)), \(leaf(inner))]"
        case .map(let key, let value): return random.chance(40) ? "{}" : "{\(leaf(key)): \(leaf(value))}"
        case .optional(let inner): return random.chance(30) ? "optional.none()" : "optional.of(\(leaf(inner)))"
        case .type: return random.pick(["int", "string", "type", "list", "map", "null_type"])
        case .nullable(let inner): return random.chance(30) ? "null" : leaf(inner)
        case .opaque(let name, _): return Literals.opaque[name].map { random.pick($0) } ?? "null"
        case .null: return "null"
        default: return random.pick(scope).name
        }
    }
}
