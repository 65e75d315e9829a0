/// Which days people work: Monday to Friday, less the days off, plus the make-up workdays of a named calendar.
///
/// A calendar knows only the years that it covers; in other years Monday to Friday is used, and `coverageGap` tells so.
public struct WorkingCalendar: Hashable, Sendable {
    public let name: String
    /// The years with known holidays, ascending; nil where the calendar holds for all years (`MON-FRI`).
    public let coveredYears: [Int]?
    /// Days that differ from the Monday-to-Friday rule, ascending.
    private let exceptions: [Int32]
    /// For each exception the sum of the corrections up to and with it: +1 a make-up workday, −1 a day off.
    private let corrections: [Int32]

    public static let mondayToFriday = WorkingCalendar(name: "MON-FRI", exceptions: [], coveredYears: nil)
    /// Mainland China: days off and make-up workdays of the State Council notices.
    public static let china = WorkingCalendar(
        name: "CN", off: ChinaHolidays.off, work: ChinaHolidays.work, coveredYears: Array(ChinaHolidays.years))

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
        let worked = Set(work)
        let days = off.filter { $0.weekday <= 5 && !worked.contains($0) } + work.filter { $0.weekday > 5 }
        self.init(name: name, exceptions: Set(days).sorted(), coveredYears: Set(coveredYears).sorted())
    }

    private init(name: String, exceptions: [CivilDate], coveredYears: [Int]?) {
        self.name = name
        self.coveredYears = coveredYears
        self.exceptions = exceptions.map(\.daysSinceEpoch)
        var sum: Int32 = 0
        corrections = exceptions.map { day in
            sum += day.weekday > 5 ? 1 : -1
            return sum
        }
    }

    /// This calendar with the years that `other` covers taken from there: a newer file beats the built-in table.
    public func overridden(by other: WorkingCalendar, name: String) -> WorkingCalendar {
        let newer = Set(other.coveredYears ?? [])
        let kept = dates.filter { !newer.contains($0.year) } + other.dates.filter { newer.contains($0.year) }
        return WorkingCalendar(
            name: name, exceptions: kept.sorted(), coveredYears: newer.union(coveredYears ?? []).sorted())
    }

    private var dates: [CivilDate] { exceptions.map { CivilDate(unchecked: Int($0)) } }

    public func isWorkday(_ date: CivilDate) -> Bool {
        let index = lastException(notAfter: date.daysSinceEpoch)
        let differs = index >= 0 && exceptions[index] == date.daysSinceEpoch
        return (date.weekday <= 5) != differs
    }

    public func covers(year: Int) -> Bool { coveredYears?.contains(year) ?? true }

    /// Years touched between two days, in any order and with both, that the calendar does not cover.
    public func coverageGap(from start: CivilDate, to end: CivilDate) -> [Int] {
        guard coveredYears != nil else { return [] }
        return (min(start, end).year...max(start, end).year).filter { !covers(year: $0) }
    }

    private func lastException(notAfter day: Int32) -> Int {
        var low = -1
        var high = exceptions.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if exceptions[middle] <= day { low = middle } else { high = middle }
        }
        return low
    }

    /// Workdays up to and with a day, counted from a fixed origin; only differences mean anything.
    func workdaysThrough(_ date: CivilDate) -> Int {
        // Day −3 is a Monday, so whole weeks and the rest of one are easy to count from it.
        let sinceMonday = Int(date.daysSinceEpoch) + 3
        let base = floorDiv(sinceMonday, 7) * 5 + min(floorMod(sinceMonday, 7) + 1, 5)
        let index = lastException(notAfter: date.daysSinceEpoch)
        return base + (index < 0 ? 0 : Int(corrections[index]))
    }
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
        // Five workdays take a week; the longest holiday moves that by less than the slack.
        let guess = Int(date.daysSinceEpoch) + step * 7 / 5
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
    public func rolledBack(_ date: CivilDate) -> CivilDate { isWorkday(date) ? date : adding(workingDays: -1, to: date) }

    /// The day itself if it is a working day, else the nearest one after it.
    public func rolledForward(_ date: CivilDate) -> CivilDate { isWorkday(date) ? date : adding(workingDays: 1, to: date) }

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
            n > 0 ? adding(workingDays: n, to: first.adding(days: -1)) : adding(workingDays: n, to: last.adding(days: 1))
        return day >= first && day <= last ? day : nil
    }

    /// The nth working day of a month; −1 is the last.
    public func nthWorkday(_ n: Int, year: Int, month: Int) -> CivilDate? {
        guard let first = CivilDate(year: year, month: month, day: 1) else { return nil }
        return nthWorkday(n, from: first, through: first.adding(days: CivilDate.daysInMonth(year: year, month: month) - 1))
    }
}
