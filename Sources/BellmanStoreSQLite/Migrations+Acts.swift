/// What people do about notices. `act` is the audit log; its rows are never changed or deleted. An acknowledgement is
/// `fresh` until a tick took note of it.
extension Migrations {
    static let actTables = """
        CREATE TABLE acknowledgement (
            firing TEXT PRIMARY KEY, by TEXT NOT NULL, at INTEGER NOT NULL, comment TEXT NOT NULL,
            fresh INTEGER NOT NULL DEFAULT 1) WITHOUT ROWID;
        CREATE INDEX acknowledgement_fresh ON acknowledgement (firing) WHERE fresh = 1;
        CREATE TABLE act (
            sequence INTEGER PRIMARY KEY, verb TEXT NOT NULL, target TEXT NOT NULL, by TEXT NOT NULL,
            at INTEGER NOT NULL, comment TEXT NOT NULL, detail TEXT NOT NULL);
        CREATE INDEX act_by_target ON act (target, sequence);
        CREATE TABLE silence (
            id TEXT PRIMARY KEY, rule TEXT, tag TEXT, kind TEXT, record TEXT, condition TEXT,
            begins_at INTEGER NOT NULL, ends_at INTEGER, every TEXT, length TEXT, zone TEXT,
            by TEXT NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL, ended_at INTEGER, ended_by TEXT,
            over_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX silence_by_end ON silence (over_at);
        CREATE INDEX step_by_subject ON step (subject) WHERE state = 'waiting';
        CREATE TABLE spent_link (nonce TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;

        """
}
