/// The days that a rule allows, as bits of a month: bit 1 is the first day.
///
/// All parts that name days meet here, each as one mask, so that a month costs a few machine words however many parts a
/// rule has.
struct RRuleDays: Sendable {
    let frequency: RRule.Frequency
    let interval: Int
    let startDay: Int
    let startPeriod: Int
    /// ISO weekday on which weeks begin.
    let weekStart: Int
    /// Bits 1 to 12.
    private let months: UInt32
    private let hasMonthDays: Bool
    private let monthDays: UInt64
    /// Bit 40 − n for the nth day from the end.
    private let monthDaysFromEnd: UInt64
    private let yearDays: [Int]
    /// For each ISO weekday of a month's first day the days with an allowed weekday; all where none is named.
    private let byFirstWeekday: SIMD8<UInt32>
    private let ranked: [RRule.Weekday]
    /// Whether ranks count within the year.
    private let ranksInYear: Bool
    private let weekNumbers: [Int]

    static let allDays: UInt32 = 0xFFFF_FFFE

    init(_ rule: RRule, start: CivilDate) {
        frequency = rule.frequency
        interval = rule.interval
        startDay = Int(start.daysSinceEpoch)
        weekStart = rule.weekStart
        weekNumbers = rule.weekNumbers
        yearDays = rule.yearDays
        let hasDay = !rule.weekdays.isEmpty || !rule.monthDays.isEmpty || !rule.yearDays.isEmpty
        let isYearly = rule.frequency == .yearly
        // What the rule does not say is the start's (3.3.10).
        let takesMonthDay = !hasDay && (rule.frequency == .monthly || isYearly && rule.weekNumbers.isEmpty)
        let takesWeekday = !hasDay && (rule.frequency == .weekly || isYearly && !rule.weekNumbers.isEmpty)
        let months = takesMonthDay && isYearly && rule.months.isEmpty ? [start.month] : rule.months
        let monthDays = takesMonthDay ? [start.day] : rule.monthDays
        let plain = takesWeekday ? [start.weekday] : rule.weekdays.filter { $0.nth == 0 }.map(\.weekday)
        self.months = months.isEmpty ? 0x1FFE : months.reduce(0) { $0 | 1 << UInt32($1) }
        hasMonthDays = !monthDays.isEmpty
        self.monthDays = monthDays.filter { $0 > 0 }.reduce(0) { $0 | 1 << UInt64($1) }
        monthDaysFromEnd = monthDays.filter { $0 < 0 }.reduce(0) { $0 | 1 << UInt64(40 + $1) }
        ranked = rule.weekdays.filter { $0.nth != 0 }
        ranksInYear = isYearly && rule.months.isEmpty
        byFirstWeekday = RRuleDays.weekdayMasks(plain, open: plain.isEmpty && ranked.isEmpty)
        startPeriod = RRuleDays.period(
            of: startDay, rule.frequency, weekStart: rule.weekStart, byWeek: !rule.weekNumbers.isEmpty)
    }

    private static func weekdayMasks(_ weekdays: [Int], open: Bool) -> SIMD8<UInt32> {
        var masks = SIMD8<UInt32>(repeating: open ? allDays : 0)
        guard !open else { return masks }
        for first in 1...7 {
            for weekday in weekdays {
                // Days of one weekday are seven apart.
                masks[first] |= UInt32(truncatingIfNeeded: 0x1020_4081 << UInt64(1 + floorMod(weekday - first, 7)))
            }
        }
        return masks
    }

    // MARK: Periods

    /// The year, month, week or day of the day, counted from some fixed origin.
    func period(of day: Int) -> Int {
        RRuleDays.period(of: day, frequency, weekStart: weekStart, byWeek: !weekNumbers.isEmpty)
    }

    private static func period(of day: Int, _ frequency: RRule.Frequency, weekStart: Int, byWeek: Bool) -> Int {
        switch frequency {
        case .yearly where byWeek: return weekYear(of: day, weekStart)
        case .yearly: return CivilDate(unchecked: day).year
        case .monthly:
            let parts = CivilDate(unchecked: day).components
            return parts.year * 12 + parts.month - 1
        case .weekly: return week(of: day, weekStart)
        default: return day
        }
    }

    /// Weeks counted so that a week is one number; day −3 is a Monday.
    private static func week(of day: Int, _ weekStart: Int) -> Int { floorDiv(day + 4 - weekStart, 7) }
    private static func firstDay(ofWeek week: Int, _ weekStart: Int) -> Int { week * 7 - 4 + weekStart }

