import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// One group of what a rule gathers, now or as the records were after some write.
struct WhyGatherer {
    let tick: Tick
    let rule: Rule

    struct Group {
        let value: GroupValue
        let records: [Record]
    }

    /// With the empty subject of a rule that groups: whether there is any group at all. Nil where the records are too
    /// many to be looked at.
    func group(
        _ subject: String, _ gathering: Gathering, _ source: any RecordSource, at run: Instant, alsoGone: [String] = []
    ) throws -> Group? {
        guard let found = try gather(subject, gathering, source, at: run, alsoGone: alsoGone) else { return nil }
        let name = gathering.group != nil && subject.isEmpty ? found.subjects.first ?? "" : subject
        guard let group = found.groups[name] else { return Group(value: .none, records: []) }
        return Group(value: group.value, records: Gathered.records(group.orders, kind: gathering.kind, source))
    }

    /// What there is of the subject, or of all groups where it is empty.
    func gather(
        _ subject: String, _ gathering: Gathering, _ source: any RecordSource, at run: Instant, alsoGone: [String]
    ) throws -> Gathered? {
        var found = Gathered()
        let evaluator = RuleEvaluator(
            rule: rule, source: source, now: tick.now, presentation: tick.core.settings.presentation)
        func add(_ id: String) {
            guard let record = source.record(RecordRef(kind: gathering.kind, id: id)) else { return }
            found.add(record, gathering, evaluator, at: run)
        }
        if let field = gathering.groupReference, let ref = RecordRef(subject) {
            for id in source.referrers(kind: gathering.kind, field: field, target: ref) { add(id) }
            return found
        }
        guard try tick.view.count(kind: gathering.kind) <= WhyLimits.gathered else { return nil }
        var after: String?
        while true {
            let page = try tick.view.identifiers(kind: gathering.kind, after: after, limit: EngineLimits.scanPage)
            guard let last = page.last else { break }
            page.forEach(add)
            after = last
        }
        alsoGone.forEach(add)
        return found
    }

    /// Records of the kind that were deleted after that write and are gone; nil where too much was written since.
    func gone(_ kind: String, since sequence: Int64) throws -> [String]? {
        var ids: Set<String> = []
        var after = sequence
        guard tick.head - sequence <= WhyLimits.links else { return nil }
        while true {
            let page = try tick.view.changes(after: after, limit: EngineLimits.changePage)
            guard let last = page.last else { break }
            for change in page where change.operation == .deleted && change.ref.kind == kind {
                if try tick.view.record(change.ref) == nil { ids.insert(change.ref.id) }
            }
            after = last.sequence
        }
        return ids.sorted()
    }
}
