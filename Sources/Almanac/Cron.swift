/// A five-field cron expression in the reading of Debian's cron.
///
/// Next to the fields of crontab(5) the day fields know `L` and `LW` (last day, last Monday-to-Friday day of the month)
/// and `5L`, `5#2` (last, second Friday). Both day fields restricted means that either matches; a field that starts with
/// `*` counts as unrestricted.
public struct Cron: Hashable, Sendable {
    /// The text as it was given, spaces collapsed.
    public let expression: String
    let minutes: UInt64
    let hours: UInt64
    let days: UInt64
    let months: UInt64
    /// Bit 0 is Sunday.
    let weekdays: UInt64
    let lastDay: Bool
    let lastWeekday: Bool
    let nthWeekdays: Set<NthWeekday>
    /// Whether both day fields have to match.
    let bothDays: Bool
    /// Whether the minute or the hour starts with `*`: such a job follows elapsed minutes through a change of the clock.
    let isWildcard: Bool

    struct NthWeekday: Hashable, Sendable {
        /// 0 is Sunday.
        let weekday: Int
        /// 1 to 5, or −1 for the last.
        let nth: Int
    }

    /// How far the search for an occurrence goes.
    public static let horizonYears = 50

    public init(_ text: some StringProtocol) throws(CronError) {
        self = try CronParser.parse(String(text))
    }

    public static func parse(_ text: some StringProtocol) throws(CronError) -> Cron { try Cron(text) }

    init(expression: String, fields: [CronField], starred: [Bool]) {
        self.expression = expression
        minutes = fields[0].bits
        hours = fields[1].bits
        days = fields[2].bits
        months = fields[3].bits
        weekdays = fields[4].bits
        lastDay = fields[2].lastDay
        lastWeekday = fields[2].lastWeekday
        nthWeekdays = fields[4].nthWeekdays
        bothDays = starred[2] || starred[4]
        isWildcard = starred[0] || starred[1]
    }

    public static func == (a: Cron, b: Cron) -> Bool { a.expression == b.expression }
    public func hash(into hasher: inout Hasher) { hasher.combine(expression) }
}

/// What one field allows.
struct CronField {
    var bits: UInt64 = 0
    var lastDay = false
    var lastWeekday = false
    var nthWeekdays: Set<Cron.NthWeekday> = []
}
