/// Finds wall-clock times that a rule names, with neither zone nor `EXDATE`.
struct RRuleSearch: Sendable {
    let days: RRuleDays
    /// Seconds of the day, ascending; below DAILY seconds of the hour or minute.
    let times: [Int]
    /// Of each year's, month's or week's set of occurrences; empty where all count. For days and shorter periods they
    /// have been applied to `times`.
    let positions: [Int]
    let startSeconds: Int64
    private let frequency: RRule.Frequency
    private let interval: Int
    private let hours: [Int]
    private let minutes: [Int]
    private let seconds: [Int]

    init(_ rule: RRule, start: CivilDateTime) {
        days = RRuleDays(rule, start: start.date)
        startSeconds = start.localSeconds
        (frequency, interval) = (rule.frequency, rule.interval)
        (hours, minutes, seconds) = (rule.hours, rule.minutes, rule.seconds)
        let all = RRuleSearch.times(rule, start.time)
        let isShort = rule.frequency.isSubDaily || rule.frequency == .daily
        times = isShort ? RRuleSearch.selected(all, rule.positions) : all
        positions = isShort ? [] : rule.positions
    }

    /// Seconds into the day, hour or minute that `BYHOUR`, `BYMINUTE`, `BYSECOND` and the start make.
    private static func times(_ rule: RRule, _ start: LocalTime) -> [Int] {
        func given(_ values: [Int], _ own: Int) -> [Int] { values.isEmpty ? [own] : values }
        let hours = rule.frequency.isSubDaily ? [0] : given(rule.hours, start.hour)
        let isShort = rule.frequency == .minutely || rule.frequency == .secondly
        let minutes = isShort ? [0] : given(rule.minutes, start.minute)
        let seconds = rule.frequency == .secondly ? [0] : given(rule.seconds, start.second)
        return hours.flatMap { hour in
            minutes.flatMap { minute in seconds.map { hour * 3600 + minute * 60 + $0 } }
        }
    }

    private static func selected(_ times: [Int], _ positions: [Int]) -> [Int] {
        if positions.isEmpty { return times }
        let indices = Set(positions.map { $0 > 0 ? $0 - 1 : times.count + $0 })
        return indices.filter { times.indices.contains($0) }.sorted().map { times[$0] }
    }

    static let endOfTime = Int64(CivilDate.latest.daysSinceEpoch) * 86_400 + 86_399

    /// The first wall-clock second named from `from` through `last`.
    func next(onOrAfter from: Int64, through last: Int64) -> Int64? {
        let from = max(from, startSeconds)
        let last = min(last, RRuleSearch.endOfTime)
        guard from <= last, !times.isEmpty else { return nil }
        if frequency.isSubDaily { return nextShort(onOrAfter: from, through: last) }
        return positions.isEmpty ? nextPlain(onOrAfter: from, last) : nextSelected(onOrAfter: from, last)
    }

    private func nextPlain(onOrAfter from: Int64, _ last: Int64) -> Int64? {
        let (fromDay, lastDay) = (Int(floorDiv(from, 86_400)), Int(floorDiv(last, 86_400)))
        guard var day = days.next(onOrAfter: fromDay, through: lastDay) else { return nil }
        if day == fromDay {
            let second = Int(from - Int64(fromDay) * 86_400)
            if let time = firstTime(onOrAfter: second) { return bounded(Int64(day) * 86_400 + Int64(time), last) }
            guard let later = days.next(onOrAfter: day + 1, through: lastDay) else { return nil }
            day = later
        }
        return bounded(Int64(day) * 86_400 + Int64(times[0]), last)
    }

    private func bounded(_ second: Int64, _ last: Int64) -> Int64? { second <= last ? second : nil }

    private func firstTime(onOrAfter second: Int) -> Int? {
        if times.count < 8 { return times.first { $0 >= second } }
        var (low, high) = (0, times.count)
        while low < high {
            let middle = (low + high) / 2
            if times[middle] < second { low = middle + 1 } else { high = middle }
        }
        return low < times.count ? times[low] : nil
    }

    /// With `BYSETPOS`: the selected members of each period's set.
    private func nextSelected(onOrAfter from: Int64, _ last: Int64) -> Int64? {
        var day = Int(floorDiv(from, 86_400))
        let lastDay = Int(floorDiv(last, 86_400))
        while let hit = days.next(onOrAfter: day, through: lastDay) {
            let period = days.period(around: hit)
            if let found = selected(period, onOrAfter: from) { return bounded(found, last) }
            day = period.last + 1
        }
        return nil
    }

    private func selected(_ period: RRulePeriod, onOrAfter from: Int64) -> Int64? {
        let size = period.count * times.count
        var best: Int64?
        for position in positions {
            let index = position > 0 ? position - 1 : size + position
            guard index >= 0, index < size else { continue }
            let second = Int64(period.day(index / times.count)) * 86_400 + Int64(times[index % times.count])
            if second >= from, best.map({ second < $0 }) ?? true { best = second }
        }
        return best
    }

