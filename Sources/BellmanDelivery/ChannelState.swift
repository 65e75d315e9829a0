import Almanac
import BellmanStore

/// What the dispatcher keeps for one channel.
struct ChannelState {
    let policy: ChannelPolicy
    var queue: [ClaimedMessage] = []
    var queuedAt: Instant?
    var inFlight = 0
    var restingUntil: Instant?
    var failuresInRow = 0
    /// The receiver's last words, where it refused or failed.
    var trouble = ""
    /// Its target refused for good: since, or last tried again.
    var deadSince: Instant?
    var isDead: Bool { deadSince != nil }
    var lastDelivery: Instant?

    /// Exchanges that may be under way: few until the receiver is known to answer, so that a silent one holds few
    /// connections of a host that it may share with others.
    private var window: Int
    /// Where the vendor paces anyway, one after the other: so people see the most urgent first.
    private let widest: Int

    init(policy: ChannelPolicy) {
        self.policy = policy
        widest = policy.pace == nil ? DispatcherLimits.inFlightPerChannel : 1
        window = min(widest, DispatcherLimits.firstInFlight)
    }

    var mayStart: Bool { inFlight < window }

    /// A dead channel is tried with one message an hour: the vendor's side may have been mended.
    func isShut(_ now: Instant) -> Bool {
        guard let deadSince else { return false }
        return now < deadSince.adding(seconds: DispatcherLimits.deadChannelSeconds)
    }

    mutating func enqueue(_ message: ClaimedMessage, _ now: Instant) {
        if isDead { deadSince = now }
        if queue.isEmpty { queuedAt = now }
        queue.append(message)
    }

    /// The clock was set by so many microseconds.
    mutating func move(by shift: Int64) {
        queuedAt = queuedAt?.adding(microseconds: shift)
        restingUntil = restingUntil?.adding(microseconds: shift)
        deadSince = deadSince?.adding(microseconds: shift)
        lastDelivery = lastDelivery?.adding(microseconds: shift)
    }

    mutating func noteDelivery(_ now: Instant) {
        window = min(widest, window * 2)
        failuresInRow = 0
        trouble = ""
        lastDelivery = now
    }

    /// A run of failures makes the channel rest, longer each time.
    mutating func noteFailure(_ words: String, _ now: Instant) {
        trouble = words
        window = max(1, min(window, DispatcherLimits.firstInFlight) / 2)
        failuresInRow += 1
        let over = failuresInRow - DispatcherLimits.failuresBeforeRest
        guard over >= 0 else { return }
        let rest = DispatcherLimits.shortestRestSeconds << Int64(min(over, 10))
        let until = now.adding(seconds: min(rest, DispatcherLimits.longestRestSeconds))
        restingUntil = max(restingUntil ?? until, until)
    }
}

/// What the vendor counts by: one webhook URL or account, which several channels may share.
struct Robot {
    private var sentAt: [Instant] = []
    private var blockedUntil: Instant?
    private var throttlesInRow = 0

    /// Sends that are remembered at most; no vendor's pace counts further.
    private static let remembered = 1_000
    /// Added to a vendor's window: a message that was long under way may arrive after one that left later.
    static let marginSeconds: Int64 = 1

    /// The instant from which another message may leave; `nil` when one may leave now.
    func nextSlot(_ pace: Pace?, _ now: Instant) -> Instant? {
        var slot: Instant?
        if let blockedUntil, blockedUntil > now { slot = blockedUntil }
        if let pace, sentAt.count >= pace.count {
            let free = sentAt[sentAt.count - pace.count].adding(seconds: pace.windowSeconds)
            if free > now { slot = max(slot ?? free, free) }
        }
        return slot
    }

    /// Half of what the vendor allows was used in this window or the one before: what waits now is gathered.
    func isBusy(_ pace: Pace?, _ now: Instant) -> Bool {
        if let blockedUntil, blockedUntil > now { return true }
        guard let pace else { return throttlesInRow > 0 }
        let start = now.adding(seconds: -2 * pace.windowSeconds)
        return throttlesInRow > 0 || sentAt.suffix(pace.count).count { $0 > start } * 2 >= pace.count
    }

    mutating func noteSent(_ at: Instant) {
        sentAt.append(at)
        if sentAt.count > Robot.remembered { sentAt.removeFirst(sentAt.count - Robot.remembered / 2) }
    }

    mutating func noteDelivery() { throttlesInRow = 0 }

    /// The clock was set by so many microseconds.
    mutating func move(by shift: Int64) {
        sentAt = sentAt.map { $0.adding(microseconds: shift) }
        blockedUntil = blockedUntil?.adding(microseconds: shift)
    }

    /// The vendor said when to come back; refused again and again, the robot comes back later each time.
    mutating func noteThrottle(until instant: Instant, _ now: Instant) -> Instant {
        throttlesInRow += 1
        let patience = Int64(1) << Int64(min(throttlesInRow, 10))
        let until = max(instant, now.adding(seconds: min(patience, DispatcherLimits.longestRestSeconds)))
        blockedUntil = max(blockedUntil ?? until, until)
        return until
    }
}

extension Pace {
    /// Short windows are taken as they are: a margin would halve them.
    var windowSeconds: Int64 { seconds >= 10 ? seconds + Robot.marginSeconds : seconds }
}
