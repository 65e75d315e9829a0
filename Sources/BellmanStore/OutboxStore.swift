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
        /// Its gate is shut (quiet hours): it waits, untried, and may then leave together with others.
        case held(until: Instant, Reason)
        case dropped(Reason)
        case dead(Reason)
        /// Given back untouched (shutdown, or the channel's pace).
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

/// What the dispatcher asks for when it claims.
public struct ClaimRequest: Sendable, Hashable {
    public var now: Instant
    /// Messages, not items.
    public var limit: Int
    public var excluding: Set<String>
    /// Channels whose gate was shut: all that waits there for one recipient leaves as one message.
    public var eager: Set<String>
    /// More than so many waiting for one (channel, recipient) leave as one message.
    public var bundleAbove: Int
    /// Items in one message at most.
    public var bundleSize: Int
    public var lease: Instant
    /// The holder's mark.
    public var claim: String

    public init(
        now: Instant, limit: Int, excluding: Set<String> = [], eager: Set<String> = [], bundleAbove: Int,
        bundleSize: Int, lease: Instant, claim: String
    ) {
        self.now = now
        self.limit = limit
        self.excluding = excluding
        self.eager = eager
        self.bundleAbove = bundleAbove
        self.bundleSize = bundleSize
        self.lease = lease
        self.claim = claim
    }
}

/// A message left through a robot: what its pace is counted by, also after a restart.
public struct SendMark: Sendable, Hashable {
    /// Names the vendor's robot (or account), which several channels may share; no secret.
    public let robot: String
    public let at: Instant
    public init(robot: String, at: Instant) {
        self.robot = robot
        self.at = at
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
    /// Claims what is due: most urgent first, then oldest, the channels in turn. Many that wait for one
    /// (channel, recipient) become one bundle, as do those that were held for it; what is urgent never mixes with
    /// what is not.
    func claim(_ request: ClaimRequest) throws -> [ClaimedMessage]
    /// Applies completions and notes the marks in one transaction; returns how many completions were stale.
    func complete(_ completions: [Completion], marks: [SendMark], now: Instant) throws -> Int
    /// Marks after an instant, oldest first; a day of them is kept.
    func marks(after: Instant) throws -> [SendMark]
    /// Gives back every claim whose lease ended, or all claims (at start, when this is the only daemon).
    func releaseClaims(endedBy: Instant?) throws -> Int
    func nextDue(excluding: Set<String>) throws -> Instant?
    func enqueue(_ items: [OutboxItem]) throws
    func summary() throws -> OutboxSummary
    func items(state: DeliveryState?, channel: String?, limit: Int) throws -> [OutboxItem]
    /// What is held, oldest first, after a place that an earlier page ended at (0: from the start).
    func held(after place: Int64, limit: Int) throws -> HeldPage
    func item(id: String) throws -> OutboxItem?
    func items(firing: String) throws -> [OutboxItem]
    func attempts(notice: String) throws -> [Attempt]
    /// What is held and not claimed is due now, held still: its gate is asked again.
    func reopen(_ ids: [String], now: Instant) throws
    /// Puts a dead, dropped or sent item back to waiting with the same id. False when there is none.
    func resend(id: String, now: Instant) throws -> Bool
}

/// Some of what is held.
public struct HeldPage: Sendable {
    public let items: [OutboxItem]
    /// Where the next page begins.
    public let end: Int64

    public init(items: [OutboxItem], end: Int64) {
        self.items = items
        self.end = end
    }
}

extension OutboxStore {
    /// All that is held, `atOnce` notices at a time: a store with a year of them fills no memory.
    public func eachHeld(atOnce: Int, _ body: ([OutboxItem]) throws -> Void) throws {
        var place: Int64 = 0
        while true {
            let page = try held(after: place, limit: atOnce)
            if !page.items.isEmpty { try body(page.items) }
            guard page.items.count == atOnce, page.end > place else { return }
            place = page.end
        }
    }

    public func complete(_ completions: [Completion], now: Instant) throws -> Int {
        try complete(completions, marks: [], now: now)
    }
}
