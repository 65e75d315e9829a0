import Foundation
import SourceDiagnostics

@testable import CEL

/// One line of the conformance file.
struct ConformanceCase {
    let id: String
    let suite: String
    let expression: String
    let environment: CELEnvironment
    let bindings: [String: CELValue]
    let isChecked: Bool
    let checkOnly: Bool
    let expected: CELValue?
    let expectsError: Bool
    let deducedType: CELType?

    init?(_ line: Substring) {
        guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
            let id = object["id"] as? String, object["needs_proto"] as? Bool == false,
            let expect = object["expect"] as? [String: Any]
        else { return nil }
        self.id = id
        suite = object["suite"] as? String ?? ""
        expression = object["expr"] as? String ?? ""
        isChecked = object["disable_check"] as? Bool != true
        checkOnly = object["check_only"] as? Bool ?? (expect["value"] == nil && expect["error"] == nil)
        expectsError = expect["error"] != nil
        expected = expect["value"].map(Self.value)
        deducedType = expect["deduced_type"].map(Self.type)
        bindings = (object["bindings"] as? [String: Any] ?? [:]).mapValues(Self.value)
        var variables: [String: CELType] = [:]
        var functions: [CELFunction] = []
        for entry in object["type_env"] as? [[String: Any]] ?? [] {
            guard let name = entry["name"] as? String else { continue }
            if let ident = entry["ident"] { variables[name] = Self.type(ident) }
            for overload in entry["function"] as? [[String: Any]] ?? [] {
                functions.append(
                    CELFunction(
                        name, isMember: overload["member"] as? Bool ?? false,
                        parameters: (overload["params"] as? [Any] ?? []).map(Self.type),
                        result: Self.type(overload["result"] ?? "dyn")
                    ) { _, _ in .null })
            }
        }
        for name in bindings.keys where variables[name] == nil { variables[name] = .dyn }
        environment = TestEnvironment.make(
            variables: variables, adding: [CELLibrary(name: "test", functions: functions)],
            container: object["container"] as? String ?? "")
    }

    static func value(_ json: Any) -> CELValue {
        guard let (kind, content) = (json as? [String: Any])?.first else { return .null }
        let text = content as? String ?? ""
        switch kind {
        case "bool": return .bool(content as? Bool ?? false)
        case "int": return .int(Int64(text) ?? 0)
        case "uint": return .uint(UInt64(text) ?? 0)
        case "double":
            return .double(text == "Infinity" ? .infinity : (text == "-Infinity" ? -.infinity : Double(text) ?? .nan))
        case "string": return .string(text)
        case "bytes_b64": return .bytes([UInt8](Data(base64Encoded: text) ?? Data()))
        case "list": return .list((content as? [Any] ?? []).map(value))
        case "map":
            var builder = CELMap.Builder()
            for pair in content as? [[Any]] ?? [] { _ = builder.insert(value(pair[0]), value(pair[1])) }
            return .map(builder.finish())
        case "type": return .type(text)
        case "timestamp": return (try? CELTimestamp.parse(text).get()).map(CELValue.timestamp) ?? .null
        case "duration": return CELDuration.parse(text).map(CELValue.duration) ?? .null
        case "optional": return .optional(CELOptional((content as? [Any])?.first.map(value)))
        default: return .null
        }
    }

    static func type(_ json: Any) -> CELType {
        if let name = json as? String { return simple[name] ?? .dyn }
        guard let (kind, content) = (json as? [String: Any])?.first else { return .dyn }
        switch kind {
        case "list": return .list(type(content))
        case "map": return (content as? [Any]).map { .map(type($0[0]), type($0[1])) } ?? .dyn
        case "wrapper": return .nullable(type(content))
        case "type": return .type(type(content))
        case "param": return .param(content as? String ?? "")
        case "abstract":
            let name = (content as? [String: Any])?["name"] as? String ?? ""
            let parameters = ((content as? [String: Any])?["params"] as? [Any] ?? []).map(type)
            return name == "optional_type" ? .optional(parameters.first ?? .dyn) : .opaque(name, parameters)
        default: return .dyn
        }
    }

    private static let simple: [String: CELType] = [
        "dyn": .dyn, "any": .dyn, "null": .null, "bool": .bool, "int": .int, "uint": .uint, "double": .double,
        "string": .string,
        "bytes": .bytes, "timestamp": .timestamp, "duration": .duration, "error": .error,
    ]

    /// nil when the case is met; else what happened instead.
    func shortfall() -> String? {
        let compilation = environment.compile(expression, checked: isChecked)
        guard let program = compilation.program else {
            let said = compilation.problems.map { "\($0.range.start): " + $0.problem.message(.en) }.joined(
                separator: "; ")
            // An expression that should parse and does not is no error met.
            let unread = Set([
                "syntax", "strange_character", "unterminated_string", "unterminated_name", "undeclared_function",
                "wrong_operator", "mixed_unary", "full_width_character", "invalid_escape", "expression_too_deep",
                "expression_too_long", "too_many_errors", "reserved_word",
            ])
            let isReading = compilation.problems.contains { unread.contains($0.problem.code) }
            return expectsError && !isReading ? nil : said
        }
        if let deducedType, program.resultType != deducedType {
            return "type \(program.resultType), not \(deducedType)"
        }
        if checkOnly { return nil }
        var activation = CELActivation(environment)
        for (name, value) in bindings { activation.set(name, value) }
        switch program.evaluate(activation, context: CELContext()) {
        case .success(let value):
            guard let expected, !expectsError else { return "gave \(value.text) instead of an error" }
            return Self.same(value, expected) ? nil : "gave \(value.text), not \(expected.text)"
        case .failure(let failure):
            return expectsError ? nil : "failed: \(failure.message(.en))"
        }
    }

    /// Strict: types count, NaN is itself.
    static func same(_ a: CELValue, _ b: CELValue) -> Bool {
        switch (a, b) {
        case (.double(let x), .double(let y)): return x == y || x.isNaN && y.isNaN
        case (.list(let x), .list(let y)):
            return x.elements.count == y.elements.count && zip(x.elements, y.elements).allSatisfy { same($0, $1) }
        case (.map(let x), .map(let y)):
            return x.count == y.count
                && zip(x.keys, x.values).allSatisfy { key, value in
                    zip(y.keys, y.values).contains { same(key, $0) && same(value, $1) }
                }
        case (.optional(let x), .optional(let y)):
            guard let first = x.value, let second = y.value else { return x.value == nil && y.value == nil }
            return same(first, second)
        default: return a.typeName == b.typeName && a.isEqual(to: b)
        }
    }
}
