import Almanac
import BellmanModel

/// Notices of one page, newest first.
public struct DeliveryPage: Sendable, Hashable {
    public var items: [OutboxItem]
    /// Where the next page starts; nil when there is none.
    public var next: Int64?
    public init(items: [OutboxItem], next: Int64?) {
        self.items = items
        self.next = next
    }
}

/// Decisions of one rule, newest first.
public struct DecisionPage: Sendable, Hashable {
    public var entries: [LedgerEntry]
    /// Where the next page starts; nil when there is none.
    public var next: Int64?
    public init(entries: [LedgerEntry], next: Int64?) {
        self.entries = entries
        self.next = next
    }
}

/// A figure that was counted up to a bound.
public struct BoundedCount: Sendable, Hashable {
    public var count: Int
    /// There are more; `count` is how far it was counted.
    public var isCut: Bool
    public init(_ count: Int, isCut: Bool = false) {
        self.count = count
        self.isCut = isCut
    }
}

/// How often rules rang since an instant.
public struct RingCounts: Sendable, Hashable {
    /// By rule; rules that did not ring are left out.
    public var byRule: [String: Int]
    /// More was decided since then than is looked at: the figures are of the newest part.
    public var isCut: Bool
    public init(byRule: [String: Int], isCut: Bool) {
        self.byRule = byRule
        self.isCut = isCut
    }

    public var total: BoundedCount { BoundedCount(byRule.values.reduce(0, +), isCut: isCut) }
}

/// What left through one channel since an instant, and what waits for it.
public struct ChannelTraffic: Sendable, Hashable {
    public var sent = 0
    /// Tries that did not deliver.
    public var failed = 0
    public var waiting = 0
    public var lastSuccess: Instant?
    public init(sent: Int = 0, failed: Int = 0, waiting: Int = 0, lastSuccess: Instant? = nil) {
        self.sent = sent
        self.failed = failed
        self.waiting = waiting
        self.lastSuccess = lastSuccess
    }
}

public struct TrafficReport: Sendable, Hashable {
    public var byChannel: [String: ChannelTraffic]
    /// More was tried since then than is looked at: the figures are of the newest part.
    public var isCut: Bool
    public init(byChannel: [String: ChannelTraffic], isCut: Bool) {
        self.byChannel = byChannel
        self.isCut = isCut
    }
}

/// A place in the order of `DashboardStore.dated`.
public struct DatedCursor: Sendable, Hashable {
    public let date: CivilDate
    /// The store's own number of the record.
    public let key: Int64
    public init(date: CivilDate, key: Int64) {
        self.date = date
        self.key = key
    }
}

/// A record with the date it was found by.
public struct DatedRecord: Sendable, Hashable {
    public let record: Record
    public let cursor: DatedCursor
    public var date: CivilDate { cursor.date }
    public init(record: Record, cursor: DatedCursor) {
        self.record = record
        self.cursor = cursor
    }
}

/// What pages for people need. Every call is answered from an index or looks at a bounded number of rows, so that a
/// page is as quick on a large store as on a small one. Errors are the storage's own.
public protocol DashboardStore: Sendable {
    /// Each state counted up to `most`; states without a row are 0.
    func deliveryCounts(most: Int) throws -> [DeliveryState: BoundedCount]
    /// When the first notice that still waits, or is held, was made.
    func oldestOpen() throws -> Instant?
    /// Newest first, those before `before`. A page may hold fewer than `limit` items and still have a next one.
    func deliveries(state: DeliveryState?, channel: String?, before: Int64?, limit: Int) throws -> DeliveryPage
    func ringCounts(since: Instant) throws -> RingCounts
    /// Newest first, those before `before`. A page may hold fewer than `limit` entries and still have a next one.
    func decisions(rule: String, before: Int64?, limit: Int) throws -> DecisionPage
    func channelTraffic(since: Instant) throws -> TrafficReport
    /// Records of `kind` whose `field` is a date in the range, ascending, after `after`.
    func dated(
        kind: String, field: String, dates: ClosedRange<CivilDate>, after: DatedCursor?, limit: Int
    ) throws -> [DatedRecord]
    /// At most `most` records of `kind` whose reference `field` leads to `target`, in no promised order.
    func holdings(kind: String, field: String, target: RecordRef, most: Int) throws -> [Record]
    /// Texts that `field` has among the newest records of `kind`, the most used first.
    func words(kind: String, field: String) throws -> [String]
}
