import Almanac
import BellmanModel
import BellmanStore
import GRDB

/// The rows that one page may look at where no index answers.
private enum Window {
    /// Ledger rows: about 20 ms.
    static let ledger: Int64 = 50_000
    /// Windows in which one page looks for the decisions of a rule.
    static let rounds = 4
    /// Outbox rows of one page that asks for a channel.
    static let outbox = 20_000
    /// Tries, each with a look at its notice.
    static let attempts = 10_000
    /// Records whose words are gathered, and words of them: about 50 ms.
    static let words = 100_000
    static let distinctWords = 200
    /// Open rows that are counted by channel.
    static let open = 100_000
}

extension SQLiteStore: DashboardStore {
    // MARK: Deliveries

    public func deliveryCounts(most: Int) throws -> [DeliveryState: BoundedCount] {
        try connection.read { db in
            let count = try db.query(
                "SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state = ? LIMIT ?)")
            var counts: [DeliveryState: BoundedCount] = [:]
            for state in DeliveryState.allCases {
                let found = Int(try count.bind(state.rawValue).bind(most + 1).first { $0.int(0) } ?? 0)
                counts[state] = BoundedCount(min(found, most), isCut: found > most)
            }
            return counts
        }
    }

    /// Numbers ascend with creation, so the first open row is the oldest.
    public func oldestOpen() throws -> Instant? {
        let oldest = try connection.read { db in
            try db.query(
                """
                SELECT min(created_at) FROM outbox WHERE sequence IN (
                    SELECT min(sequence) FROM outbox WHERE state = 'waiting' UNION ALL
                    SELECT min(sequence) FROM outbox WHERE state = 'held')
                """
            ).first { $0.optionalInt(0) } ?? nil
        }
        return oldest.map { Instant(microseconds: $0) }
    }

    public func deliveries(
        state: DeliveryState?, channel: String?, before: Int64?, limit: Int
    ) throws -> DeliveryPage {
        try connection.read { db in
            let rows = try OutboxWalk(db: db, state: state, channel: channel).page(before: before, limit: limit)
            let fetch = try db.query("SELECT \(OutboxRow.columns) FROM \(OutboxRow.table) WHERE sequence = ?")
            let items = try rows.sequences.compactMap { try fetch.bind($0).first(OutboxRow.read) }
            return DeliveryPage(items: items, next: rows.next)
        }
    }

    public func channelTraffic(since: Instant) throws -> TrafficReport {
        try connection.read { db in
            var traffic: [String: ChannelTraffic] = [:]
            try db.query(
                """
                SELECT outbox.channel, sum(tries.verdict = 'delivered'), sum(tries.verdict <> 'delivered'),
                    max(CASE tries.verdict WHEN 'delivered' THEN tries.at END)
                FROM (SELECT outbox AS row, verdict, at FROM attempt ORDER BY sequence DESC LIMIT ?) AS tries
                    JOIN outbox ON outbox.sequence = tries.row
                WHERE tries.at > ? GROUP BY outbox.channel
                """
            ).bind(Window.attempts).bind(since.microseconds).each { row in
                traffic[row.text(0)] = ChannelTraffic(
                    sent: Int(row.int(1)), failed: Int(row.int(2)),
                    lastSuccess: row.optionalInt(3).map { Instant(microseconds: $0) })
            }
            try db.query(
                """
                SELECT channel, count(*) FROM
                    (SELECT channel FROM outbox WHERE finished_at IS NULL AND claim IS NULL LIMIT ?)
                GROUP BY channel
                """
            ).bind(Window.open).each { traffic[$0.text(0), default: ChannelTraffic()].waiting = Int($0.int(1)) }
            let oldest = try db.query(
                "SELECT at FROM attempt ORDER BY sequence DESC LIMIT 1 OFFSET ?"
            ).bind(Window.attempts).first { $0.int(0) }
            return TrafficReport(byChannel: traffic, isCut: (oldest ?? .min) > since.microseconds)
        }
    }

