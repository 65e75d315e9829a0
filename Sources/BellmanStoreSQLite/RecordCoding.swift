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

    /// When measured fields were last written, and the runs of their writes.
    struct Touches: Equatable {
        var last: [String: Instant] = [:]
        var measured: [String: MeasuredTimes] = [:]
    }

    /// Measured fields that were written after the creation are stored with their time; the others count from it.
    /// `{"usage":"2026-03-01T00:00:00Z"}`, or a list of the last time (null when cleared) and four numbers for each run.
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
                try reader.array { reader in
                    values.append(try reader.value(values.isEmpty ? .instant : nil))
                }
            } else {
                values.append(try reader.value(.instant))
            }
            if case .instant(let last)? = values.first { touches.last[name] = last }
            let runs = runs(values.dropFirst().compactMap { if case .int(let number) = $0 { number } else { nil } })
            if !runs.isEmpty { touches.measured[name] = MeasuredTimes(runs: runs) }
        }
        return touches
    }

    static func touchedText(_ record: Record) -> String? {
        var values: [String: FieldValue] = [:]
        for (name, last) in record.touched where last != record.createdAt { values[name] = .instant(last) }
        for (name, times) in record.measured {
            let last = record.touched[name].map { FieldValue.instant($0) } ?? .null
            values[name] = .list([last] + numbers(times.runs).map { .int($0) })
        }
        guard !values.isEmpty else { return nil }
        var text = JSONText(capacity: 64)
        text.object(values)
        return String(decoding: text.bytes, as: UTF8.self)
    }

    /// Microseconds: from the end of the run before (or 1970) to the run's first write, from there to its last, from
    /// its first to the beginning of its longest gap, and that gap.
    private static func numbers(_ runs: [MeasuredTimes.Run]) -> [Int64] {
        var before: Int64 = 0
        return runs.flatMap { run in
            let first = run.first.microseconds
            defer { before = run.last.microseconds }
            return [
                first - before, run.last.microseconds - first, run.gapStart.microseconds - first,
                run.gapEnd.microseconds - run.gapStart.microseconds,
            ]
        }
    }

    private static func runs(_ numbers: [Int64]) -> [MeasuredTimes.Run] {
        var before = Instant(microseconds: 0)
        return stride(from: 0, to: numbers.count - numbers.count % 4, by: 4).map { index in
            let first = before.adding(microseconds: numbers[index])
            before = first.adding(microseconds: numbers[index + 1])
            let gapStart = first.adding(microseconds: numbers[index + 2])
            return MeasuredTimes.Run(
                first: first, last: before, gapStart: gapStart,
                gapEnd: gapStart.adding(microseconds: numbers[index + 3]))
        }
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
