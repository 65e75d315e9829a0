extension Cron {
    /// The first occurrence strictly after the instant, or nil where none comes within `horizonYears`.
    ///
    /// A job with a fixed time rings once at the first minute after a gap that swallowed it, and in a repeated hour in
    /// the first pass only; a wildcard job follows elapsed minutes (cron(8)).
    public func next(after: Instant, zone: Zone) -> Instant? {
        let through = after.adding(seconds: Int64(Cron.horizonYears) * 366 * 86_400)
        return next(after: after, through: min(through, .latest), zone: zone)
    }

    /// The first occurrence in the window, found stretch by stretch of constant offset.
    func next(after: Instant, through: Instant, zone: Zone) -> Instant? {
        var span = zone.table.span(at: after.seconds)
        var floor = Int64.min
        if !isWildcard, span.start != .min, span.offset < span.previousOffset {
            floor = span.start + Int64(span.previousOffset)
        }
        var from = floorDiv(after.seconds + Int64(span.offset), 60) * 60 + 60
        while true {
            let stop = span.end == .max ? through.seconds : min(span.end - 1, through.seconds)
            let low = ceilMinute(max(from, floor))
            if let found = nextMatch(from: low, through: stop + Int64(span.offset)) {
                return Instant(seconds: found - Int64(span.offset))
            }
            guard span.end <= through.seconds else { return nil }
            let next = zone.table.span(at: span.end)
            let (oldEnd, newStart) = (span.end + Int64(span.offset), span.end + Int64(next.offset))
            if !isWildcard, newStart > oldEnd, nextMatch(from: ceilMinute(oldEnd), through: newStart - 1) != nil {
                let caughtUp = Instant(seconds: ceilMinute(newStart) - Int64(next.offset))
                return caughtUp <= through ? caughtUp : nil
            }
            floor = isWildcard ? .min : max(oldEnd, newStart)
            from = newStart
            span = next
        }
    }

    private func ceilMinute(_ second: Int64) -> Int64 { floorDiv(second + 59, 60) * 60 }

    /// The first wall-clock minute, in seconds since 1970 on the wall clock, that the fields allow.
    private func nextMatch(from: Int64, through: Int64) -> Int64? {
        guard from <= through else { return nil }
        var date = CivilDate(clampingDays: Int(floorDiv(from, 86_400)))
        let last = CivilDate(clampingDays: Int(floorDiv(through, 86_400)))
        var minuteOfDay = Int(floorMod(from, 86_400)) / 60
        while date <= last {
            guard let day = nextDay(from: date, through: last) else { return nil }
            if day != date { minuteOfDay = 0 }
            if let minute = nextMinute(from: minuteOfDay) {
                let found = Int64(day.daysSinceEpoch) * 86_400 + Int64(minute) * 60
                return found <= through ? found : nil
            }
            if day == .latest { return nil }
            date = day.adding(days: 1)
            minuteOfDay = 0
        }
        return nil
    }

    private func nextMinute(from minuteOfDay: Int) -> Int? {
        var hour = minuteOfDay / 60
        if hours >> UInt64(hour) & 1 == 1, let minute = Cron.nextBit(minutes, from: minuteOfDay % 60) {
            return hour * 60 + minute
        }
        hour += 1
        guard let next = Cron.nextBit(hours, from: hour) else { return nil }
        return next * 60 + minutes.trailingZeroBitCount
    }

    private static func nextBit(_ bits: UInt64, from start: Int) -> Int? {
        let rest = start < 64 ? bits >> UInt64(start) : 0
        return rest == 0 ? nil : start + rest.trailingZeroBitCount
    }

    private func nextDay(from start: CivilDate, through last: CivilDate) -> CivilDate? {
        var (year, month, day) = start.components
        while true {
            if months >> UInt64(month) & 1 == 1 {
                let first = CivilDate(unchecked: CivilDate.dayNumber(year: year, month: month, day: 1))
                let allowed = dayBits(year: year, month: month, firstWeekday: first.weekday % 7)
                if let hit = Cron.nextBit(allowed, from: day) {
                    let date = first.adding(days: hit - 1)
                    return date <= last ? date : nil
                }
            }
            if let later = Cron.nextBit(months, from: month + 1) {
                month = later
            } else {
                month = months.trailingZeroBitCount
                year += 1
            }
            day = 1
            if year > last.year { return nil }
        }
    }

    /// The days of a month that the two day fields allow, as bits 1 to 31. `firstWeekday` counts from Sunday as 0.
    private func dayBits(year: Int, month: Int, firstWeekday: Int) -> UInt64 {
        let length = CivilDate.daysInMonth(year: year, month: month)
        let existing = (UInt64(1) << UInt64(length + 1)) - 2
        var byDay = days
        if lastDay { byDay |= 1 << UInt64(length) }
        if lastWeekday {
            let weekday = (firstWeekday + length - 1) % 7
            byDay |= 1 << UInt64(length - (weekday == 6 ? 1 : weekday == 0 ? 2 : 0))
        }
        var byWeekday: UInt64 = 0
        for weekday in 0..<7 where weekdays >> UInt64(weekday) & 1 == 1 {
            let first = 1 + (weekday - firstWeekday + 7) % 7
            // Bits of one weekday are seven apart.
            byWeekday |= 0x1020_4081 << UInt64(first)
        }
        for item in nthWeekdays {
            let first = 1 + (item.weekday - firstWeekday + 7) % 7
            byWeekday |= 1 << UInt64(item.nth > 0 ? first + 7 * (item.nth - 1) : first + (length - first) / 7 * 7)
        }
        return (bothDays ? byDay & byWeekday : byDay | byWeekday) & existing
    }
}
