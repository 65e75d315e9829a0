/// Invitations that are out: one row for each meeting of a rule, record and step. `body` is what was told last; the
/// key begins with what a changed record is looked up by.
extension Migrations {
    static let invitationTables = """
        CREATE TABLE invitation (
            rule TEXT NOT NULL, subject TEXT NOT NULL, step INTEGER NOT NULL, uid TEXT NOT NULL,
            sequence INTEGER NOT NULL, firing TEXT NOT NULL, body TEXT NOT NULL,
            PRIMARY KEY (rule, subject, step)) WITHOUT ROWID;

        """
}
