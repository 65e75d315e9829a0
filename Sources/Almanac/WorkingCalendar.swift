/// Which days people work: the days of the week without its weekend, less the days off, plus the make-up workdays.
///
/// A calendar knows only the years that it covers; in other years its week alone is used, and `coverageGap` tells so.
/// Copies share one table.
public struct WorkingCalendar: Sendable {
    /// What people call it: `CN`, `MON-FRI`, or the entries of `calendar:`.
    public let name: String
    private let table: Table

    /// What makes a day differ from its week.
    struct NamedDay: Hashable, Sendable {
        let isWorkday: Bool
        let name: String
        /// The file that says so; empty for what is built in.
        let source: String
    }

    private final class Table: Sendable {
        let weekend: Weekend
        let coveredYears: [Int]?
        let sources: [Int: [String]]
        let days: [CivilDate: NamedDay]
        let files: [String]
        let fingerprint: String
        /// Days that differ from their week, ascending.
        let exceptions: [Int32]
        /// For each exception the sum of the corrections up to and with it: +1 a make-up workday, −1 a day off.
        let corrections: [Int32]
        /// Working days of the plain week before each weekday; the last is the whole week.
        let weekSums: [Int]

        init(weekend: Weekend, days: [CivilDate: NamedDay], years: [Int: [String]]?, files: [String]) {
            self.weekend = weekend
            self.days = days
            self.files = files
            coveredYears = years?.keys.sorted()
            sources = years ?? [:]
            let differing = days.filter { $1.isWorkday == weekend.contains(weekday: $0.weekday) }.keys.sorted()
            exceptions = differing.map(\.daysSinceEpoch)
            var sum: Int32 = 0
            corrections = differing.map { day in
                sum += weekend.contains(weekday: day.weekday) ? 1 : -1
                return sum
            }
            fingerprint = Table.fingerprint(weekend, exceptions)
            weekSums = (0...7).map { count in (1...7).count { $0 <= count && !weekend.contains(weekday: $0) } }
        }

        /// FNV-1a (Fowler, Noll, Vo).
        private static func fingerprint(_ weekend: Weekend, _ exceptions: [Int32]) -> String {
            var hash: UInt64 = 0xcbf2_9ce4_8422_2325
            for number in weekend.weekdays.map(Int32.init) + [0] + exceptions {
                hash = (hash ^ UInt64(UInt32(bitPattern: number))) &* 0x100_0000_01b3
            }
            return String(hash, radix: 36)
        }
    }

    /// A short text that changes with any day's being a working day or not, whatever it is called, and stays the same
    /// from one start to the next.
    public var fingerprint: String { table.fingerprint }

    public static let mondayToFriday = WorkingCalendar(
        name: "MON-FRI", weekend: .saturdaySunday, days: [:], years: nil)
    /// Mainland China: days off and make-up workdays of the State Council notices.
    public static let china = WorkingCalendar(
        name: "CN", weekend: .saturdaySunday,
        days: ChinaHolidays.facts.days.mapValues { NamedDay(isWorkday: $0.isWorkday, name: $0.name, source: "") },
        years: Dictionary(uniqueKeysWithValues: ChinaHolidays.years.map { ($0, [""]) }))

    public static let builtInNames = ["CN", "MON-FRI"]

    /// A built-in calendar by name, letter case ignored.
    public static func named(_ name: String) -> WorkingCalendar? {
        switch name.uppercased() {
        case "CN": .china
        case "MON-FRI": .mondayToFriday
        default: nil
        }
    }

    /// A day named both off and work is work: a make-up day is the later and more particular word.
    public init(name: String, off: [CivilDate], work: [CivilDate], coveredYears: [Int]) {
        var days: [CivilDate: NamedDay] = [:]
        for day in off { days[day] = NamedDay(isWorkday: false, name: "", source: "") }
        for day in work { days[day] = NamedDay(isWorkday: true, name: "", source: "") }
        let years = Dictionary(coveredYears.map { ($0, [""]) }, uniquingKeysWith: { first, _ in first })
        self.init(name: name, weekend: .saturdaySunday, days: days, years: years)
    }

    init(
        name: String, weekend: Weekend, days: [CivilDate: NamedDay], years: [Int: [String]]?, files: [String] = []
    ) {
        self.name = name
        table = Table(weekend: weekend, days: days, years: years, files: files)
    }

    /// The files that it is made of, in the order of the list.
    public var files: [String] { table.files }

    public var weekend: Weekend { table.weekend }

    /// The years with known holidays, ascending; nil where the calendar holds for all years (`MON-FRI`).
    public var coveredYears: [Int]? { table.coveredYears }

    public func isWorkday(_ date: CivilDate) -> Bool {
        let index = lastException(notAfter: date.daysSinceEpoch)
        let differs = index >= 0 && table.exceptions[index] == date.daysSinceEpoch
        return table.weekend.contains(weekday: date.weekday) == differs
    }

    public func covers(year: Int) -> Bool {
        // Years are few and mostly without gaps; a search costs more than it saves.
        table.coveredYears.map { $0.contains(year) } ?? true
    }

    /// Years touched between two days, in any order and with both, that the calendar does not cover.
    public func coverageGap(from start: CivilDate, to end: CivilDate) -> [Int] {
        guard table.coveredYears != nil else { return [] }
        return (min(start, end).year...max(start, end).year).filter { !covers(year: $0) }
    }

