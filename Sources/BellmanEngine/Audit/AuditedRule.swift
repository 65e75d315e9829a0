import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// One offset of one date trigger, with the time from which it counts.
struct AuditedDate: Sendable {
    let field: String
    /// The field that is moved: the date itself, or what an own offset of the record makes of it.
    let indexField: String
    let offset: MomentTrigger.Offset
    let move: OffsetRule
    let since: Instant
    /// Days by which the offset moves a date at most, for passing over what lies far away.
    let reach: ClosedRange<Int>
    /// Own offsets move by the configuration's calendar, which nothing is remembered of.
    var isExact: Bool { if case .fixed = offset { true } else { false } }

    static func reach(_ period: Period) -> ClosedRange<Int> {
        let size = period.magnitude
        let clock = Int(size.microseconds / 86_400_000_000) + 2
        let (least, most) = (
            size.months * 28 + size.days + size.workingDays - clock,
            size.months * 31 + size.days + size.workingDays * 3 + 40 + clock
        )
        return period.isNegative ? -most...(-least) : least...most
    }
}

/// An occurrence that a state of a record brings.
struct DateOccurrence: Sendable {
    let text: String
    let at: Instant
    let isExact: Bool
}

/// A rule as the audit needs it: what leads to occurrences, and since when.
struct AuditedRule: Sendable {
    let rule: Rule
    let dates: [AuditedDate]
    let schedules: [(schedule: Schedule, since: Instant)]
    /// The rule is exactly so since then; at the latest of what is armed.
    let since: Instant
    /// Changes up to this one are past for it.
    let sequence: Int64
    let gaps: [AuditGap]
    /// Whether each firing makes a notice at once.
    let isHeard: Bool

    /// Nil where no tick has seen the rule as it is.
    init?(_ rule: Rule, _ armed: [ArmedTrigger], _ moments: DerivedMoments) {
        let times = Dictionary(armed.map { ($0.trigger, $0) }, uniquingKeysWith: { first, _ in first })
        guard let whole = times[Tick.ruleSignature], let shape = times[rule.shapeSignature] else { return nil }
        self.rule = rule
        since = max(whole.since, shape.since)
        sequence = max(whole.sequence, shape.sequence)
        isHeard = !rule.promptNotices.isEmpty
        var gaps: [AuditGap] = []
        var dates: [AuditedDate] = []
        let kind = rule.kind ?? ""
        let timings = rule.timingSignatures
        for milestone in rule.milestones {
            if moments.isDerived(kind: kind, field: milestone.field) {
                let gap = AuditGap.derivedDate(rule: rule.id, field: milestone.field)
                if !gaps.contains(gap) { gaps.append(gap) }
                continue
            }
            guard let own = times[milestone.signature], let timing = times[timings[milestone.trigger]] else {
                return nil
            }
            dates.append(
                AuditedDate(
                    field: milestone.field, indexField: milestone.indexField, offset: milestone.offset,
                    move: rule.offsetRule(milestone), since: max(own.since, timing.since),
                    reach: AuditedDate.reach(milestone.shift)))
        }
        var schedules: [(schedule: Schedule, since: Instant)] = []
        for trigger in rule.scheduleTriggers {
            guard let own = times["schedule \(trigger.canonical)"] else { return nil }
            schedules.append((trigger.schedule, max(own.since, since)))
        }
        if rule.levelTrigger != nil { gaps.append(.level(rule: rule.id)) }
        if !schedules.isEmpty, rule.gathering?.group != nil { gaps.append(.groups(rule: rule.id)) }
        self.dates = dates
        self.schedules = schedules
        self.gaps = gaps
    }

    // MARK: dates

    /// What the record's dates bring within the window; the whole of it without one.
    func occurrences(
        of record: Record, in window: ClosedRange<Instant>? = nil, _ moments: DerivedMoments
    ) -> [DateOccurrence] {
        dates.compactMap { date in
            if let window, isFar(date, record, window) { return nil }
            return occurrence(date, record, moments).flatMap { found in
                guard let window else { return found }
                return window.contains(found.at) && found.at > date.since ? found : nil
            }
        }
    }

    /// Whether no reading of a plain date can lie in the window.
    private func isFar(_ date: AuditedDate, _ record: Record, _ window: ClosedRange<Instant>) -> Bool {
        guard date.isExact, case .date(let day) = record[date.field] else { return false }
        let first = Int(day.daysSinceEpoch) + date.reach.lowerBound
        let last = Int(day.daysSinceEpoch) + date.reach.upperBound
        return Int64(last + 2) * 86_400 < window.lowerBound.seconds
            || Int64(first - 2) * 86_400 > window.upperBound.seconds
    }

    private func occurrence(_ date: AuditedDate, _ record: Record, _ moments: DerivedMoments) -> DateOccurrence? {
        let value = record[date.field]
        let period: Period
        let moved: FieldValue
        switch date.offset {
        case .fixed(let fixed): (period, moved) = (fixed, value)
        case .own(let field, let before, _):
            guard case .period(let own) = record[field] else { return nil }
            period = before ? own.negated : own
            moved = moments.value(of: date.indexField, in: record)
        }
        let at: Instant
        switch moved {
        case .date(let day): at = date.move.instant(for: day)
        case .instant(let instant): at = date.move.instant(for: instant)
        default: return nil
        }
        let name: String
        switch value {
        case .date(let day): name = day.description
        // Offsets in days: a timed value counts by its local day (promise 1).
        case .instant(let instant) where period.microseconds == 0:
            name = rule.timing.zone.local(instant).date.description
        case .instant(let instant): name = instant.description
        default: return nil
        }
        return DateOccurrence(text: "\(date.field)=\(name) \(period.canonical)", at: at, isExact: date.isExact)
    }

    /// Whether one of the rule's offsets can have led to that name, whatever the date.
    func mayBring(_ text: String) -> Bool {
        guard let sign = text.firstIndex(of: "="), let space = text.lastIndex(of: " ") else { return false }
        let (field, period) = (text[..<sign], text[text.index(after: space)...])
        return dates.contains { date in
            guard date.field == field else { return false }
            if case .fixed(let fixed) = date.offset { return fixed.canonical == period }
            return true
        }
    }

    var hasDerivedDates: Bool {
        gaps.contains { if case .derivedDate = $0 { true } else { false } }
    }

    // MARK: edges

    /// Whether the write is an occurrence of one of the rule's edges.
    func rings(on change: Change) -> Bool {
        !change.quiet && rule.fits(change)
    }

    var hasEdges: Bool { rule.triggers.contains(where: \.isEdge) }
}
