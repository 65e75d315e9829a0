import Almanac
import BellmanModel

/// How far the engine has come. Absent before a store's first tick.
public struct EngineProgress: Sendable, Hashable {
    /// Everything due up to and including this instant is decided.
    public var watermark: Instant
    /// Every change up to and including this sequence is decided.
    public var sequence: Int64
    /// Where the clock stood at the last tick, when that lies before the watermark: the clock was set back, and the
    /// time from here to the watermark is lived through again.
    public var cursor: Instant?

    public init(watermark: Instant, sequence: Int64, cursor: Instant? = nil) {
        self.watermark = watermark
        self.sequence = sequence
        self.cursor = cursor
    }

    /// Where the clock stood at the last tick.
    public var lastTick: Instant { cursor ?? watermark }

    /// The document that keeps the cursor while there is one.
    public static let cursorDocument = "engine/cursor"
}

/// When a trigger of a rule was first seen; what was due before is past for it (promise 6).
public struct ArmedTrigger: Sendable, Hashable {
    public let rule: String
    /// Canonical text of the trigger or of one of its offsets.
    public let trigger: String
    public let since: Instant
    public let sequence: Int64
    public init(rule: String, trigger: String, since: Instant, sequence: Int64) {
        self.rule = rule
        self.trigger = trigger
        self.since = since
        self.sequence = sequence
    }
}

/// What the engine reads besides records, in the same snapshot.
public protocol EngineView: RecordView, ActView, GatheringView, InvitationView {
    func progress() throws -> EngineProgress?
    func armed() throws -> [ArmedTrigger]
    /// Changes, never to be the same again, with every commit that arms, disarms or renames anything; nil in a store
    /// that has none yet (`TickCommit.marksArmed`).
    func armedMark() throws -> String?
    func decision(_ key: OccurrenceKey) throws -> LedgerEntry?
    func decision(firing: String) throws -> LedgerEntry?
    /// How often the rule rang for the subject after the instant (`limit`).
    func rings(rule: String, subject: String, after: Instant) throws -> Int
    func level(rule: String, subject: String) throws -> LevelState?
    func levelsDue(through: Instant) throws -> [LevelState]
    func stepsDue(through: Instant) throws -> [PendingStep]
    func steps(firing: String) throws -> [PendingStep]
    /// Waiting steps that wait for people and no time (`dueAt` is `.latest`), by firing and step.
    func openQuestions() throws -> [PendingStep]
    /// Earliest `checkAt` of a level or `dueAt` of a waiting step.
    func nextTimer() throws -> Instant?
    /// Subjects (`kind/id` or groups) that a rule holds level state for.
    func levelSubjects(rule: String) throws -> [String]
}

/// What one tick decided. Committed whole or not at all.
public struct TickCommit: Sendable {
    public var progress: EngineProgress
    public var arm: [ArmedTrigger] = []
    public var disarm: [(rule: String, trigger: String)] = []
    /// Asks for an `armedMark` although nothing is armed or disarmed.
    public var marksArmed = false
    /// Insert-if-absent on the key.
    public var ledger: [LedgerEntry] = []
    /// Insert-if-absent on the notice id. Kept only for firings whose ledger row this commit inserted or whose waiting
    /// step it finished; what another node decided first is that node's to ring.
    public var outbox: [OutboxItem] = []
    public var steps: [PendingStep] = []
    public var levels: [LevelState] = []
    public var forgetLevels: [(rule: String, subject: String)] = []
    public var writes: [RecordWrite] = []
    public var invitations: [InvitationWrite] = []
    /// Moves history of a rule to a new id (`was:`): (old, new).
    public var renames: [(old: String, new: String)] = []
    /// Firings whose acknowledgement this tick took note of.
    public var noted: [String] = []
    /// Lines for the audit log; one whose verb and target stand in it already is left out.
    public var acts: [ActEntry] = []
    /// What went wrong in single rules, in words; not stored, told to the admin channel.
    public var troubles: [String] = []

    public init(progress: EngineProgress) { self.progress = progress }
}

public struct TickReceipt: Sendable, Hashable {
    public let decided: Int
    public let alreadyDecided: Int
    public let queued: Int
    public init(decided: Int, alreadyDecided: Int, queued: Int) {
        self.decided = decided
        self.alreadyDecided = alreadyDecided
        self.queued = queued
    }
}

/// Anything that can be read in one snapshot.
public protocol ViewedStore: Sendable {
    func read<T>(_ body: (any EngineView) throws -> T) throws -> T
}

/// Guarantees: `decide` sees one snapshot; its result and that snapshot are one transaction, durable when `tick`
/// returns; ledger keys and notice ids are unique for ever; on any error nothing is changed.
///
/// Writes of the commit are journalled at `progress.watermark`, after everything that `decide` saw. A new step is kept
/// when its firing was decided by this commit or a step of it was finished by this commit.
public protocol EngineStore: ViewedStore {
    func tick(_ decide: (any EngineView) throws -> TickCommit) throws -> TickReceipt
}
