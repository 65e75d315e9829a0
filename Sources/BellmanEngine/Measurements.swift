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

    /// The last instant at which a measurement still counts.
    let stale: (Instant) -> Instant

    /// Stretches in which each measurement was there before the last grew old, ascending by their beginning; of the
    /// record and of all that the expression reaches from it; of the journal after `sequence` only.
    func stretches(of ref: RecordRef, after sequence: Int64) throws -> [ClosedRange<Instant>] {
        var found: Set<ClosedRange<Instant>> = []
        for ref in Reach(hops: expression.hops, source: source).records(from: ref) {
            let names = Set(expression.measuredFields(of: ref.kind) ?? expression.ownFields(of: ref.kind))
            guard !names.isEmpty, let record = source.record(ref) else { continue }
            for name in names {
                if let last = record.touched[name] { found.insert(last...last) }
                for run in record.measured[name]?.runs ?? [] { found.formUnion(stretches(of: run)) }
            }
            for change in try view.changes(of: ref, after: sequence)
            where change.fields.contains(where: { names.contains($0.name) && $0.new != .null }) {
                found.insert(change.at...change.at)
            }
        }
        return found.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    }

    /// Of a run with a gap that is too long, only the measurements that are known by themselves.
    private func stretches(of run: MeasuredTimes.Run) -> [ClosedRange<Instant>] {
        guard run.first <= run.last, run.gapEnd > stale(run.gapStart) else {
            return [run.first...max(run.first, run.last)]
        }
        return [run.first, run.gapStart, run.gapEnd, run.last].map { $0...$0 }
    }
}
