import Almanac
import BellmanModel
import BellmanStore
import Failpoints
import GRDB

/// Applies what one tick decided, within the tick's own transaction.
struct TickWriter {
    private let db: Database
    private let layout: Layout
    private let path: String
    /// Firings this commit owns: their decision, or a waiting step of theirs, was made here and nowhere else.
    private var owned: Set<String> = []
    private var decided = 0
    private var queued = 0

    init(_ db: Database, layout: Layout, path: String) {
        self.db = db
        self.layout = layout
        self.path = path
    }

    mutating func apply(_ commit: TickCommit) throws -> TickReceipt {
        try Failpoint.step(.renamesWrite) {
            for rename in commit.renames { try move(from: rename.old, to: rename.new) }
        }
        try Failpoint.step(.armWrite) { try arm(commit) }
        try Failpoint.step(.ledgerInsert) { try writeLedger(commit.ledger) }
        try Failpoint.step(.stepsWrite) { try writeSteps(commit.steps) }
        // What waits and was handed on by this very tick goes with its rule as well.
        for rename in commit.renames {
            try db.query("UPDATE step SET rule = ? WHERE rule = ?").bind(rename.new).bind(rename.old).run()
        }
        try Failpoint.step(.levelsWrite) { try writeLevels(commit) }
        try Failpoint.step(.outboxInsert) { try queue(commit.outbox) }
        for firing in commit.noted {
            try db.query("UPDATE acknowledgement SET fresh = 0 WHERE firing = ?").bind(firing).run()
        }
        try Failpoint.step(.invitationsWrite) { try invite(commit.invitations) }
        try Failpoint.step(.actsNote) { try note(commit.acts) }
        var writer = try RecordWriter(db, layout: layout, at: commit.progress.watermark, path: path)
        _ = try writer.writeAll(commit.writes)
        try Failpoint.before(.progressWrite)
        try db.query("INSERT OR REPLACE INTO progress (id, watermark, sequence) VALUES (1, ?, ?)")
            .bind(commit.progress.watermark.microseconds).bind(commit.progress.sequence).run()
        try keepCursor(commit.progress.cursor)
        try Failpoint.after(.progressWrite)
        return TickReceipt(decided: decided, alreadyDecided: commit.ledger.count - decided, queued: queued)
    }

    private func note(_ acts: [ActEntry]) throws {
        for entry in acts {
            let isThere = try db.query("SELECT 1 FROM act WHERE target = ? AND verb = ?")
                .bind(entry.target).bind(entry.verb).first { _ in true }
            if isThere == nil { try ActRow.insert(entry, in: db) }
        }
    }

    private func keepCursor(_ cursor: Instant?) throws {
        if let cursor {
            try db.query("INSERT OR REPLACE INTO document (name, text) VALUES (?, ?)")
                .bind(EngineProgress.cursorDocument).bind(String(cursor.microseconds)).run()
        } else {
            try db.query("DELETE FROM document WHERE name = ?").bind(EngineProgress.cursorDocument).run()
        }
    }

    private mutating func queue(_ items: [OutboxItem]) throws {
        guard !items.isEmpty else { return }
        var insert = try OutboxInsert(db)
        for item in items where owned.contains(item.notice.firing) {
            if try insert.run(item) { queued += 1 }
        }
    }

    /// The notices of a state leave with it, whichever firing they belong to.
    private mutating func invite(_ writes: [InvitationWrite]) throws {
        guard !writes.isEmpty else { return }
        var insert = try OutboxInsert(db)
        for write in writes where try InvitationRow.write(write, db) {
            for item in write.items where try insert.run(item) { queued += 1 }
        }
    }

    /// Where the new id has history of its own already, that wins.
    private func move(from old: String, to new: String) throws {
        for table in ["ledger", "armed", "level", "step", "invitation"] {
            try db.query("UPDATE OR IGNORE \(table) SET rule = ? WHERE rule = ?").bind(new).bind(old).run()
        }
        try db.query("UPDATE silence SET rule = ? WHERE rule = ?").bind(new).bind(old).run()
        try db.query("UPDATE gathering SET rule = ? WHERE rule = ? AND retired = 0").bind(new).bind(old).run()
        try Chain.sealAgain(db, rule: new)
        for table in ["armed", "level", "invitation"] {
            try db.query("DELETE FROM \(table) WHERE rule = ?").bind(old).run()
        }
        try db.query(
            """
            INSERT INTO tally (rule, outcome, count, latest) SELECT ?, outcome, count, latest FROM tally WHERE rule = ?
            ON CONFLICT (rule, outcome) DO UPDATE
                SET count = count + excluded.count, latest = max(latest, excluded.latest)
            """
        ).bind(new).bind(old).run()
        try db.query("DELETE FROM tally WHERE rule = ?").bind(old).run()
    }

