import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// When what a level reads was written: values that changed stand in the journal, those that repeated beside the
/// record. Measured fields (numbers, shares, money) count where the expression reads one; else every field it reads.
struct Measurements {
    let view: any EngineView
    let source: any RecordSource
    let expression: Expression

    /// Ascending, of the record and of all that the expression reaches from it; of the journal after `sequence` only.
    func instants(of ref: RecordRef, after sequence: Int64) throws -> [Instant] {
        var found: Set<Instant> = []
        for ref in Reach(hops: expression.hops, source: source).records(from: ref) {
            let names = Set(expression.measuredFields(of: ref.kind) ?? expression.ownFields(of: ref.kind))
            guard !names.isEmpty, let record = source.record(ref) else { continue }
            for name in names {
                if let last = record.touched[name] { found.insert(last) }
                found.formUnion(record.repeats[name] ?? [])
            }
            for change in try view.changes(of: ref, after: sequence)
            where change.fields.contains(where: { names.contains($0.name) && $0.new != .null }) {
                found.insert(change.at)
            }
        }
        return found.sorted()
    }
}
