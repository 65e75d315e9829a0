import BellmanModel
import BellmanRules
import BellmanStore

/// Which records of a kind look at a changed record, through references and lists: the expression's hops walked
/// backwards, by index only.
struct Dependents {
    let view: any EngineView
    let hops: [ExpressionHop]

    func subjects(of change: Change, kind: String) throws -> [RecordRef] {
        var found: Set<RecordRef> = []
        var frontier: Set<RecordRef> = [change.ref]
        if change.ref.kind == kind { found.insert(change.ref) }
        // Each round undoes one hop; a path cannot be longer than the number of hops in the expression.
        for round in 0..<hops.count where !frontier.isEmpty {
            var next: Set<RecordRef> = []
            for ref in frontier.sorted() {
                for hop in hops where hop.target == ref.kind {
                    next.formUnion(try origins(hop, ref, change: round == 0 ? change : nil))
                }
            }
            next.subtract(found)
            found.formUnion(next.filter { $0.kind == kind })
            frontier = next
        }
        return found.sorted()
    }

    private func origins(_ hop: ExpressionHop, _ ref: RecordRef, change: Change?) throws -> [RecordRef] {
        switch hop.way {
        case .reference(let field):
            return try view.referrers(kind: hop.source, field: field, target: ref)
                .map { RecordRef(kind: hop.source, id: $0) }
        case .list(let field):
            // The changed record is a list's element: the lists it is in, and those it has just left.
            var values: Set<FieldValue> = []
            if let record = try view.record(ref) { values.insert(record[field]) }
            for changed in change?.fields ?? [] where changed.name == field {
                values.formUnion([changed.old, changed.new])
            }
            return try values.flatMap { try owners($0, kind: hop.source) }
        }
    }

    private func owners(_ value: FieldValue, kind: String) throws -> [RecordRef] {
        switch value {
        case .reference(let text), .string(let text):
            guard case .found(let id) = try view.resolve(text, kind: kind) else { return [] }
            return [RecordRef(kind: kind, id: id)]
        case .list(let values): return try values.flatMap { try owners($0, kind: kind) }
        default: return []
        }
    }
}
