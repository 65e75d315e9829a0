/// What a story is made from.
public struct StoryOptions: Sendable, Hashable {
    public var seed: UInt64
    /// People act, and things go wrong, for so many days; then all is healed and the story goes on until everything
    /// must have been delivered.
    public var days: Int
    public var keepsLog = false
    /// Kinds of events that are left out (`StoryEvent` names): how a failure is made smaller.
    public var without: Set<String> = []
    /// A planted bug; the story should find it.
    public var sabotage: Sabotage?

    public init(seed: UInt64, days: Int = 100) {
        self.seed = seed
        self.days = days
    }
}

/// Bugs of a store and of the shell around the cores, planted to see whether stories find them.
public enum Sabotage: String, Sendable, CaseIterable {
    /// Decided keys are known until a restart only.
    case keysInMemory = "keys-in-memory"
    /// A completion is applied whoever holds the claim.
    case completeByIdentifier = "complete-by-id"
    /// Notices leave before the tick that made them is committed.
    case sendBeforeCommit = "send-before-commit"
    /// Where the store fails, the ledger is written and the outbox is not.
    case halfCommit = "half-commit"
    /// A lease never ends.
    case endlessLease = "endless-lease"
    /// What was handed to the transport counts as sent.
    case sentWhenHandedOver = "sent-when-handed-over"
    /// Each try has an id of its own.
    case freshIdentifier = "fresh-id"
    /// A failed tick still moves the watermark.
    case watermarkFirst = "watermark-first"
    /// A change that came during the tick counts as seen.
    case sequenceAhead = "sequence-ahead"
    /// The store takes the second decision of a key instead of the first.
    case lastDecisionWins = "last-decision-wins"
    /// A retry is forgotten when the process ends: its row is never open again.
    case retryInMemory = "retry-in-memory"
    /// After a restore the numbers of changes and bundles are given a second time.
    case numbersAgain = "numbers-again"
    /// The window is counted from the node's own last tick, not from the store's.
    case ownWindow = "own-window"
}

/// What befalls a world beside the course of time.
enum StoryEvent: String, CaseIterable {
    case edit, delete, rules, silence, acknowledge, channels, resend
    case crash, upgrade, longDown, storeTrouble, lostAnswer, receiver, clock, backup, restore

    var isFault: Bool {
        switch self {
        case .edit, .delete, .rules, .silence, .acknowledge, .channels, .resend, .backup: false
        default: true
        }
    }
}
