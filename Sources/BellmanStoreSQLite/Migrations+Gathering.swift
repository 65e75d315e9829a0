extension Migrations {
    static let gatheringTables = ""
}
