import Almanac

/// The rules as the engine holds them now, in the order in which they are to be shown.
public struct RulesReport: Sendable, Hashable {
    public var rules: [RuleReport]
    public init(rules: [RuleReport]) { self.rules = rules }
}

public struct RuleReport: Sendable, Hashable {
    /// A broken rule file keeps its last good version ringing; the rule is `broken` all the same. A rule that is `lost`
    /// has vanished from the folder together with many others and stays armed until somebody confirms the loss.
    public enum State: String, Sendable, CaseIterable { case ok, broken, lost, disabled }

    public var id: String
    public var title: String
    /// Relative to the rules folder.
    public var file: String
    public var line: Int
    public var state: State
    public var lastRing: Instant?
    /// In words or as a time; empty when nothing is planned.
    public var nextRing: String
    /// Empty for rules that are well.
    public var problem: String
    public var tags: [String]

    public init(
        id: String, title: String, file: String, line: Int, state: State, lastRing: Instant? = nil,
        nextRing: String = "", problem: String = "", tags: [String] = []
    ) {
        self.id = id
        self.title = title
        self.file = file
        self.line = line
        self.state = state
        self.lastRing = lastRing
        self.nextRing = nextRing
        self.problem = problem
        self.tags = tags
    }
}

public struct HealthReport: Sendable, Hashable {
    public var ready: Bool
    /// Why it is not ready, or what else is amiss, for people.
    public var reasons: [String]
    /// Everything due up to here is decided; nil before the first tick.
    public var watermark: Instant?
    public var brokenRules: Int
    public var deadDeliveries: Int
    public var version: String

    public init(
        ready: Bool, reasons: [String] = [], watermark: Instant? = nil, brokenRules: Int = 0,
        deadDeliveries: Int = 0, version: String = ""
    ) {
        self.ready = ready
        self.reasons = reasons
        self.watermark = watermark
        self.brokenRules = brokenRules
        self.deadDeliveries = deadDeliveries
        self.version = version
    }
}

/// One line of `/metrics`. Samples of one name must follow each other.
public struct MetricSample: Sendable, Hashable {
    public enum Kind: String, Sendable { case counter, gauge, summary }

    public var name: String
    /// Of a summary's line: `_sum` or `_count`.
    public var suffix = ""
    public var help: String
    public var kind: Kind
    public var labels: [Label]
    public var value: Double

    public struct Label: Sendable, Hashable {
        public let name: String
        public let value: String
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(_ name: String, help: String, kind: Kind = .gauge, labels: [Label] = [], value: Double) {
        self.name = name
        self.help = help
        self.kind = kind
        self.labels = labels
        self.value = value
    }

    /// The two lines of a summary without quantiles.
    public static func summary(
        _ name: String, help: String, labels: [Label] = [], sum: Double, count: Int
    ) -> [MetricSample] {
        [("_sum", sum), ("_count", Double(count))].map { suffix, value in
            var sample = MetricSample(name, help: help, kind: .summary, labels: labels, value: value)
            sample.suffix = suffix
            return sample
        }
    }
}

/// A notice that the rules will make if nothing changes until then.
public struct ComingNotice: Sendable, Hashable {
    public var at: Instant
    /// The rule's id.
    public var rule: String
    public var ruleTitle: String
    /// `kind/id`, or empty for a schedule without records.
    public var record: String
    /// The record's title.
    public var subject: String
    /// In words, such as the date and the offset that lead to it.
    public var detail: String

    public init(at: Instant, rule: String, ruleTitle: String, record: String, subject: String, detail: String) {
        self.at = at
        self.rule = rule
        self.ruleTitle = ruleTitle
        self.record = record
        self.subject = subject
        self.detail = detail
    }
}

/// One configured way out, as the dispatcher sees it now.
public struct ChannelHealth: Sendable, Hashable {
    public enum State: String, Sendable, CaseIterable { case working, resting, dead }

    public var name: String
    public var type: String
    public var state: State
    /// Until when it rests.
    public var until: Instant?
    /// The vendor's own words about why it rests or is out of use; empty when it works.
    public var words: String
    /// Messages that wait for it in the dispatcher; the page takes the store's figure when that is larger.
    public var waiting: Int

    public init(
        name: String, type: String, state: State = .working, until: Instant? = nil, words: String = "",
        waiting: Int = 0
    ) {
        self.name = name
        self.type = type
        self.state = state
        self.until = until
        self.words = words
        self.waiting = waiting
    }
}

/// The file that a rule stands in, as it was last good.
public struct RuleSource: Sendable, Hashable {
    public var file: String
    /// Where the rule begins, from 1.
    public var line: Int
    public var text: String
    public init(file: String, line: Int, text: String) {
        self.file = file
        self.line = line
        self.text = text
    }
}
