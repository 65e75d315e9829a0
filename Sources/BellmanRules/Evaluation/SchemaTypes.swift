import BellmanModel
import CEL

/// The record kinds as the checker sees them.
struct SchemaTypes: CELTypeProvider {
    let schema: Schema
    /// Types of derived fields by `kind.field`, as their expressions were checked.
    let derived: [String: CELType]

    func fieldType(object: String, field: String) -> CELType? {
        guard let kind = schema.kind(object) else { return nil }
        switch field {
        case "id": return .string
        case "created_at", "updated_at": return .timestamp
        case "closed", "open": if kind.hasStatus { return .bool }
        default: break
        }
        if let definition = kind.field(field) {
            if case .derived = definition.type { return derived["\(object).\(field)"] ?? .dyn }
            return definition.type.celType
        }
        return schema.reverseList(field, of: object).map { .list(.object($0.sourceKind)) }
    }

    func fieldNames(object: String) -> [String] {
        guard let kind = schema.kind(object) else { return [] }
        let own = kind.fields.map(\.name) + schema.reverseLists(of: object).map(\.name)
        return own + ["id", "created_at", "updated_at"] + (kind.hasStatus ? ["closed", "open"] : [])
    }
}
