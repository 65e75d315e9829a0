import BellmanEngine
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import Synchronization

/// What the engine decided in a rehearsal.
struct Rehearsed: Sendable {
    var decisions: [LedgerEntry] = []
    var items: [OutboxItem] = []

    var isEmpty: Bool { decisions.isEmpty && items.isEmpty }
}

/// Where the engine lives in a rehearsal. It takes decisions like a store and is no outbox: a dispatcher cannot be
/// made from it, so that nothing can ever be sent. Notices are kept here instead of being written.
final class RehearsalStore: EngineStore {
    private let store: SQLiteStore
    private let brought = Mutex(Rehearsed())

    init(_ store: SQLiteStore) { self.store = store }

    func read<T>(_ body: (any EngineView) throws -> T) throws -> T { try store.read(body) }

    func tick(_ decide: (any EngineView) throws -> TickCommit) throws -> TickReceipt {
        var decided = Rehearsed()
        let receipt = try store.tick { view in
            var commit = try decide(view)
            decided = Rehearsed(decisions: commit.ledger, items: commit.outbox)
            commit.outbox = []
            return commit
        }
        brought.withLock {
            $0.decisions += decided.decisions
            $0.items += decided.items
        }
        return receipt
    }

    /// What was decided since the last call.
    func take() -> Rehearsed {
        brought.withLock { all in
            defer { all = Rehearsed() }
            return all
        }
    }
}
