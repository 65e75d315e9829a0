/// A recurrence rule of RFC 5545 (3.3.10, with verified erratum 4271) as its text says it, together with the `DTSTART`
/// and `EXDATE` lines that stood beside it.
///
/// The text alone rings nowhere: `RRuleSeries` binds it to a start and a zone.
public struct RRule: Hashable, Sendable {
    public enum Frequency: String, Hashable, Sendable, CaseIterable {
        case yearly = "YEARLY"
        case monthly = "MONTHLY"
        case weekly = "WEEKLY"
        case daily = "DAILY"
        case hourly = "HOURLY"
        case minutely = "MINUTELY"
        case secondly = "SECONDLY"

        /// Below a day: elapsed time, which only UTC counts without jumps.
        public var isSubDaily: Bool {
            switch self {
            case .hourly, .minutely, .secondly: true
            default: false
            }
        }
    }

    /// A weekday, with its rank in the month or year where one is given.
    public struct Weekday: Hashable, Sendable {
        /// 1 to 53, −1 to −53, or 0 for every such weekday.
        public let nth: Int
        /// ISO: 1 is Monday.
        public let weekday: Int
    }

    /// A value of `DTSTART`, `EXDATE` or `UNTIL` in one of the forms of RFC 5545.
    public enum Moment: Hashable, Sendable {
        case date(CivilDate)
        /// Without a zone: on the wall clock of the schedule.
        case local(CivilDateTime)
        case zoned(CivilDateTime, Zone)
        case utc(Instant)
    }

    /// The text as it was given.
    public let text: String
    public internal(set) var frequency = Frequency.daily
    public internal(set) var interval = 1
    public internal(set) var count: Int?
    public internal(set) var until: Moment?
    public internal(set) var months: [Int] = []
    public internal(set) var weekNumbers: [Int] = []
    public internal(set) var yearDays: [Int] = []
    public internal(set) var monthDays: [Int] = []
    public internal(set) var weekdays: [Weekday] = []
    public internal(set) var hours: [Int] = []
    public internal(set) var minutes: [Int] = []
    public internal(set) var seconds: [Int] = []
    public internal(set) var positions: [Int] = []
    /// ISO: 1 is Monday, which is also what a rule without `WKST` has.
    public internal(set) var weekStart = 1
    /// `DTSTART`, where the text has one.
    public internal(set) var start: Moment?
    public internal(set) var exclusions: [Moment] = []
    /// Places of what can turn out wrong only once the start is known, as Unicode scalars of the text.
    var places: [String: Range<Int>] = [:]

    /// Longer texts are not rules.
    public static let lengthLimit = 20_000
    /// More occurrences are counted by nobody; `UNTIL` has no such limit.
    public static let countLimit = 100_000
    public static let intervalLimit = 1_000_000
    /// Members of one `BY…` list.
    public static let listLimit = 400
    public static let exclusionLimit = 1_000
    /// Times of day that `BYHOUR`, `BYMINUTE` and `BYSECOND` make together: one a minute.
    public static let timesLimit = 1_440

    /// Reads `FREQ=…`, or the lines of a calendar file: `RRULE:…`, `EXDATE…:…`, `DTSTART…:…`, folded or not.
    public init(_ text: some StringProtocol) throws(RRuleError) { self = try RRuleParser.parse(String(text)) }

    init(unread text: String) { self.text = text }

    public static func == (a: RRule, b: RRule) -> Bool { a.text == b.text }
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }

    /// Where the value of a part stands, as Unicode scalars of the text.
    public func place(of part: Part) -> Range<Int>? { places[part.rawValue] }

    /// The part that stands for what only a start can give, or nil where the rule says all that it needs.
    var wantsStart: Part? {
        if count != nil { return .count }
        let hasDay = !weekdays.isEmpty || !monthDays.isEmpty || !yearDays.isEmpty
        switch frequency {
        case .yearly, .weekly: return hasDay ? nil : .byDay
        case .monthly: return hasDay ? nil : .byMonthDay
        default: return nil
        }
    }

    /// The parts of a rule by their names.
    public enum Part: String, Hashable, Sendable, CaseIterable {
        case frequency = "FREQ"
        case interval = "INTERVAL"
        case count = "COUNT"
        case until = "UNTIL"
        case byMonth = "BYMONTH"
        case byWeekNumber = "BYWEEKNO"
        case byYearDay = "BYYEARDAY"
        case byMonthDay = "BYMONTHDAY"
        case byDay = "BYDAY"
        case byHour = "BYHOUR"
        case byMinute = "BYMINUTE"
        case bySecond = "BYSECOND"
        case bySetPosition = "BYSETPOS"
        case weekStart = "WKST"
    }
}