    // MARK: Ledger

    public func ringCounts(since: Instant) throws -> RingCounts {
        try connection.read { db in
            let ledger = LedgerWalk(db: db)
            let last = try ledger.last()
            let first = try ledger.first(decidedAfter: since.microseconds)
            let isCut = last - first >= Window.ledger
            let counts = try db.query(
                """
                SELECT rule, count(*) FROM ledger
                WHERE sequence >= ? AND outcome IN ('fired', 'fired_late') GROUP BY rule
                """
            ).bind(isCut ? last - Window.ledger + 1 : first).all { ($0.text(0), Int($0.int(1))) }
            return RingCounts(byRule: Dictionary(counts, uniquingKeysWith: +), isCut: isCut)
        }
    }

    /// The rule's newest decision is known from the tally, so a rule that rings once a year is found at once.
    public func decisions(rule: String, before: Int64?, limit: Int) throws -> DecisionPage {
        try connection.read { db in
            let ledger = LedgerWalk(db: db)
            let latest = try db.query("SELECT max(latest) FROM tally WHERE rule = ?").bind(rule).first {
                $0.optionalInt(0)
            }
            guard let latest = latest ?? nil else { return DecisionPage(entries: [], next: nil) }
            var end = try before ?? ledger.first(decidedAfter: latest)
            var found: [(sequence: Int64, entry: LedgerEntry)] = []
            let walk = try db.query(
                """
                SELECT \(LedgerRow.columns), sequence FROM ledger
                WHERE sequence >= ? AND sequence < ? AND +rule = ? ORDER BY sequence DESC LIMIT ?
                """)
            for _ in 0..<Window.rounds where end > 1 && found.count < limit {
                let start = max(end - Window.ledger, 1)
                let wanted = limit - found.count
                let rows = try walk.bind(start).bind(end).bind(rule).bind(wanted).all {
                    (sequence: $0.int(9), entry: try LedgerRow.read($0))
                }
                found += rows
                end = rows.count == wanted ? rows.last?.sequence ?? start : start
            }
            return DecisionPage(entries: found.map(\.entry), next: end > 1 ? end : nil)
        }
    }

    // MARK: Records

    public func dated(
        kind: String, field: String, dates: ClosedRange<CivilDate>, after: DatedCursor?, limit: Int
    ) throws -> [DatedRecord] {
        guard let plan = layout.plan(kind), let slot = plan.slot(ofMoment: field) else { return [] }
        let start = after ?? DatedCursor(date: dates.lowerBound, key: -1)
        return try connection.read { db in
            let rows = try db.query(
                """
                SELECT moment.value, moment.key, record.id FROM moment JOIN record ON record.key = moment.key
                WHERE moment.slot = ? AND moment.type = ? AND (moment.value, moment.key) > (?, ?)
                    AND moment.value <= ?
                ORDER BY moment.value, moment.key LIMIT ?
                """
            ).bind(slot).bind(IndexRows.dateType).bind(Int64(start.date.daysSinceEpoch)).bind(start.key)
                .bind(Int64(dates.upperBound.daysSinceEpoch)).bind(limit)
                .all { (date: CivilDate(clampingDays: Int($0.int(0))), key: $0.int(1), id: $0.text(2)) }
            let view = SQLiteView(db: db, layout: layout)
            return try rows.compactMap { row in
                try view.record(RecordRef(kind: plan.name, id: row.id)).map {
                    DatedRecord(record: $0, cursor: DatedCursor(date: row.date, key: row.key))
                }
            }
        }
    }

