import Almanac
import BellmanModel
import BellmanStore
import Failpoints
import GRDB

extension SQLiteStore {
    public func claim(_ request: ClaimRequest) throws -> [ClaimedMessage] {
        // Most calls find nothing; they must not take the write lock.
        guard request.limit > 0, let next = try nextDue(excluding: request.excluding), next <= request.now else {
            return []
        }
        return try connection.transaction { db in
            var claims = try OutboxClaims(db: db, request: request)
            return try claims.take()
        }
    }

    public func complete(_ completions: [Completion], marks: [SendMark], now: Instant) throws -> Int {
        guard !completions.isEmpty || !marks.isEmpty else { return 0 }
        return try connection.transaction { db in
            var applier = try OutboxCompletions(db: db, now: now)
            try applier.note(marks)
            return try completions.reduce(0) { stale, completion in
                try applier.apply(completion) ? stale : stale + 1
            }
        }
    }

    public func marks(after: Instant) throws -> [SendMark] {
        try connection.read { db in
            try db.query("SELECT robot, at FROM mark WHERE at > ? ORDER BY at").bind(after.microseconds).all {
                SendMark(robot: $0.text(0), at: Instant(microseconds: $0.int(1)))
            }
        }
    }

    public func releaseClaims(endedBy: Instant?) throws -> Int {
        try connection.transaction { db in
            let freeing = try db.query(
                """
                UPDATE outbox SET claim = NULL, lease = NULL, reason = '\(OutboxCompletions.interrupted)', detail = ''
                WHERE claim IS NOT NULL AND (?1 IS NULL OR lease <= ?1)
                """
            ).bind(endedBy?.microseconds)
            return try Failpoint.step(.leasesRelease) { try freeing.run() }
        }
    }

    public func nextDue(excluding: Set<String>) throws -> Instant? {
        try connection.read { db in try OutboxChannels(db: db).nextDue(excluding: excluding) }
    }

    public func enqueue(_ items: [OutboxItem]) throws {
        guard !items.isEmpty else { return }
        try connection.transaction { db in
            var insert = try OutboxInsert(db)
            for item in items { _ = try insert.run(item) }
        }
    }

    public func summary() throws -> OutboxSummary {
        try connection.read { db in
            let counts = try db.query("SELECT state, count(*) FROM outbox GROUP BY state").all {
                (DeliveryState(rawValue: $0.text(0)), Int($0.int(1)))
            }
            // Numbers ascend with creation, so the first open row is the oldest.
            let oldest =
                try db.query(
                    """
                    SELECT min(created_at) FROM outbox WHERE sequence IN (
                        SELECT min(sequence) FROM outbox WHERE state = 'waiting' UNION ALL
                        SELECT min(sequence) FROM outbox WHERE state = 'held')
                    """
                ).first { $0.optionalInt(0) } ?? nil
            return OutboxSummary(
                counts: Dictionary(counts.compactMap { pair in pair.0.map { ($0, pair.1) } }, uniquingKeysWith: +),
                oldestWaiting: oldest.map { Instant(microseconds: $0) })
        }
    }

    /// Newest first.
    public func items(state: DeliveryState?, channel: String?, limit: Int) throws -> [OutboxItem] {
        let byState = state == nil ? "?1 IS NULL" : "state = ?1"
        return try connection.read { db in
            try db.query(
                """
                SELECT \(OutboxRow.columns) FROM \(OutboxRow.table) WHERE \(byState) AND (?2 IS NULL OR channel = ?2)
                ORDER BY sequence DESC LIMIT ?3
                """
            ).bind(state?.rawValue).bind(channel).bind(limit).all(OutboxRow.read)
        }
    }

    public func held(after place: Int64, limit: Int) throws -> HeldPage {
        let rows = try connection.read { db in
            try db.query(
                """
                SELECT \(OutboxRow.columns), sequence FROM \(OutboxRow.table) WHERE state = 'held' AND sequence > ?
                ORDER BY sequence LIMIT ?
                """
            ).bind(place).bind(limit).all { (item: try OutboxRow.read($0), place: $0.int(OutboxRow.columnCount)) }
        }
        return HeldPage(items: rows.map(\.item), end: rows.last?.place ?? place)
    }