    /// The first day of week 1, which is the week that holds 4 January.
    private static func weekOne(of year: Int, _ weekStart: Int) -> Int {
        firstDay(ofWeek: week(of: CivilDate.dayNumber(year: year, month: 1, day: 4), weekStart), weekStart)
    }

    /// The year that a day's week belongs to.
    private static func weekYear(of day: Int, _ weekStart: Int) -> Int {
        let year = CivilDate(unchecked: day).year
        if day >= weekOne(of: year + 1, weekStart) { return year + 1 }
        return day < weekOne(of: year, weekStart) ? year - 1 : year
    }

    private func steps(toActive period: Int) -> Int { interval == 1 ? 0 : floorMod(startPeriod - period, interval) }

    // MARK: Masks

    /// The allowed days of a month. `interval` is applied for days and weeks only: months and years are stepped over.
    func mask(year: Int, month: Int) -> UInt32 {
        guard months >> UInt32(month) & 1 == 1 else { return 0 }
        let length = CivilDate.daysInMonth(year: year, month: month)
        let first = CivilDate.dayNumber(year: year, month: month, day: 1)
        let firstWeekday = floorMod(first + 3, 7) + 1
        var weekdayBits = byFirstWeekday[firstWeekday]
        if !ranked.isEmpty { weekdayBits |= rankedBits(year, first, length, firstWeekday) }
        var bits = weekdayBits & UInt32((UInt64(1) << UInt64(length + 1)) - 2)
        if hasMonthDays {
            bits &= UInt32(truncatingIfNeeded: monthDays | monthDaysFromEnd >> UInt64(39 - length))
        }
        if !yearDays.isEmpty { bits &= yearDayBits(year, first, length) }
        if interval > 1 { bits &= activeBits(first, length) }
        return bits
    }

    private func rankedBits(_ year: Int, _ first: Int, _ length: Int, _ firstWeekday: Int) -> UInt32 {
        var bits: UInt32 = 0
        let yearStart = ranksInYear ? CivilDate.dayNumber(year: year, month: 1, day: 1) : first
        let span = ranksInYear ? (CivilDate.isLeap(year: year) ? 366 : 365) : length
        let spanWeekday = ranksInYear ? floorMod(yearStart + 3, 7) + 1 : firstWeekday
        for item in ranked {
            let one = floorMod(item.weekday - spanWeekday, 7)
            let offset = item.nth > 0 ? one + 7 * (item.nth - 1) : one + (span - 1 - one) / 7 * 7 + 7 * (item.nth + 1)
            guard offset >= 0, offset < span else { continue }
            let day = yearStart + offset - first
            if day >= 0, day < length { bits |= 1 << UInt32(day + 1) }
        }
        return bits
    }

    private func yearDayBits(_ year: Int, _ first: Int, _ length: Int) -> UInt32 {
        var bits: UInt32 = 0
        let yearStart = CivilDate.dayNumber(year: year, month: 1, day: 1)
        let yearLength = CivilDate.isLeap(year: year) ? 366 : 365
        for item in yearDays {
            let day = yearStart + (item > 0 ? item - 1 : yearLength + item) - first
            if day >= 0, day < length { bits |= 1 << UInt32(day + 1) }
        }
        return bits
    }

    private func activeBits(_ first: Int, _ length: Int) -> UInt32 {
        var bits: UInt32 = 0
        if frequency == .daily {
            var day = steps(toActive: first)
            while day < length {
                bits |= 1 << UInt32(day + 1)
                day += interval
            }
            return bits
        }
        guard frequency == .weekly else { return RRuleDays.allDays }
        var week = RRuleDays.week(of: first, weekStart)
        week += steps(toActive: week)
        while true {
            let start = RRuleDays.firstDay(ofWeek: week, weekStart) - first
            if start >= length { return bits }
            for day in max(start, 0)..<min(start + 7, length) { bits |= 1 << UInt32(day + 1) }
            week += interval
        }
    }

    // MARK: The next day

