import BellmanModel
import BellmanRules
import BellmanStore

/// Which records of a kind look at a changed record, through references and lists: the expression's hops walked
/// backwards, by index only, as the links were right after the change.
struct Dependents {
    let past: PastSource
    let hops: [ExpressionHop]

    func subjects(of change: Change, kind: String) -> [RecordRef] {
        var seen: Set<RecordRef> = [change.ref]
        var frontier: Set<RecordRef> = [change.ref]
        for round in 0..<hops.rounds where !frontier.isEmpty {
            var next: Set<RecordRef> = []
            for ref in frontier.sorted() {
                for hop in hops where hop.target == ref.kind {
                    next.formUnion(origins(hop, ref, change: round == 0 ? change : nil))
                }
            }
            frontier = next.subtracting(seen)
            seen.formUnion(frontier)
        }
        return seen.filter { $0.kind == kind }.sorted()
    }

    private func origins(_ hop: ExpressionHop, _ ref: RecordRef, change: Change?) -> [RecordRef] {
        switch hop.way {
        case .reference(let field):
            return past.referrers(kind: hop.source, field: field, target: ref)
                .map { RecordRef(kind: hop.source, id: $0) }
        case .list(let field):
            // The changed record is a list's element: the lists it is in, and those it has just left.
            var values: Set<FieldValue> = []
            if let record = past.record(ref) { values.insert(record[field]) }
            for changed in change?.fields ?? [] where changed.name == field { values.insert(changed.old) }
            return values.flatMap { $0.targets(of: hop.source, past) }
        }
    }
}

/// The records that an expression can read from one record on: its hops walked forwards.
struct Reach {
    let hops: [ExpressionHop]
    let source: any RecordSource
    /// Beside the present links, also those that were left: for a walk into the past.
    var links: LinkHistory?

    /// Records looked at for one level; a list that is longer than that is cut.
    static let limit = 1_000

    func records(from ref: RecordRef) -> [RecordRef] {
        var seen: Set<RecordRef> = [ref]
        var frontier: Set<RecordRef> = [ref]
        for _ in 0..<hops.rounds where !frontier.isEmpty && seen.count < Reach.limit {
            var next: Set<RecordRef> = []
            for ref in frontier.sorted() {
                for hop in hops where hop.source == ref.kind { next.formUnion(targets(hop, ref)) }
            }
            frontier = next.subtracting(seen)
            seen.formUnion(frontier)
        }
        return seen.sorted()
    }

    private func targets(_ hop: ExpressionHop, _ ref: RecordRef) -> [RecordRef] {
        switch hop.way {
        case .reference(let field):
            return source.record(ref).map { $0[field].targets(of: hop.target, source) } ?? []
        case .list(let field):
            let present = source.referrers(kind: hop.target, field: field, target: ref)
            let left = links?.departed(from: ref, kind: hop.target, field: field) ?? []
            return (present + left).map { RecordRef(kind: hop.target, id: $0) }
        }
    }
}

extension [ExpressionHop] {
    /// Steps of the longest path that is followed. Where a kind leads back to itself (`task.parent.parent`) one hop
    /// stands for several steps.
    fileprivate var rounds: Int { contains { $0.source == $0.target } ? count + 3 : count }
}

extension FieldValue {
    /// The records that a reference, or a list of them, leads to.
    func targets(of kind: String, _ source: any RecordSource) -> [RecordRef] {
        switch self {
        case .reference(let text), .string(let text):
            source.resolve(text, kind: kind).map { [RecordRef(kind: kind, id: $0)] } ?? []
        case .list(let values): values.flatMap { $0.targets(of: kind, source) }
        default: []
        }
    }
}
