import Almanac
import BellmanModel

/// What a reference's text leads to: by id, then e-mail, then unique name or title.
public enum Resolution: Sendable, Hashable {
    case found(String)
    case nothing
    case ambiguous(count: Int)
}

/// A date or an instant found by the date index.
public struct IndexedMoment: Sendable, Hashable {
    public enum Value: Sendable, Hashable {
        case date(CivilDate)
        case instant(Instant)
    }
    public let id: String
    public let value: Value
    public init(id: String, value: Value) {
        self.id = id
        self.value = value
    }
}

/// Reading within one snapshot: everything a view returns belongs to the same committed state.
/// Errors are the storage's own (disk, corruption); an absent thing is never an error.
public protocol RecordView {
    func record(_ ref: RecordRef) throws -> Record?
    /// Resolves the text of a reference to a record of `kind`.
    func resolve(_ text: String, kind: String) throws -> Resolution
    /// Ids of the records of `kind` whose reference `field` leads to `target`, ascending.
    func referrers(kind: String, field: String, target: RecordRef) throws -> [String]
    /// Ids of the records of `kind` whose reference `field` says that text, ascending, wherever it leads: who points to
    /// a record that is gone.
    func referrers(kind: String, field: String, text: String) throws -> [String]
    /// Ids of a kind, ascending, after `after`, at most `limit`.
    func identifiers(kind: String, after: String?, limit: Int) throws -> [String]
    func count(kind: String) throws -> Int
    /// Records of `kind` whose field is a date in the range, ordered by (value, id). Answered from the index.
    func moments(kind: String, field: String, dates: ClosedRange<CivilDate>) throws -> [IndexedMoment]
    /// The same for values that are instants.
    func moments(kind: String, field: String, instants: ClosedRange<Instant>) throws -> [IndexedMoment]
    /// The smallest date (instant) after the given one, for planning the next wake.
    func nextDate(kind: String, field: String, after: CivilDate) throws -> CivilDate?
    func nextInstant(kind: String, field: String, after: Instant) throws -> Instant?
    /// The journal in order.
    func changes(after sequence: Int64, limit: Int) throws -> [Change]
    /// The journal of one record in order, after `sequence`.
    func changes(of ref: RecordRef, after sequence: Int64) throws -> [Change]
    func lastSequence() throws -> Int64
    /// Active members with the role, ascending by id.
    func members(role: String) throws -> [String]
}
