import Almanac
import BellmanModel
import BellmanStore

/// Records, their journal and the index of dates.
struct RecordShelf {
    struct Field: Hashable {
        let kind: String
        let field: String
    }

    /// One value of the index of dates; ascending by value, then id.
    struct Moment {
        let value: Int64
        let id: String

        func isBefore(_ value: Int64, _ id: String) -> Bool {
            self.value != value ? self.value < value : BellmanSimulator.isBefore(self.id, id)
        }
    }

    private(set) var all: [RecordRef: Record] = [:]
    /// Ids of a kind, ascending by bytes.
    private(set) var ids: [String: [String]] = [:]
    /// Ascending by sequence.
    private(set) var journal: [Change] = []
    /// Sequence numbers up to here were given, also to changes that a restore has taken away: the ids of firings come
    /// from them, and an id stands for one occurrence for ever.
    var given: Int64 = 0
    private var histories: [RecordRef: [Int]] = [:]
    private var dates: [Field: [Moment]] = [:]
    private var instants: [Field: [Moment]] = [:]

    var lastSequence: Int64 { journal.last?.sequence ?? 0 }

    /// Places in the journal.
    func history(of ref: RecordRef) -> [Int] { histories[ref] ?? [] }

    func change(_ sequence: Int64) -> Change? { changes(after: sequence - 1).first { $0.sequence == sequence } }

    func changes(after sequence: Int64) -> ArraySlice<Change> {
        journal[journal.lowerBound { $0.sequence <= sequence }...]
    }

    // MARK: writing

    mutating func write(_ write: RecordWrite, kind: KindDefinition, deriver: any MomentDeriver, at: Instant)
        -> WriteResult
    {
        let stored = all[write.ref]
        if let expected = write.expectedVersion, let found = stored?.version, found != expected {
            return .conflict(version: found)
        }
        guard let stored else {
            let creates = write.operation == .merge || write.operation == .createIfAbsent
            guard creates, write.expectedVersion == nil else { return .missing }
            return create(write, kind, deriver, at)
        }
        switch write.operation {
        case .merge, .update: return merge(write, into: stored, kind, deriver, at)
        case .createIfAbsent: return .unchanged(version: stored.version)
        case .delete: return delete(write, stored, kind, deriver, at)
        }
    }

    private mutating func create(
        _ write: RecordWrite, _ kind: KindDefinition, _ deriver: any MomentDeriver, _ at: Instant
    ) -> WriteResult {
        var fields: [String: FieldValue] = [:]
        for (name, value) in write.fields where !RecordShelf.isKept(name) {
            let value = value.normalized(for: kind.field(name)?.type)
            if !value.isNull { fields[name] = value }
        }
        let changes = fields.keys.sorted().map { Change.Field(name: $0, old: .null, new: fields[$0] ?? .null) }
        let version = note(write, .created, changes, at)
        var touched: [String: Instant] = [:]
        for name in fields.keys where kind.field(name)?.type.isMeasured == true { touched[name] = at }
        all[write.ref] = Record(
            ref: write.ref, fields: fields, createdAt: at, updatedAt: at, version: version, touched: touched)
        let place = ids[write.ref.kind, default: []].lowerBound { isBefore($0, write.ref.id) }
        ids[write.ref.kind, default: []].insert(write.ref.id, at: place)
        index([:], fields, write.ref, kind, deriver)
        return .created(version: version)
    }

    private mutating func merge(
        _ write: RecordWrite, into stored: Record, _ kind: KindDefinition, _ deriver: any MomentDeriver, _ at: Instant
    ) -> WriteResult {
        var record = stored
        var changes: [Change.Field] = []
        for name in write.fields.keys.sorted() where !RecordShelf.isKept(name) {
            let type = kind.field(name)?.type
            let new = (write.fields[name] ?? .null).normalized(for: type)
            let old = record.fields[name] ?? .null
            if type?.isMeasured == true {
                if new.isNull {
                    record.touched[name] = nil
                } else {
                    record.noteMeasurement(of: name, at: at, isRepeat: old == new)
                }
            }
            guard old != new else { continue }
            record.fields[name] = new.isNull ? nil : new
            changes.append(Change.Field(name: name, old: old, new: new))
        }
        guard !changes.isEmpty else {
            all[write.ref] = record
            return .unchanged(version: stored.version)
        }
        record.version = note(write, .updated, changes, at)
        record.updatedAt = at
        all[write.ref] = record
        index(stored.fields, record.fields, write.ref, kind, deriver)
        return .updated(version: record.version)
    }

