import Almanac
import BellmanModel

/// What people did, as decisions see it: in the snapshot of the tick.
public protocol ActView {
    func acknowledgement(firing: String) throws -> Acknowledgement?
}

/// Guarantees: each write is one transaction, durable when it returns, with its line in the audit log.
public protocol ActStore: Sendable {
    /// False when the firing is acknowledged already; the first one stays.
    func acknowledge(_ acknowledgement: Acknowledgement, way: String) throws -> Bool
    /// Writes a decision into its record, with its line. False, and nothing is written, when the record is not at the
    /// version that the write expects any more.
    func decide(_ write: RecordWrite, entry: ActEntry) throws -> Bool
    /// The audit log, newest first; of one target, or all.
    func acts(target: String?, limit: Int) throws -> [ActEntry]
    /// False when the link was used before.
    func spendLink(_ nonce: String, at: Instant) throws -> Bool
}
