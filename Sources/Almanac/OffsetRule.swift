/// Where a milestone lies from a date: a signed period, the time of day for dates without one, the zone, the calendar.
public struct OffsetRule: Hashable, Sendable {
    /// Negative for "before".
    public let period: Period
    /// The local time at which a date-only value rings.
    public let at: LocalTime
    public let zone: Zone
    public let calendar: WorkingCalendar

    public init(period: Period, at: LocalTime = .nine, zone: Zone, calendar: WorkingCalendar = .mondayToFriday) {
        self.period = period
        self.at = at
        self.zone = zone
        self.calendar = calendar
    }

    /// A date-only value: the calendar parts move the date, `at` on that day is resolved, the exact part comes last.
    public func instant(for date: CivilDate) -> Instant {
        zone.resolve(period.moved(date, calendar: calendar), at).adding(microseconds: period.signedMicroseconds)
    }

    /// A value with a time: the calendar parts move its wall clock, which is resolved, the exact part comes last.
    public func instant(for timed: Instant) -> Instant {
        guard period.hasCalendarPart else { return timed.adding(microseconds: period.signedMicroseconds) }
        let local = zone.local(timed)
        return zone.resolve(period.moved(local.date, calendar: calendar), local.time)
            .adding(microseconds: period.signedMicroseconds)
            .adding(microseconds: Int64(timed.microsecondOfSecond))
    }

    /// Years that this offset of a date touches and the calendar does not cover.
    public func coverageGap(for date: CivilDate) -> [Int] {
        guard period.workingDays != 0 else { return [] }
        let start = date.adding(months: period.sign * period.months).adding(days: period.sign * period.days)
        return calendar.coverageGap(from: start, to: period.moved(date, calendar: calendar))
    }
}
