import Almanac
import BellmanModel

/// Items that leave as one message. One item, or a bundle of one (channel, recipient).
public struct ClaimedMessage: Sendable, Hashable {
    /// The notice id, or the bundle's.
    public let id: String
    public let items: [OutboxItem]
    public let claim: String
    public init(id: String, items: [OutboxItem], claim: String) {
        self.id = id
        self.items = items
        self.claim = claim
    }
}

/// What became of a claimed message; applied with compare-and-set on the claim.
public struct Completion: Sendable {
    public enum Fate: Sendable, Hashable {
        case sent
        case retry(at: Instant)
        case dropped(Reason)
        case dead(Reason)
        /// Given back untouched (shutdown).
        case released
    }
    public let message: String
    public let claim: String
    public let fate: Fate
    public let attempt: Attempt?
    /// Notices to queue in the same transaction (a channel's `fallback`, a word to the admin channel).
    public let followUps: [OutboxItem]

    public init(message: String, claim: String, fate: Fate, attempt: Attempt?, followUps: [OutboxItem] = []) {
        self.message = message
        self.claim = claim
        self.fate = fate
        self.attempt = attempt
        self.followUps = followUps
    }
}

public struct OutboxSummary: Sendable, Hashable {
    public var counts: [DeliveryState: Int]
    public var oldestWaiting: Instant?
    public init(counts: [DeliveryState: Int], oldestWaiting: Instant?) {
        self.counts = counts
        self.oldestWaiting = oldestWaiting
    }
}

/// Guarantees: an item is claimed by at most one holder until the claim ends or its lease is over; a completion
/// with a stale claim changes nothing and says so; rows are never deleted.
public protocol OutboxStore: Sendable {
    /// Claims what is due at `now` for channels not in `excluding`, oldest first, at most `limit` messages.
    /// More than `bundleAbove` waiting for one (channel, recipient) become one bundle, at most `bundleSize` items.
    func claim(
        now: Instant, limit: Int, excluding: Set<String>, bundleAbove: Int, bundleSize: Int, lease: Instant,
        claim: String
    ) throws -> [ClaimedMessage]
    /// Applies completions in one transaction; returns how many were stale.
    func complete(_ completions: [Completion], now: Instant) throws -> Int
    /// Gives back every claim whose lease ended, or all claims (at start, when this is the only daemon).
    func releaseClaims(endedBy: Instant?) throws -> Int
    func nextDue(excluding: Set<String>) throws -> Instant?
    func enqueue(_ items: [OutboxItem]) throws
    func summary() throws -> OutboxSummary
    func items(state: DeliveryState?, channel: String?, limit: Int) throws -> [OutboxItem]
    func item(id: String) throws -> OutboxItem?
    func items(firing: String) throws -> [OutboxItem]
    func attempts(notice: String) throws -> [Attempt]
    /// Puts a dead, dropped or sent item back to waiting with the same id. False when there is none.
    func resend(id: String, now: Instant) throws -> Bool
}
