@testable import Almanac

/// The table of RFC 5545, 3.3.10, read day by day: slow, and without any of the arithmetic that it checks.
struct RRuleOracle {
    let rule: RRule
    let start: CivilDateTime
    let zone: Zone

    private func weekOne(_ year: Int) -> CivilDate {
        var day = CivilDate(year: year, month: 1, day: 4)!
        while day.weekday != rule.weekStart { day = day.adding(days: -1) }
        return day
    }

    private func weekYear(_ day: CivilDate) -> Int {
        if day >= weekOne(day.year + 1) { return day.year + 1 }
        return day < weekOne(day.year) ? day.year - 1 : day.year
    }

    /// Which year, month, week or day a day belongs to, counted so that neighbours differ by one.
    private func period(_ day: CivilDate) -> Int {
        switch rule.frequency {
        case .yearly: return rule.weekNumbers.isEmpty ? day.year : weekYear(day)
        case .monthly: return day.year * 12 + day.month
        case .weekly:
            var first = day
            while first.weekday != rule.weekStart { first = first.adding(days: -1) }
            return first.days(since: CivilDate(year: 1, month: 1, day: rule.weekStart)!) / 7
        default: return Int(day.daysSinceEpoch)
        }
    }

    private func listed(_ list: [Int], _ value: Int, of size: Int) -> Bool {
        list.isEmpty || list.contains(value) || list.contains(value - size - 1)
    }

    private func matches(_ day: CivilDate) -> Bool {
        let yearLength = CivilDate.isLeap(year: day.year) ? 366 : 365
        let monthLength = CivilDate.daysInMonth(year: day.year, month: day.month)
        guard rule.months.isEmpty || rule.months.contains(day.month) else { return false }
        guard listed(rule.yearDays, day.dayOfYear, of: yearLength) else { return false }
        guard listed(rule.monthDays, day.day, of: monthLength) else { return false }
        if !rule.weekNumbers.isEmpty {
            let year = weekYear(day)
            let weeks = weekOne(year + 1).days(since: weekOne(year)) / 7
            guard listed(rule.weekNumbers, day.days(since: weekOne(year)) / 7 + 1, of: weeks) else { return false }
        }
        let inYear = rule.frequency == .yearly && rule.months.isEmpty
        let (place, size) = inYear ? (day.dayOfYear, yearLength) : (day.day, monthLength)
        let ranks = [0, (place - 1) / 7 + 1, -((size - place) / 7 + 1)]
        guard
            rule.weekdays.isEmpty
                || rule.weekdays.contains(where: { $0.weekday == day.weekday && ranks.contains($0.nth) })
        else { return false }
        return matchesStart(day)
    }

    /// What the rule leaves open is the start's.
    private func matchesStart(_ day: CivilDate) -> Bool {
        guard rule.weekdays.isEmpty, rule.monthDays.isEmpty, rule.yearDays.isEmpty else { return true }
        switch rule.frequency {
        case .weekly: return day.weekday == start.date.weekday
        case .monthly: return day.day == start.date.day
        case .yearly where !rule.weekNumbers.isEmpty: return day.weekday == start.date.weekday
        case .yearly where rule.months.isEmpty: return day.month == start.date.month && day.day == start.date.day
        case .yearly: return day.day == start.date.day
        default: return true
        }
    }

    /// Occurrences up to a day, as instants.
    func instants(through end: CivilDate) -> [Instant] {
        func own(_ list: [Int], _ value: Int) -> [Int] { list.isEmpty ? [value] : list }
        var times: [LocalTime] = []
        for hour in own(rule.hours, start.time.hour) {
            for minute in own(rule.minutes, start.time.minute) {
                for second in own(rule.seconds, start.time.second) {
                    times.append(LocalTime(hour: hour, minute: minute, second: second)!)
                }
            }
        }
        let base = period(start.date)
        var sets: [Int: [CivilDateTime]] = [:]
        // A year on both sides, so that the sets of the first and last periods are whole.
        var day = start.date.adding(days: -380)
        while day <= end.adding(days: 380) {
            let own = period(day)
            if own >= base, (own - base) % rule.interval == 0, matches(day) {
                sets[own, default: []] += times.map { CivilDateTime(date: day, time: $0) }
            }
            day = day.adding(days: 1)
        }
        var locals: [CivilDateTime] = []
        for own in sets.keys.sorted() {
            let set = sets[own]!.sorted()
            for (index, local) in set.enumerated()
            where listed(rule.positions, index + 1, of: set.count) && local >= start { locals.append(local) }
        }
        if let count = rule.count { locals = Array(locals.prefix(count)) }
        var found = locals.filter { $0.date <= end }.map { zone.resolve($0) }
        if case .utc(let until) = rule.until { found.removeAll { $0 > until } }
        if case .date(let until) = rule.until {
            found.removeAll { $0 > zone.resolve(until, LocalTime(hour: 23, minute: 59, second: 59)!) }
        }
        for case .local(let gone) in rule.exclusions { found.removeAll { $0 == zone.resolve(gone) } }
        return Set(found).sorted()
    }
}

extension SeededGenerator {
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    mutating func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &self)] }

    mutating func list(_ range: ClosedRange<Int>, most: Int) -> String {
        var numbers: Set<Int> = []
        for _ in 0..<Int.random(in: 1...most, using: &self) {
            let number = Int.random(in: range, using: &self)
            numbers.insert(number == 0 && range.lowerBound < 0 ? 1 : number)
        }
        return numbers.map(String.init).joined(separator: ",")
    }

    /// A rule of days or more, valid by its making.
    mutating func rrule() -> String {
        let frequency = pick(["YEARLY", "YEARLY", "MONTHLY", "MONTHLY", "WEEKLY", "DAILY"])
        var parts = ["FREQ=\(frequency)"]
        var hasList = false
        func by(_ part: String, _ value: String) {
            parts.append("BY\(part)=\(value)")
            hasList = true
        }
        if chance(40) { parts.append("INTERVAL=\(pick([2, 2, 3, 4, 7, 10, 13]))") }
        if chance(25) { by("MONTH", list(1...12, most: 4)) }
        let isYearly = frequency == "YEARLY"
        let byWeek = isYearly && chance(25)
        if byWeek { by("WEEKNO", list(-53...53, most: 4)) }
        if isYearly, chance(15) { by("YEARDAY", list(-366...366, most: 6)) }
        if frequency != "WEEKLY", chance(25) { by("MONTHDAY", list(-31...31, most: 5)) }
        if chance(50) {
            let ranked = (isYearly && !byWeek || frequency == "MONTHLY") && chance(40)
            let days = (0..<Int.random(in: 1...4, using: &self)).map { _ in
                (ranked ? pick(["1", "-1", "2", "3", "-2", "5", "+4"]) : "") + pick(RRuleParser.dayNames)
            }
            by("DAY", days.joined(separator: ","))
        }
        if chance(25) { by("HOUR", list(0...23, most: 3)) }
        if chance(20) { by("MINUTE", list(0...59, most: 3)) }
        if chance(30) { parts.append("WKST=\(pick(RRuleParser.dayNames))") }
        if hasList, chance(25) { parts.append("BYSETPOS=\(list(-6...6, most: 3))") }
        if chance(25) {
            parts.append("COUNT=\(Int.random(in: 1...40, using: &self))")
        } else if chance(20) {
            parts.append(pick(["UNTIL=20290315T120000Z", "UNTIL=20290331"]))
        }
        return parts.joined(separator: ";")
    }
}