    /// The first allowed day from `day` through `last`, as days since 1970. `day` is not before the start's period.
    func next(onOrAfter day: Int, through last: Int) -> Int? {
        if !weekNumbers.isEmpty { return nextInWeeks(onOrAfter: day, through: last) }
        var (year, month, dayOfMonth) = CivilDate(unchecked: day).components
        while year <= 9999 {
            if interval > 1 { stepToActive(&year, &month, &dayOfMonth) }
            if months >> UInt32(month) & 1 == 0 {
                let later = months >> UInt32(month)
                if later == 0 {
                    (year, month, dayOfMonth) = (year + 1, 1, 1)
                } else {
                    (month, dayOfMonth) = (month + later.trailingZeroBitCount, 1)
                }
                continue
            }
            let first = CivilDate.dayNumber(year: year, month: month, day: 1)
            if first > last { return nil }
            let bits = mask(year: year, month: month) & (RRuleDays.allDays << UInt32(dayOfMonth - 1))
            if bits != 0 {
                let found = first + bits.trailingZeroBitCount - 1
                return found <= last ? found : nil
            }
            (year, month, dayOfMonth) = month == 12 ? (year + 1, 1, 1) : (year, month + 1, 1)
        }
        return nil
    }

    /// Moves on to the first day of the next active period, where the day lies in none.
    private func stepToActive(_ year: inout Int, _ month: inout Int, _ day: inout Int) {
        switch frequency {
        case .yearly:
            let steps = steps(toActive: year)
            if steps > 0 { (year, month, day) = (year + steps, 1, 1) }
        case .monthly:
            let index = year * 12 + month - 1
            let steps = steps(toActive: index)
            if steps > 0 { (year, month, day) = ((index + steps) / 12, (index + steps) % 12 + 1, 1) }
        case .weekly, .daily:
            let number = CivilDate.dayNumber(year: year, month: month, day: day)
            let period = period(of: number)
            let steps = steps(toActive: period)
            guard steps > 0 else { return }
            let moved = frequency == .daily ? number + steps : RRuleDays.firstDay(ofWeek: period + steps, weekStart)
            // Beyond the supported years the year alone ends the search.
            guard moved <= Int(CivilDate.latest.daysSinceEpoch) else {
                year = 10_000
                return
            }
            (year, month, day) = CivilDate(unchecked: moved).components
        default: break
        }
    }

    // MARK: Weeks of a year

    private func nextInWeeks(onOrAfter day: Int, through last: Int) -> Int? {
        var year = RRuleDays.weekYear(of: day, weekStart)
        year += steps(toActive: year)
        while year <= 9999 {
            let start = RRuleDays.weekOne(of: year, weekStart)
            if start > last { return nil }
            let weeks = (RRuleDays.weekOne(of: year + 1, weekStart) - start) / 7
            var allowed = weekBits(weeks)
            while allowed != 0 {
                let first = start + (allowed.trailingZeroBitCount - 1) * 7
                allowed &= allowed - 1
                guard first + 6 >= day else { continue }
                for candidate in max(first, day)...first + 6 where isAllowed(candidate) {
                    return candidate <= last ? candidate : nil
                }
            }
            year += interval
        }
        return nil
    }

    /// Bits 1 to 53.
    private func weekBits(_ weeks: Int) -> UInt64 {
        var bits: UInt64 = 0
        for item in weekNumbers {
            let week = item > 0 ? item : weeks + 1 + item
            if week >= 1, week <= weeks { bits |= 1 << UInt64(week) }
        }
        return bits
    }

    private func isAllowed(_ day: Int) -> Bool {
        let parts = CivilDate(clampingDays: day).components
        return mask(year: parts.year, month: parts.month) >> UInt32(parts.day) & 1 == 1
    }

    // MARK: The days of one period, for BYSETPOS

    /// The allowed days of the year, month or week that a day lies in.
    func period(around day: Int) -> RRulePeriod {
        let parts = CivilDate(unchecked: day).components
        switch frequency {
        case .monthly:
            return RRulePeriod(months: 1, from: parts.year * 12 + parts.month - 1, mask: mask, last: nil)
        case .yearly where weekNumbers.isEmpty:
            return RRulePeriod(months: 12, from: parts.year * 12, mask: mask, last: nil)
        case .yearly:
            let year = RRuleDays.weekYear(of: day, weekStart)
            let start = RRuleDays.weekOne(of: year, weekStart)
            let end = RRuleDays.weekOne(of: year + 1, weekStart)
            let allowed = weekBits((end - start) / 7)
            var period = RRulePeriod(months: 14, from: year * 12 - 1, mask: mask, last: end - 1)
            period.keep { $0 >= start && $0 < end && allowed >> UInt64(($0 - start) / 7 + 1) & 1 == 1 }
            return period
        default:
            let start = RRuleDays.firstDay(ofWeek: RRuleDays.week(of: day, weekStart), weekStart)
            let first = CivilDate(clampingDays: start).components
            var period = RRulePeriod(months: 2, from: first.year * 12 + first.month - 1, mask: mask, last: start + 6)
            period.keep { $0 >= start && $0 < start + 7 }
            return period
        }
    }
}
