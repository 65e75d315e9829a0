extension Migrations {
    /// Memberships of aggregate rules. They are as many as records times rules, so everything is a number: of the
    /// gathering, of the group, and the record's own key, which it keeps in `gone`. `retired` is 1 when the rule was
    /// read anew or is gone, and its rows wait to be dropped.
    static let gatheringTables = """
        CREATE TABLE gathering (
            number INTEGER PRIMARY KEY AUTOINCREMENT, rule TEXT NOT NULL, signature TEXT NOT NULL,
            retired INTEGER NOT NULL);
        CREATE TABLE gathered_group (
            number INTEGER PRIMARY KEY AUTOINCREMENT, gathering INTEGER NOT NULL, subject TEXT NOT NULL,
            tally TEXT NOT NULL, UNIQUE (gathering, subject));
        CREATE TABLE gathered_member (
            gathering INTEGER NOT NULL, record INTEGER NOT NULL, grp INTEGER NOT NULL, share TEXT NOT NULL,
            PRIMARY KEY (gathering, record)) WITHOUT ROWID;
        CREATE INDEX gathered_member_by_group ON gathered_member (grp, record);
        CREATE TABLE gathered_value (
            grp INTEGER NOT NULL, term INTEGER NOT NULL, value TEXT NOT NULL, count INTEGER NOT NULL,
            PRIMARY KEY (grp, term, value)) WITHOUT ROWID;

        """
}
