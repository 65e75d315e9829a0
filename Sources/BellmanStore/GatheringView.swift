import BellmanModel

/// An aggregate rule whose memberships the store keeps.
public struct GatheringHead: Sendable, Hashable {
    /// The store's own; a rule that is read anew gets another one.
    public let number: Int64
    public let rule: String
    /// All that the memberships depend on beside the records.
    public let signature: String
    public init(number: Int64, rule: String, signature: String) {
        self.number = number
        self.rule = rule
        self.signature = signature
    }
}

/// Where a record stands, and what it adds there (text of the engine's own making).
public struct GatheredMember: Sendable, Hashable {
    /// The group's number.
    public let group: Int64
    public let share: String
    public init(group: Int64, share: String) {
        self.group = group
        self.share = share
    }
}

/// A group with what it comes to (text of the engine's own making).
public struct GatheredGroup: Sendable, Hashable {
    public let number: Int64
    public let subject: String
    public let tally: String
    public init(number: Int64, subject: String, tally: String) {
        self.number = number
        self.subject = subject
        self.tally = tally
    }
}

/// Which records belong to which group of an aggregate rule, kept up to date by changes alone.
///
/// Unlike the rest of a view this part can be written, because a million memberships would not fit into a commit: what
/// is written is seen at once, belongs to the tick's own transaction, and is gone with it when the tick fails. Only the
/// view of a tick takes writes; any other throws.
public protocol GatheringView {
    /// Gatherings in force, ascending by rule.
    func gatherings() throws -> [GatheringHead]
    /// nil where the record does not count.
    func gatheredMember(_ gathering: Int64, of record: RecordRef) throws -> GatheredMember?
    func gatheredGroup(_ gathering: Int64, subject: String) throws -> GatheredGroup?
    func gatheredGroup(number: Int64) throws -> GatheredGroup?
    /// Ascending by subject, after `subject`.
    func gatheredGroups(_ gathering: Int64, after subject: String?, limit: Int) throws -> [GatheredGroup]
    /// Ids of at most `limit` of a group's records, in no promised order.
    func gatheredIDs(group: Int64, limit: Int) throws -> [String]
    /// The smallest or greatest value of a group that begins with `prefix`, by bytes.
    func gatheredExtreme(group: Int64, term: Int, prefix: String, isGreatest: Bool) throws -> String?

    // MARK: writing, within a tick

    func addGathering(rule: String, signature: String) throws -> GatheringHead
    /// No longer in force; its rows go with `forgetGathered`.
    func retireGathering(_ number: Int64) throws
    /// Drops at most about `limit` rows of gatherings that are no longer in force, level states of their rules
    /// included, but for rules that have a level now, gathered or plain. False when nothing was left.
    func forgetGathered(limit: Int, hasLevel: (String) -> Bool) throws -> Bool
    /// Finds or makes the group.
    func makeGatheredGroup(_ gathering: Int64, subject: String) throws -> GatheredGroup
    func setGatheredTally(group: Int64, _ tally: String) throws
    func removeGatheredGroup(_ group: Int64) throws
    /// nil takes the record out. A record that is gone keeps its place until it is taken out.
    func setGatheredMember(_ gathering: Int64, of record: RecordRef, _ member: GatheredMember?) throws
    /// Adds `change` to how often a value occurs in a group; returns how often it does now.
    func countGathered(group: Int64, term: Int, value: String, change: Int) throws -> Int
    /// What `body` writes here is undone when it returns.
    func rehearseGathering(_ body: () throws -> Void) throws
}
