extension Every {
    /// Where counting begins when `from` is not given: a Monday, so that weeks are whole.
    static let origin = CivilDate(unchecked: 4)

    /// How many empty windows in a row are looked at before giving up; 29 February comes after at most eight years.
    private static let emptyWindowLimit = 600

    /// The first day on or after `date` on which the schedule rings, or nil where none comes. Not for intervals.
    func nextDate(onOrAfter date: CivilDate, from base: CivilDate?, calendar: WorkingCalendar) -> CivilDate? {
        let start = base.map { max($0, date) } ?? date
        switch cadence {
        case .minutes: return nil
        case .days(let count):
            let past = start.days(since: base ?? Every.origin)
            return bounded(start, adding: floorMod(-past, count))
        case .workingDay: return calendar.rolledForward(start)
        case .weeks(let count, let weekdays): return nextWeekday(start, base ?? Every.origin, count, weekdays)
        case .months(let length, let every, let rule):
            return nextInMonths(start, base ?? .epoch, length: length, every: every, rule, calendar)
        }
    }

    private func bounded(_ date: CivilDate, adding days: Int) -> CivilDate? {
        days > CivilDate.latest.days(since: date) ? nil : date.adding(days: days)
    }

    private func nextWeekday(_ start: CivilDate, _ base: CivilDate, _ count: Int, _ weekdays: [Int]) -> CivilDate? {
        guard let first = weekdays.first else { return nil }
        let baseMonday = base.adding(days: 1 - base.weekday)
        let monday = start.adding(days: 1 - start.weekday)
        let weeksToGo = floorMod(-floorDiv(monday.days(since: baseMonday), 7), count)
        if weeksToGo == 0, let day = weekdays.first(where: { $0 >= start.weekday }) {
            return bounded(start, adding: day - start.weekday)
        }
        return bounded(monday, adding: (weeksToGo == 0 ? count : weeksToGo) * 7 + first - 1)
    }

    private func nextInMonths(
        _ start: CivilDate, _ base: CivilDate, length: Int, every: Int, _ rule: DayRule, _ calendar: WorkingCalendar
    ) -> CivilDate? {
        let parts = start.components
        let baseParts = base.components
        // Quarters and years are those of the calendar, whatever month `from` lies in.
        let baseMonth = baseParts.year * 12 + (baseParts.month - 1) / length * length
        var window = baseMonth + floorDiv(parts.year * 12 + parts.month - 1 - baseMonth, every) * every
        for _ in 0..<Every.emptyWindowLimit {
            if window >= 9999 * 12 { return nil }
            if window >= 12,
                let hit = rule.dates(window: window, length: length, calendar).first(where: { $0 >= start })
            {
                return hit
            }
            window += every
        }
        return nil
    }
}

extension Every.DayRule {
    /// The days in a window that begins with a month counted from year 0, ascending.
    func dates(window: Int, length: Int, _ calendar: WorkingCalendar) -> [CivilDate] {
        let (year, month) = (window / 12, window % 12 + 1)
        guard let first = CivilDate(year: year, month: month, day: 1) else { return [] }
        let size = first.adding(months: length - 1)
        let last = size.adding(days: CivilDate.daysInMonth(year: size.year, month: size.month) - 1)
        let found: CivilDate?
        switch self {
        case .several(let rules):
            return Set(rules.flatMap { $0.dates(window: window, length: length, calendar) }).sorted()
        case .days(let days): return days.compactMap { CivilDate(year: year, month: month, day: $0) }
        case .nthDay(let nth): found = nth > 0 ? first.adding(days: nth - 1) : last.adding(days: nth + 1)
        case .nthWorkingDay(let nth): found = calendar.nthWorkday(nth, from: first, through: last)
        case .nthWeekday(let nth, let weekday):
            found =
                nth > 0
                ? first.adding(days: floorMod(weekday - first.weekday, 7) + 7 * (nth - 1))
                : last.adding(days: -floorMod(last.weekday - weekday, 7) + 7 * (nth + 1))
        case .date(let month, let day): found = CivilDate(year: year, month: month, day: day)
        }
        return found.map { $0 >= first && $0 <= last ? [$0] : [] } ?? []
    }
}
