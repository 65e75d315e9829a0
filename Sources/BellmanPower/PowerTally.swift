/// What the losses of one or more stories came to.
public struct PowerTally: Sendable {
    /// States of a disk after a loss that were examined.
    public var losses = 0
    /// Times that the power went: several states of the disk are possible for each.
    public var instants = 0
    /// Writes that had returned to their caller, each of them compared with what was there after the loss.
    public var commits = 0
    /// Messages that had left.
    public var sends = 0
    /// States in which a write that had not returned was there all the same, and whole.
    public var unacknowledgedKept = 0
    /// Times that it went while the store was being opened: its first time, or the recovery from the loss before.
    public var whileOpening = 0
    /// Times at which bytes were written and not synced.
    public var withUnsynced = 0
    public var findings: [PowerFinding] = []

    public init() {}

    public static func += (sum: inout PowerTally, more: PowerTally) {
        sum.losses += more.losses
        sum.instants += more.instants
        sum.commits += more.commits
        sum.sends += more.sends
        sum.unacknowledgedKept += more.unacknowledgedKept
        sum.whileOpening += more.whileOpening
        sum.withUnsynced += more.withUnsynced
        sum.findings += more.findings
    }
}

/// Something that must not be, and how to see it again.
public struct PowerFinding: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable {
        /// A write that had returned is not there, or not whole.
        case lost
        /// A message had left whose notice is not in the outbox.
        case sentBeforeDurable
        /// SQLite's full check complains.
        case damaged
        /// The store does not open, or refuses its work.
        case unusable
        /// A decision without its notice.
        case half
        /// Not everything was delivered or given up in the end.
        case undelivered
    }

    public let kind: Kind
    public let seed: UInt64
    /// How often the power had gone in the story by then.
    public let loss: Int
    public let words: String

    public var description: String { "seed \(seed), loss \(loss): \(kind.rawValue): \(words)" }
}