    public func holdings(kind: String, field: String, target: RecordRef, most: Int) throws
        -> [BellmanModel.Record]
    {
        guard let plan = layout.plan(kind), let slot = plan.slot(ofReference: field),
            let targetPlan = layout.plan(target.kind)
        else { return [] }
        return try connection.read { db in
            let view = SQLiteView(db: db, layout: layout)
            var ids: [String] = []
            for text in try view.textsLeading(to: target, plan: targetPlan) where ids.count < most {
                let found = try db.query(
                    """
                    SELECT record.id FROM reference JOIN record ON record.key = reference.key
                    WHERE reference.slot = ? AND reference.text = ? LIMIT ?
                    """
                ).bind(slot).bind(IndexRows.folded(text)).bind(most - ids.count).all { $0.text(0) }
                ids += found
            }
            var seen: Set<String> = []
            return try ids.filter { seen.insert($0).inserted }.compactMap {
                try view.record(RecordRef(kind: plan.name, id: $0))
            }
        }
    }

    public func words(kind: String, field: String) throws -> [String] {
        guard let plan = layout.plan(kind), !field.contains("\"") else { return [] }
        return try connection.read { db in
            try db.query(
                """
                SELECT word FROM
                    (SELECT json_extract(body, ?1) AS word FROM record WHERE kind = ?2 ORDER BY created_at DESC LIMIT ?3)
                WHERE typeof(word) = 'text' GROUP BY word ORDER BY count(*) DESC, word LIMIT ?4
                """
            ).bind("$.\"\(field)\"").bind(plan.number).bind(Window.words).bind(Window.distinctWords).all { $0.text(0) }
        }
    }
}

/// Goes through the outbox from the newest row back.
private struct OutboxWalk {
    let db: Database
    let state: DeliveryState?
    let channel: String?

    /// The numbers of the rows wanted, and where the next page starts.
    func page(before: Int64?, limit: Int) throws -> (sequences: [Int64], next: Int64?) {
        let before = before ?? .max
        guard let channel else {
            let found = try newest(before: before, limit: limit + 1)
            return (Array(found.prefix(limit)), found.count > limit ? found[limit - 1] : nil)
        }
        let ofChannel = try db.query(
            """
            SELECT sequence FROM (SELECT sequence, channel FROM outbox WHERE \(condition) LIMIT ?3)
            WHERE channel = ?4 LIMIT ?5
            """
        ).bind(before).bind(state?.rawValue).bind(Window.outbox).bind(channel).bind(limit).all { $0.int(0) }
        if ofChannel.count == limit { return (ofChannel, ofChannel.last) }
        let end = try db.query("SELECT sequence FROM outbox WHERE \(condition) LIMIT 1 OFFSET ?3")
            .bind(before).bind(state?.rawValue).bind(Window.outbox).first { $0.int(0) }
        return (ofChannel, end.map { $0 + 1 })
    }

    private func newest(before: Int64, limit: Int) throws -> [Int64] {
        try db.query("SELECT sequence FROM outbox WHERE \(condition) LIMIT ?3")
            .bind(before).bind(state?.rawValue).bind(limit).all { $0.int(0) }
    }

    private var condition: String {
        (state == nil ? "?2 IS NULL" : "state = ?2") + " AND sequence < ?1 ORDER BY sequence DESC"
    }
}

/// The ledger by time: its rows are numbered in the order in which they were decided, so that a time is found by
/// halving, without an index that every decision would have to pay for.
private struct LedgerWalk {
    let db: Database

    func last() throws -> Int64 {
        try db.query("SELECT max(sequence) FROM ledger").first { $0.optionalInt(0) ?? 0 } ?? 0
    }

    /// The number of the first row decided after the time (microseconds); one past the last when there is none.
    func first(decidedAfter time: Int64) throws -> Int64 {
        var low: Int64 = 1
        var high = try last() + 1
        let decided = try db.query("SELECT decided_at FROM ledger WHERE sequence >= ? ORDER BY sequence LIMIT 1")
        while low < high {
            let middle = low + (high - low) / 2
            if let at = try decided.bind(middle).first({ $0.int(0) }), at <= time {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}

extension Query {
    fileprivate func each(_ body: (Query) throws -> Void) throws {
        defer { reset() }
        while try step() { try body(self) }
    }
}
