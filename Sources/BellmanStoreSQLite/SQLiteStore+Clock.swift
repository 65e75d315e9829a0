import Almanac
import BellmanStore
import GRDB

/// What a clock that was set does to stored times.
extension SQLiteStore {
    /// Waiting for a try is waiting for time to pass: when the clock is set, these times move with it. What is held
    /// until a time of day stays.
    public func moveWaiting(byMicroseconds shift: Int64) throws {
        guard shift != 0 else { return }
        try connection.transaction { db in
            try db.query(
                "UPDATE outbox SET not_before = not_before + ? WHERE finished_at IS NULL AND state = 'waiting'"
            )
            .bind(shift).run()
            try db.query("UPDATE outbox SET lease = lease + ? WHERE claim IS NOT NULL").bind(shift).run()
            // A pace counts the messages of the last minutes, not of a stretch that never was.
            try db.query("UPDATE mark SET at = at + ?").bind(shift).run()
        }
    }

    /// Held notices that a new tz database lets go at other instants; those that left meanwhile are passed over.
    public func moveHeld(_ moves: [(id: String, until: Instant)]) throws {
        guard !moves.isEmpty else { return }
        try connection.transaction { db in
            let move = try db.query(
                "UPDATE outbox SET not_before = ? WHERE id = ? AND state = 'held' AND claim IS NULL")
            for (id, until) in moves { try move.bind(until.microseconds).bind(id).run() }
        }
    }

    /// By the administrator's word the store has lived no further than that instant. Decisions stay.
    public func turnBack(to instant: Instant) throws {
        try connection.transaction { db in
            try db.query("UPDATE progress SET watermark = min(watermark, ?)").bind(instant.microseconds).run()
            try db.query("DELETE FROM document WHERE name = ?").bind(EngineProgress.cursorDocument).run()
        }
    }
}
