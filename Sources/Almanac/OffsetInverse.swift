extension OffsetRule {
    /// The dates whose milestone lies after `after` and not after `through`; exact, nil where there are none.
    ///
    /// Later dates never have earlier milestones, so both ends are found by bisection.
    public func dateRange(firingIn window: (after: Instant, through: Instant)) -> ClosedRange<CivilDate>? {
        guard window.after < window.through else { return nil }
        let low = firstDate(near: unmoved(zone.date(window.after))) { instant(for: $0) > window.after }
        let beyond = firstDate(near: unmoved(zone.date(window.through))) { instant(for: $0) > window.through }
        guard let low else { return nil }
        guard let beyond else { return low...CivilDate.latest }
        return low < beyond ? low...beyond.adding(days: -1) : nil
    }

    /// The dates whose calendar part moves them into a range of days; exact, nil where there are none.
    public func dateRange(ringingOn days: ClosedRange<CivilDate>) -> ClosedRange<CivilDate>? {
        let low = firstDate(near: unmoved(days.lowerBound)) { period.moved($0, calendar: calendar) >= days.lowerBound }
        let beyond = firstDate(near: unmoved(days.upperBound)) {
            period.moved($0, calendar: calendar) > days.upperBound
        }
        guard let low else { return nil }
        guard let beyond else { return low...CivilDate.latest }
        return low < beyond ? low...beyond.adding(days: -1) : nil
    }

    /// Instants whose milestone can lie in the window: all of those that do, and few others (only next to a change of the
    /// clock, at month ends and around days off). The caller asks `instant(for:)` again.
    public func instantRange(firingIn window: (after: Instant, through: Instant)) -> ClosedRange<Instant>? {
        guard window.after < window.through else { return nil }
        let exact = period.signedMicroseconds
        let first = window.after.adding(microseconds: 1).adding(microseconds: -exact)
        let last = window.through.adding(microseconds: -exact)
        guard period.hasCalendarPart else { return first...last }
        let low = CivilDateTime(localSeconds: first.seconds.clampedAdding(offsets(around: first).lowerBound))
        let high = CivilDateTime(localSeconds: last.seconds.clampedAdding(offsets(around: last).upperBound))
        let from = unmovedLow(low)
        let to = unmovedHigh(high)
        let start = from.localSeconds - offsets(around: Instant(seconds: from.localSeconds)).upperBound
        // The whole last second belongs to it.
        let end = to.localSeconds - offsets(around: Instant(seconds: to.localSeconds)).lowerBound
        let range = (Instant(seconds: start), Instant(seconds: end).adding(microseconds: 999_999))
        return range.0 <= range.1 ? range.0...range.1 : nil
    }

    /// The smallest and largest offset in force near an instant, a day and two hours either way: so far a wall-clock
    /// reading can be from the instant that it stands for.
    private func offsets(around instant: Instant) -> ClosedRange<Int64> {
        let reach: Int64 = 26 * 3600
        let end = instant.seconds.clampedAdding(reach)
        var span = zone.table.span(at: instant.seconds.clampedAdding(-reach))
        var (least, most) = (span.offset, span.offset)
        while span.end <= end, span.end != .max {
            span = zone.table.span(at: span.end)
            (least, most) = (min(least, span.offset), max(most, span.offset))
        }
        return Int64(least)...Int64(most)
    }

    /// The earliest wall-clock reading that moves to `target` or later.
    private func unmovedLow(_ target: CivilDateTime) -> CivilDateTime {
        let day =
            firstDate(near: unmoved(target.date)) { period.moved($0, calendar: calendar) >= target.date } ?? .latest
        let hitsDay = period.moved(day, calendar: calendar) == target.date
        return CivilDateTime(date: day, time: hitsDay ? target.time : .midnight)
    }

    /// The latest wall-clock reading that moves to `target` or earlier.
    private func unmovedHigh(_ target: CivilDateTime) -> CivilDateTime {
        let beyond = firstDate(near: unmoved(target.date)) { period.moved($0, calendar: calendar) > target.date }
        let day = beyond?.adding(days: -1) ?? .latest
        let hitsDay = period.moved(day, calendar: calendar) == target.date
        return CivilDateTime(date: day, time: hitsDay ? target.time : LocalTime(unchecked: 86_399))
    }

    /// Roughly the date that the period moves to `date`: where a search begins, not where it ends.
    private func unmoved(_ date: CivilDate) -> CivilDate {
        // Five working days take a week; the exact part counts in whole days.
        let exact = Int(period.microseconds / 86_400_000_000)
        let days = period.days + period.workingDays * 7 / 5 + exact
        return date.adding(days: -period.sign * days).adding(months: -period.sign * period.months)
    }

    /// The first date for which a condition holds that, once true, stays true; sought outward from a guess, so that a
    /// good one costs a few questions and a bad one some forty.
    private func firstDate(near guess: CivilDate, where holds: (CivilDate) -> Bool) -> CivilDate? {
        var low = guess
        var high = guess
        var step = 1
        if holds(guess) {
            repeat {
                if high == .earliest { return high }
                low = high.adding(days: -step)
                guard holds(low) else { break }
                (high, step) = (low, step * 4)
            } while true
        } else {
            repeat {
                if low == .latest { return nil }
                high = low.adding(days: step)
                guard !holds(high) else { break }
                (low, step) = (high, step * 4)
            } while true
        }
        while high.days(since: low) > 1 {
            let middle = low.adding(days: high.days(since: low) / 2)
            if holds(middle) { high = middle } else { low = middle }
        }
        return high
    }
}
