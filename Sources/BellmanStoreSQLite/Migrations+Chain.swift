import GRDB

/// Rows of the tables that only grow are chained, those of others summed (docs/decisions/0011). The rows that a store already has are chained
/// as they are: what was lost before cannot be found any more.
extension Migrations {
    static let chainColumns = """
        ALTER TABLE journal ADD COLUMN link INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE ledger ADD COLUMN link INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE ledger ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE outbox_notice ADD COLUMN link INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE attempt ADD COLUMN link INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE act ADD COLUMN link INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE record ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE outbox ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE step ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE level ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE progress ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE armed ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE document ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE acknowledgement ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE silence ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE invitation ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE slot ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE actor ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;

        """

    /// The number of `chainColumns` among the steps.
    static let chainStep = 4

    static func chainAll(_ db: Database) throws {
        for table in ChainedTable.allCases { try Chain.rewrite(db, table) }
        try RowSums.renew(db)
    }
}
