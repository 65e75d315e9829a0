import BellmanModel
import BellmanRules
import BellmanStore

/// What decides the groups of an aggregate rule: `where`, `group` and `while` together.
struct GatheringReads: Sendable {
    let kind: String
    let groupKind: String?
    let hops: [ExpressionHop]
    /// Kinds whose changes may count.
    let kinds: [String]
    /// By kind, the fields that count.
    private let fields: [String: Set<String>]
    /// Kinds that references lead to, with the fields by which their texts find a record.
    private let handles: [String: Set<String>]

    /// nil for a rule that is none.
    init?(_ rule: Rule) {
        guard let gathering = rule.gathering, let level = rule.levelTrigger else { return nil }
        kind = gathering.kind
        groupKind = gathering.groupKind
        let expressions = [gathering.filter, gathering.group, level.expression].compactMap { $0 }
        hops = Set(expressions.flatMap(\.hops)).sorted { "\($0)" < "\($1)" }
        kinds = Set(hops.flatMap { [$0.source, $0.target] } + [gathering.kind]).sorted()
        var fields: [String: Set<String>] = [:]
        var handles: [String: Set<String>] = [:]
        for kind in kinds { fields[kind] = Set(expressions.flatMap { $0.ownFields(of: kind) }) }
        for hop in hops {
            switch hop.way {
            case .reference(let field):
                fields[hop.source, default: []].insert(field)
                handles[hop.target] = rule.handleFields(of: hop.target)
            case .list(let field):
                fields[hop.target, default: []].insert(field)
                handles[hop.source] = rule.handleFields(of: hop.source)
            }
        }
        if level.aggregation?.needsRecords ?? true { fields[kind, default: []].formUnion(rule.orderFields(of: kind)) }
        self.fields = fields
        self.handles = handles
    }

    /// Whether the change may move a record or alter what it adds. One that touches nothing that is read does not.
    func isTouched(by change: Change) -> Bool {
        guard change.operation == .updated else { return true }
        let read = fields[change.ref.kind] ?? []
        if read.contains("updated_at") { return true }
        let names = handles[change.ref.kind] ?? []
        return change.fields.contains { read.contains($0.name) || names.contains($0.name) }
    }

    /// Records of the kind that look at the changed one, and groups that are records and look at it.
    func affected(by change: Change, _ past: PastSource) -> (records: [RecordRef], groups: [RecordRef]) {
        let dependents = Dependents(past: past, hops: hops)
        var records = Set(dependents.subjects(of: change, kind: kind))
        var groups = Set(groupKind.map { dependents.subjects(of: change, kind: $0) } ?? [])
        // A text that led to the record, or leads to it from now on, may lead elsewhere: all who say it are asked.
        for ref in speakers(change, past) {
            let again = Change(
                sequence: change.sequence, ref: ref, operation: .updated, fields: [], actor: change.actor, at: change.at
            )
            records.formUnion(dependents.subjects(of: again, kind: kind))
            if let groupKind { groups.formUnion(dependents.subjects(of: again, kind: groupKind)) }
        }
        return (records.sorted(), groups.sorted())
    }

    private func speakers(_ change: Change, _ past: PastSource) -> Set<RecordRef> {
        guard let names = handles[change.ref.kind] else { return [] }
        var texts: Set<String> = change.operation == .updated ? [] : [change.ref.id]
        for field in change.fields where names.contains(field.name) {
            for case .string(let text) in [field.old, field.new] { texts.insert(text) }
        }
        guard !texts.isEmpty else { return [] }
        var found: Set<RecordRef> = []
        for hop in hops {
            let (kind, field, target) =
                switch hop.way {
                case .reference(let field): (hop.source, field, hop.target)
                case .list(let field): (hop.target, field, hop.source)
                }
            guard target == change.ref.kind else { continue }
            for id in past.speakers(kind: kind, field: field, texts: texts.sorted()) {
                found.insert(RecordRef(kind: kind, id: id))
            }
        }
        return found
    }
}
