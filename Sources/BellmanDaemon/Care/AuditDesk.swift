import Almanac
import BellmanDelivery
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite
import Digests

/// What the last self-audit came to, as the store keeps it.
public struct LastAudit: Sendable, Hashable {
    public let at: Instant
    public let from: Instant
    public let through: Instant
    public let total: Int
    public let expected: Int
    /// How long it took, its rests included. Milliseconds.
    public let took: Int64

    fileprivate static let document = "audit/last"

    fileprivate init(_ report: AuditReport, at: Instant, took: Int64) {
        self.at = at
        from = report.from
        through = report.through
        total = report.total
        expected = report.expected
        self.took = took
    }

    fileprivate init?(_ text: String) {
        let numbers = text.split(separator: " ").compactMap { Int64($0) }
        guard numbers.count == 6 else { return nil }
        at = Instant(microseconds: numbers[0])
        from = Instant(microseconds: numbers[1])
        through = Instant(microseconds: numbers[2])
        total = Int(numbers[3])
        expected = Int(numbers[4])
        took = numbers[5]
    }

    fileprivate var text: String {
        "\(at.microseconds) \(from.microseconds) \(through.microseconds) \(total) \(expected) \(took)"
    }
}

/// When the daily self-audit comes: once in each local day, at a quiet minute that is the store's own, so that many
/// installations on one machine or one disk do not all read at once.
struct AuditHour: Sendable {
    /// Local hours, from and before.
    static let quiet = 1..<5
    /// After a start, and after a failure, it waits so long. Seconds.
    static let rest: Int64 = 600

    let zone: Zone
    /// Of the store.
    let identity: String

    /// The day's instant.
    func slot(_ day: CivilDate) -> Instant {
        let number = Digests.stableID(["audit", identity]).utf8.reduce(UInt64(7)) { $0 &* 31 &+ UInt64($1) }
        let span = UInt64(AuditHour.quiet.count * 3600)
        let midnight = zone.startOfDay(day)
        return midnight.adding(seconds: Int64(AuditHour.quiet.lowerBound * 3600) + Int64(number % span))
    }

    /// Due once the day's instant has come and no audit was made since; one that was missed is made up for. A clock
    /// that was set back makes no audit of the future count.
    func isDue(_ now: Instant, last: Instant?) -> Bool {
        let slot = slot(zone.date(now))
        // Before the day's instant it is yesterday's that counts.
        let latest = slot <= now ? slot : self.slot(zone.date(now).adding(days: -1))
        guard let last, last <= now else { return slot <= now }
        return last < latest
    }
}

extension Instance {
    /// Days that the daily audit looks back.
    public static let auditDays = 30
    /// Differences that a message names.
    private static let named = 5

    public func lastAudit() throws -> LastAudit? {
        try store.document(LastAudit.document).flatMap { LastAudit($0) }
    }

    public var auditWording: AuditWording { AuditWording(configuration.language, configuration.timing.zone) }

    /// `max_age` of every channel, seconds.
    public var longestWaits: [String: Int64] { workshop.channels.policies.mapValues(\.maxAgeSeconds) }

    /// The audit made now, by the rules as the folder has them. Nothing of it is kept.
    public func audit(at now: Instant, days: Int, in language: AlmanacLanguage) throws -> AuditSheet {
        var book = try ruleBook()
        let rules = try book.read(remember: false, force: true)?.outcome.rules ?? []
        var audit = try engine(rules: rules).selfAudit(of: store, longestWait: longestWaits, now: now, days: days)
        try audit.run()
        return AuditSheet(audit.report, AuditWording(language, configuration.timing.zone))
    }

    func auditHour() throws -> AuditHour {
        AuditHour(zone: configuration.timing.zone, identity: try store.document(Instance.storeIDDocument) ?? "")
    }

    /// Keeps the result, and tells the admin channel of differences: once a day while they last.
    func note(_ report: AuditReport, at now: Instant, took: Int64) throws {
        let last = LastAudit(report, at: now, took: took)
        try store.setDocument(LastAudit.document, last.text)
        guard !report.isGood else { return try adminDesk.settled("audit") }
        let words = auditWording
        var lines = [words.result(report.total, from: report.from, through: report.through, at: now)]
        lines += report.findings.prefix(Instance.named).map { "· " + words.line($0) }
        try adminDesk.tell(
            "audit", title: words.title(report.total), text: lines.joined(separator: "\n"), at: now, daily: true,
            zone: configuration.timing.zone)
    }
}