    private func lastException(notAfter day: Int32) -> Int {
        var low = -1
        var high = table.exceptions.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if table.exceptions[middle] <= day { low = middle } else { high = middle }
        }
        return low
    }

    /// Workdays up to and with a day, counted from a fixed origin; only differences mean anything.
    func workdaysThrough(_ date: CivilDate) -> Int {
        // Day −3 is a Monday, so whole weeks and the rest of one are easy to count from it.
        let sinceMonday = Int(date.daysSinceEpoch) + 3
        let sums = table.weekSums
        let base = floorDiv(sinceMonday, 7) * sums[7] + sums[floorMod(sinceMonday, 7) + 1]
        let index = lastException(notAfter: date.daysSinceEpoch)
        return base + (index < 0 ? 0 : Int(table.corrections[index]))
    }
}

extension WorkingCalendar: Hashable {
    /// Two calendars are equal where they have one name and no day tells them apart.
    public static func == (a: WorkingCalendar, b: WorkingCalendar) -> Bool {
        if a.table === b.table { return a.name == b.name }
        return a.name == b.name && a.table.weekend == b.table.weekend && a.table.exceptions == b.table.exceptions
            && a.table.coveredYears == b.table.coveredYears
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension WorkingCalendar: CustomStringConvertible {
    public var description: String { name }
}

extension WorkingCalendar {
    /// Why a day is a working day or not.
    public enum Reason: Hashable, Sendable {
        /// An ordinary day of the week.
        case weekday
        case weekend
        /// Off by its source. The name may be empty.
        case holiday(name: String, source: String)
        /// Worked although it is a day of the weekend.
        case makeUp(name: String, source: String)
    }

    public func reason(_ date: CivilDate) -> Reason {
        let isWeekend = table.weekend.contains(weekday: date.weekday)
        guard let day = table.days[date] else { return isWeekend ? .weekend : .weekday }
        if !day.isWorkday { return .holiday(name: day.name, source: day.source) }
        return isWeekend ? .makeUp(name: day.name, source: day.source) : .weekday
    }

    /// Days that a source names in a span of days, ascending: days off, also those on a weekend, and make-up workdays.
    public func namedDays(from first: CivilDate, through last: CivilDate) -> [(date: CivilDate, reason: Reason)] {
        table.days.keys.filter { $0 >= first && $0 <= last }.sorted().map { ($0, reason($0)) }
    }

    /// Years of which anything is known, covered or not, ascending.
    public var namedYears: [Int] { Set(table.days.keys.map(\.year) + (table.coveredYears ?? [])).sorted() }

    /// Where what is known of a covered year comes from: files, and an empty text for what is built in.
    public func sources(ofYear year: Int) -> [String] { table.sources[year] ?? [] }
}

extension WorkingCalendar {
    /// The nth working day strictly after (n > 0) or strictly before (n < 0); the day itself never counts, and it is not
    /// rolled first. n = 0 gives the day back. Past the supported years the last day of them is returned.
    public func adding(workingDays count: Int, to date: CivilDate) -> CivilDate {
        if count == 0 { return date }
        let limit = 4_000_000
        let bounded = min(max(count, -limit), limit)
        if bounded > 0 { return day(withCount: workdaysThrough(date) + bounded, near: date, step: bounded) }
        return day(withCount: workdaysThrough(date.adding(days: -1)) + bounded + 1, near: date, step: bounded)
    }

    /// The first day by whose end `count` workdays have passed.
    private func day(withCount count: Int, near date: CivilDate, step: Int) -> CivilDate {
        // A plain week has so many workdays; the longest holiday moves that by less than the slack.
        let guess = Int(date.daysSinceEpoch) + step * 7 / weekend.workdays
        var slack = 16
        var low = CivilDate(clampingDays: guess - slack)
        var high = CivilDate(clampingDays: guess + slack)
        while workdaysThrough(low) >= count, low > .earliest {
            slack *= 2
            low = low.adding(days: -slack)
        }
        while workdaysThrough(high) < count, high < .latest {
            slack *= 2
            high = high.adding(days: slack)
        }
        while high.days(since: low) > 1 {
            let middle = low.adding(days: high.days(since: low) / 2)
            if workdaysThrough(middle) >= count { high = middle } else { low = middle }
        }
        return high
    }

    /// The day itself if it is a working day, else the nearest one before it.
    public func rolledBack(_ date: CivilDate) -> CivilDate {
        isWorkday(date) ? date : adding(workingDays: -1, to: date)
    }

    /// The day itself if it is a working day, else the nearest one after it.
    public func rolledForward(_ date: CivilDate) -> CivilDate {
        isWorkday(date) ? date : adding(workingDays: 1, to: date)
    }

    /// Working days in the half-open span after `start` up to and with `end`; negative where `end` is earlier.
    public func workdays(from start: CivilDate, to end: CivilDate) -> Int {
        if end >= start { return workdaysThrough(end) - workdaysThrough(start) }
        // Counted back: the days from `end` up to the day before `start`.
        return -(workdaysThrough(start.adding(days: -1)) - workdaysThrough(end.adding(days: -1)))
    }

    /// The nth (n > 0) or the nth from the end (n < 0) working day of a span of days, or nil where it has fewer.
    public func nthWorkday(_ n: Int, from first: CivilDate, through last: CivilDate) -> CivilDate? {
        guard n != 0 else { return nil }
        let day =
            n > 0
            ? adding(workingDays: n, to: first.adding(days: -1)) : adding(workingDays: n, to: last.adding(days: 1))
        return day >= first && day <= last ? day : nil
    }

    /// The nth working day of a month; −1 is the last.
    public func nthWorkday(_ n: Int, year: Int, month: Int) -> CivilDate? {
        guard let first = CivilDate(year: year, month: month, day: 1) else { return nil }
        return nthWorkday(
            n, from: first, through: first.adding(days: CivilDate.daysInMonth(year: year, month: month) - 1))
    }
}
