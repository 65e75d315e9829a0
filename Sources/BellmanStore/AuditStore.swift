import Almanac
import BellmanModel

/// A ledger row with its number. Rows are never deleted and numbers never given twice, so a gap is a row that is gone.
public struct LedgerRowFacts: Sendable, Hashable {
    public let number: Int64
    public let entry: LedgerEntry
    /// Notices that the outbox holds of the firing; counted for rows that rang.
    public let notices: Int
    public init(number: Int64, entry: LedgerEntry, notices: Int) {
        self.number = number
        self.entry = entry
        self.notices = notices
    }
}

/// What an audit wants to know of an outbox row.
public struct OutboxRowFacts: Sendable, Hashable {
    public let number: Int64
    public let id: String
    public let firing: String
    public let channel: String
    public let state: DeliveryState
    public let createdAt: Instant
    public let notBefore: Instant
    /// When the claim ends that somebody holds; nil where nobody holds one.
    public let lease: Instant?
    /// Whether the notice itself is there.
    public let hasNotice: Bool

    public init(
        number: Int64, id: String, firing: String, channel: String, state: DeliveryState, createdAt: Instant,
        notBefore: Instant, lease: Instant?, hasNotice: Bool
    ) {
        self.number = number
        self.id = id
        self.firing = firing
        self.channel = channel
        self.state = state
        self.createdAt = createdAt
        self.notBefore = notBefore
        self.lease = lease
        self.hasNotice = hasNotice
    }
}

/// Reads for the self-audit: page by page, each call one short snapshot. Errors are the storage's own.
public protocol AuditStore: ViewedStore {
    /// Number of the newest ledger row; 0 where there is none.
    func lastLedgerRow() throws -> Int64
    /// Number of the newest outbox row; 0 where there is none.
    func lastOutboxRow() throws -> Int64
    /// Ledger rows in (after, through], ascending by number.
    func ledgerRows(after: Int64, through: Int64, limit: Int) throws -> [LedgerRowFacts]
    /// Outbox rows in (after, through], ascending by number.
    func outboxRows(after: Int64, through: Int64, limit: Int) throws -> [OutboxRowFacts]
    /// The same, only those that wait or are held.
    func openOutboxRows(after: Int64, through: Int64, limit: Int) throws -> [OutboxRowFacts]
    /// When an older state was put in this store's place and what had fallen due meanwhile counted as settled, the
    /// last time; nil where that never happened.
    func lastSettledRestore() throws -> Instant?
}
