import Almanac
import BellmanModel
import BellmanRules

/// Why a rule rang, did not ring, or never could, for one record, one group or one schedule: facts, no words.
public struct WhyReport: Sendable {
    public let rule: Rule
    /// What the question is about; nil for a schedule without records.
    public let subject: WhySubject?
    /// When it was asked.
    public let now: Instant
    /// The time that was asked about; nil: all that is known.
    public let asked: WhyTime?
    /// When Bellman last looked; nil before a store's first tick.
    public internal(set) var lastTick: Instant?
    /// What keeps the rule from ringing whatever its triggers say.
    public internal(set) var obstacles: [WhyObstacle] = []
    /// What may bring a decision: those to come, the nearest first; then those decided, the newest first; then those
    /// that no time is known of.
    public internal(set) var moments: [WhyMoment] = []
    /// Older decisions that are left out of `moments`.
    public internal(set) var older = 0
    /// The decisions that are told in full: the latest, or those of the time that was asked about; the nearest first.
    public internal(set) var decisions: [WhyDecision] = []
    /// How things stood at the time that was asked about, where nothing was decided then.
    public internal(set) var then: WhyThen?
    /// The conditions for the record as it is now; empty where there is nothing to ask them of.
    public internal(set) var conditions: [ConditionTree] = []
    public internal(set) var level: WhyLevel?
    public internal(set) var gathering: WhyGathering?
}

/// The record, or the group, that a question is about.
public struct WhySubject: Sendable, Hashable {
    /// The ledger's: `kind/id`, a group's value, or empty.
    public let text: String
    public let record: RecordRef?
    /// The record's title or name; empty where it is gone.
    public let title: String
    public let isPresent: Bool
}

/// An instant, or a whole day in the configured zone.
public struct WhyTime: Sendable, Hashable {
    public let instant: Instant
    /// The local day that it lies in: from its beginning up to, not including, the next one's.
    public let day: Range<Instant>
    public let isDay: Bool

    /// Of an instant.
    public init(_ instant: Instant, in zone: Zone) {
        let day = zone.date(instant)
        self.instant = instant
        self.day = WhyTime.range(day, zone)
        isDay = false
    }

    /// Of a day; the nearest to its noon counts first.
    public init(_ day: CivilDate, in zone: Zone) {
        self.day = WhyTime.range(day, zone)
        instant = self.day.lowerBound.adding(seconds: 43_200)
        isDay = true
    }

    private static func range(_ day: CivilDate, _ zone: Zone) -> Range<Instant> {
        let start = zone.startOfDay(day)
        return start..<max(start, zone.startOfDay(day.adding(days: 1)))
    }
}

/// What leads to a decision.
public enum WhyCause: Sendable, Hashable {
    /// A date, moved by an offset; `at` is the time of day that a date alone means.
    case date(field: String, value: FieldValue, offset: Period, at: LocalTime)
    /// A date trigger of which no date is known.
    case dateTrigger(field: String, offset: Period?, offsetField: String?)
    case run
    case created, deleted
    case changes(field: String?, from: [FieldValue], to: [FieldValue])
    /// Of the ledger: a write of the journal.
    case change(sequence: Int64)
    /// `while`; the write that made it true, where it is.
    case level(rise: Int64?)
    /// A row whose key the present rules do not explain: the key's text.
    case other(String)
}

/// One occurrence, past or to come, or a trigger that has none.
public struct WhyMoment: Sendable {
    public enum Fate: Sendable {
        case decided(LedgerEntry)
        case coming(WhyForecast)
        /// Nothing was or will be decided, and why.
        case none([WhyObstacle])
    }

    public let cause: WhyCause
    public let at: Instant?
    public let fate: Fate
}

/// What would be decided if nothing changed until then.
public struct WhyForecast: Sendable {
    public enum Expectation: Sendable, Hashable {
        case rings
        case conditionFalse(ConditionVerdict)
        case silenced(Silence)
        case skipped(Reason)
    }

    public let expectation: Expectation
    /// The conditions as they will be asked.
    public let conditions: [ConditionTree]
}

/// What stands between a rule and a ring.
public enum WhyObstacle: Sendable, Hashable {
    /// `enabled: false`.
    case disabled
    case wrongKind(rule: String, record: String)
    case recordGone(at: Instant?, by: String)
    /// The field is empty, or holds no date.
    case dateEmpty(field: String)
    case offsetEmpty(field: String)
    /// The trigger counts since then; what was due before is past for it.
    case newerThan(Instant)
    /// The rule is not on watch yet: no tick has seen it as it is.
    case notSeenYet
    /// Due, and no tick has looked since.
    case notLookedSince(Instant?)
    /// The write was made with `--quiet`.
    case quiet(Instant)
    /// Waits for such a write; `now` is the field's present value.
    case waitsForChange(field: String?, to: [FieldValue], now: FieldValue)
    case waitsForCreation
    case waitsForDeletion
    /// It was made before the rule was on watch.
    case createdBefore(Instant)
    case silenced(Silence)
    case levelFalse
    /// The level was true already when the rule was first seen.
    case levelCounted
    /// Nothing explains that there is no row.
    case unexplained
}

/// A decision with everything that led to it and came of it.
public struct WhyDecision: Sendable {
    public enum Agreement: Sendable, Hashable {
        /// Computed anew from the journal with the present rule, it comes out the same.
        case agrees
        /// The present rule would have decided otherwise; it is as it is since then.
        case ruleWasAnother(since: Instant?)
        /// It cannot be said: what it depends on is not in the journal.
        case unknown
    }

    public let entry: LedgerEntry
    public let cause: WhyCause
    public let agreement: Agreement
    /// The record as it stood for the decision, and the last write before it; nil where there was none.
    public let record: Record?
    public let lastWrite: Change?
    /// For an edge: the write that rang.
    public let change: Change?
    public let conditions: [ConditionTree]
    /// Records that were gathered.
    public let gathered: Int?
    /// The decision that rang in its place.
    public let instead: LedgerEntry?
    public let silence: Silence?
    /// Rings that filled the limit, the newest first.
    public let earlier: [LedgerEntry]
    public let acknowledgement: Acknowledgement?
    public let steps: [PendingStep]
    public internal(set) var notices: [WhyNotice] = []
}

public struct WhyNotice: Sendable {
    public let item: OutboxItem
    public let attempts: [Attempt]
}

/// How things stood at a time for which there is no decision.
public struct WhyThen: Sendable {
    /// As it stood then; nil where there was none.
    public let record: Record?
    /// What its dates brought then, the nearest to that time first.
    public let dates: [(cause: WhyCause, at: Instant)]
    public let conditions: [ConditionTree]
    public let obstacles: [WhyObstacle]
    public let before: LedgerEntry?
    public let after: LedgerEntry?
}

/// Where a level stands.
public struct WhyLevel: Sendable {
    public let tree: ConditionTree?
    /// Nil while it is false.
    public let since: Instant?
    public let isRung: Bool
    /// When its span will be full, if nothing changes.
    public let fullAt: Instant?
}

/// Where a record stands among what the rule gathers.
public struct WhyGathering: Sendable {
    public enum Place: Sendable, Hashable {
        case outside
        /// What it is grouped by is empty: the path.
        case ungrouped(String)
        case broken(String)
        /// The ledger's subject of its group; empty where there is one for all.
        case inside(String)
    }

    public let place: Place
    public let filter: ConditionTree?
}
