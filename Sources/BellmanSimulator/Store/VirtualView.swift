import Almanac
import BellmanModel
import BellmanStore

/// What a tick sees of a store.
struct VirtualView: EngineView {
    let store: VirtualStore
    let mayWrite: Bool

    private var state: StoreState { _read { yield store.state } }

    // MARK: records

    func record(_ ref: RecordRef) -> Record? { state.records.all[ref] }

    func resolve(_ text: String, kind: String) -> Resolution {
        guard !text.isEmpty else { return .nothing }
        if record(RecordRef(kind: kind, id: text)) != nil { return .found(text) }
        var (byEmail, byTitle): ([String], [String]) = ([], [])
        guard let definition = store.schema.kind(kind), store.schema.isReferenced(kind) else { return .nothing }
        for id in state.records.ids[kind] ?? [] {
            guard let record = record(RecordRef(kind: kind, id: id)) else { continue }
            if definition.field("email") != nil, case .string(let email) = record["email"], !email.isEmpty,
                VirtualView.folded(email) == VirtualView.folded(text)
            {
                byEmail.append(id)
            }
            if case .string(text) = record[definition.titleField] { byTitle.append(id) }
        }
        let found = byEmail.isEmpty ? byTitle : byEmail
        return found.count == 1 ? .found(found[0]) : found.isEmpty ? .nothing : .ambiguous(count: found.count)
    }

    /// E-mail addresses are compared without regard to case, all other texts as they are.
    private static func folded(_ text: String) -> String { text.utf8.contains(0x40) ? text.lowercased() : text }

    func referrers(kind: String, field: String, target: RecordRef) -> [String] {
        guard record(target) != nil else { return [] }
        return holders(kind, field) { resolve($0, kind: target.kind) == .found(target.id) }
    }

    func referrers(kind: String, field: String, text: String) -> [String] {
        holders(kind, field) { VirtualView.folded($0) == VirtualView.folded(text) }
    }

    private func holders(_ kind: String, _ field: String, _ fits: (String) -> Bool) -> [String] {
        guard let definition = store.schema.field(field, of: kind), definition.type.referencedKind != nil else {
            return []
        }
        return (state.records.ids[kind] ?? []).filter { id in
            guard let record = record(RecordRef(kind: kind, id: id)) else { return false }
            return VirtualView.texts(record[field]).contains(where: fits)
        }
    }

    private static func texts(_ value: FieldValue) -> [String] {
        switch value {
        case .reference(let text), .string(let text): [text]
        case .list(let values): values.flatMap(texts)
        default: []
        }
    }

    func identifiers(kind: String, after: String?, limit: Int) -> [String] {
        guard let all = state.records.ids[kind] else { return [] }
        let start = after.map { after in all.lowerBound { !isBefore(after, $0) } } ?? 0
        return Array(all[start...].prefix(limit))
    }

    func count(kind: String) -> Int { state.records.ids[kind]?.count ?? 0 }

    func members(role: String) -> [String] {
        (state.records.ids["member"] ?? []).filter { id in
            let record = record(RecordRef(kind: "member", id: id))
            return record?["role"] == .string(role) && record?["active"] != .bool(false)
        }
    }

    // MARK: dates

    func moments(kind: String, field: String, dates: ClosedRange<CivilDate>) -> [IndexedMoment] {
        let range = Int64(dates.lowerBound.daysSinceEpoch)...Int64(dates.upperBound.daysSinceEpoch)
        return state.records.found(.init(kind: kind, field: field), isDate: true, range).map {
            IndexedMoment(id: $0.id, value: .date(CivilDate(clampingDays: Int($0.value))))
        }
    }

    func moments(kind: String, field: String, instants: ClosedRange<Instant>) -> [IndexedMoment] {
        let range = instants.lowerBound.microseconds...instants.upperBound.microseconds
        guard !isKept(field) else {
            return keptMoments(kind, field).filter { range.contains($0.value) }.map(VirtualView.moment)
        }
        return state.records.found(.init(kind: kind, field: field), isDate: false, range).map(VirtualView.moment)
    }

    private static func moment(_ moment: RecordShelf.Moment) -> IndexedMoment {
        IndexedMoment(id: moment.id, value: .instant(Instant(microseconds: moment.value)))
    }

    func nextDate(kind: String, field: String, after: CivilDate) -> CivilDate? {
        state.records.next(.init(kind: kind, field: field), isDate: true, after: Int64(after.daysSinceEpoch))
            .map { CivilDate(clampingDays: Int($0)) }
    }

