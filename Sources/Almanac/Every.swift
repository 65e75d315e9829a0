/// A schedule as people say it: `working day at 17:30`, `2 weeks on friday at 15:00`, `每月最后一个工作日 10:00`.
///
/// Both languages compile to the same value. Times of day follow the one resolver for local times; intervals of minutes
/// and hours count elapsed time from local midnight.
public struct Every: Hashable, Sendable {
    public enum Cadence: Hashable, Sendable {
        /// Elapsed minutes, from each local midnight anew; from an anchor without restarting where it is over a day or
        /// where `from` is given.
        case minutes(Int)
        case days(Int)
        case workingDay
        /// ISO weekdays, ascending.
        case weeks(Int, on: [Int])
        /// Windows of `length` months, one beginning every `every` months (a quarter is 3 and 3, `2 months` 1 and 2).
        case months(length: Int, every: Int, on: DayRule)
    }

    /// A day within a window of months.
    public enum DayRule: Hashable, Sendable {
        /// Days of the window's first month, ascending. Months without such a day are passed over.
        case days([Int])
        /// The nth day of the window; −1 is the last.
        case nthDay(Int)
        /// The nth working day of the window; −1 is the last.
        case nthWorkingDay(Int)
        /// The nth such weekday (ISO) of the window; −1 is the last.
        case nthWeekday(Int, weekday: Int)
        /// A month and day of a yearly window.
        case date(month: Int, day: Int)
        /// All of these, at least two and none of them such a list itself.
        case several([DayRule])

        var members: [DayRule] {
            if case .several(let rules) = self { rules } else { [self] }
        }
    }

    public let cadence: Cadence
    /// The time of day, where the text gives one.
    public let at: LocalTime?

    /// Larger counts (10,000 days are 27 years) are slips.
    public static let largestCount = 10_000

    public init(cadence: Cadence, at: LocalTime?) {
        self.cadence = cadence
        self.at = at
    }

    public init(_ text: some StringProtocol) throws(EveryError) {
        self = try EveryParser.parse(String(text))
    }

    public static func parse(_ text: some StringProtocol) throws(EveryError) -> Every { try Every(text) }

    /// Whether the schedule counts elapsed minutes and so has no time of day.
    public var isInterval: Bool {
        if case .minutes = cadence { true } else { false }
    }

    /// Whether the working calendar decides about its days.
    public var needsCalendar: Bool {
        switch cadence {
        case .workingDay: true
        case .months(_, _, let rule):
            rule.members.contains { if case .nthWorkingDay = $0 { true } else { false } }
        default: false
        }
    }
}

/// Why a text is not an `every` schedule, and where.
public struct EveryError: Error, Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case empty
        case unknownWord(String)
        case missingUnit
        /// `month` and its like without `on …`.
        case missingDay
        case badTime(String)
        case badDay(String)
        case badCount(String)
        case neverComes
        /// A time of day on an interval of minutes or hours.
        case timeOnInterval
        case leftover(String)
        case severalTimes
        /// `second friday` of nothing: which window the rank counts in is not said.
        case rankAlone
        /// 每隔两周: every second week to some, every third to others.
        case ambiguousSkip(String)
        case severalWorkingDays(Int)
        /// `2026-12-01 09:00`, `tomorrow`: comes once.
        case singleDate(String)
        /// The sixth Monday of a month; the most that there can be.
        case rankTooHigh(most: Int)
    }

    public let kind: Kind
    public let text: String
    /// Unicode scalars of `text`, counted from 0; empty at the end where something is missing.
    public let range: Range<Int>
    /// The nearest form that is accepted, or an example of one.
    public let nearest: String?
    /// The other reading, where the text has two.
    public internal(set) var also: String?
}
