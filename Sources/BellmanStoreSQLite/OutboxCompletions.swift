import Almanac
import BellmanModel
import BellmanStore
import GRDB

/// Applies what became of claimed messages, within one transaction.
struct OutboxCompletions {
    let db: Database
    let now: Instant

    /// False when the claim is stale: nothing is changed then, not even the follow-ups.
    func apply(_ completion: Completion) throws -> Bool {
        let rows = try claimedRows(completion)
        guard !rows.isEmpty else { return false }
        if let attempt = completion.attempt { try record(attempt, rows: rows) }
        try settle(completion, rows: rows)
        for item in completion.followUps { _ = try OutboxRow.insert(item, db: db) }
        return true
    }

    private typealias Claimed = (sequence: Int64, id: String)

    private func claimedRows(_ completion: Completion) throws -> [Claimed] {
        try db.query("SELECT sequence, id FROM outbox WHERE (id = ?1 OR bundle = ?1) AND claim = ?2 ORDER BY sequence")
            .bind(completion.message).bind(completion.claim).all { ($0.int(0), $0.text(1)) }
    }

    /// Every notice of a bundle gets the attempt, so that each can tell its own story.
    private func record(_ attempt: Attempt, rows: [Claimed]) throws {
        let insert = try db.query(
            "INSERT INTO attempt (notice, number, at, verdict, answer) VALUES (?, ?, ?, ?, ?)")
        let count = try db.query("UPDATE outbox SET attempts = attempts + 1 WHERE sequence = ?")
        for row in rows {
            insert.bind(row.id).bind(attempt.number).bind(attempt.at.microseconds)
            try insert.bind(attempt.verdict).bind(attempt.answer).run()
            try count.bind(row.sequence).run()
        }
    }

    private func settle(_ completion: Completion, rows: [Claimed]) throws {
        switch completion.fate {
        case .sent: try finish(rows, .sent, Reason("delivered"))
        case .dropped(let reason): try finish(rows, .dropped, reason)
        case .dead(let reason): try finish(rows, .dead, reason)
        case .retry(let at): try wait(rows, until: at, reason: completion.attempt?.verdict)
        case .released: try release(rows)
        }
    }

    private func finish(_ rows: [Claimed], _ state: DeliveryState, _ reason: Reason) throws {
        let update = try db.query(
            """
            UPDATE outbox SET state = ?, reason = ?, detail = ?, finished_at = ?, claim = NULL, lease = NULL
            WHERE sequence = ?
            """)
        for row in rows {
            update.bind(state.rawValue).bind(reason.code).bind(reason.detail).bind(now.microseconds)
            try update.bind(row.sequence).run()
        }
    }

    /// Without an attempt the message only waits for its turn (pace, quiet hours): the reason stays.
    private func wait(_ rows: [Claimed], until at: Instant, reason: String?) throws {
        let update = try db.query(
            """
            UPDATE outbox SET not_before = ?1, state = CASE WHEN ?2 IS NULL THEN state ELSE 'waiting' END,
                reason = coalesce(?2, reason), detail = CASE WHEN ?2 IS NULL THEN detail ELSE '' END,
                claim = NULL, lease = NULL
            WHERE sequence = ?3
            """)
        for row in rows { try update.bind(at.microseconds).bind(reason).bind(row.sequence).run() }
    }

    private func release(_ rows: [Claimed]) throws {
        let update = try db.query("UPDATE outbox SET claim = NULL, lease = NULL WHERE sequence = ?")
        for row in rows { try update.bind(row.sequence).run() }
    }
}
