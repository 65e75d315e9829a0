/// Fields, keys and indexes.
enum Access {
    /// `value.field`. `path`: the operand's own text, for the failure when it is empty.
    static func field(_ value: CELValue, _ name: String, path: OperandPath) throws(CELFailure) -> CELValue {
        switch value {
        case .object(let object):
            guard let found = object.member(name) else { throw CELFailure(.noSuchField(name)) }
            return found
        case .map(let map):
            guard let found = map[name] else { throw CELFailure(.noSuchKey(name)) }
            return found
        case .null: throw CELFailure(.empty(path: path.text ?? "null"))
        case .optional(let optional):
            guard let inner = optional.value else { return .optional(.none) }
            if case .null = inner { throw CELFailure(.noSuchKey(name)) }
            return try optionalField(inner, name)
        default: throw CELFailure(.noSuchOverload(function: "." + name, arguments: [value.typeName]))
        }
    }

    /// `value.?field`
    static func optionalField(_ value: CELValue, _ name: String) throws(CELFailure) -> CELValue {
        switch value {
        case .object(let object):
            guard let found = object.member(name), !found.isNull else { return .optional(.none) }
            return .optional(CELOptional(found))
        case .map(let map): return .optional(CELOptional(map[name]))
        case .null: return .optional(.none)
        case .optional(let optional):
            guard let inner = optional.value else { return value }
            return try optionalField(inner, name)
        default: throw CELFailure(.noSuchOverload(function: "." + name, arguments: [value.typeName]))
        }
    }

    /// `has(value.field)`: an empty field of a record is not there.
    static func has(_ value: CELValue, _ name: String, path: OperandPath) throws(CELFailure) -> Bool {
        switch value {
        case .object(let object):
            guard let found = object.member(name) else { throw CELFailure(.noSuchField(name)) }
            return !found.isNull
        case .map(let map): return map[name] != nil
        case .null: throw CELFailure(.empty(path: path.text ?? "null"))
        case .optional(let optional):
            guard let inner = optional.value else { return false }
            return try has(inner, name, path: path)
        default: throw CELFailure(.noSuchOverload(function: "has", arguments: [value.typeName]))
        }
    }

    /// `value[key]`
    static func element(_ value: CELValue, _ key: CELValue) throws(CELFailure) -> CELValue {
        switch value {
        case .list(let list):
            guard let index = try position(key) else { throw CELFailure(.indexOutOfBounds(key.text)) }
            guard list.elements.indices.contains(index) else { throw CELFailure(.indexOutOfBounds(key.text)) }
            return list.elements[index]
        case .map(let map):
            guard let found = map[key] else { throw CELFailure(.noSuchKey(key.text)) }
            return found
        case .optional(let optional):
            guard let inner = optional.value else { return value }
            return try optionalElement(inner, key)
        default: throw Operators.noOverload("_[_]", [value, key])
        }
    }

    /// `value[?key]`
    static func optionalElement(_ value: CELValue, _ key: CELValue) throws(CELFailure) -> CELValue {
        switch value {
        case .list(let list):
            guard let index = try position(key), list.elements.indices.contains(index) else { return .optional(.none) }
            return .optional(CELOptional(list.elements[index]))
        case .map(let map): return .optional(CELOptional(map[key]))
        case .null: return .optional(.none)
        case .optional(let optional):
            guard let inner = optional.value else { return value }
            return try optionalElement(inner, key)
        default: throw Operators.noOverload("_[?_]", [value, key])
        }
    }

    /// nil: a number, but no index.
    private static func position(_ key: CELValue) throws(CELFailure) -> Int? {
        switch key {
        case .int(let index): return Int(index)
        case .uint(let index): return Int(exactly: index)
        case .double(let index): return Int(exactly: index)
        default: throw CELFailure(.noSuchOverload(function: "[ ]", arguments: ["list", key.typeName]))
        }
    }
}