    private mutating func delete(
        _ write: RecordWrite, _ stored: Record, _ kind: KindDefinition, _ deriver: any MomentDeriver, _ at: Instant
    ) -> WriteResult {
        let changes = stored.fields.keys.sorted().map {
            Change.Field(name: $0, old: stored.fields[$0] ?? .null, new: .null)
        }
        _ = note(write, .deleted, changes, at)
        all[write.ref] = nil
        ids[write.ref.kind]?.removeAll { $0 == write.ref.id }
        index(stored.fields, [:], write.ref, kind, deriver)
        return .deleted
    }

    private mutating func note(
        _ write: RecordWrite, _ operation: Change.Operation, _ fields: [Change.Field], _ at: Instant
    ) -> Int64 {
        let sequence = max(lastSequence, given) + 1
        given = sequence
        histories[write.ref, default: []].append(journal.count)
        journal.append(
            Change(
                sequence: sequence, ref: write.ref, operation: operation, fields: fields, actor: write.actor, at: at,
                quiet: write.quiet, depth: write.depth))
        return sequence
    }

    /// Fields that the store keeps itself and no writer sets.
    private static func isKept(_ name: String) -> Bool {
        name == "id" || name == "created_at" || name == "updated_at"
    }

    // MARK: the index of dates

    private mutating func index(
        _ old: [String: FieldValue], _ new: [String: FieldValue], _ ref: RecordRef, _ kind: KindDefinition,
        _ deriver: any MomentDeriver
    ) {
        let (before, after) = (moments(old, kind, deriver), moments(new, kind, deriver))
        for (field, value) in before where !after.contains(where: { $0 == (field, value) }) {
            change(Field(kind: kind.name, field: field), value, ref.id, isIn: false)
        }
        for (field, value) in after where !before.contains(where: { $0 == (field, value) }) {
            change(Field(kind: kind.name, field: field), value, ref.id, isIn: true)
        }
    }

    private func moments(
        _ fields: [String: FieldValue], _ kind: KindDefinition, _ deriver: any MomentDeriver
    ) -> [(String, FieldValue)] {
        guard !fields.isEmpty else { return [] }
        let own = kind.fields.filter(\.type.isMoment).compactMap { field in fields[field.name].map { (field.name, $0) }
        }
        return own + deriver.derivedMoments(kind: kind.name, fields: fields).map { ($0.field, $0.value) }
    }

    private mutating func change(_ field: Field, _ value: FieldValue, _ id: String, isIn: Bool) {
        switch value {
        case .date(let date):
            RecordShelf.change(&dates[field, default: []], Int64(date.daysSinceEpoch), id, isIn: isIn)
        case .instant(let instant):
            RecordShelf.change(&instants[field, default: []], instant.microseconds, id, isIn: isIn)
        default: break
        }
    }

    private static func change(_ list: inout [Moment], _ value: Int64, _ id: String, isIn: Bool) {
        let place = list.lowerBound { $0.isBefore(value, id) }
        let isThere = place < list.count && list[place].value == value && list[place].id == id
        if isIn, !isThere { list.insert(Moment(value: value, id: id), at: place) }
        if !isIn, isThere { list.remove(at: place) }
    }

    /// Ascending by value, then id.
    func found(_ field: Field, isDate: Bool, _ range: ClosedRange<Int64>) -> ArraySlice<Moment> {
        guard let list = (isDate ? dates : instants)[field] else { return [] }
        let start = list.lowerBound { $0.value < range.lowerBound }
        return list[start...].prefix { $0.value <= range.upperBound }
    }

    func next(_ field: Field, isDate: Bool, after value: Int64) -> Int64? {
        guard let list = (isDate ? dates : instants)[field] else { return nil }
        let start = list.lowerBound { $0.value <= value }
        return start < list.count ? list[start].value : nil
    }
}
