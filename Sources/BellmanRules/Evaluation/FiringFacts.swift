import Almanac
import BellmanModel

/// What one ringing knows besides the store: the values behind `old`, `days_left`, `firing.id` and the like.
public struct FiringFacts: Sendable {
    public var record: Record?
    public var old: Record?
    public var changedBy: String?
    public var changedAt: Instant?
    /// For `before`/`after`: the date, the signed offset, calendar days from today to the date.
    public var anchor: FieldValue = .null
    /// The field that holds the date.
    public var field: String?
    public var offset: Period?
    public var daysLeft: Int?
    public var late = false
    public var acknowledged = false
    /// Which repetition of the firing this is; 0 for the firing itself.
    public var repetition = 0
    /// What `select` gathered, in the order of messages; empty in a rule that gathers nothing.
    public var records: [Record] = []
    /// What the gathered records have in common.
    public var group = GroupValue.none
    /// In the steps that follow a decision: the record of kind `approval`.
    public var approval: Record?
    public var firing = ""
    public var scheduledAt: Instant

    public init(record: Record?, scheduledAt: Instant) {
        self.record = record
        self.scheduledAt = scheduledAt
    }
}

/// What a condition came to. Only `holds` rings.
public enum ConditionVerdict: Sendable, Hashable {
    case holds
    case fails
    /// An empty value made it undecidable: the path that was empty.
    case empty(String)
    /// Any other failure, in words.
    case broken(String)
}
