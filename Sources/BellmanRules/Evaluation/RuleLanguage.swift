import BellmanModel
import CEL
import SourceDiagnostics

/// The expression language over one schema: kinds, functions, and the names that each sort of rule may use.
public struct RuleLanguage: Sendable {
    public let schema: Schema
    let derivations: Derivations
    private let base: CELEnvironment

    /// Compiles the schema's derived fields; what is wrong with them comes back as problems.
    public init(schema: Schema) {
        self.schema = schema
        let plain = SchemaTypes(schema: schema, derived: [:])
        let first = RuleLanguage.environment(plain)
        derivations = Derivations(schema: schema, environment: first)
        base = RuleLanguage.environment(SchemaTypes(schema: schema, derived: derivations.types))
    }

    /// What is wrong with derived fields of own kinds: (kind, field, problem, place in the expression).
    public var derivationProblems: [DerivationProblem] { derivations.problems }

    /// Names that own kinds may not take, because every rule has them.
    public static let reservedNames: Set<String> = [
        "now", "today", "old", "changed_by", "changed_at", "days_left", "offset", "anchor", "late", "records", "group",
        "acknowledged", "rule", "firing",
    ]

    private static func environment(_ types: SchemaTypes) -> CELEnvironment {
        CELEnvironment.standard(adding: [FunctionTable.library], types: types, zoneOffset: ZoneLookup.offset)
    }

    func environment(_ shape: RuleScopeShape) -> CELEnvironment {
        // What most expressions read comes first, so that an evaluation makes room for few values.
        let usual = shape.variables.filter { [shape.kind, "now", "today"].contains($0.key) }
        return base.adding(variables: usual).adding(variables: shape.variables)
    }

    // MARK: dependencies

    /// The first field among `reads` whose value depends on the moment of asking, also through other derived fields.
    func timedField(_ reads: [CELRead]) -> (path: String, range: SourceRange)? {
        for case .field(let object, let field, let range) in reads {
            var found: Set<FieldPath> = []
            collect(FieldPath(kind: object, field: field), into: &found)
            if found.contains(where: { derivations.readsTime(kind: $0.kind, field: $0.field) }) {
                return ("\(object).\(field)", range)
            }
        }
        return nil
    }

    func fields(read reads: [CELRead]) -> [FieldPath] {
        var found: Set<FieldPath> = []
        for case .field(let object, let field, _) in reads {
            collect(FieldPath(kind: object, field: field), into: &found)
        }
        return found.sorted()
    }

    private func collect(_ path: FieldPath, into found: inout Set<FieldPath>) {
        guard found.insert(path).inserted else { return }
        if path.field == "open" || path.field == "closed" {
            found.insert(FieldPath(kind: path.kind, field: "status"))
        }
        for inner in derivations.reads(kind: path.kind, field: path.field) { collect(inner, into: &found) }
    }

    func hops(_ fields: [FieldPath]) -> [ExpressionHop] {
        fields.compactMap { path in
            if let definition = schema.field(path.field, of: path.kind), let target = definition.type.referencedKind {
                return ExpressionHop(source: path.kind, target: target, way: .reference(field: path.field))
            }
            return schema.reverseList(path.field, of: path.kind).map {
                ExpressionHop(source: path.kind, target: $0.sourceKind, way: .list(field: $0.sourceField))
            }
        }
    }
}

/// Which names a rule's expressions may use, by its triggers.
public struct RuleScopeShape: Sendable {
    public var kind: String?
    public var isEdge = false
    public var isMoment = false
    /// `while` knows no time of its own.
    public var isTimeless = false
    /// The kind of record that `select` gathers.
    public var gathers: String?
    /// The type of what `group` groups by.
    var groupType: CELType?

    public init(kind: String?) { self.kind = kind }

    /// Which triggers know a name; `nil` when none does.
    static func triggers(of name: String) -> [String]? {
        switch name {
        case "old", "changed_by", "changed_at": ["created", "deleted", "changes"]
        case "days_left", "offset", "anchor": ["before", "after"]
        default: nil
        }
    }

    var variables: [String: CELType] {
        var names: [String: CELType] = [:]
        if let kind { names[kind] = .object(kind) }
        if let gathers { names["records"] = .list(.object(gathers)) }
        if let groupType { names["group"] = groupType }
        if !isTimeless {
            names["now"] = .timestamp
            names["today"] = HostType.date
            names["acknowledged"] = .bool
            names["late"] = .bool
            for name in ["rule.id", "rule.title", "firing.id"] { names[name] = .string }
            names["firing.scheduled_at"] = .timestamp
        }
        if isEdge {
            if let kind { names["old"] = .nullable(.object(kind)) }
            names["changed_by"] = .nullable(.string)
            names["changed_at"] = .nullable(.timestamp)
        }
        if isMoment {
            names["days_left"] = .nullable(.int)
            names["offset"] = .nullable(HostType.period)
            names["anchor"] = .nullable(HostType.when)
        }
        return names
    }
}
