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
        switch name {
        case "id": return .string(record.ref.id)
        case "created_at": return record.createdAt.celTimestamp.map(CELValue.timestamp) ?? .null
        case "updated_at": return record.updatedAt.celTimestamp.map(CELValue.timestamp) ?? .null
        case "closed": if let kind = world.schema.kind(typeName), kind.hasStatus { return .bool(isClosed(kind)) }
        case "open": if let kind = world.schema.kind(typeName), kind.hasStatus { return .bool(!isClosed(kind)) }
        default: break
        }
        if let field = world.schema.field(name, of: typeName) {
            if case .derived = field.type { return world.derived(name, of: self) }
            return value(record[name], field.type)
        }
        guard let list = world.schema.reverseList(name, of: typeName) else { return nil }
        return .list(world.members(of: list, target: record.ref))
    }

    /// No status means open.
    private func isClosed(_ kind: KindDefinition) -> Bool {
        guard case .string(let word) = record["status"] else { return false }
        return kind.closedWords.contains(word) || kind.closedWords.contains(word.lowercased())
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

extension FieldType {
    var isList: Bool { if case .list = self { true } else { false } }
    var elementType: FieldType { if case .list(let element) = self { element } else { self } }
}
