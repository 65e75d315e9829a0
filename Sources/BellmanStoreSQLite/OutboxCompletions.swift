import Almanac
import BellmanModel
import BellmanStore
import Failpoints
import GRDB

/// Applies what became of claimed messages, within one transaction.
struct OutboxCompletions {
    private let db: Database
    private let now: Instant
    private let own: Query
    private let attempt: Query
    private let attempts: ChainWriter
    private let finishing: Query
    private var insert: OutboxInsert

    init(db: Database, now: Instant) throws {
        self.db = db
        self.now = now
        own = try db.query("SELECT sequence FROM outbox WHERE id = ? AND claim = ?")
        attempt = try db.query(
            "INSERT INTO attempt (sequence, outbox, number, at, verdict, answer, link) VALUES (?, ?, ?, ?, ?, ?, ?)")
        attempts = try ChainWriter(db, .attempt)
        finishing = try db.query(
            """
            UPDATE outbox SET state = ?, reason = ?, detail = ?, finished_at = ?, attempts = attempts + ?,
                claim = NULL, lease = NULL
            WHERE sequence = ?
            """)
        insert = try OutboxInsert(db)
    }

    private static let marksKeptSeconds: Int64 = 86_400

    /// False when the claim is stale: nothing is changed then, not even the follow-ups.
    mutating func apply(_ completion: Completion) throws -> Bool {
        let rows = try claimedRows(completion)
        guard !rows.isEmpty else { return false }
        if let attempt = completion.attempt { try Failpoint.step(.attemptInsert) { try record(attempt, rows: rows) } }
        try settle(completion, rows: rows)
        for item in completion.followUps { _ = try Failpoint.step(.fallbackInsert) { try insert.run(item) } }
        return true
    }

    func note(_ marks: [SendMark]) throws {
        guard !marks.isEmpty else { return }
        let insert = try db.query("INSERT INTO mark (robot, at) VALUES (?, ?)")
        for mark in marks { try insert.bind(mark.robot).bind(mark.at.microseconds).run() }
        let old = now.adding(seconds: -OutboxCompletions.marksKeptSeconds)
        try db.query("DELETE FROM mark WHERE at < ?").bind(old.microseconds).run()
    }

    /// A message is one notice, or all of a bundle.
    private func claimedRows(_ completion: Completion) throws -> [Int64] {
        let alone = try own.bind(completion.message).bind(completion.claim).first { $0.int(0) }
        if let alone { return [alone] }
        return try db.query("SELECT sequence FROM outbox WHERE bundle = ? AND bundle <> id AND claim = ?")
            .bind(completion.message).bind(completion.claim).all { $0.int(0) }.sorted()
    }

    /// Every notice of a bundle gets the attempt, so that each can tell its own story.
    private func record(_ attempt: Attempt, rows: [Int64]) throws {
        for row in rows {
            self.attempt.bind(attempts.nextSequence).bind(row).bind(attempt.number).bind(attempt.at.microseconds)
            self.attempt.bind(attempt.verdict).bind(attempt.answer)
            let link = attempts.link { text in
                text.add(row)
                text.add(Int64(attempt.number))
                text.add(attempt.at.microseconds)
                text.add(attempt.verdict)
                text.add(attempt.answer)
            }
            try self.attempt.bind(link).run()
            attempts.keep(link)
        }
    }

    private func settle(_ completion: Completion, rows: [Int64]) throws {
        let tried = completion.attempt == nil ? 0 : 1
        switch completion.fate {
        case .sent: try Failpoint.step(.deliveredMark) { try finish(rows, .sent, Reason("delivered"), tried) }
        case .dropped(let reason): try finish(rows, .dropped, reason, tried)
        case .dead(let reason): try Failpoint.step(.deadLetter) { try finish(rows, .dead, reason, tried) }
        case .retry(let at):
            try Failpoint.step(.retryWrite) { try wait(rows, until: at, reason: completion.attempt?.verdict, tried) }
        case .held(let until, let reason): try Failpoint.step(.holdWrite) { try hold(rows, until: until, reason) }
        case .released: try release(rows)
        }
    }

    private func finish(_ rows: [Int64], _ state: DeliveryState, _ reason: Reason, _ tried: Int) throws {
        for row in rows {
            finishing.bind(state.rawValue).bind(reason.code).bind(reason.detail).bind(now.microseconds).bind(tried)
            try finishing.bind(row).run()
        }
    }

    /// Without an attempt the message only waits for its channel to be mended: the reason stays.
    private func wait(_ rows: [Int64], until at: Instant, reason: String?, _ tried: Int) throws {
        let update = try db.query(
            """
            UPDATE outbox SET not_before = ?1, state = CASE WHEN ?2 IS NULL THEN state ELSE 'waiting' END,
                reason = coalesce(?2, reason), detail = CASE WHEN ?2 IS NULL THEN detail ELSE '' END,
                attempts = attempts + ?3, claim = NULL, lease = NULL
            WHERE sequence = ?4
            """)
        for row in rows { try update.bind(at.microseconds).bind(reason).bind(tried).bind(row).run() }
    }

    /// What was never tried may leave in another company than it was claimed in. What was interrupted may have arrived.
    private static let freed = """
        bundle = CASE WHEN attempts = 0 AND reason <> '\(interrupted)' THEN NULL ELSE bundle END,
        claim = NULL, lease = NULL
        """
    /// Reason of a notice whose holder went away without a word.
    static let interrupted = "interrupted"

    private func hold(_ rows: [Int64], until: Instant, _ reason: Reason) throws {
        let update = try db.query(
            """
            UPDATE outbox SET state = 'held', not_before = ?,
                reason = CASE reason WHEN '\(OutboxCompletions.interrupted)' THEN reason ELSE ? END, detail = ?,
                \(OutboxCompletions.freed)
            WHERE sequence = ?
            """)
        for row in rows { try update.bind(until.microseconds).bind(reason.code).bind(reason.detail).bind(row).run() }
    }

    private func release(_ rows: [Int64]) throws {
        let update = try db.query("UPDATE outbox SET \(OutboxCompletions.freed) WHERE sequence = ?")
        for row in rows { try update.bind(row).run() }
    }
}
