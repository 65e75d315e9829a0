/// Occurrences as instants: the wall-clock times of the search through the zone, less `EXDATE`.
extension RRuleSeries {
    /// The first occurrence in (after, through].
    ///
    /// Only dates that do not exist are passed over; a time in a gap moves later by the gap, of a repeated time it is
    /// the first (3.3.5, and erratum 4271 to 3.3.10). A moved time can come after one that is later on the wall clock.
    func next(after: Instant, through: Instant) -> Instant? {
        let through = min(through, until)
        let after = max(after, .earliest)
        guard after < through else { return nil }
        let span = zone.table.span(at: after.seconds)
        var from = after.seconds + Int64(span.offset) + 1
        let gap = Int64(span.offset - span.previousOffset)
        if gap > 0, span.start != .min, after.seconds - span.start < gap {
            from = span.start + Int64(span.previousOffset)
        }
        // A time that repeats lies up to the length of the overlap beyond its first instant on the wall clock.
        var last = min(lastSeconds, through.seconds + 2 * 86_400)
        var best = Int64.max
        while let local = search.next(onOrAfter: from, through: last) {
            from = local + 1
            let second = zone.resolve(localSeconds: local)
            guard second > after.seconds, !isExcluded(second, local) else { continue }
            best = min(best, second)
            let shown = second + Int64(zone.table.span(at: second).offset)
            if shown == local { break }
            last = min(last, shown)
        }
        guard best != .max else { return nil }
        let found = Instant(seconds: best)
        return found <= through ? found : nil
    }

    private func isExcluded(_ second: Int64, _ local: Int64) -> Bool {
        if excludedInstants.isEmpty, excludedDays.isEmpty { return false }
        return RRuleSeries.contains(excludedInstants, second)
            || RRuleSeries.contains(excludedDays, Int(floorDiv(local, 86_400)))
    }

    private static func contains<T: Comparable>(_ sorted: [T], _ value: T) -> Bool {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low < sorted.count && sorted[low] == value
    }
}
