import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// Records that arrive, or whose date moves, when milestones are past (promise 5).
extension Tick {
    /// Records that were edited since the last tick: which of their dates are new?
    mutating func runMoved() throws {
        for ref in moved.sorted() {
            guard let record = source.record(ref) else { continue }
            let isNew = remade.contains(ref)
            let past = try isNew ? nil : Past(record, changes: view.changes(of: ref, after: before?.sequence ?? 0))
            try arrive(record, past: past)
        }
    }

    /// `existing: fire`: when such a rule is new, every record of its kind counts as arriving.
    mutating func runExisting() throws {
        guard !isFirst else { return }
        for index in core.rules.momentRules {
            let rule = core.rules.rules[index]
            guard rule.existing == .fire, isFresh(rule), let kind = rule.kind else { continue }
            try eachRecord(of: kind) { tick, record in try tick.arrive(record, past: nil, rule: rule) }
        }
    }

    mutating func eachRecord(of kind: String, _ body: (inout Tick, Record) throws -> Void) throws {
        var after: String?
        while true {
            let page = try view.identifiers(kind: kind, after: after, limit: EngineLimits.scanPage)
            guard let last = page.last else { return }
            for id in page {
                if let record = source.record(RecordRef(kind: kind, id: id)) { try body(&self, record) }
            }
            after = last
        }
    }

    /// `past` is `nil` for a record that nobody edited since it came.
    mutating func arrive(_ record: Record, past: Past?) throws {
        for index in core.rules.momentRules(of: record.ref.kind) {
            let rule = core.rules.rules[index]
            guard !isFresh(rule) || isFirst else { continue }
            try arrive(record, past: past, rule: rule)
        }
    }

    private mutating func arrive(_ record: Record, past history: Past?, rule: Rule) throws {
        let milestones = due(rule, record)
        guard !milestones.isEmpty else { return }
        let known = history?.before.map { occurrences(rule, $0) } ?? []
        let new = milestones.filter { !known.contains($0.occurrence(in: rule.timing.zone)) }
        guard !new.isEmpty else { return }
        // A record arrives at the tick that first sees it; a date that moved while Bellman was down was missed from
        // the move on, and the down-time rule applies to that part. Each date of a record by itself.
        var arrivals: [String: Instant] = [:]
        for field in Set(new.map(\.milestone.field)) {
            let movedAt = history?.before == nil ? nil : history?.lastTurn { occurrences(rule, $0, of: field) }
            arrivals[field] = movedAt.map { min(max(windowStart, $0), now) }
        }
        let missed = new.filter { $0.at > arrivals[$0.milestone.field] ?? now && $0.at <= now }
        let past = new.filter { $0.at <= arrivals[$0.milestone.field] ?? now }
        if !missed.isEmpty {
            try settle(rule, record, missed)
        } else if rule.arrivingLate == .once,
            let nearest = past.filter({ isLast($0, of: milestones, rule) })
                .min(by: DueMilestone.nearer)
        {
            try ringLate(rule, record, nearest)
        }
        for milestone in past { skip(rule, record, milestone) }
    }

    /// What the record's dates, or that one of them, bring.
    private func occurrences(_ rule: Rule, _ state: Record, of field: String? = nil) -> Set<String> {
        Set(
            due(rule, state).filter { field == nil || $0.milestone.field == field }
                .map { $0.occurrence(in: rule.timing.zone) })
    }

    /// Whether the date of a past milestone is not over and has none left: what another date of the record still has to
    /// come says nothing of this one.
    private func isLast(_ past: DueMilestone, of all: [DueMilestone], _ rule: Rule) -> Bool {
        guard let over = rule.over(past.anchor), over > now else { return false }
        return !all.contains { $0.milestone.field == past.milestone.field && $0.at > now }
    }

    /// Every milestone of the record's present dates.
    func due(_ rule: Rule, _ record: Record) -> [DueMilestone] {
        core.rules.milestones(of: rule).flatMap { milestone -> [DueMilestone] in
            guard let due = instant(of: milestone, rule, record) else { return [] }
            return [due]
        }
    }

    func instant(of milestone: Milestone, _ rule: Rule, _ record: Record) -> DueMilestone? {
        instant(of: milestone, record, by: rule.offsetRule(milestone))
    }

    func instant(of milestone: Milestone, _ record: Record, by offset: OffsetRule) -> DueMilestone? {
        let anchor = core.moments.value(of: milestone.field, in: record)
        let indexField = milestone.indexField
        let shifted = indexField == milestone.field ? anchor : core.moments.value(of: indexField, in: record)
        let at: Instant
        switch shifted {
        case .date(let date): at = offset.instant(for: date)
        case .instant(let instant): at = offset.instant(for: instant)
        default: return nil
        }
        guard let period = period(of: milestone, record) else { return nil }
        return DueMilestone(milestone: milestone, record: record.ref.id, anchor: anchor, period: period, at: at)
    }

    private func period(of milestone: Milestone, _ record: Record) -> Period? {
        switch milestone.offset {
        case .fixed(let period): return period
        case .own(let field, let before, _):
            guard case .period(let period) = record[field] else { return nil }
            return before ? period.negated : period
        }
    }

    private mutating func ringLate(_ rule: Rule, _ record: Record, _ milestone: DueMilestone) throws {
        let key = self.key(rule, record, milestone)
        guard try !isDecided(key) else { return }
        if supersededByEdge(rule, record) {
            return decide(rule, key, .superseded, Reason("edge"), at: milestone.at)
        }
        _ = try ring(rule, key, facts(rule, record, milestone, late: true), late: true, source: source, depth: 0)
    }

    private mutating func skip(_ rule: Rule, _ record: Record, _ milestone: DueMilestone) {
        decide(
            rule, key(rule, record, milestone), .skipped, Reason("arrived_after", milestone.period.canonical),
            at: milestone.at)
    }

    func key(_ rule: Rule, _ record: Record, _ milestone: DueMilestone) -> OccurrenceKey {
        OccurrenceKey(
            rule: rule.id, subject: record.ref.description, occurrence: milestone.occurrence(in: rule.timing.zone))
    }

    func facts(_ rule: Rule, _ record: Record, _ milestone: DueMilestone, late: Bool) -> FiringFacts {
        var facts = FiringFacts(record: record, scheduledAt: milestone.at)
        facts.anchor = milestone.anchor
        facts.field = milestone.milestone.field
        facts.offset = milestone.period
        facts.late = late
        facts.daysLeft = daysLeft(rule, milestone.anchor)
        return facts
    }

    /// Calendar days from today to the date in the rule's zone; negative after it.
    func daysLeft(_ rule: Rule, _ anchor: FieldValue) -> Int? {
        let zone = rule.timing.zone
        let today = zone.local(now).date
        switch anchor {
        case .date(let date): return date.days(since: today)
        case .instant(let instant): return zone.date(instant).days(since: today)
        default: return nil
        }
    }

    func supersededByEdge(_ rule: Rule, _ record: Record) -> Bool {
        rangByEdge[rule.id]?.contains(record.ref.description) ?? false
    }
}
