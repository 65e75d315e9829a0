import Almanac

/// Decides whether the machine's clock can be believed, and notices when it was set. Pure: readings come in, a verdict
/// goes out (docs/decisions/0007).
public struct ClockGuard: Sendable {
    /// One moment on all clocks of the machine.
    public struct Reading: Sendable, Hashable {
        public let wall: Instant
        /// Since the machine started, sleep included; microseconds.
        public let sinceBoot: Int64
        /// The same without sleep.
        public let awake: Int64

        public init(wall: Instant, sinceBoot: Int64, awake: Int64) {
            self.wall = wall
            self.sinceBoot = sinceBoot
            self.awake = awake
        }
    }

    /// Why a clock is not believed.
    public enum Doubt: Sendable, Hashable {
        /// Earlier than the release of this program.
        case beforeRelease(Instant)
        /// More than a day before what the store has lived through.
        case behind(watermark: Instant)
        /// Further ahead of this instant than any machine is switched off for.
        case farAhead(of: Instant)
    }

    /// What the store knows of time.
    public struct Past: Sendable, Hashable {
        /// Everything up to here is decided.
        public var watermark: Instant?
        /// Where the clock stood at the last tick, when that was before the watermark.
        public var cursor: Instant?
        /// A reading that the administrator has vouched for.
        public var accepted: Instant?

        public init(watermark: Instant? = nil, cursor: Instant? = nil, accepted: Instant? = nil) {
            self.watermark = watermark
            self.cursor = cursor
            self.accepted = accepted
        }
    }

    public struct Verdict: Sendable, Hashable {
        public var doubt: Doubt?
        /// The doubt is new, or another one.
        public var doubtIsNew = false
        /// While there is a doubt: the time as it would be had nobody touched the clock, as far as that is known.
        public var own: Instant?
        /// There was a doubt before, and there is none now.
        public var doubtEnded = false
        /// How far the clock was set forward (or back, below 0) since the last look, where that is more than
        /// `jumpLimit`; microseconds.
        public var jump: Int64?
        /// How long the machine slept since the last look, where that is more than `jumpLimit`; microseconds.
        public var slept: Int64?
    }

    /// A clock that was set by less than this, microseconds (5 minutes), is not worth a word.
    public static let jumpLimit: Int64 = 300_000_000
    /// Seconds.
    public static let behindLimit: Int64 = 86_400
    public static let aheadLimit: Int64 = 400 * 86_400
    /// Without any history: so long after its release nobody starts this version for the first time.
    public static let firstStartLimit: Int64 = 20 * 366 * 86_400

    private let release: Instant
    private var last: Reading?
    private var lastGood: Reading?
    private var doubt: Doubt?

    public init(release: Instant = BellmanVersion.released) { self.release = release }

    /// Whether that reading can be believed by what the store knows; nil where it can.
    public static func doubt(
        _ wall: Instant, _ past: Past, release: Instant = BellmanVersion.released
    ) -> Doubt? {
        if let accepted = past.accepted, wall >= accepted.adding(seconds: -behindLimit),
            wall <= accepted.adding(seconds: aheadLimit)
        {
            return nil
        }
        if let watermark = past.watermark {
            if wall < watermark.adding(seconds: -behindLimit) {
                return wall < release && watermark >= release ? .beforeRelease(release) : .behind(watermark: watermark)
            }
            if wall > max(watermark, release).adding(seconds: aheadLimit) { return .farAhead(of: watermark) }
        } else if wall > release.adding(seconds: firstStartLimit) {
            return .farAhead(of: release)
        }
        return wall < release ? .beforeRelease(release) : nil
    }

    public mutating func look(_ reading: Reading, _ past: Past) -> Verdict {
        var verdict = Verdict()
        if let last {
            let set = (reading.wall.microseconds - last.wall.microseconds) - (reading.sinceBoot - last.sinceBoot)
            if abs(set) > ClockGuard.jumpLimit { verdict.jump = set }
            let slept = (reading.sinceBoot - last.sinceBoot) - (reading.awake - last.awake)
            if slept > ClockGuard.jumpLimit { verdict.slept = slept }
        } else if let lived = past.cursor ?? past.watermark {
            // Between two runs only a step back can be told from the time that passed.
            let back = reading.wall.microseconds - lived.microseconds
            if back < -ClockGuard.jumpLimit { verdict.jump = back }
        }
        last = reading
        verdict.doubt = ClockGuard.doubt(reading.wall, past, release: release)
        verdict.doubtIsNew = verdict.doubt.map { !$0.isSameKind(as: doubt) } ?? false
        verdict.doubtEnded = doubt != nil && verdict.doubt == nil
        doubt = verdict.doubt
        if let doubt { verdict.own = ownTime(reading, past, doubt) } else { lastGood = reading }
        return verdict
    }

    private func ownTime(_ reading: Reading, _ past: Past, _ doubt: Doubt) -> Instant {
        if let lastGood { return lastGood.wall.adding(microseconds: reading.sinceBoot - lastGood.sinceBoot) }
        return past.cursor ?? past.watermark ?? doubt.trusted
    }
}

extension ClockGuard.Doubt {
    fileprivate func isSameKind(as other: ClockGuard.Doubt?) -> Bool {
        switch (self, other) {
        case (.beforeRelease, .beforeRelease), (.behind, .behind), (.farAhead, .farAhead): true
        default: false
        }
    }

    /// The last instant that is known to be true: what goes on while the clock is not believed counts from it.
    var trusted: Instant {
        switch self {
        case .beforeRelease(let instant), .behind(let instant), .farAhead(let instant): instant
        }
    }
}
