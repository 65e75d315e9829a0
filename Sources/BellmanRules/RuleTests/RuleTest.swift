import Almanac
import BellmanModel
import SourceDiagnostics

/// What a test takes from the configuration where it says nothing itself.
public struct RuleTestSettings: Sendable, Hashable {
    public var zone: Zone
    public var calendar: WorkingCalendar
    public var at: LocalTime
    public var language: AlmanacLanguage
    public var currency: String

    public init(_ defaults: RuleDefaults) {
        zone = defaults.timing.zone
        calendar = defaults.timing.calendar
        at = defaults.timing.at
        language = defaults.language
        currency = defaults.currency
    }

    public var timing: RuleTiming { RuleTiming(zone: zone, calendar: calendar, at: at) }
}

/// One test of a `*.test.yaml` file: a story on virtual time, and what must ring in it.
public struct RuleTest: Sendable {
    public let name: String
    public let place: RulePlace
    /// Ids of the rules that are armed; nil for all.
    public let rules: [String]?
    public let settings: RuleTestSettings
    /// Bellman's first tick.
    public let clock: Instant
    public let records: [GivenRecord]
    /// Ascending in time; those of one instant in the order of the file.
    public let events: [Event]
    /// Bellman is stopped from the first instant on and returns at the second; ascending, apart from one another.
    public let down: [Range<Instant>]
    /// The last instant that belongs to the test.
    public let ends: Instant
    public let expectations: [Expectation]
    public let nothingElse: Bool
    public let atEnd: [EndRecord]

    /// A record as it stands when the clock starts.
    public struct GivenRecord: Sendable {
        public let ref: RecordRef
        public let fields: [String: FieldValue]
        /// When it was made and last written; nil for records that are new to Bellman.
        public let createdAt: Instant?
        public let updatedAt: Instant?
    }

    /// What somebody does while the test runs.
    public struct Event: Sendable {
        public enum Act: Sendable {
            case set([String: FieldValue])
            case create([String: FieldValue])
            case delete
            /// Of the newest firing of the rule, and of the record where one is named.
            case acknowledge(rule: String)
            case snooze(rule: String, length: Period)
            case silence(SilenceRequest)
            /// `record` is the question itself, or what it is about.
            case decide(choice: String)
        }
        public let at: Instant
        public let place: RulePlace
        public let record: RecordRef?
        public let act: Act
        public let actor: String
        public let quiet: Bool
        public let comment: String
    }

    /// A record that must be there at the end, exactly one.
    public struct EndRecord: Sendable {
        public let place: RulePlace
        public let kind: String
        public let id: String?
        /// In the order of the file; null means that the field has no value.
        public let fields: [(name: String, value: FieldValue)]
    }

    /// What an expectation line says must come. What it does not say may be anything.
    public struct Expectation: Sendable {
        public enum When: Sendable, Hashable {
            case instant(Instant)
            /// Any time of that day on the test's clock.
            case day(CivilDate)
        }

        public var place: RulePlace
        public var at: When?
        public var rule: String?
        public var record: RecordRef?
        /// Ids, in any order.
        public var to: [String]?
        /// Names of channels, in any order.
        public var via: [String]?
        /// Each stands somewhere in the title, the text or a link.
        public var contains: [String] = []
        public var title: String?
        public var text: String?
        public var late: Bool?
        public var priority: Priority?
        public var payload: [(channel: String, body: BodyPattern)] = []
        /// A decision that made no notice, instead of one that did.
        public var outcome: ExpectedOutcome?
        /// Stands in the decision's reason (its code, its detail or its words).
        public var reason: String?
    }
}

/// What can be expected of a decision: the outcomes of the ledger, and the end of a step that waited.
public enum ExpectedOutcome: Sendable, Hashable {
    case decision(Outcome)
    /// A waiting step that did not run, because the date or the condition had changed.
    case cancelled

    public init?(_ word: String) {
        if word == "cancelled" {
            self = .cancelled
        } else if let outcome = Outcome(rawValue: word) {
            self = .decision(outcome)
        } else {
            return nil
        }
    }

    public var word: String {
        switch self {
        case .decision(let outcome): outcome.rawValue
        case .cancelled: "cancelled"
        }
    }

    public static let words = Outcome.allCases.map(\.rawValue) + ["cancelled"]
}

/// What a message's body must have in it.
public indirect enum BodyPattern: Sendable, Hashable {
    /// Stands somewhere in the body.
    case contains(String)
    /// A text, or whatever JSON spells so.
    case value(String)
    /// Each key with what it must have; further keys are no matter.
    case mapping([Entry])
    /// As many entries, each as told.
    case list([BodyPattern])
    case null

    public struct Entry: Sendable, Hashable {
        public let key: String
        public let pattern: BodyPattern
    }
}