    public func item(id: String) throws -> OutboxItem? {
        try connection.read { db in
            try db.query("SELECT \(OutboxRow.columns) FROM \(OutboxRow.table) WHERE id = ?").bind(id).first(
                OutboxRow.read)
        }
    }

    public func items(firing: String) throws -> [OutboxItem] {
        try connection.read { db in
            try db.query("SELECT \(OutboxRow.columns) FROM \(OutboxRow.table) WHERE firing = ? ORDER BY sequence")
                .bind(firing).all(OutboxRow.read)
        }
    }

    public func attempts(notice: String) throws -> [Attempt] {
        try connection.read { db in
            try db.query(
                """
                SELECT number, at, verdict, answer FROM attempt
                WHERE outbox = (SELECT sequence FROM outbox WHERE id = ?) ORDER BY sequence
                """
            )
            .bind(notice).all {
                Attempt(
                    notice: notice, number: Int($0.int(0)), at: Instant(microseconds: $0.int(1)),
                    verdict: $0.text(2), answer: $0.text(3))
            }
        }
    }

    public func reopen(_ ids: [String], now: Instant) throws {
        try Failpoint.step(.reopen) { try moveHeld(ids.map { ($0, now) }) }
    }

    /// What waits to be tried on a channel is due now: the channel works again.
    public func hasten(channel: String, now: Instant) throws {
        try connection.transaction { db in
            try db.query(
                """
                UPDATE outbox SET not_before = ?1
                WHERE channel = ?2 AND state = 'waiting' AND finished_at IS NULL AND claim IS NULL AND not_before > ?1
                """
            ).bind(now.microseconds).bind(channel).run()
        }
    }

    /// It leaves alone: a bundle it went in is over. It is due by the time the store has lived to: a machine whose clock
    /// shows a future that is not believed sends it now all the same.
    public func resend(id: String, now: Instant) throws -> Bool {
        try connection.transaction { db in
            let again = try db.query(
                """
                UPDATE outbox SET state = 'waiting', not_before = min(?1, coalesce((SELECT watermark FROM progress), ?1)),
                    finished_at = NULL, bundle = id,
                    reason = 'resend', detail = '', claim = NULL, lease = NULL
                WHERE id = ?2 AND finished_at IS NOT NULL
                """
            ).bind(now.microseconds).bind(id)
            return try Failpoint.step(.resend) { try again.run() == 1 }
        }
    }
}

/// Looks over the open rows by channel without visiting them all.
struct OutboxChannels {
    let db: Database

    /// Channels with open rows, found by skipping through the index.
    func open() throws -> [String] {
        try db.query(
            """
            WITH RECURSIVE found (channel) AS (
                SELECT min(channel) FROM outbox WHERE finished_at IS NULL AND claim IS NULL
                UNION ALL
                SELECT (SELECT min(channel) FROM outbox
                    WHERE finished_at IS NULL AND claim IS NULL AND channel > found.channel)
                FROM found WHERE found.channel IS NOT NULL)
            SELECT channel FROM found WHERE channel IS NOT NULL
            """
        ).all { $0.text(0) }
    }

    func nextDue(excluding: Set<String>) throws -> Instant? {
        let earliest = try db.query(
            """
            SELECT min(not_before) FROM outbox
            WHERE finished_at IS NULL AND claim IS NULL AND channel = ? AND rank = ?
            """)
        var next: Int64?
        for channel in try open() where !excluding.contains(channel) {
            for rank in OutboxRow.ranks {
                let found = try earliest.bind(channel).bind(rank).first { $0.optionalInt(0) } ?? nil
                guard let found else { continue }
                next = min(next ?? found, found)
            }
        }
        return next.map { Instant(microseconds: $0) }
    }
}
