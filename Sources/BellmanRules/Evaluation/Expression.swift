import BellmanModel
import CEL
import SourceDiagnostics

/// A checked and planned expression with what it depends on.
///
/// One object for all who hold it, as the rule is.
public final class Expression: Sendable {
    /// As written: shown by `why`, and the identity of a level trigger.
    public let source: String
    let program: CELProgram
    /// References and lists that the expression steps through, also inside derived fields.
    public let hops: [ExpressionHop]
    let fields: [FieldPath]
    private let measured: [FieldPath]
    /// The names that it reads, each with its slot: no other needs a value.
    let names: [(slot: Int, name: ScopeSlot)]

    init(program: CELProgram, environment: CELEnvironment, language: RuleLanguage) {
        source = program.source
        self.program = program
        fields = language.fields(read: program.reads)
        hops = language.hops(fields)
        measured = fields.filter { language.schema.field($0.field, of: $0.kind)?.type.isMeasured ?? false }
        names = Expression.names(read: program.reads, environment)
    }

    private static func names(read reads: [CELRead], _ environment: CELEnvironment) -> [(Int, ScopeSlot)] {
        var seen: Set<String> = []
        return reads.compactMap { read in
            guard case .variable(let name, _) = read, seen.insert(name).inserted else { return nil }
            return environment.slot(of: name).map { ($0, ScopeSlot(rawValue: name) ?? .subject) }
        }
    }

    /// Fields of the kind's own record that the expression reads, derived fields taken apart.
    public func ownFields(of kind: String) -> [String] {
        fields.filter { $0.kind == kind }.map(\.field)
    }

    /// Those among them of which the store keeps when they were written: numbers, shares, money. Nil where the
    /// expression reads none, of whatever kind.
    public func measuredFields(of kind: String) -> [String]? {
        measured.isEmpty ? nil : measured.filter { $0.kind == kind }.map(\.field)
    }
}

/// The names of a rule's expressions (`RuleScopeShape.variables`); any other is the record's kind.
enum ScopeSlot: String, Sendable {
    case now, today, acknowledged, late, old, offset, anchor, records, group, approval
    case ruleID = "rule.id"
    case ruleTitle = "rule.title"
    case firingID = "firing.id"
    case scheduledAt = "firing.scheduled_at"
    case changedBy = "changed_by"
    case changedAt = "changed_at"
    case daysLeft = "days_left"
    case subject
}

struct FieldPath: Sendable, Hashable, Comparable {
    let kind: String
    let field: String
    static func < (a: FieldPath, b: FieldPath) -> Bool { (a.kind, a.field) < (b.kind, b.field) }
}

/// One step from records of `source` to records of `target`.
public struct ExpressionHop: Sendable, Hashable {
    public enum Way: Sendable, Hashable {
        /// Through the reference `field` of `source`.
        case reference(field: String)
        /// Through a list: records of `target` whose reference `field` leads to the source.
        case list(field: String)
    }
    public let source: String
    public let target: String
    public let way: Way
}
