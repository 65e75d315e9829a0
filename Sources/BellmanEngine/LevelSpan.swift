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
    func begin(at instant: Instant, measurements: [ClosedRange<Instant>]) -> Standing {
        guard stale != nil else { return .running(since: instant, verified: .latest) }
        let known = measurements.filter { $0.lowerBound <= instant }.map { reach(of: $0, through: instant) }
        guard let verified = known.max(), verified >= instant else { return .waiting(after: instant) }
        return .running(since: instant, verified: verified)
    }

    /// The standing at `limit`, the level having been true all the while. `measurements` are stretches without a gap
    /// that is too long, ascending by their beginning.
    func advance(
        _ standing: Standing, measurements: [ClosedRange<Instant>], through limit: Instant
    ) -> Standing {
        var standing = standing
        for stretch in measurements where stretch.lowerBound <= limit {
            standing = take(stretch, standing, through: limit)
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

    /// How long what is measured stays fresh by this stretch, as far as it counts at `limit`: of one that goes on
    /// beyond, no more is known than that it is fresh there.
    private func reach(of stretch: ClosedRange<Instant>, through limit: Instant) -> Instant {
        guard let stale else { return .latest }
        return stretch.upperBound <= limit ? stale(stretch.upperBound) : max(limit, stale(stretch.lowerBound))
    }

    private func take(
        _ stretch: ClosedRange<Instant>, _ standing: Standing, through limit: Instant
    ) -> Standing {
        guard stale != nil else { return standing }
        let reach = reach(of: stretch, through: limit)
        switch standing {
        case .full: return standing
        case .waiting(let after):
            guard stretch.upperBound > after else { return standing }
            return .running(since: max(stretch.lowerBound, after), verified: reach)
        case .running(let since, let verified):
            let end = end(since)
            // Full before this measurement came, or as soon as the time has passed.
            if end <= verified { return .full(since: since, at: end) }
            let isUnbroken = stretch.lowerBound <= verified
            return .running(
                since: isUnbroken ? since : stretch.lowerBound, verified: isUnbroken ? max(verified, reach) : reach)
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
