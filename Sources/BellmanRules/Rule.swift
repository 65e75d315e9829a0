import Almanac
import BellmanModel
import CEL

/// A rule as it is used: read, checked and compiled.
///
/// One object for all who hold it: a tick hands rules about by the thousand, and a copy of so many fields costs more
/// than the question that is asked of it.
public final class Rule: Sendable {
    public let id: String
    public let title: String
    /// The id this rule had before (`was:`): its history goes with it.
    public let was: String?
    public let enabled: Bool
    public let urgent: Bool
    public let tags: [String]
    /// The kind of record in scope; `nil` for a schedule.
    public let kind: String?
    public let timing: RuleTiming
    public let triggers: [Trigger]
    /// Which records are gathered into `records`; nil for a rule about one record, or about none.
    public let gathering: Gathering?
    public let condition: Expression?
    public let exclusion: Expression?
    public let limit: RateLimit?
    public let repetition: Repetition?
    /// Ends `repeat` and `after … every`.
    public let until: Expression?
    public let catchUp: CatchUp
    public let arrivingLate: ArrivingLate
    public let existing: Existing
    public let steps: [Step]
    public let place: RulePlace
    /// What its file says of it, in one form whatever the layout: two rules with equal contents are the same rule.
    public let content: String
    /// What its expressions were compiled with.
    let language: RuleLanguage
    let environment: CELEnvironment

    init(
        id: String, title: String, was: String?, enabled: Bool, urgent: Bool, tags: [String], kind: String?,
        timing: RuleTiming, triggers: [Trigger], gathering: Gathering?, condition: Expression?, exclusion: Expression?,
        limit: RateLimit?, repetition: Repetition?, until: Expression?, catchUp: CatchUp, arrivingLate: ArrivingLate,
        existing: Existing, steps: [Step], place: RulePlace, content: String,
        language: RuleLanguage, environment: CELEnvironment
    ) {
        self.id = id
        self.title = title
        self.was = was
        self.enabled = enabled
        self.urgent = urgent
        self.tags = tags
        self.kind = kind
        self.timing = timing
        self.triggers = triggers
        self.gathering = gathering
        self.condition = condition
        self.exclusion = exclusion
        self.limit = limit
        self.repetition = repetition
        self.until = until
        self.catchUp = catchUp
        self.arrivingLate = arrivingLate
        self.existing = existing
        self.steps = steps
        self.place = place
        self.content = content
        self.language = language
        self.environment = environment
    }
}

public struct RulePlace: Sendable, Hashable {
    public let file: String
    public let line: Int
}

/// Zone, calendar and time of day that turn a rule's dates into instants.
public struct RuleTiming: Sendable {
    public let zone: Zone
    public let calendar: WorkingCalendar
    public let at: LocalTime
    public init(zone: Zone, calendar: WorkingCalendar, at: LocalTime) {
        self.zone = zone
        self.calendar = calendar
        self.at = at
    }
}

/// At most `count` rings of one subject within `window` before now.
public struct RateLimit: Sendable, Hashable {
    public let count: Int
    public let window: Period
}

/// `repeat`: the steps that do not wait run again at firing + n × `every`, n = 1…`times`.
public struct Repetition: Sendable, Hashable {
    public let every: Period
    public let times: Int
}

/// `select`, `where`, `group`: the records of one kind that are gathered into `records`.
public struct Gathering: Sendable {
    public let kind: String
    /// `where`; nil gathers all.
    public let filter: Expression?
    /// nil gathers everything into one.
    public let group: Expression?
}

public enum CatchUp: String, Sendable, CaseIterable {
    case lateOnce = "late_once"
    case all
    case skip
}

public enum ArrivingLate: String, Sendable, CaseIterable { case once, skip }
public enum Existing: String, Sendable, CaseIterable { case skip, fire }

/// What makes a rule ring.
public enum Trigger: Sendable {
    case created
    case deleted
    case changes(ChangeTrigger)
    case moment(MomentTrigger)
    case schedule(ScheduleTrigger)
    case level(LevelTrigger)

    public var isEdge: Bool {
        switch self {
        case .created, .deleted, .changes: true
        default: false
        }
    }
}

public struct ChangeTrigger: Sendable {
    /// `nil` = any field.
    public let field: String?
    /// Empty = any value.
    public let from: [FieldValue]
    public let to: [FieldValue]
}

/// `before:` / `after:` with its offsets.
public struct MomentTrigger: Sendable {
    public let field: String
    public let offsets: [Offset]
    /// Time of day for date-only values, instead of the rule's.
    public let at: LocalTime?
    /// `after … every`: its offsets are one chain, which `until` or an acknowledgement ends.
    public let isChain: Bool

    public enum Offset: Sendable {
        /// A fixed signed offset.
        case fixed(Period)
        /// The record's own duration field; the date index holds the shifted date under `indexField`.
        case own(field: String, before: Bool, indexField: String)
    }
}

public struct ScheduleTrigger: Sendable {
    public let schedule: Schedule
    /// Canonical text: the identity of the trigger.
    public let canonical: String
}

/// `while:` with `for:` and `fresh:`.
public struct LevelTrigger: Sendable {
    public let expression: Expression
    public let span: Period?
    public let fresh: Period?
    /// Over gathered records: what tallies answer.
    public let aggregation: Aggregation?
}
