import Almanac
import BellmanModel

/// GRDB has a class of that name.
typealias Record = BellmanModel.Record

/// The stored text of records and of journal rows.
enum RecordCoding {
    static func fields(_ bytes: UnsafeBufferPointer<UInt8>, plan: KindPlan) throws -> [String: FieldValue] {
        var fields: [String: FieldValue] = [:]
        var reader = JSONReader(bytes)
        try reader.object { reader, name in
            let value = try reader.value(plan.types[name])
            if !value.isNull { fields[name] = value }
        }
        return fields
    }

    /// Measured fields that were written after the creation are stored with their time; the others count from it.
    static func touched(
        _ bytes: UnsafeBufferPointer<UInt8>, fields: [String: FieldValue], createdAt: Instant, plan: KindPlan
    ) throws -> [String: Instant] {
        var touched: [String: Instant] = [:]
        for name in plan.measured where fields[name] != nil { touched[name] = createdAt }
        guard !bytes.isEmpty else { return touched }
        var reader = JSONReader(bytes)
        try reader.object { reader, name in
            if case .instant(let at) = try reader.value(.instant) { touched[name] = at }
        }
        return touched
    }

    static func touchedText(_ touched: [String: Instant], createdAt: Instant) -> String? {
        let later = touched.filter { $0.value != createdAt }
        guard !later.isEmpty else { return nil }
        var text = JSONText(capacity: 64)
        text.object(later.mapValues { .instant($0) })
        return String(decoding: text.bytes, as: UTF8.self)
    }

    /// Of an update: `{"due":["2026-01-01","2026-02-01"]}`. Of a creation or deletion: the fields as in the record.
    static func changes(
        _ bytes: UnsafeBufferPointer<UInt8>, operation: Change.Operation, plan: KindPlan
    ) throws -> [Change.Field] {
        guard operation == .updated else {
            let fields = try self.fields(bytes, plan: plan)
            return fields.keys.sorted().map { name in
                let value = fields[name] ?? .null
                return operation == .created
                    ? Change.Field(name: name, old: .null, new: value)
                    : Change.Field(name: name, old: value, new: .null)
            }
        }
        var changes: [Change.Field] = []
        var reader = JSONReader(bytes)
        try reader.object { reader, name in
            var pair: [FieldValue] = []
            try reader.array { reader in pair.append(try reader.value(plan.types[name])) }
            guard pair.count == 2 else { throw MalformedJSON(offset: reader.offset) }
            changes.append(Change.Field(name: name, old: pair[0], new: pair[1]))
        }
        return changes
    }

    static func writeUpdate(_ changes: [Change.Field], into text: inout JSONText) {
        text.raw(0x7B)
        for (index, change) in changes.enumerated() {
            if index > 0 { text.raw(0x2C) }
            text.string(change.name)
            text.raw(0x3A)
            text.raw(0x5B)
            text.value(change.old)
            text.raw(0x2C)
            text.value(change.new)
            text.raw(0x5D)
        }
        text.raw(0x7D)
    }
}
