import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// One offset of one date trigger of a rule: "7 days before contract.expires_on".
struct Milestone: Sendable {
    /// Position among the date triggers of the rule.
    let trigger: Int
    let field: String
    let offset: MomentTrigger.Offset
    /// The identity under which the offset is armed.
    let signature: String
    let at: LocalTime?

    /// The field under which the date index holds the dates.
    var indexField: String {
        if case .own(_, _, let indexField) = offset { return indexField }
        return field
    }

    /// What is added to an indexed date; nothing for an own offset, which the index has applied already.
    var shift: Period {
        if case .fixed(let period) = offset { return period }
        return .zero
    }
}

/// A milestone of a record with the instant at which it is due.
struct DueMilestone: Sendable {
    let milestone: Milestone
    let record: String
    /// The record's own date (not the shifted one of an own offset).
    let anchor: FieldValue
    let period: Period
    let at: Instant

    /// `due=2026-06-30 -P7D`; for offsets in days a timed value counts by its local day.
    func occurrence(in zone: Zone) -> String {
        let value: String
        switch anchor {
        case .date(let date): value = date.description
        case .instant(let instant) where period.isWholeDays: value = zone.local(instant).date.description
        case .instant(let instant): value = instant.description
        default: value = ""
        }
        return "\(milestone.field)=\(value) \(period.canonical)"
    }

    /// Nearest first: the one that is due last; of two at one instant the smaller offset.
    static func nearer(_ a: DueMilestone, _ b: DueMilestone) -> Bool {
        if a.at != b.at { return a.at > b.at }
        return a.period.magnitudeOrder < b.period.magnitudeOrder
    }
}

extension Period {
    /// Rough length in seconds, only for ordering offsets that fall on one instant.
    var magnitudeOrder: Int64 {
        Int64(months) * 2_629_800 + Int64(days + workingDays) * 86_400 + seconds
    }

    var isWholeDays: Bool { microseconds == 0 }
}

extension Rule {
    /// All milestones in the order of the file.
    var milestones: [Milestone] {
        momentTriggers.enumerated().flatMap { number, trigger in
            trigger.offsets.map { offset in
                let shift =
                    switch offset {
                    case .fixed(let period): period.canonical
                    case .own(let field, let before, _): "\(before ? "-" : "+")\(field)"
                    }
                return Milestone(
                    trigger: number, field: trigger.field, offset: offset, signature: "date \(trigger.field) \(shift)",
                    at: trigger.at)
            }
        }
    }

    func offsetRule(_ shift: Period, at: LocalTime? = nil) -> OffsetRule {
        OffsetRule(period: shift, at: at ?? timing.at, zone: timing.zone, calendar: timing.calendar)
    }

    func offsetRule(_ milestone: Milestone) -> OffsetRule { offsetRule(milestone.shift, at: milestone.at) }

    /// Whether the date is over: the end of the day for a date, the instant itself for a timed value.
    func over(_ anchor: FieldValue) -> Instant? {
        switch anchor {
        case .date(let date): timing.zone.startOfDay(date.adding(days: 1))
        case .instant(let instant): instant
        default: nil
        }
    }
}
