import BellmanStore
import Failpoints
import GRDB

/// The tables, step by step. A step that was released is never edited; a change is a new step.
enum Migrations {
    /// "BELL" in ASCII: `file bellman.db` and `PRAGMA application_id` tell whose file it is.
    static let applicationID: Int32 = 0x4245_4C4C

    static let steps: [String] = [
        recordTables + engineTables + deliveryTables + administrationTables, leanOutbox,
        actTables + gatheringTables + invitationTables, chainColumns,
    ]

    /// What `PRAGMA user_version` says when all steps are done.
    static var version: Int { steps.count }

    /// Applies what is missing; does nothing, and takes no lock, when nothing is.
    static func apply(to db: Database, path: String) throws {
        guard try check(db, path: path) < version else { return }
        try db.inTransaction(.immediate) {
            let done = try check(db, path: path)
            for step in steps.dropFirst(done) { try Failpoint.step(.migrationStep) { try db.execute(sql: step) } }
            if done < chainStep { try chainAll(db) }
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: "PRAGMA user_version = \(version)")
            return .commit
        }
    }

    /// How many steps the store has; throws when it is not ours or too new.
    private static func check(_ db: Database, path: String) throws -> Int {
        let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        let owner = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        if tables == 0, owner == 0, found == 0 { return 0 }
        guard owner == applicationID else { throw StoreProblem.notABellmanStore(path: path) }
        guard found <= version else {
            throw StoreProblem.newerSchema(path: path, found: found, supported: version)
        }
        return found
    }

    /// `slot` gives kinds (empty field) and indexed fields short numbers. A deleted record moves to `gone`, which
    /// keeps its key for the journal. Each journal row names the one before it of the same record, so a record's
    /// history needs no index. A handle is the hash of an e-mail, name or title: titles themselves would make the
    /// largest and most scattered index of an import; the record has the text to compare. Times are microseconds,
    /// dates days, both since 1970. Rows of journal, ledger and outbox are never deleted, so plain row numbers are
    /// never given twice; `AUTOINCREMENT` and foreign keys on `slot` and `actor` would cost an import a tenth each.
    private static let recordTables = """
        CREATE TABLE slot (
            number INTEGER PRIMARY KEY, kind TEXT NOT NULL, field TEXT NOT NULL, shape TEXT NOT NULL DEFAULT '',
            UNIQUE (kind, field));
        CREATE TABLE record (
            key INTEGER PRIMARY KEY, kind INTEGER NOT NULL, id TEXT NOT NULL,
            version INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
            body TEXT NOT NULL, touched TEXT);
        CREATE UNIQUE INDEX record_by_id ON record (kind, id);
        CREATE INDEX record_by_creation ON record (kind, created_at);
        CREATE INDEX record_by_update ON record (kind, updated_at) WHERE updated_at <> created_at;
        CREATE TABLE gone (
            key INTEGER PRIMARY KEY, kind INTEGER NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL,
            UNIQUE (kind, id));
        CREATE TABLE handle (
            kind INTEGER NOT NULL, hash INTEGER NOT NULL, key INTEGER NOT NULL,
            PRIMARY KEY (kind, hash, key)) WITHOUT ROWID;
        CREATE TABLE reference (
            slot INTEGER NOT NULL, text TEXT NOT NULL, key INTEGER NOT NULL,
            PRIMARY KEY (slot, text, key)) WITHOUT ROWID;
        CREATE TABLE moment (
            slot INTEGER NOT NULL, type INTEGER NOT NULL, value INTEGER NOT NULL, key INTEGER NOT NULL,
            PRIMARY KEY (slot, type, value, key)) WITHOUT ROWID;
        CREATE TABLE actor (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE journal (
            sequence INTEGER PRIMARY KEY, record INTEGER NOT NULL, previous INTEGER,
            operation TEXT NOT NULL, actor INTEGER NOT NULL, at INTEGER NOT NULL,
            quiet INTEGER NOT NULL, depth INTEGER NOT NULL, changes TEXT NOT NULL);
        CREATE VIEW records AS
            SELECT slot.kind || '/' || record.id AS record, datetime(updated_at / 1000000, 'unixepoch') AS updated, body
            FROM record JOIN slot ON slot.number = record.kind;
        CREATE VIEW history AS
            SELECT sequence, slot.kind || '/' || coalesce(record.id, gone.id) AS record, operation,
                actor.name AS actor, datetime(journal.at / 1000000, 'unixepoch') AS at, changes
            FROM journal LEFT JOIN record ON record.key = journal.record LEFT JOIN gone ON gone.key = journal.record
                JOIN slot ON slot.number = coalesce(record.kind, gone.kind) JOIN actor ON actor.number = journal.actor;

        """

    private static let engineTables = """
        CREATE TABLE progress (
            id INTEGER PRIMARY KEY CHECK (id = 1), watermark INTEGER NOT NULL, sequence INTEGER NOT NULL);
        CREATE TABLE armed (
            rule TEXT NOT NULL, trigger TEXT NOT NULL, since INTEGER NOT NULL, sequence INTEGER NOT NULL,
            PRIMARY KEY (rule, trigger)) WITHOUT ROWID;
        CREATE TABLE ledger (
            sequence INTEGER PRIMARY KEY, rule TEXT NOT NULL, subject TEXT NOT NULL,
            occurrence TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL,
            scheduled_at INTEGER NOT NULL, decided_at INTEGER NOT NULL, firing TEXT NOT NULL,
            UNIQUE (rule, subject, occurrence));
        CREATE INDEX ledger_by_subject ON ledger (subject);
        CREATE INDEX ledger_by_firing ON ledger (firing);
        CREATE TABLE tally (
            rule TEXT NOT NULL, outcome TEXT NOT NULL, count INTEGER NOT NULL, latest INTEGER NOT NULL,
            PRIMARY KEY (rule, outcome)) WITHOUT ROWID;
        CREATE TABLE step (
            firing TEXT NOT NULL, step INTEGER NOT NULL, rule TEXT NOT NULL, subject TEXT NOT NULL,
            occurrence TEXT NOT NULL, due_at INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL,
            detail TEXT NOT NULL, context TEXT NOT NULL,
            PRIMARY KEY (firing, step)) WITHOUT ROWID;
        CREATE INDEX step_waiting ON step (due_at) WHERE state = 'waiting';
        CREATE TABLE level (
            rule TEXT NOT NULL, subject TEXT NOT NULL, is_true INTEGER NOT NULL, since INTEGER NOT NULL,
            rise INTEGER NOT NULL, rung INTEGER NOT NULL, check_at INTEGER,
            PRIMARY KEY (rule, subject)) WITHOUT ROWID;
        CREATE INDEX level_check ON level (check_at) WHERE check_at IS NOT NULL;

        """

    /// An open row (waiting or held) has no `finished_at`. `rank` is 0 for high, 1 for normal, 2 for low priority.
    private static let deliveryTables = """
        CREATE TABLE outbox (
            sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, firing TEXT NOT NULL,
            channel TEXT NOT NULL, recipient TEXT NOT NULL, rank INTEGER NOT NULL, state TEXT NOT NULL,
            not_before INTEGER NOT NULL, attempts INTEGER NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL,
            bundle TEXT, created_at INTEGER NOT NULL, finished_at INTEGER, claim TEXT, lease INTEGER,
            notice TEXT NOT NULL);
        CREATE INDEX outbox_due ON outbox (channel, rank, not_before)
            WHERE finished_at IS NULL AND claim IS NULL;
        CREATE INDEX outbox_pair ON outbox (channel, recipient, rank, not_before)
            WHERE finished_at IS NULL AND claim IS NULL AND bundle IS NULL;
        CREATE INDEX outbox_claimed ON outbox (lease) WHERE claim IS NOT NULL;
        CREATE INDEX outbox_by_bundle ON outbox (bundle) WHERE bundle IS NOT NULL;
        CREATE INDEX outbox_by_firing ON outbox (firing);
        CREATE INDEX outbox_by_state ON outbox (state, sequence);
        CREATE TABLE bundles (id INTEGER PRIMARY KEY CHECK (id = 1), made INTEGER NOT NULL);
        CREATE TABLE attempt (
            sequence INTEGER PRIMARY KEY, notice TEXT NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL,
            verdict TEXT NOT NULL, answer TEXT NOT NULL);
        CREATE INDEX attempt_by_notice ON attempt (notice, sequence);

        """

    /// Claiming and completing rewrite an outbox row, so the notice itself stands apart. A row that is claimed alone
    /// has its own id as bundle, which needs no index entry. `rank` becomes 0 for urgent, 1 high, 2 normal, 3 low.
    /// Attempts name their row by number. `mark` holds when a robot was last used, for its pace.
    private static let leanOutbox = """
        CREATE TABLE outbox_notice (sequence INTEGER PRIMARY KEY, notice TEXT NOT NULL);
        INSERT INTO outbox_notice SELECT sequence, notice FROM outbox;
        UPDATE outbox SET rank = CASE WHEN json_extract(notice, '$.urgent') THEN 0 ELSE rank + 1 END;
        ALTER TABLE outbox DROP COLUMN notice;
        DROP INDEX outbox_by_bundle;
        CREATE INDEX outbox_by_bundle ON outbox (bundle) WHERE bundle <> id;
        ALTER TABLE attempt RENAME TO old_attempt;
        CREATE TABLE attempt (
            sequence INTEGER PRIMARY KEY, outbox INTEGER NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL,
            verdict TEXT NOT NULL, answer TEXT NOT NULL);
        INSERT INTO attempt
            SELECT old_attempt.sequence, outbox.sequence, number, at, verdict, answer
            FROM old_attempt JOIN outbox ON outbox.id = notice;
        DROP TABLE old_attempt;
        CREATE INDEX attempt_of ON attempt (outbox, sequence);
        CREATE TABLE mark (robot TEXT NOT NULL, at INTEGER NOT NULL);
        CREATE INDEX mark_by_time ON mark (at);

        """

    private static let administrationTables = """
        CREATE TABLE document (name TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE token (
            name TEXT PRIMARY KEY, role TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL)
            WITHOUT ROWID;
        """
}

extension Connection {
    /// Tables, indexes and views that are not defined as this version defines them; SQLite's own check takes any
    /// definition for right. What somebody added is theirs.
    func definitionProblems() throws -> [String] {
        let found = try read(Migrations.definitions)
        let model = try DatabaseQueue()
        try model.writeWithoutTransaction { db in
            try RowSums.register(db)
            try Migrations.apply(to: db, path: path)
        }
        let expected = try model.read(Migrations.definitions)
        return expected.filter { found[$0.key] != $0.value }.map(\.key).sorted().map {
            "the definition of \($0) is not what was written"
        }
    }
}

extension Migrations {
    /// By type and name.
    fileprivate static func definitions(_ db: Database) throws -> [String: String] {
        let rows = try db.query(
            "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        ).all { ("\($0.text(0)) \($0.text(1))", "\($0.text(2)) \($0.text(3))") }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }
}
