import Almanac

/// What an occurrence came to (promise 2).
public enum Outcome: String, Sendable, Codable, CaseIterable {
    case fired
    case firedLate = "fired_late"
    case superseded
    case conditionFalse = "condition_false"
    case silenced
    case skipped
    case expired
    case failed

    public var rang: Bool { self == .fired || self == .firedLate }
}

/// Why: a stable code (a metric label) and the words that go with it, filled in where it was decided.
public struct Reason: Sendable, Hashable, Codable {
    public let code: String
    /// Facts for people, such as the empty path or the superseding offset.
    public let detail: String

    public init(_ code: String, _ detail: String = "") {
        self.code = code
        self.detail = detail
    }
}

/// The key under which one decision is made for ever (promise 1).
public struct OccurrenceKey: Sendable, Hashable, Comparable, Codable {
    public let rule: String
    /// `kind/id`, a group value, or empty for a schedule without records.
    public let subject: String
    /// Canonical text: `due=2026-06-30 -P7D`, `at=2026-06-30T01:00:00Z`, `change=42`, `rise=42`.
    public let occurrence: String

    public init(rule: String, subject: String, occurrence: String) {
        self.rule = rule
        self.subject = subject
        self.occurrence = occurrence
    }

    public static func < (a: OccurrenceKey, b: OccurrenceKey) -> Bool {
        (a.rule, a.subject, a.occurrence) < (b.rule, b.subject, b.occurrence)
    }
}

/// One row of the ledger.
public struct LedgerEntry: Sendable, Hashable {
    public let key: OccurrenceKey
    public let outcome: Outcome
    public let reason: Reason
    /// The instant the occurrence was meant for.
    public let scheduledAt: Instant
    public let decidedAt: Instant
    /// Stable id of the firing, derived from the key; present for every entry so that `why` can name it.
    public let firing: String

    public init(
        key: OccurrenceKey, outcome: Outcome, reason: Reason, scheduledAt: Instant, decidedAt: Instant, firing: String
    ) {
        self.key = key
        self.outcome = outcome
        self.reason = reason
        self.scheduledAt = scheduledAt
        self.decidedAt = decidedAt
        self.firing = firing
    }
}

/// A step that waits (`wait: 3 working days`).
public struct PendingStep: Sendable, Hashable {
    public enum State: String, Sendable { case waiting, done, cancelled, expired, failed }

    public let firing: String
    public let step: Int
    public let key: OccurrenceKey
    public let dueAt: Instant
    public var state: State
    public var reason: Reason
    /// What must come back when the step runs: firing facts as JSON of the engine's own making.
    public let context: String

    public init(
        firing: String, step: Int, key: OccurrenceKey, dueAt: Instant, state: State = .waiting,
        reason: Reason = Reason("waiting"), context: String
    ) {
        self.firing = firing
        self.step = step
        self.key = key
        self.dueAt = dueAt
        self.state = state
        self.reason = reason
        self.context = context
    }
}

/// The state of a level trigger for one record or group.
public struct LevelState: Sendable, Hashable {
    public let rule: String
    public let subject: String
    public var isTrue: Bool
    /// Start of the unbroken span; meaningless while false.
    public var since: Instant
    /// Journal sequence of the rising edge: the occurrence.
    public var rise: Int64
    /// Already rung (or counted as rung) for this rise.
    public var rung: Bool
    /// When the engine must look again although nothing changed (`for` ends, `fresh` runs out).
    public var checkAt: Instant?

    public init(
        rule: String, subject: String, isTrue: Bool, since: Instant, rise: Int64, rung: Bool, checkAt: Instant?
    ) {
        self.rule = rule
        self.subject = subject
        self.isTrue = isTrue
        self.since = since
        self.rise = rise
        self.rung = rung
        self.checkAt = checkAt
    }
}
