import Almanac

/// When a measured field was written, in bounded space: runs of writes, each with the longest gap inside it.
///
/// A gap between two runs is exact: the field was written at both its ends and not between. Inside a run no gap is
/// longer than the one it names, so that dropping single writes never looks like a gap.
public struct MeasuredTimes: Sendable, Hashable {
    public struct Run: Sendable, Hashable {
        public let first: Instant
        public let last: Instant
        /// The ends of the longest gap inside; both `first` where the run is a single write.
        public let gapStart: Instant
        public let gapEnd: Instant

        public init(first: Instant, last: Instant, gapStart: Instant, gapEnd: Instant) {
            self.first = first
            self.last = last
            self.gapStart = gapStart
            self.gapEnd = gapEnd
        }

        init(at instant: Instant) {
            self.init(first: instant, last: instant, gapStart: instant, gapEnd: instant)
        }

        /// Microseconds.
        var gap: Int64 { gapEnd.microseconds - gapStart.microseconds }

        /// With the run that follows, as one.
        func joined(_ next: Run) -> Run {
            let between = Run(first: last, last: next.first, gapStart: last, gapEnd: next.first)
            let longest = [self, next].reduce(between) { $1.gap > $0.gap ? $1 : $0 }
            return Run(first: first, last: next.last, gapStart: longest.gapStart, gapEnd: longest.gapEnd)
        }

        /// What remains of it when nothing after the instant counts; `first` is not after it.
        func cut(at instant: Instant) -> Run {
            if gapEnd <= instant { return Run(first: first, last: instant, gapStart: gapStart, gapEnd: gapEnd) }
            // How the writes before lay is not known, only that no gap was longer.
            let start = max(first, instant.adding(microseconds: -gap))
            return Run(first: first, last: instant, gapStart: start, gapEnd: instant)
        }
    }

    public static let runsKept = 25

    /// Ascending; never more than `runsKept`.
    public private(set) var runs: [Run]

    public init(runs: [Run] = []) { self.runs = runs }

    /// A write at that instant. A clock that was set back takes what it had noted beyond that instant with it.
    public mutating func note(_ instant: Instant) {
        while let last = runs.last, last.last >= instant {
            guard last.first < instant else {
                runs.removeLast()
                continue
            }
            runs[runs.count - 1] = last.cut(at: instant)
            return
        }
        runs.append(Run(at: instant))
        guard runs.count > MeasuredTimes.runsKept else { return }
        let place = leastGap()
        runs[place] = runs[place].joined(runs[place + 1])
        runs.remove(at: place + 1)
    }

    /// The gap (before the run after that position) that is missed least. A gap longer than all that came after it
    /// tells when the writes last paused for that long, and stays; of the others the shortest goes. Where only such
    /// are left, the one goes that is nearest to the next.
    private func leastGap() -> Int {
        var shortest: (place: Int, gap: Int64)?
        var nearest: (place: Int, ratio: Double)?
        var later: Int64 = 0
        for place in (0..<runs.count - 1).reversed() {
            let gap = runs[place + 1].first.microseconds - runs[place].last.microseconds
            if gap <= later {
                if shortest.map({ gap <= $0.gap }) ?? true { shortest = (place, gap) }
                continue
            }
            if later > 0 {
                let ratio = Double(gap) / Double(later)
                if nearest.map({ ratio < $0.ratio }) ?? true { nearest = (place, ratio) }
            }
            later = gap
        }
        return shortest?.place ?? nearest?.place ?? 0
    }
}
