/// Instants that recur: an `every` text, a cron expression or a recurrence rule in a zone, with a working calendar and
/// a time of day.
public struct Schedule: Hashable, Sendable {
    public enum Recurrence: Hashable, Sendable {
        case every(Every)
        case cron(Cron)
        case rrule(RRuleSeries)
    }

    public let recurrence: Recurrence
    public let zone: Zone
    public let calendar: WorkingCalendar
    /// The time of day where the text gives none.
    public let at: LocalTime
    /// Where counting begins; nothing rings on earlier days.
    public let from: CivilDate?

    /// How far ahead an occurrence is looked for.
    public static let horizonYears = 50
    static let horizonSeconds = Int64(horizonYears) * 366 * 86_400

    public init(
        _ recurrence: Recurrence, zone: Zone, calendar: WorkingCalendar = .mondayToFriday, at: LocalTime = .nine,
        from: CivilDate? = nil
    ) {
        self.recurrence = recurrence
        self.zone = zone
        self.calendar = calendar
        self.at = at
        self.from = from
    }

    public init(
        every: Every, zone: Zone, calendar: WorkingCalendar = .mondayToFriday, at: LocalTime = .nine,
        from: CivilDate? = nil
    ) {
        self.init(.every(every), zone: zone, calendar: calendar, at: at, from: from)
    }

    public init(cron: Cron, zone: Zone, from: CivilDate? = nil) { self.init(.cron(cron), zone: zone, from: from) }

    /// `from` and `at` are the start of the rule unless its text has a `DTSTART`.
    public init(rrule: RRule, zone: Zone, at: LocalTime = .nine, from: CivilDate? = nil) throws(RRuleError) {
        let series = try RRuleSeries(rrule, zone: zone, at: at, from: from)
        self.init(
            .rrule(series), zone: zone, at: series.start.time,
            from: from ?? rrule.start.map { _ in series.start.date })
    }

    /// Whether every occurrence falls on the beginning of a minute.
    public var isOnWholeMinutes: Bool {
        switch recurrence {
        case .cron: true
        case .every(let every): every.isInterval || (every.at ?? at).second == 0
        case .rrule(let series): series.search.isOnWholeMinutes
        }
    }

    /// Whether no occurrence comes within `horizonYears` of the start, or of `since` where the schedule has none.
    public func neverRings(since: Instant) -> Bool {
        switch recurrence {
        // A series that never rings cannot be made.
        case .rrule: false
        case .cron, .every: next(after: from.map { zone.startOfDay($0).adding(microseconds: -1) } ?? since) == nil
        }
    }

    /// The first occurrence strictly after the instant; nil where none comes within `horizonYears` of it or of `from`.
    public func next(after: Instant) -> Instant? {
        let begin = max(from.map { zone.startOfDay($0) } ?? .earliest, after)
        return next(after: after, through: begin.adding(seconds: Schedule.horizonSeconds))
    }

    /// The latest occurrence in (after, notAfter], found by bisection: it costs no more when thousands were missed.
    public func last(notAfter: Instant, after: Instant) -> Instant? {
        let (notAfter, after) = (min(notAfter, .latest), max(after, .earliest))
        guard notAfter > after else { return nil }
        // An occurrence lies in (x, notAfter] for all x before the last one, and for none from there on.
        var reach: Int64 = 60_000_000
        var low = max(after, notAfter.adding(microseconds: -reach))
        var found = next(after: low, through: notAfter)
        while found == nil, low > after {
            reach = reach.clampedMultiplied(by: 2)
            low = max(after, notAfter.adding(microseconds: -reach))
            found = next(after: low, through: notAfter)
        }
        guard var best = found else { return nil }
        var beyond = notAfter
        while best < beyond {
            let middle = best.adding(microseconds: beyond.microseconds(since: best) / 2)
            if let later = next(after: middle, through: notAfter) { best = later } else { beyond = middle }
        }
        return best
    }

    /// The occurrences in (after, through], in order, at most `limit`.
    public func occurrences(in window: (after: Instant, through: Instant), limit: Int) -> [Instant] {
        var found: [Instant] = []
        var at = window.after
        while found.count < limit, let next = next(after: at, through: window.through) {
            found.append(next)
            at = next
        }
        return found
    }

    /// The first occurrence in (after, through].
    func next(after: Instant, through: Instant) -> Instant? {
        var after = max(after, .earliest)
        let through = min(through, .latest)
        if let from { after = max(after, zone.startOfDay(from).adding(microseconds: -1)) }
        guard after < through else { return nil }
        switch recurrence {
        case .cron(let cron): return cron.next(after: after, through: through, zone: zone)
        case .rrule(let series): return series.next(after: after, through: through)
        case .every(let every):
            if case .minutes(let count) = every.cadence {
                let next = nextInterval(after: after, step: Int64(count) * 60)
                // On the last supported day there is no next midnight to count to.
                return next > after && next <= through ? next : nil
            }
            return nextDated(every, after: after, through: through)
        }
    }

    /// A day can ring late, on the next one, where its time was jumped over; so the search begins a day early.
    private func nextDated(_ every: Every, after: Instant, through: Instant) -> Instant? {
        let time = every.at ?? at
        var date = zone.date(after).adding(days: -1)
        let last = zone.date(through)
        while let day = every.nextDate(onOrAfter: date, from: from, calendar: calendar), day <= last {
            let instant = zone.resolve(day, time)
            if instant > after { return instant <= through ? instant : nil }
            if day == .latest { return nil }
            date = day.adding(days: 1)
        }
        return nil
    }

    private func nextInterval(after: Instant, step: Int64) -> Instant {
        guard from == nil, step <= 86_400 else {
            let base = zone.startOfDay(from ?? Every.origin).seconds
            return Instant(seconds: base + (floorDiv(after.seconds - base, step) + 1) * step)
        }
        var day = zone.date(after)
        var start = zone.startOfDay(day).seconds
        if start > after.seconds {  // the clock was set back over midnight: this is still the day before
            day = day.adding(days: -1)
            start = zone.startOfDay(day).seconds
        }
        var end = zone.startOfDay(day.adding(days: 1)).seconds
        if end <= after.seconds { (start, end) = (end, zone.startOfDay(day.adding(days: 2)).seconds) }
        return Instant(seconds: min(start + ((after.seconds - start) / step + 1) * step, end))
    }

    /// Years that occurrences up to an instant touch and the calendar does not cover.
    public func coverageGap(through: Instant, after: Instant) -> [Int] {
        guard case .every(let every) = recurrence, every.needsCalendar else { return [] }
        return calendar.coverageGap(from: zone.date(after), to: zone.date(through))
    }
}
