import BellmanModel

/// Where an evaluation finds the records that references lead to. Synchronous and within one snapshot.
/// A storage error is kept by the implementation and looked at after the evaluation; here it is "nothing".
public protocol RecordSource: AnyObject, Sendable {
    func record(_ ref: RecordRef) -> Record?
    /// The id that a reference's text leads to: by id, e-mail, then unique name or title.
    func resolve(_ text: String, kind: String) -> String?
    /// Ids whose reference `field` leads to `target`, ascending.
    func referrers(kind: String, field: String, target: RecordRef) -> [String]
    /// Ids of a small kind (`budget`), ascending, at most `limit`.
    func identifiers(kind: String, limit: Int) -> [String]
    /// Ids of active members with the role, ascending.
    func members(role: String) -> [String]
}
