// What a schedule passes over or leaves unused: no error, but rarely what was meant.

/// Months or years without the day of a schedule: nothing rings in them.
public struct SkippedDay: Hashable, Sendable {
    /// 29, 30 or 31.
    public let day: Int
    /// Whether it is 29 February of a yearly schedule.
    public let isLeapDay: Bool
    /// What to write for the last day instead, in the form of the schedule; nil where it has no short one.
    public let instead: Every?
    public let insteadText: String?

    init(day: Int, isLeapDay: Bool = false, instead: Every? = nil, insteadText: String? = nil) {
        self.day = day
        self.isLeapDay = isLeapDay
        self.instead = instead
        self.insteadText = insteadText
    }

    /// The form to write instead, in the language where the form has words.
    public func form(_ language: AlmanacLanguage) -> String? { instead?.text(language) ?? insteadText }
}

extension Schedule {
    /// The day that some months or years of the schedule lack, where one is named alone: of a run of days that reaches
    /// the end of the month (`28-31`) nothing is missed.
    public var skippedDay: SkippedDay? {
        switch recurrence {
        case .every(let every): every.skippedDay(from: from)
        case .cron(let cron): cron.skippedDay
        case .rrule(let series):
            series.dayOfLongMonths.map { SkippedDay(day: $0, insteadText: "BYMONTHDAY=-1") }
        }
    }
}

extension Every {
    func skippedDay(from: CivilDate?) -> SkippedDay? {
        guard case .months(let length, let every, let rule) = cadence else { return nil }
        let members = rule.members
        if members.contains(.date(month: 2, day: 29)) {
            let time = at ?? .nine
            return SkippedDay(day: 29, isLeapDay: true, insteadText: "cron: \"\(time.minute) \(time.hour) L 2 *\"")
        }
        guard let days = members.lazy.compactMap({ if case .days(let days) = $0 { days } else { nil } }).first else {
            return nil
        }
        // Windows begin in these months; a quarter or a year begins with that of the calendar.
        let start = ((from?.month ?? 1) - 1) / length * length
        let months = Set((0..<12).map { (start + $0 * every) % 12 + 1 })
        let lone = days.filter { day in
            !days.contains(day - 1) && months.contains { day > CivilDate.daysInMonth(year: 2001, month: $0) }
        }
        guard let day = lone.first(where: { $0 > 28 }) else { return nil }
        guard length == 1 else { return SkippedDay(day: day) }
        let kept = days.filter { !lone.contains($0) || $0 <= 28 }
        let rules = (kept.isEmpty ? [] : [DayRule.days(kept)]) + members.filter { $0 != .days(days) }
        let last = DayRule.nthDay(-1)
        let all = rules.contains(last) ? rules : rules + [last]
        let instead = Every(
            cadence: .months(length: 1, every: every, on: all.count == 1 ? all[0] : .several(all)), at: at)
        return SkippedDay(day: day, instead: instead)
    }
}

extension Cron {
    /// Days that stand alone in their field; ranges and steps are left to whoever writes them.
    var skippedDay: SkippedDay? {
        var fields = expression.split(separator: " ").map(String.init)
        let items = fields[2].split(separator: ",").map(String.init)
        let lone = items.filter { item in
            guard let day = Int(item), day > 28, days >> UInt64(day - 1) & 1 == 0 else { return false }
            return (1...12).contains {
                months >> UInt64($0) & 1 == 1 && day > CivilDate.daysInMonth(year: 2001, month: $0)
            }
        }
        guard let day = lone.first.flatMap({ Int($0) }) else { return nil }
        let kept = items.filter { !lone.contains($0) && $0.uppercased() != "L" }
        fields[2] = (kept + ["L"]).joined(separator: ",")
        let isLeapDay = months == 1 << 2
        return SkippedDay(day: day, isLeapDay: isLeapDay, insteadText: fields.joined(separator: " "))
    }
}

/// Why a time of day that stands beside a schedule does not count.
public enum UnusedTime: Hashable, Sendable {
    /// The text has its own time.
    case own(LocalTime)
    /// Minutes and hours are counted, there is no time of day.
    case interval
    /// A cron expression always has its times.
    case cron
    /// `BYHOUR` gives the hours of a recurrence rule; `minutesCount` where no `BYMINUTE` gives the minutes.
    case hours(minutesCount: Bool)
}

extension Schedule {
    /// Why `time`, written beside the schedule as its time of day, is not the time at which it rings; nil where it is.
    public func unused(_ time: LocalTime) -> UnusedTime? {
        switch recurrence {
        case .every(let every):
            if every.isInterval { return .interval }
            return every.at.flatMap { $0 == time ? nil : .own($0) }
        case .cron: return .cron
        case .rrule(let series):
            let (hours, minutes) = (series.rule.hours, series.rule.minutes)
            guard !hours.isEmpty, !hours.contains(time.hour) else { return nil }
            return .hours(minutesCount: minutes.isEmpty)
        }
    }
}
