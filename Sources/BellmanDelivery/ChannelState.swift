import Almanac
import BellmanStore

/// What the dispatcher keeps for one channel.
struct ChannelState {
    let policy: ChannelPolicy
    var queue: [ClaimedMessage] = []
    var queuedAt: Instant?
    var inFlight = 0
    var blockedUntil: Instant?
    var failuresInRow = 0
    /// Its target refused for good; nothing is sent until it is configured anew.
    var isDead = false
    private var sentAt: [Instant] = []

    init(policy: ChannelPolicy) { self.policy = policy }

    /// The instant from which another message may leave; `nil` when one may leave now.
    func nextSlot(_ now: Instant) -> Instant? {
        var slot: Instant?
        if let blockedUntil, blockedUntil > now { slot = blockedUntil }
        if let pace = policy.pace, sentAt.count >= pace.count {
            let free = sentAt[sentAt.count - pace.count].adding(seconds: pace.seconds)
            if free > now { slot = max(slot ?? free, free) }
        }
        return slot
    }

    mutating func noteSent(_ now: Instant) {
        guard let pace = policy.pace else { return }
        sentAt.append(now)
        if sentAt.count > pace.count { sentAt.removeFirst(sentAt.count - pace.count) }
    }

    /// A run of failures makes the channel rest, longer each time.
    mutating func noteFailure(_ now: Instant) {
        failuresInRow += 1
        let over = failuresInRow - DispatcherLimits.failuresBeforeRest
        guard over >= 0 else { return }
        let rest = DispatcherLimits.shortestRestSeconds << Int64(min(over, 10))
        block(until: now.adding(seconds: min(rest, DispatcherLimits.longestRestSeconds)))
    }

    mutating func block(until instant: Instant) { blockedUntil = max(blockedUntil ?? instant, instant) }
}
