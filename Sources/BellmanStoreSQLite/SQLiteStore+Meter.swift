import Almanac
import BellmanModel
import BellmanStore
import GRDB

/// Up to where attempts and decisions have been counted.
public struct MeterMarks: Sendable, Hashable {
    public var attempt: Int64
    public var decision: Int64
    public init(attempt: Int64 = 0, decision: Int64 = 0) {
        self.attempt = attempt
        self.decision = decision
    }
}

/// What the store shows a meter: how things stand, and what came since the marks.
public struct MeterReading: Sendable {
    public struct Attempts: Sendable, Hashable {
        public let channel: String
        public let verdict: String
        public let count: Int
        /// Sequence of the last of them.
        public let last: Int64
        /// From the notice's making to the attempt, added up.
        public let delaySeconds: Double
    }

    public struct Decisions: Sendable, Hashable {
        public let outcome: String
        public let reason: String
        public let count: Int

        public init(outcome: String, reason: String, count: Int) {
            self.outcome = outcome
            self.reason = reason
            self.count = count
        }
    }

    public var marks: MeterMarks
    public var attempts: [Attempts] = []
    public var decisions: [Decisions] = []
    /// Notices by state. `sent` is what is left of all numbers given, since rows are never deleted.
    public var notices: [DeliveryState: Int] = [:]
    /// Notices under way now: part of `waiting` and `held`.
    public var claimed = 0
    /// Open and unclaimed notices.
    public var open: [(channel: String, count: Int)] = []
    public var oldestWaiting: Instant?
    public var nextDue: Instant?
    public var waitingSteps = 0
    public var journal: Int64 = 0
    /// Changes that no tick has seen yet.
    public var undecidedChanges: Int64 = 0
}

extension SQLiteStore {
    /// One snapshot, from indexes alone. The cost follows what is open, dead, dropped, and new since the marks; what
    /// was sent costs nothing.
    public func measure(since marks: MeterMarks) throws -> MeterReading {
        try connection.read { db in
            var reading = MeterReading(marks: try MeterQueries(db: db).marks())
            let queries = MeterQueries(db: db)
            reading.attempts = try queries.attempts(after: marks.attempt, through: reading.marks.attempt)
            reading.decisions = try queries.decisions(after: marks.decision, through: reading.marks.decision)
            try queries.outbox(&reading)
            reading.waitingSteps = try queries.number("SELECT count(*) FROM step WHERE state = 'waiting'")
            reading.journal = Int64(try queries.number("SELECT max(sequence) FROM journal"))
            reading.undecidedChanges =
                max(0, reading.journal - Int64(try queries.number("SELECT sequence FROM progress WHERE id = 1")))
            return reading
        }
    }

    /// How many notices are in these states, from the index of states alone. Costs as much as there are.
    public func noticeCount(_ states: [DeliveryState]) throws -> Int {
        try connection.read { db in
            let count = try db.query("SELECT count(*) FROM outbox WHERE state = ?")
            return try states.reduce(0) { sum, state in
                sum + Int(try count.bind(state.rawValue).first { $0.int(0) } ?? 0)
            }
        }
    }

    public func meterMarks() throws -> MeterMarks { try connection.read { db in try MeterQueries(db: db).marks() } }

    /// Bytes of the database and of its log.
    public var fileSizes: (database: Int, log: Int) { (StoreFile.size(path), StoreFile.size(path + "-wal")) }
}

private struct MeterQueries {
    let db: Database

    func number(_ sql: String) throws -> Int { Int(try db.query(sql).first { $0.optionalInt(0) ?? 0 } ?? 0) }

    func marks() throws -> MeterMarks {
        MeterMarks(
            attempt: Int64(try number("SELECT max(sequence) FROM attempt")),
            decision: Int64(try number("SELECT max(sequence) FROM ledger")))
    }

    /// The order of the join is forced: new attempts are few, notices many.
    func attempts(after: Int64, through: Int64) throws -> [MeterReading.Attempts] {
        guard through > after else { return [] }
        return try db.query(
            """
            SELECT outbox.channel, verdict, count(*), max(attempt.sequence), sum(attempt.at - outbox.created_at)
            FROM attempt CROSS JOIN outbox ON outbox.sequence = attempt.outbox
            WHERE attempt.sequence > ? AND attempt.sequence <= ?
            GROUP BY outbox.channel, verdict ORDER BY outbox.channel, verdict
            """
        ).bind(after).bind(through).all {
            MeterReading.Attempts(
                channel: $0.text(0), verdict: $0.text(1), count: Int($0.int(2)), last: $0.int(3),
                delaySeconds: Double($0.int(4)) / 1_000_000)
        }
    }

    func decisions(after: Int64, through: Int64) throws -> [MeterReading.Decisions] {
        guard through > after else { return [] }
        return try db.query(
            """
            SELECT outcome, reason, count(*) FROM ledger WHERE sequence > ? AND sequence <= ?
            GROUP BY outcome, reason ORDER BY outcome, reason
            """
        ).bind(after).bind(through).all {
            MeterReading.Decisions(outcome: $0.text(0), reason: $0.text(1), count: Int($0.int(2)))
        }
    }

    func outbox(_ reading: inout MeterReading) throws {
        let count = try db.query("SELECT count(*) FROM outbox WHERE state = ?")
        var rest = try number("SELECT max(sequence) FROM outbox")
        for state in DeliveryState.allCases where state != .sent {
            let found = Int(try count.bind(state.rawValue).first { $0.int(0) } ?? 0)
            reading.notices[state] = found
            rest -= found
        }
        reading.notices[.sent] = max(0, rest)
        reading.claimed = try number("SELECT count(*) FROM outbox WHERE claim IS NOT NULL")
        reading.open = try db.query(
            """
            SELECT channel, count(*) FROM outbox WHERE finished_at IS NULL AND claim IS NULL
            GROUP BY channel ORDER BY channel
            """
        ).all { ($0.text(0), Int($0.int(1))) }
        let oldest =
            try db.query(
                """
                SELECT min(created_at) FROM outbox WHERE sequence IN (
                    SELECT min(sequence) FROM outbox WHERE state = 'waiting' UNION ALL
                    SELECT min(sequence) FROM outbox WHERE state = 'held')
                """
            ).first { $0.optionalInt(0) } ?? nil
        reading.oldestWaiting = oldest.map { Instant(microseconds: $0) }
        reading.nextDue = try OutboxChannels(db: db).nextDue(excluding: [])
    }
}
