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

    /// When measured fields were last written, and when with the value that they had already.
    struct Touches: Equatable {
        var last: [String: Instant] = [:]
        var repeats: [String: [Instant]] = [:]
    }

    /// Measured fields that were written after the creation are stored with their time; the others count from it.
    /// `{"usage":"2026-03-01T00:00:00Z"}`, or a list of the last time (null when cleared) and those of repeats.
    static func touches(
        _ bytes: UnsafeBufferPointer<UInt8>, fields: [String: FieldValue], createdAt: Instant, plan: KindPlan
    ) throws -> Touches {
        var touches = Touches()
        for name in plan.measured where fields[name] != nil { touches.last[name] = createdAt }
        guard !bytes.isEmpty else { return touches }
        var reader = JSONReader(bytes)
        try reader.object { reader, name in
            var values: [FieldValue] = []
            if try reader.peek() == .array {
                try reader.array { reader in values.append(try reader.value(.instant)) }
            } else {
                values.append(try reader.value(.instant))
            }
            if case .instant(let last)? = values.first { touches.last[name] = last }
            let repeats = values.dropFirst().compactMap { if case .instant(let at) = $0 { at } else { nil } }
            if !repeats.isEmpty { touches.repeats[name] = repeats }
        }
        return touches
    }

    static func touchedText(_ record: Record) -> String? {
        var values: [String: FieldValue] = [:]
        for (name, last) in record.touched where last != record.createdAt { values[name] = .instant(last) }
        for (name, repeats) in record.repeats {
            let last = record.touched[name].map { FieldValue.instant($0) } ?? .null
            values[name] = .list([last] + repeats.map { .instant($0) })
        }
        guard !values.isEmpty else { return nil }
        var text = JSONText(capacity: 64)
        text.object(values)
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
