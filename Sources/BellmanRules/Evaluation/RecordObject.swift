import Almanac
import BellmanModel
import CEL

/// A record as an expression sees it: stored fields, derived ones, references and lists, each read when asked for.
final class RecordObject: CELObject {
    let record: Record
    let world: RecordWorld

    init(_ record: Record, _ world: RecordWorld) {
        self.record = record
        self.world = world
    }

    var typeName: String { record.ref.kind }

    func isSame(as other: any CELObject) -> Bool { (other as? RecordObject)?.record.ref == record.ref }

    func member(_ name: String) -> CELValue? {
        Member(name, of: typeName, in: world.schema).map(value)
    }

    /// What a name of a record leads to, found once for all records of a kind.
    enum Member {
        case id, created, updated
        case closed(KindDefinition)
        case open(KindDefinition)
        case derived(String)
        case stored(String, FieldType)
        case list(ReverseList)

        /// nil when the kind has no such name.
        init?(_ name: String, of kindName: String, in schema: Schema) {
            guard let kind = schema.kind(kindName) else { return nil }
            switch name {
            case "id": self = .id
            case "created_at": self = .created
            case "updated_at": self = .updated
            case "closed" where kind.hasStatus: self = .closed(kind)
            case "open" where kind.hasStatus: self = .open(kind)
            default:
                if let field = kind.field(name) {
                    if case .derived = field.type { self = .derived(name) } else { self = .stored(name, field.type) }
                } else if let list = schema.reverseList(name, of: kindName) {
                    self = .list(list)
                } else {
                    return nil
                }
            }
        }
    }

    func value(_ member: Member) -> CELValue {
        switch member {
        case .id: .string(record.ref.id)
        case .created: record.createdAt.celTimestamp.map(CELValue.timestamp) ?? .null
        case .updated: record.updatedAt.celTimestamp.map(CELValue.timestamp) ?? .null
        case .closed(let kind): .bool(kind.isClosed(record))
        case .open(let kind): .bool(!kind.isClosed(record))
        case .derived(let name): world.derived(name, of: self)
        case .stored(let name, let type): value(record[name], type)
        case .list(let list): .list(world.members(of: list, target: record.ref))
        }
    }

    private func value(_ value: FieldValue, _ type: FieldType) -> CELValue {
        switch value {
        case .null:
            return type == .bool ? .bool(false) : (type.isList ? .list([]) : (type == .custom ? .map([]) : .null))
        case .bool(let value): return .bool(value)
        case .int(let value): return .int(value)
        case .double(let value): return .double(value)
        case .string(let value): return .string(value)
        case .date(let date): return .opaque(DateValue(date))
        case .instant(let instant): return instant.celTimestamp.map(CELValue.timestamp) ?? .null
        case .period(let period): return .opaque(PeriodValue(period))
        case .money(let amount): return .opaque(MoneyValue(amount, currency))
        case .reference(let text): return world.object(text, kind: type.referencedKind ?? "") ?? .null
        case .list(let values):
            let element = type.elementType
            return .list(values.map { self.value($0, element) }.filter { !$0.isNull })
        case .map(let values):
            return .map(values.sorted { $0.key < $1.key }.map { ($0.key, self.value($0.value, .string)) })
        }
    }

    private var currency: String {
        if case .string(let own) = record["currency"] { return own }
        return world.presentation.currency
    }
}

extension SchemaTypes {
    func fieldReader(object: String, field: String) -> CELFieldReader? {
        guard let member = RecordObject.Member(field, of: object, in: schema) else { return nil }
        return { value in
            guard let record = value as? RecordObject, record.typeName == object else { return nil }
            return record.value(member)
        }
    }
}

extension FieldType {
    var isList: Bool { if case .list = self { true } else { false } }
    var elementType: FieldType { if case .list(let element) = self { element } else { self } }
}
