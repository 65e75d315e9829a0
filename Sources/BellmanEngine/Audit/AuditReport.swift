import Almanac
import BellmanModel

/// One difference between what should have rung and what the store holds.
public struct AuditFinding: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        /// Should have been decided; the ledger has no row.
        case missing
        /// The ledger has a row for something that never came about.
        case invented
        /// Decided for another instant than the rule gives, or before its time.
        case mistimed
        /// Rang, but the outbox has none of its notices.
        case unheard
        /// Rows of the ledger or the outbox are gone.
        case rowsGone = "rows_gone"
        /// Waits in the outbox beyond its channel's `max_age`.
        case overdue
        /// Claimed for delivery, and never given back.
        case stuckClaim = "stuck_claim"
    }

    /// What is said beside key and instant.
    public enum Detail: Sendable, Hashable {
        case none
        /// Why nothing can have led to the row.
        case unreadableKey, noSuchRecord, noSuchDate, noSuchRun, noSuchChange
        case changeOfAnother(String)
        case noMatch
        case wrongSubject
        /// The instant that the rule gives.
        case shouldBe(Instant)
        case decidedBefore(Instant)
        case ledgerRows(Int64, Int64)
        case outboxRows(Int64, Int64)
        case notice(id: String, channel: String, since: Instant)
    }

    public let kind: Kind
    /// Empty parts where the finding is not about an occurrence.
    public let key: OccurrenceKey
    /// When it should have rung, or is said to have.
    public let at: Instant?
    public let detail: Detail

    public init(_ kind: Kind, _ key: OccurrenceKey, at: Instant?, _ detail: Detail = .none) {
        self.kind = kind
        self.key = key
        self.at = at
        self.detail = detail
    }

    static func ofRows(_ kind: Kind, _ detail: Detail, rule: String = "", at: Instant? = nil) -> AuditFinding {
        AuditFinding(kind, OccurrenceKey(rule: rule, subject: "", occurrence: ""), at: at, detail)
    }
}

/// What the audit cannot judge, said rather than passed over.
public enum AuditGap: Sendable, Hashable {
    /// The rule is as it is now only since then.
    case ruleEdited(rule: String, since: Instant)
    /// No tick has seen the rule as it is now.
    case notArmed(rule: String)
    case derivedDate(rule: String, field: String)
    /// `while` is not computed again.
    case level(rule: String)
    /// Of a schedule that gathers, one row for each run is asked for, not one for each group.
    case groups(rule: String)
    /// A restore counted what fell due before as settled.
    case restored(at: Instant)
    /// The clock was set back within the window: dates that were moved meanwhile are not asked for.
    case clockSetBack
    /// The last tick lies before the end of the window.
    case notTicked(since: Instant)
    case neverTicked
    /// Ledger rows of rules that are gone or switched off.
    case rowsOfOtherRules(Int)
    /// Ledger rows from before an edit of their rule that its present text does not explain.
    case rowsBeforeEdit(Int)
    /// Dates that were moved before any known tick saw them.
    case movedUnseen(Int)
    /// Runs beyond the cap of one catch-up, which are not written down.
    case beyondCap(Int)
}

/// What a self-audit came to.
public struct AuditReport: Sendable, Hashable {
    /// Findings kept with their words; all are counted.
    public static let kept = 1_000

    /// What fell due in (from, through] was asked for.
    public internal(set) var from: Instant
    public internal(set) var through: Instant
    public internal(set) var findings: [AuditFinding] = []
    public internal(set) var counts: [AuditFinding.Kind: Int] = [:]
    public internal(set) var gaps: [AuditGap] = []
    public internal(set) var rules = 0
    public internal(set) var records = 0
    public internal(set) var changes = 0
    /// Occurrences that were computed and looked up.
    public internal(set) var expected = 0
    public internal(set) var ledgerRows = 0
    public internal(set) var outboxRows = 0

    init(from: Instant, through: Instant) {
        self.from = from
        self.through = through
    }

    public var total: Int { counts.values.reduce(0, +) }
    public var isGood: Bool { total == 0 }

    mutating func add(_ finding: AuditFinding) {
        counts[finding.kind, default: 0] += 1
        if findings.count < AuditReport.kept { findings.append(finding) }
    }
}
