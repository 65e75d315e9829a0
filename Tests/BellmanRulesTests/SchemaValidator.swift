import BellmanModel
import Foundation

@testable import BellmanRules

/// The part of JSON Schema (draft 2020-12) that our schemas use. A keyword that is not known here is a failure, so that
/// nothing passes for being overlooked; a real validator looks at the same files in `Tests/BlackBox/schema.py`.
struct SchemaValidator {
    let root: JSONValue

    struct Unknown: Error { let keyword: String }

    func accepts(_ value: JSONValue) throws -> Bool { try accepts(value, root) }

    private func accepts(_ value: JSONValue, _ schema: JSONValue) throws -> Bool {
        if let flag = schema.boolValue { return flag }
        for member in schema.objectValue?.members ?? [] {
            if try !holds(member.key, member.value, value, schema) { return false }
        }
        return true
    }

    private func holds(_ keyword: String, _ rule: JSONValue, _ value: JSONValue, _ schema: JSONValue) throws -> Bool {
        switch keyword {
        case "$schema", "$defs", "title", "description", "examples", "then", "else": return true
        case "additionalProperties" where schema["properties"] != nil: return true
        case "properties", "additionalProperties": return try properties(value, schema)
        case "type": return types(rule).contains { isOf($0, value) }
        case "enum": return rule.arrayValue?.contains(value) ?? false
        case "const": return rule == value
        case "pattern":
            guard let text = value.stringValue, let pattern = rule.stringValue else { return true }
            let regex = try NSRegularExpression(pattern: pattern)
            return regex.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
        case "minimum": return (value.doubleValue ?? .infinity) >= (rule.doubleValue ?? 0)
        case "maximum": return (value.doubleValue ?? 0) <= (rule.doubleValue ?? 0)
        case "minItems": return (value.arrayValue?.count ?? .max) >= Int(rule.intValue ?? 0)
        case "required": return value.objectValue.map { object in types(rule).allSatisfy { object[$0] != nil } } ?? true
        case "items": return try value.arrayValue?.allSatisfy { try accepts($0, rule) } ?? true
        case "propertyNames": return try value.objectValue?.keys.allSatisfy { try accepts(.string($0), rule) } ?? true
        case "$ref": return try accepts(value, target(rule))
        case "allOf": return try (rule.arrayValue ?? []).allSatisfy { try accepts(value, $0) }
        case "anyOf": return try (rule.arrayValue ?? []).contains { try accepts(value, $0) }
        case "oneOf": return try (rule.arrayValue ?? []).count { try accepts(value, $0) } == 1
        case "not": return try !accepts(value, rule)
        case "if":
            let branch = try accepts(value, rule) ? schema["then"] : schema["else"]
            return try branch.map { try accepts(value, $0) } ?? true
        default: throw Unknown(keyword: keyword)
        }
    }

    private func properties(_ value: JSONValue, _ schema: JSONValue) throws -> Bool {
        guard let object = value.objectValue else { return true }
        for member in object.members {
            let known = schema["properties"]?[member.key]
            guard let inner = known ?? schema["additionalProperties"] else { continue }
            if try !accepts(member.value, inner) { return false }
        }
        return true
    }

    private func types(_ rule: JSONValue) -> [String] {
        rule.arrayValue?.compactMap(\.stringValue) ?? [rule.stringValue].compactMap { $0 }
    }

    private func isOf(_ type: String, _ value: JSONValue) -> Bool {
        if type == "integer" { return value.intValue != nil }
        return value.typeName == (type == "boolean" ? "bool" : type)
    }

    private func target(_ rule: JSONValue) throws -> JSONValue {
        let name = rule.stringValue?.split(separator: "/").last.map(String.init) ?? ""
        guard let found = root["$defs"]?[name] else { throw Unknown(keyword: rule.stringValue ?? "") }
        return found
    }
}

extension JSONValue {
    /// A YAML node as editors read it: plain scalars by the core schema of YAML 1.2.
    init(_ node: YAMLNode) {
        if let items = node.items {
            self = .array(items.map(JSONValue.init))
        } else if let pairs = node.pairs {
            self = .fields(pairs.map { ($0.key.scalar?.text ?? "", JSONValue($0.value)) })
        } else {
            self = JSONValue.scalar(node)
        }
    }

    private static func scalar(_ node: YAMLNode) -> JSONValue {
        guard let scalar = node.scalar else { return .null }
        guard scalar.style == .plain else { return .string(scalar.text) }
        switch scalar.text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return true
        case "false", "False", "FALSE": return false
        default: break
        }
        if let number = Int64(scalar.text) { return .int(number) }
        let isNumber = scalar.text.allSatisfy { "0123456789.eE+-".contains($0) }
        return isNumber ? Double(scalar.text).map(JSONValue.double) ?? .string(scalar.text) : .string(scalar.text)
    }
}