    private func arm(_ commit: TickCommit) throws {
        for trigger in commit.disarm {
            try db.query("DELETE FROM armed WHERE rule = ? AND trigger = ?")
                .bind(trigger.rule).bind(trigger.trigger).run()
        }
        for trigger in commit.arm {
            try db.query("INSERT OR IGNORE INTO armed (rule, trigger, since, sequence) VALUES (?, ?, ?, ?)")
                .bind(trigger.rule).bind(trigger.trigger).bind(trigger.since.microseconds).bind(trigger.sequence).run()
        }
        guard commit.marksArmed || !(commit.arm.isEmpty && commit.disarm.isEmpty && commit.renames.isEmpty) else {
            return
        }
        // Random and not counted, so that a store that was put back from a copy never repeats a mark.
        try db.query("INSERT OR REPLACE INTO document (name, text) VALUES (?, hex(randomblob(8)))")
            .bind(ArmedMark.document).run()
    }

    private mutating func writeLedger(_ entries: [LedgerEntry]) throws {
        let insert = try LedgerInsert(db)
        var tally: [OccurrenceTally: (count: Int64, latest: Int64)] = [:]
        for entry in entries where try insert.run(entry) {
            decided += 1
            owned.insert(entry.firing)
            let key = OccurrenceTally(rule: entry.key.rule, outcome: entry.outcome.rawValue)
            let sum = tally[key] ?? (0, .min)
            tally[key] = (sum.count + 1, max(sum.latest, entry.decidedAt.microseconds))
        }
        try add(tally)
    }

    private struct OccurrenceTally: Hashable {
        let rule: String
        let outcome: String
    }

    private func add(_ tally: [OccurrenceTally: (count: Int64, latest: Int64)]) throws {
        let upsert = try db.query(
            """
            INSERT INTO tally (rule, outcome, count, latest) VALUES (?, ?, ?, ?)
            ON CONFLICT (rule, outcome) DO UPDATE
                SET count = count + excluded.count, latest = max(latest, excluded.latest)
            """)
        for (key, sum) in tally {
            try upsert.bind(key.rule).bind(key.outcome).bind(sum.count).bind(sum.latest).run()
        }
    }

    /// Finishing a step is compare-and-set on `waiting`; who wins owns the firing here. New steps follow, of owned
    /// firings only.
    private mutating func writeSteps(_ steps: [PendingStep]) throws {
        let finish = try db.query(
            """
            UPDATE step SET state = ?, reason = ?, detail = ?, context = ?
            WHERE firing = ? AND step = ? AND state = 'waiting'
            """)
        var fresh: [PendingStep] = []
        for step in steps {
            guard step.state != .waiting else {
                fresh.append(step)
                continue
            }
            finish.bind(step.state.rawValue).bind(step.reason.code).bind(step.reason.detail).bind(step.context)
            let changed = try finish.bind(step.firing).bind(step.step).run()
            if changed == 1 { owned.insert(step.firing) } else { fresh.append(step) }
        }
        for step in fresh {
            if owned.contains(step.firing) { try put(step) } else { try putOff(step) }
        }
    }

    private func putOff(_ step: PendingStep) throws {
        guard step.state == .waiting else { return }
        try db.query(
            "UPDATE step SET due_at = ?, reason = ?, detail = ? WHERE firing = ? AND step = ? AND state = 'waiting'"
        ).bind(step.dueAt.microseconds).bind(step.reason.code).bind(step.reason.detail)
            .bind(step.firing).bind(step.step).run()
    }

    /// A step that waits already may be put off; one that is finished stays so.
    private func put(_ step: PendingStep) throws {
        let upsert = try db.query(
            """
            INSERT INTO step (\(StepRow.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (firing, step) DO UPDATE
                SET due_at = excluded.due_at, reason = excluded.reason, detail = excluded.detail,
                    context = excluded.context
                WHERE step.state = 'waiting'
            """)
        upsert.bind(step.firing).bind(step.step).bind(step.key.rule).bind(step.key.subject).bind(step.key.occurrence)
        upsert.bind(step.dueAt.microseconds).bind(step.state.rawValue).bind(step.reason.code).bind(step.reason.detail)
        try upsert.bind(step.context).run()
    }

    private func writeLevels(_ commit: TickCommit) throws {
        for level in commit.forgetLevels {
            try db.query("DELETE FROM level WHERE rule = ? AND subject = ?").bind(level.rule).bind(level.subject).run()
        }
        let put = try db.query("INSERT OR REPLACE INTO level (\(LevelRow.columns)) VALUES (?, ?, ?, ?, ?, ?, ?)")
        for level in commit.levels {
            put.bind(level.rule).bind(level.subject).bind(level.isTrue).bind(level.since.microseconds)
            try put.bind(level.rise).bind(level.rung).bind(level.checkAt?.microseconds).run()
        }
    }
}
