import Almanac
import BellmanModel

/// What people did, as decisions see it: in the snapshot of the tick.
public protocol ActView {
    func acknowledgement(firing: String) throws -> Acknowledgement?
    /// Firings that were acknowledged since a tick last took note (`TickCommit.noted`).
    func acknowledgedAnew() throws -> [String]
    /// The first acknowledgement of any firing of the rule for the subject whose occurrence begins so.
    func acknowledgement(rule: String, subject: String, occurrencePrefix: String) throws -> Acknowledgement?
    /// Silences that are not over at the instant, or never end; by id. One that is yet to begin is among them.
    func silences(notOverAt: Instant) throws -> [Silence]
    /// Whether any step waits.
    func hasWaitingSteps() throws -> Bool
    /// What waits for a subject, of all rules, by firing and step.
    func waitingSteps(subject: String) throws -> [PendingStep]
}

/// Guarantees: each write is one transaction, durable when it returns, with its line in the audit log.
public protocol ActStore: Sendable {
    /// False when the firing is acknowledged already; the first one stays.
    func acknowledge(_ acknowledgement: Acknowledgement, way: String) throws -> Bool
    /// Queues notices that come again, drops those that waited in their place and are not under way, and writes the line
    /// down. False when a notice of that id is there already; nothing is changed then.
    func snooze(_ again: [OutboxItem], instead: [String], _ entry: ActEntry) throws -> Bool
    /// False when that id is taken.
    func silence(_ silence: Silence, way: String) throws -> Bool
    /// What it is afterwards; nil when there is none, the same as before when it is over already.
    func endSilence(_ id: String, by: Person, at: Instant, comment: String, way: String) throws -> Silence?
    /// All that ever were, the newest first.
    func silences(limit: Int) throws -> [Silence]
    /// Writes a decision into its record, with its line. False, and nothing is written, when the record is not at the
    /// version that the write expects any more.
    func decide(_ write: RecordWrite, entry: ActEntry) throws -> Bool
    /// The audit log, newest first; of one target, or all.
    func acts(target: String?, limit: Int) throws -> [ActEntry]
    /// Whether the link was used before.
    func isSpent(_ nonce: String) throws -> Bool
    /// False when the link was used before.
    func spendLink(_ nonce: String, at: Instant) throws -> Bool
}