    /// The time of the occurrence numbered `count`, or no bound where there are fewer.
    func last(ofCount count: Int) -> Int64 {
        if frequency.isSubDaily || frequency == .daily { return lastOneByOne(count) }
        var rest = count
        var day = Int(floorDiv(startSeconds, 86_400))
        while let hit = days.next(onOrAfter: day, through: Int(CivilDate.latest.daysSinceEpoch)) {
            // All of a period at once: its days are the same for every occurrence in it.
            let period = days.period(around: hit)
            let members = members(of: period)
            if members.count >= rest { return members[rest - 1] }
            rest -= members.count
            day = period.last + 1
        }
        return .max
    }

    private func lastOneByOne(_ count: Int) -> Int64 {
        var at = startSeconds - 1
        for _ in 0..<count {
            guard let found = next(onOrAfter: at + 1, through: RRuleSearch.endOfTime) else { return .max }
            at = found
        }
        return at
    }

    /// The times of a period from the start on, ascending.
    private func members(of period: RRulePeriod) -> [Int64] {
        let size = period.count * times.count
        let indices =
            positions.isEmpty
            ? Array(0..<size)
            : Set(positions.map { $0 > 0 ? $0 - 1 : size + $0 }).filter { $0 >= 0 && $0 < size }.sorted()
        return indices.map { Int64(period.day($0 / times.count)) * 86_400 + Int64(times[$0 % times.count]) }
            .filter { $0 >= startSeconds }
    }

    /// Whether every occurrence falls on the beginning of a minute of the wall clock.
    var isOnWholeMinutes: Bool { frequency != .secondly && times.allSatisfy { $0 % 60 == 0 } }
}

/// Hours, minutes and seconds: elapsed time in UTC, where every other part is a filter.
extension RRuleSearch {
    private var unit: Int64 {
        switch frequency {
        case .hourly: 3600
        case .minutely: 60
        default: 1
        }
    }

    /// The start of the first active hour, minute or second from `second` on.
    private func aligned(_ second: Int64) -> Int64 {
        let period = -floorDiv(-second, unit)
        let start = floorDiv(startSeconds, unit)
        return (period + floorMod(start - period, Int64(interval))) * unit
    }

    private func nextShort(onOrAfter from: Int64, through last: Int64) -> Int64? {
        var at = aligned(floorDiv(from, unit) * unit)
        while at <= last {
            if let moved = filtered(at, last) {
                guard moved < Int64.max else { return nil }
                at = aligned(moved)
                continue
            }
            if let time = times.first(where: { at + Int64($0) >= from }) { return bounded(at + Int64(time), last) }
            at = aligned(at + 1)
        }
        return nil
    }

    /// Where the search goes on if a filter rejects the time: the start of what the filter admits next. Nil: it is in.
    private func filtered(_ at: Int64, _ last: Int64) -> Int64? {
        let day = floorDiv(at, 86_400)
        guard let allowed = days.next(onOrAfter: Int(day), through: Int(floorDiv(last, 86_400))) else { return .max }
        if Int64(allowed) != day { return Int64(allowed) * 86_400 }
        let second = Int(at - day * 86_400)
        if let moved = RRuleSearch.moved(second / 3600, hours, of: 24) { return day * 86_400 + Int64(moved) * 3600 }
        if unit == 3600 { return nil }
        let hour = at - Int64(second % 3600)
        if let moved = RRuleSearch.moved(second / 60 % 60, minutes, of: 60) { return hour + Int64(moved) * 60 }
        if unit == 60 { return nil }
        return RRuleSearch.moved(second % 60, seconds, of: 60).map { at - Int64(second % 60) + Int64($0) }
    }

    /// The next allowed value, `size` where none is left; nil where the value itself is allowed.
    private static func moved(_ value: Int, _ allowed: [Int], of size: Int) -> Int? {
        if allowed.isEmpty { return nil }
        let next = allowed.first { $0 >= value } ?? size
        return next == value ? nil : next
    }

    /// Whether any time of day that the filters admit lies on the grid of the interval.
    var isPossible: Bool {
        if times.isEmpty { return false }
        guard frequency.isSubDaily else { return true }
        let step = Int64(interval) * unit
        var (grid, day) = (step, Int64(86_400))
        while day != 0 { (grid, day) = (day, grid % day) }
        if grid <= unit { return true }
        let start = floorMod(floorDiv(startSeconds, unit) * unit, grid)
        var at = start
        while at < 86_400 {
            let second = Int(at)
            let isIn =
                RRuleSearch.moved(second / 3600, hours, of: 24) == nil
                && (unit == 3600 || RRuleSearch.moved(second / 60 % 60, minutes, of: 60) == nil)
                && (unit > 1 || RRuleSearch.moved(second % 60, seconds, of: 60) == nil)
            if isIn { return true }
            at += grid
        }
        return false
    }
}
