/// What people do about notices. `act` is the audit log; its rows are never changed or deleted.
extension Migrations {
    static let actTables = """
        CREATE TABLE acknowledgement (
            firing TEXT PRIMARY KEY, by TEXT NOT NULL, at INTEGER NOT NULL, comment TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE act (
            sequence INTEGER PRIMARY KEY, verb TEXT NOT NULL, target TEXT NOT NULL, by TEXT NOT NULL,
            at INTEGER NOT NULL, comment TEXT NOT NULL, detail TEXT NOT NULL);
        CREATE INDEX act_by_target ON act (target, sequence);
        CREATE TABLE spent_link (nonce TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;

        """
}
