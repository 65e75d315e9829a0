/// Assignability with type parameters, as the reference checker defines it, with null for nullable types added.
struct TypeUnifier {
    private(set) var bindings: [String: CELType] = [:]
    private var fresh = 0

    mutating func freshParameter() -> CELType {
        fresh += 1
        return .param("%" + String(fresh))
    }

    /// A function type's parameters under new names, so that two calls do not share them.
    mutating func instantiate(_ types: [CELType]) -> [CELType] {
        var names: [String: CELType] = [:]
        return types.map { instantiate($0, &names) }
    }

    private mutating func instantiate(_ type: CELType, _ names: inout [String: CELType]) -> CELType {
        switch type {
        case .param(let name):
            if let known = names[name] { return known }
            let new = freshParameter()
            names[name] = new
            return new
        case .list(let element): return .list(instantiate(element, &names))
        case .map(let key, let value): return .map(instantiate(key, &names), instantiate(value, &names))
        case .nullable(let inner): return .nullable(instantiate(inner, &names))
        case .optional(let inner): return .optional(instantiate(inner, &names))
        case .type(let inner): return .type(instantiate(inner, &names))
        case .opaque(let name, let parameters) where !parameters.isEmpty:
            return .opaque(name, parameters.map { instantiate($0, &names) })
        default: return type
        }
    }

    /// Replaces bound parameters; with `final` free ones become dyn.
    func substitute(_ type: CELType, final: Bool = false) -> CELType {
        switch type {
        case .param(let name):
            if let bound = bindings[name] { return substitute(bound, final: final) }
            return final ? .dyn : type
        case .list(let element): return .list(substitute(element, final: final))
        case .map(let key, let value): return .map(substitute(key, final: final), substitute(value, final: final))
        case .nullable(let inner):
            let replaced = substitute(inner, final: final)
            return replaced.isNullable ? replaced : .nullable(replaced)
        case .optional(let inner): return .optional(substitute(inner, final: final))
        case .type(let inner): return .type(substitute(inner, final: final))
        case .opaque(let name, let parameters):
            return parameters.isEmpty ? type : .opaque(name, parameters.map { substitute($0, final: final) })
        default: return type
        }
    }

    /// All or nothing: what a failed attempt bound is forgotten.
    mutating func assignAll(_ from: [CELType], to: [CELType]) -> Bool {
        let before = bindings
        for (a, b) in zip(from, to) where !assignable(a, b) {
            bindings = before
            return false
        }
        return true
    }

    mutating func assign(_ from: CELType, to: CELType) -> Bool {
        let before = bindings
        if assignable(from, to) { return true }
        bindings = before
        return false
    }

    private mutating func assignable(_ a: CELType, _ b: CELType) -> Bool {
        // Most questions are about two types without parts.
        if let first = a.plain, let second = b.plain { return first == second }
        if case .param(let name) = b {
            let (valid, known) = bind(name, a)
            if valid { return true }
            if known { return false }
        }
        if case .param(let name) = a { return bind(name, b).valid }
        switch (a, b) {
        case (.dyn, _), (.error, _), (_, .dyn), (_, .error): return true
        case (.null, .null): return true
        case (.null, _): return Self.takesNull(b)
        case (_, .null): return Self.takesNull(a)
        case (.nullable(let x), .nullable(let y)): return assignable(x, y)
        case (.nullable(let x), _): return assignable(x, b)
        case (_, .nullable(let y)): return assignable(a, y)
        case (.list(let x), .list(let y)), (.optional(let x), .optional(let y)): return assignable(x, y)
        // Any type value may be compared with any other.
        case (.type, .type): return true
        case (.map(let k, let v), .map(let k2, let v2)): return assignable(k, k2) && assignable(v, v2)
        case (.opaque(let n, let p), .opaque(let n2, let p2)):
            guard n == n2, p.count == p2.count else { return false }
            for (x, y) in zip(p, p2) where !assignable(x, y) { return false }
            return true
        default: return a == b
        }
    }

    private static func takesNull(_ type: CELType) -> Bool {
        switch type {
        // Instants and spans are messages in the definition of the language, and null stands for an absent message.
        case .nullable, .null, .object, .optional, .timestamp, .duration: true
        default: false
        }
    }

    private mutating func bind(_ name: String, _ type: CELType) -> (valid: Bool, known: Bool) {
        if case .param(let other) = type, other == name { return (true, true) }
        if let bound = bindings[name] {
            if bound == type { return (true, true) }
            guard assignable(type, bound) else { return (false, true) }
            let general = mostGeneral(type, bound)
            if !occurs(name, general) { bindings[name] = general }
            return (true, true)
        }
        guard !occurs(name, type) else { return (false, false) }
        bindings[name] = type
        return (true, false)
    }

    private func occurs(_ name: String, _ type: CELType) -> Bool {
        switch type {
        case .param(let other): other == name || (bindings[other].map { occurs(name, $0) } ?? false)
        case .list(let inner), .nullable(let inner), .optional(let inner), .type(let inner): occurs(name, inner)
        case .map(let key, let value): occurs(name, key) || occurs(name, value)
        case .opaque(_, let parameters): parameters.contains { occurs(name, $0) }
        default: false
        }
    }

    /// The type that admits more of two assignable ones.
    func mostGeneral(_ a: CELType, _ b: CELType) -> CELType {
        if case .null = b, !a.isNullable { return a }
        if case .nullable = b, !a.isNullable { return b }
        return isLessSpecific(a, b) ? a : b
    }

    private func isLessSpecific(_ a: CELType, _ b: CELType) -> Bool {
        switch (a, b) {
        case (.dyn, _), (.param, _): true
        case (_, .dyn), (_, .param): false
        case (.nullable(let x), .nullable(let y)): isLessSpecific(x, y)
        case (.nullable(let x), _): b == .null || isLessSpecific(x, b)
        case (.list(let x), .list(let y)), (.optional(let x), .optional(let y)): isLessSpecific(x, y)
        // As `assignable`: what a type is the type of does not matter.
        case (.type, .type): true
        case (.map(let k, let v), .map(let k2, let v2)): isLessSpecific(k, k2) && isLessSpecific(v, v2)
        case (.opaque(let n, let p), .opaque(let n2, let p2)):
            n == n2 && p.count == p2.count && zip(p, p2).allSatisfy { isLessSpecific($0, $1) }
        default: a == b
        }
    }

    /// The type of list elements or map values that stand beside each other: dyn where they do not agree.
    mutating func join(_ previous: CELType?, _ current: CELType) -> CELType {
        guard let previous else { return current }
        let a = substitute(previous)
        let b = substitute(current)
        return assign(a, to: b) ? mostGeneral(substitute(a), substitute(b)) : .dyn
    }
}

extension CELType {
    /// A type that has no parts and fits only itself, as a number; nil for any other.
    fileprivate var plain: Int? {
        switch self {
        case .bool: 0
        case .int: 1
        case .uint: 2
        case .double: 3
        case .string: 4
        case .bytes: 5
        case .timestamp: 6
        case .duration: 7
        default: nil
        }
    }
}
