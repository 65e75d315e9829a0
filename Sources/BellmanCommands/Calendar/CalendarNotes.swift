import Almanac

/// What is to be said of a day on which something rings.
struct CalendarNotes {
    let schedule: Schedule
    let calendar: WorkingCalendar

    /// Days that a holiday can push a working day along.
    private static let farthest = 16

    /// Of a schedule that keeps to working days: the holiday that the day comes after, or before where days are
    /// counted from the end; of any other: whether the day is off.
    func text(_ day: CivilDate) -> String {
        covers(day) ? CalendarNotes.text(day, calendar) + moved(day) : CalendarWords.unknown(day.year)
    }

    /// Whether the schedule knows what it says of this day.
    func covers(_ day: CivilDate) -> Bool {
        let start = schedule.zone.startOfDay(day)
        return schedule.coverageGap(through: start, after: start).isEmpty
    }

    private func moved(_ day: CivilDate) -> String {
        guard case .every(let every) = schedule.recurrence, every.needsCalendar, calendar.isWorkday(day) else {
            return ""
        }
        var step = -1
        if case .months(_, _, .nthWorkingDay(let nth)) = every.cadence, nth < 0 { step = 1 }
        var names: [String] = []
        for distance in 1...CalendarNotes.farthest {
            let other = day.adding(days: step * distance)
            if calendar.isWorkday(other) { break }
            let name = CalendarWords.name(of: calendar.reason(other))
            if !name.isEmpty, !names.contains(name) { names.append(name) }
        }
        guard !names.isEmpty else { return "" }
        let list = names.map(CalendarWords.holiday).joined(separator: Words.pick(", ", "、"))
        let words = step < 0 ? Words.pick("after \(list)", "在\(list)之后") : Words.pick("before \(list)", "在\(list)之前")
        let own = CalendarNotes.text(day, calendar)
        return own.isEmpty ? words : Words.pick(", ", "，") + words
    }

    /// Nothing for ordinary days of the week.
    static func text(_ day: CivilDate, _ calendar: WorkingCalendar) -> String {
        let reason = calendar.reason(day)
        return switch reason {
        case .weekday: ""
        default: CalendarWords.why(reason)
        }
    }
}
