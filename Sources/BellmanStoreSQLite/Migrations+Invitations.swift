extension Migrations {
    static let invitationTables = ""
}