    func nextInstant(kind: String, field: String, after: Instant) -> Instant? {
        let value = after.microseconds
        let next =
            isKept(field)
            ? keptMoments(kind, field).first { $0.value > value }?.value
            : state.records.next(.init(kind: kind, field: field), isDate: false, after: value)
        return next.map { Instant(microseconds: $0) }
    }

    private func isKept(_ field: String) -> Bool { field == "created_at" || field == "updated_at" }

    private func keptMoments(_ kind: String, _ field: String) -> [RecordShelf.Moment] {
        (state.records.ids[kind] ?? []).compactMap { id -> RecordShelf.Moment? in
            guard let record = record(RecordRef(kind: kind, id: id)) else { return nil }
            let at = field == "created_at" ? record.createdAt : record.updatedAt
            return RecordShelf.Moment(value: at.microseconds, id: id)
        }.sorted { $0.isBefore($1.value, $1.id) }
    }

    // MARK: the journal

    func changes(after sequence: Int64, limit: Int) -> [Change] {
        Array(state.records.changes(after: sequence).prefix(limit))
    }

    func changes(of ref: RecordRef, after sequence: Int64) -> [Change] {
        state.records.history(of: ref).map { state.records.journal[$0] }.filter { $0.sequence > sequence }
    }

    func lastSequence() -> Int64 { state.records.lastSequence }

    // MARK: the engine's own

    func progress() -> EngineProgress? { state.progress }
    func armed() -> [ArmedTrigger] { state.armed }
    func armedMark() -> String? { state.armedMark }
    func decision(_ key: OccurrenceKey) -> LedgerEntry? { state.ledger[key] }
    func decision(firing: String) -> LedgerEntry? { state.ledger[firing: firing] }

    func rings(rule: String, subject: String, after: Instant) -> Int {
        state.ledger.rings(.init(rule: rule, subject: subject), after: after)
    }

    func level(rule: String, subject: String) -> LevelState? { state.levels[.init(rule: rule, subject: subject)] }

    func levelsDue(through: Instant) -> [LevelState] {
        let due = state.levels.values.filter { $0.checkAt.map { $0 <= through } ?? false }
        return due.sorted { a, b in
            let (x, y) = (a.checkAt ?? through, b.checkAt ?? through)
            if x != y { return x < y }
            return a.rule != b.rule ? isBefore(a.rule, b.rule) : isBefore(a.subject, b.subject)
        }
    }

    func levelSubjects(rule: String) -> [String] {
        state.levels.keys.filter { $0.rule == rule }.map(\.subject).sorted(by: isBefore)
    }

    private var waiting: [PendingStep] {
        state.waiting.flatMap { firing in (state.steps[firing] ?? []).filter { $0.state == .waiting } }
    }

    func stepsDue(through: Instant) -> [PendingStep] {
        waiting.filter { $0.dueAt <= through }.sorted {
            ($0.dueAt, $0.firing, $0.step) < ($1.dueAt, $1.firing, $1.step)
        }
    }

    func steps(firing: String) -> [PendingStep] { state.steps[firing] ?? [] }

    func openQuestions() -> [PendingStep] {
        waiting.filter { $0.dueAt >= .latest }.sorted { ($0.firing, $0.step) < ($1.firing, $1.step) }
    }

    func nextTimer() -> Instant? {
        (state.levels.values.compactMap(\.checkAt) + waiting.map(\.dueAt)).min()
    }

    func hasWaitingSteps() -> Bool { !state.waiting.isEmpty }

    func waitingSteps(subject: String) -> [PendingStep] {
        waiting.filter { $0.key.subject == subject }.sorted { ($0.firing, $0.step) < ($1.firing, $1.step) }
    }

    // MARK: people

    func acknowledgement(firing: String) -> Acknowledgement? { state.acts.acknowledgements[firing] }
    func acknowledgedAnew() -> [String] { state.acts.fresh.sorted(by: isBefore) }

    func acknowledgement(rule: String, subject: String, occurrencePrefix: String) -> Acknowledgement? {
        state.ledger.entries(.init(rule: rule, subject: subject))
            .filter { $0.key.occurrence.hasPrefix(occurrencePrefix) }
            .compactMap { state.acts.acknowledgements[$0.firing] }
            .min { ($0.at, $0.firing) < ($1.at, $1.firing) }
    }

    func silences(notOverAt instant: Instant) -> [Silence] {
        state.acts.silences.filter { $0.over.map { $0 > instant } ?? true }.sorted { isBefore($0.id, $1.id) }
    }

    func invitations(rule: String, subject: String) -> [InvitationState] {
        state.invitations[.init(rule: rule, subject: subject)] ?? []
    }
}
