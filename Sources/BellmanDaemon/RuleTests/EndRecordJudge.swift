import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// Holds the records of the end against `at_end`.
struct EndRecordJudge {
    let view: any EngineView
    let schema: Schema
    let zone: Zone
    let words: RuleTestWording

    func differences(_ wanted: [RuleTest.EndRecord]) throws -> [TestDifference] {
        var records: [String: [Record]] = [:]
        return try wanted.compactMap { line in
            let all = try records[line.kind] ?? read(line.kind)
            records[line.kind] = all
            return try difference(line, all)
        }
    }

    private func read(_ kind: String) throws -> [Record] {
        var found: [Record] = []
        var after: String?
        while true {
            let page = try view.identifiers(kind: kind, after: after, limit: 500)
            guard let last = page.last else { return found }
            found += try page.compactMap { try view.record(RecordRef(kind: kind, id: $0)) }
            after = last
        }
    }

    private func difference(_ line: RuleTest.EndRecord, _ all: [Record]) throws -> TestDifference? {
        let scored = try all.map { record in (record: record, rows: try rows(line, record)) }
        let met = scored.filter { !$0.rows.contains(where: \.differs) }
        if met.count == 1 { return nil }
        if met.count > 1 {
            let names = met.prefix(5).map(\.record.ref.description)
            return TestDifference(
                kind: .differs, line: line.place.line, rows: expected(line),
                reason: words.severalRecords(met.count, names))
        }
        let nearest = scored.filter { entry in line.id.map { $0 == entry.record.ref.id } ?? true }
            .max { $0.rows.count { !$0.differs } < $1.rows.count { !$0.differs } }
        guard let nearest, nearest.rows.contains(where: { !$0.differs }) || all.count == 1 else {
            return TestDifference(
                kind: .missing, line: line.place.line, rows: expected(line),
                reason: words.noRecordLike(line.kind, all.count))
        }
        return TestDifference(
            kind: .differs, line: line.place.line, rows: nearest.rows,
            reason: words.nearestRecord(nearest.record.ref.description))
    }

    private func rows(_ line: RuleTest.EndRecord, _ record: Record) throws -> [TestDifference.Row] {
        var rows: [TestDifference.Row] = []
        if let id = line.id { rows.append(row("id", id, record.ref.id, differs: id != record.ref.id)) }
        for (name, value) in line.fields {
            let came = record[name]
            let isSame = try came == value || leadsToTheSame(value, came, line.kind, name)
            rows.append(row(name, shown(value), shown(came), differs: !isSame))
        }
        return rows
    }

    private func expected(_ line: RuleTest.EndRecord) -> [TestDifference.Row] {
        (line.id.map { [row("id", $0, "", differs: true)] } ?? [])
            + line.fields.map { row($0.name, shown($0.value), "", differs: true) }
    }

    private func row(_ field: String, _ expected: String, _ came: String, differs: Bool) -> TestDifference.Row {
        TestDifference.Row(field: field, expected: expected, came: came, differs: differs)
    }

    /// A member's name stands for the id, as everywhere.
    private func leadsToTheSame(
        _ wanted: FieldValue, _ came: FieldValue, _ kind: String, _ field: String
    ) throws -> Bool {
        guard case .reference(let a) = wanted, case .reference(let b) = came,
            let target = schema.field(field, of: kind)?.type.referencedKind
        else { return false }
        return try id(a, target) == id(b, target)
    }

    private func id(_ text: String, _ kind: String) throws -> String {
        if case .found(let id) = try view.resolve(text, kind: kind) { id } else { text }
    }

    private func shown(_ value: FieldValue) -> String {
        value == .null ? words.nothing : FieldText.text(value, zone: zone)
    }
}
