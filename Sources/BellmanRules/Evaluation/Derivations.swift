import BellmanModel
import CEL
import SourceDiagnostics

/// What is wrong with a derived field's expression.
public struct DerivationProblem: Sendable {
    public let kind: String
    public let field: String
    public let fact: any DiagnosticFact
    /// UTF-8 offsets in the expression.
    public let range: SourceRange
}

/// The schema's derived fields, compiled. A derived field may read others; a circle is refused.
struct Derivations: Sendable {
    private let programs: [String: CELProgram]
    private let environments: [String: CELEnvironment]
    let types: [String: CELType]
    let problems: [DerivationProblem]

    init(schema: Schema, environment: CELEnvironment) {
        var programs: [String: CELProgram] = [:]
        var environments: [String: CELEnvironment] = [:]
        var types: [String: CELType] = [:]
        var problems: [DerivationProblem] = []
        for name in schema.kindNames {
            guard let kind = schema.kind(name) else { continue }
            let local = environment.adding(variables: [name: .object(name), "now": .timestamp, "today": HostType.date])
            environments[name] = local
            for field in kind.fields {
                guard case .derived(let text) = field.type else { continue }
                let compilation = local.compile(text)
                problems += compilation.problems.map {
                    DerivationProblem(
                        kind: name, field: field.name, fact: RuleRemedy.explained($0.problem, schema), range: $0.range)
                }
                guard let program = compilation.program else { continue }
                programs["\(name).\(field.name)"] = program
                let type = program.resultType
                types["\(name).\(field.name)"] = type == .bool ? .bool : .nullable(type)
            }
        }
        let circular = Derivations.circular(programs)
        for path in circular {
            guard let program = programs.removeValue(forKey: path), let dot = path.firstIndex(of: ".") else { continue }
            problems.append(
                DerivationProblem(
                    kind: String(path[..<dot]), field: String(path[path.index(after: dot)...]),
                    fact: RuleProblem.circularDerivation(path), range: SourceRange(0, program.source.utf8.count)))
        }
        self.programs = programs
        self.environments = environments
        self.types = types
        self.problems = problems
    }

    func value(_ name: String, of object: RecordObject, in world: RecordWorld) -> CELValue {
        let kind = object.typeName
        guard let program = programs["\(kind).\(name)"], let environment = environments[kind] else { return .null }
        var activation = CELActivation(environment)
        activation.set(kind, .object(object))
        activation.set("now", world.now.celTimestamp.map(CELValue.timestamp))
        activation.set("today", .opaque(DateValue(world.today)))
        guard case .success(let value) = program.evaluate(activation, context: world) else {
            return program.resultType == .bool ? .bool(false) : .null
        }
        return value
    }

    func reads(kind: String, field: String) -> [FieldPath] {
        (programs["\(kind).\(field)"]?.reads ?? []).compactMap {
            if case .field(let object, let field, _) = $0 { FieldPath(kind: object, field: field) } else { nil }
        }
    }

    /// Whether the expression depends on the moment of asking, which no index can hold.
    func readsTime(kind: String, field: String) -> Bool {
        (programs["\(kind).\(field)"]?.reads ?? []).contains {
            if case .variable(let name, _) = $0 { name == "now" || name == "today" } else { false }
        }
    }

    private static func circular(_ programs: [String: CELProgram]) -> [String] {
        func reaches(_ start: String, _ at: String, _ seen: inout Set<String>) -> Bool {
            for case .field(let object, let field, _) in programs[at]?.reads ?? [] {
                let next = "\(object).\(field)"
                if next == start { return true }
                if programs[next] != nil, seen.insert(next).inserted, reaches(start, next, &seen) { return true }
            }
            return false
        }
        return programs.keys.sorted().filter { path in
            var seen: Set<String> = []
            return reaches(path, path, &seen)
        }
    }
}
