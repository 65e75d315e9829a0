import Almanac
import BellmanModel
import BellmanStore

extension SQLiteView {
    func progress() throws -> EngineProgress? {
        try db.query(
            "SELECT watermark, sequence, (SELECT text FROM document WHERE name = ?) FROM progress"
        ).bind(EngineProgress.cursorDocument).first {
            let cursor = $0.optionalText(2).flatMap { Int64($0) }
            return EngineProgress(
                watermark: Instant(microseconds: $0.int(0)), sequence: $0.int(1),
                cursor: cursor.map { Instant(microseconds: $0) })
        }
    }

    func armed() throws -> [ArmedTrigger] {
        try db.query("SELECT rule, trigger, since, sequence FROM armed ORDER BY rule, trigger").all {
            ArmedTrigger(
                rule: $0.text(0), trigger: $0.text(1), since: Instant(microseconds: $0.int(2)), sequence: $0.int(3))
        }
    }

    func armedMark() throws -> String? {
        try db.query("SELECT text FROM document WHERE name = ?").bind(ArmedMark.document).first { $0.text(0) }
    }

    func decision(_ key: OccurrenceKey) throws -> LedgerEntry? {
        try often(
            "decision", "SELECT \(LedgerRow.columns) FROM ledger WHERE rule = ? AND subject = ? AND occurrence = ?"
        )
        .bind(key.rule).bind(key.subject).bind(key.occurrence).first(LedgerRow.read)
    }

    func decision(firing: String) throws -> LedgerEntry? {
        try db.query("SELECT \(LedgerRow.columns) FROM ledger WHERE firing = ?").bind(firing).first(LedgerRow.read)
    }

    func rings(rule: String, subject: String, after: Instant) throws -> Int {
        let count = try often(
            "rings",
            """
            SELECT count(*) FROM ledger
            WHERE rule = ? AND subject = ? AND decided_at > ? AND outcome IN ('fired', 'fired_late')
            """
        ).bind(rule).bind(subject).bind(after.microseconds).first { $0.int(0) }
        return Int(count ?? 0)
    }

    func level(rule: String, subject: String) throws -> LevelState? {
        try often("level", "SELECT \(LevelRow.columns) FROM level WHERE rule = ? AND subject = ?")
            .bind(rule).bind(subject).first(LevelRow.read)
    }

    func levelsDue(through: Instant) throws -> [LevelState] {
        try db.query("SELECT \(LevelRow.columns) FROM level WHERE check_at <= ? ORDER BY check_at, rule, subject")
            .bind(through.microseconds).all(LevelRow.read)
    }

    func levelSubjects(rule: String) throws -> [String] {
        try db.query("SELECT subject FROM level WHERE rule = ? ORDER BY subject").bind(rule).all { $0.text(0) }
    }

    func stepsDue(through: Instant) throws -> [PendingStep] {
        try db.query(
            """
            SELECT \(StepRow.columns) FROM step WHERE state = 'waiting' AND due_at <= ?
            ORDER BY due_at, firing, step
            """
        ).bind(through.microseconds).all(StepRow.read)
    }

    func steps(firing: String) throws -> [PendingStep] {
        try db.query("SELECT \(StepRow.columns) FROM step WHERE firing = ? ORDER BY step")
            .bind(firing).all(StepRow.read)
    }

    func openQuestions() throws -> [PendingStep] {
        try db.query(
            "SELECT \(StepRow.columns) FROM step WHERE state = 'waiting' AND due_at >= ? ORDER BY firing, step"
        ).bind(Instant.latest.microseconds).all(StepRow.read)
    }

    func nextTimer() throws -> Instant? {
        let level =
            try db.query("SELECT min(check_at) FROM level WHERE check_at IS NOT NULL")
            .first { $0.optionalInt(0) } ?? nil
        let step =
            try db.query("SELECT min(due_at) FROM step WHERE state = 'waiting'")
            .first { $0.optionalInt(0) } ?? nil
        return [level, step].compactMap { $0 }.min().map { Instant(microseconds: $0) }
    }
}

/// Where the mark of the table `armed` is kept.
enum ArmedMark {
    static let document = "engine/armed"
}

/// Columns and reading of ledger rows.
enum LedgerRow {
    static let columns = "rule, subject, occurrence, outcome, reason, detail, scheduled_at, decided_at, firing"

    static func read(_ row: Query) throws -> LedgerEntry {
        guard let outcome = Outcome(rawValue: row.text(3)) else { throw MalformedJSON(offset: 0) }
        return LedgerEntry(
            key: OccurrenceKey(rule: row.text(0), subject: row.text(1), occurrence: row.text(2)), outcome: outcome,
            reason: Reason(row.text(4), row.text(5)), scheduledAt: Instant(microseconds: row.int(6)),
            decidedAt: Instant(microseconds: row.int(7)), firing: row.text(8))
    }
}

/// Columns and reading of level states.
enum LevelRow {
    static let columns = "rule, subject, is_true, since, rise, rung, check_at"

    static func read(_ row: Query) throws -> LevelState {
        LevelState(
            rule: row.text(0), subject: row.text(1), isTrue: row.bool(2), since: Instant(microseconds: row.int(3)),
            rise: row.int(4), rung: row.bool(5), checkAt: row.optionalInt(6).map { Instant(microseconds: $0) })
    }
}

/// Columns and reading of waiting steps.
enum StepRow {
    static let columns = "firing, step, rule, subject, occurrence, due_at, state, reason, detail, context"

    static func read(_ row: Query) throws -> PendingStep {
        guard let state = PendingStep.State(rawValue: row.text(6)) else { throw MalformedJSON(offset: 0) }
        return PendingStep(
            firing: row.text(0), step: Int(row.int(1)),
            key: OccurrenceKey(rule: row.text(2), subject: row.text(3), occurrence: row.text(4)),
            dueAt: Instant(microseconds: row.int(5)), state: state, reason: Reason(row.text(7), row.text(8)),
            context: row.text(9))
    }
}
