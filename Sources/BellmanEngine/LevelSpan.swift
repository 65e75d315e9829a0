import Almanac

/// How far the span of one level has come, as arithmetic on instants alone.
struct LevelSpan {
    enum Standing: Hashable {
        /// Unbroken since; what is measured is known to be fresh through `verified`, inclusive.
        case running(since: Instant, verified: Instant)
        /// The measurement grew old: the span begins with the next one after that instant.
        case waiting(after: Instant)
        /// The whole span was there.
        case full(since: Instant, at: Instant)
    }

    /// The end of the span that begins then.
    let end: (Instant) -> Instant
    /// The last instant at which a measurement still counts; nil where its age does not matter.
    let stale: ((Instant) -> Instant)?

    /// The standing at the instant that made the level true.
    func begin(at instant: Instant, measurements: [Instant]) -> Standing {
        guard let stale else { return .running(since: instant, verified: .latest) }
        guard let last = measurements.last(where: { $0 <= instant }) else { return .waiting(after: instant) }
        let verified = stale(last)
        return verified >= instant ? .running(since: instant, verified: verified) : .waiting(after: instant)
    }

    /// The standing at `limit`, the level having been true all the while. `measurements` ascend.
    func advance(_ standing: Standing, measurements: [Instant], through limit: Instant) -> Standing {
        var standing = standing
        for measurement in measurements where measurement <= limit {
            standing = take(measurement, standing)
            if case .full(_, let at) = standing, at <= limit { return standing }
        }
        if case .waiting(let after) = standing {
            // Nothing came so far: what is looked at next lies ahead. A write at this very instant is yet to be taken.
            return .waiting(after: max(after, limit.adding(microseconds: -1)))
        }
        guard case .running(let since, let verified) = standing.unfilled else { return standing }
        let end = end(since)
        if end <= verified { return end <= limit ? .full(since: since, at: end) : standing.unfilled }
        return verified >= limit ? standing.unfilled : .waiting(after: limit)
    }

    private func take(_ measurement: Instant, _ standing: Standing) -> Standing {
        guard let stale else { return standing }
        switch standing {
        case .full: return standing
        case .waiting(let after):
            return measurement > after ? .running(since: measurement, verified: stale(measurement)) : standing
        case .running(let since, let verified):
            let end = end(since)
            // Full before this measurement came, or as soon as the time has passed.
            if end <= verified { return .full(since: since, at: end) }
            if measurement <= verified { return .running(since: since, verified: max(verified, stale(measurement))) }
            return .running(since: measurement, verified: stale(measurement))
        }
    }
}

extension LevelSpan.Standing {
    /// A span that will be full is still running as long as its end is to come.
    fileprivate var unfilled: LevelSpan.Standing {
        if case .full(let since, let at) = self { return .running(since: since, verified: at) }
        return self
    }
}
