import Almanac
import BellmanModel
import BellmanStore
import GRDB

/// Adds ledger rows within one transaction.
struct LedgerInsert {
    private let insert: Query
    private let chain: ChainWriter

    init(_ db: Database) throws {
        chain = try ChainWriter(db, .ledger)
        insert = try db.query(
            """
            INSERT INTO ledger (sequence, \(LedgerRow.columns), link, seal)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (rule, subject, occurrence) DO NOTHING
            """)
    }

    /// False when the key is decided already.
    func run(_ entry: LedgerEntry) throws -> Bool {
        insert.bind(chain.nextSequence).bind(entry.key.rule).bind(entry.key.subject).bind(entry.key.occurrence)
        insert.bind(entry.outcome.rawValue).bind(entry.reason.code).bind(entry.reason.detail)
        insert.bind(entry.scheduledAt.microseconds).bind(entry.decidedAt.microseconds).bind(entry.firing)
        let link = chain.link { text in
            text.add(entry.key.subject)
            text.add(entry.key.occurrence)
            text.add(entry.outcome.rawValue)
            text.add(entry.reason.code)
            text.add(entry.reason.detail)
            text.add(entry.scheduledAt.microseconds)
            text.add(entry.decidedAt.microseconds)
            text.add(entry.firing)
        }
        let seal = ChainText.seal(link: link, rule: entry.key.rule)
        guard try insert.bind(link).bind(seal).run() == 1 else { return false }
        chain.keep(link)
        return true
    }
}
