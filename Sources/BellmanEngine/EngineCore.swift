import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// The pure core: what is due and what changed, given one snapshot, one rule set and one instant.
/// It reads only through the view it is handed and returns what is to be committed.
public struct EngineCore: Sendable {
    public var rules: RuleSet {
        didSet {
            armedMemory = ArmedMemory()
            silenceMemory = SilenceMemory()
        }
    }
    public var settings: EngineSettings
    /// Computes derived dates of a record; the same that fill the date index.
    public internal(set) var moments: DerivedMoments
    private(set) var armedMemory = ArmedMemory()
    /// Compiled conditions of silences.
    private(set) var silenceMemory = SilenceMemory()

    public init(rules: RuleSet, settings: EngineSettings, moments: DerivedMoments) {
        self.rules = rules
        self.settings = settings
        self.moments = moments
    }

    /// Decides everything that is due at `now` and every change not yet decided.
    public func tick(at now: Instant, view: any EngineView) throws -> TickCommit {
        var tick = try Tick(core: self, now: now, view: view)
        try tick.run()
        return tick.commit
    }
}

/// One tick at work. Phases stand in files of their own as extensions.
struct Tick {
    let core: EngineCore
    let now: Instant
    let view: any EngineView
    let source: SnapshotSource
    /// Nil before the store's first tick.
    let before: EngineProgress?
    /// The journal is decided through this sequence.
    let head: Int64
    /// What is due after this instant and up to `now` is this tick's work.
    let windowStart: Instant
    var armed = ArmedTimes()
    /// Triggers that this very tick sees for the first time.
    var fresh: Set<String> = []
    /// Rules whose level was armed with another `for` or `fresh`.
    var editedSpans: Set<String> = []
    /// Date triggers whose time of day, zone or calendar is another than at the last tick, by position of the rule.
    var retimed: [Int: [Retiming]] = [:]
    var commit: TickCommit
    /// Rule and record of what an edge rang in this tick: a date or level of the same rule is superseded by it.
    var rangByEdge: [String: Set<String>] = [:]
    /// Records with a date that were changed (not created) since the last tick.
    var moved: Set<RecordRef> = []
    /// Records that were created since the last tick and edited after it; they arrive with their last state.
    var remade: Set<RecordRef> = []
    /// Keys decided by this tick, so that two ways to one occurrence make one row.
    var decidedNow: Set<OccurrenceKey> = []
    /// Rings of this tick, for `limit`.
    var ringsNow: [String: Int] = [:]
    /// Level states as this tick leaves them.
    var levels: [String: LevelState?] = [:]
    /// Levels that rang and are decided when all changes are read.
    var levelRings = LevelRings()
    /// Memberships and tallies of aggregate rules.
    let shelf: GatheredShelf
    /// What schedules and waiting steps gathered in this tick.
    var gathered: [GatherRun: Gathered] = [:]
    /// Kinds of which something was written since the last tick.
    var changedKinds: Set<String> = []
    /// Turns of questions (firing and row) that ended in this tick.
    var closedTurns: Set<String> = []
    /// Consents that the question which is being put goes on from.
    var earlier: [(name: String, comment: String)] = []
    /// A storage error met where none can be thrown.
    var questionFailure: (any Error)?
    /// What the journal since the last tick says of the links that level rules follow.
    var linkHistory: LinkHistory?
    /// Records that were changed since the last tick and that the condition of something that waits may read.
    var touched: [RecordRef: Change] = [:]
    /// Rules of which the last tick knew more repetitions, or other steps that wait.
    var editedRests: Set<String> = []
    /// What this tick brought to an end, so that nothing of it runs.
    var settled: Set<WaitingPlace> = []
    /// Where in the commit the steps stand that this tick planned.
    var planned: [WaitingPlace: Int] = [:]
    /// Silences that count in this tick, read when something rings.
    var silences: [Silence]?
    /// The same of the links that invitations follow.
    var inviteLinks: LinkHistory?
    /// Invitations of this tick's firings.
    var invited: [InvitationKey: FiringFacts] = [:]
    /// Subjects of rules whose invitations a change may have touched.
    var touchedMeetings: Set<TouchedSubject> = []

    init(core: EngineCore, now: Instant, view: any EngineView) throws {
        self.core = core
        self.now = now
        self.view = view
        source = SnapshotSource(view)
        shelf = GatheredShelf(view)
        before = try view.progress()
        head = try view.lastSequence()
        // The watermark never goes back, also when the clock does. The window does: what came newly into the time that
        // is lived through again rings there, and identities stop whatever rang (docs/decisions/0007).
        let watermark = before?.watermark ?? now
        windowStart = max(min(before?.cursor ?? watermark, now), .earliest)
        commit = TickCommit(
            progress: EngineProgress(
                watermark: max(now, watermark), sequence: head, cursor: now < watermark ? now : nil))
    }

    var isFirst: Bool { before == nil }

    /// The clock was set back: it has not reached again what the store lived through.
    var isAgain: Bool { before.map { now < $0.watermark } ?? false }

    mutating func run() throws {
        try arm()
        try openGatherings()
        try runChanges()
        try runWindow()
        try runSchedules()
        try runLevelTimers()
        try endRests()
        try runQuestions()
        try runSteps()
        try runInvitations()
        try closeGatherings()
        flushLevels()
        if let failure = source.failure ?? linkHistory?.failure ?? inviteLinks?.failure ?? questionFailure {
            throw failure
        }
    }

    func evaluator(_ rule: Rule, _ at: (any RecordSource)? = nil, at instant: Instant? = nil) -> RuleEvaluator {
        RuleEvaluator(rule: rule, source: at ?? source, now: instant ?? now, presentation: core.settings.presentation)
    }
}
