import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite

/// The real store; each write that returns is told to the witness.
struct WatchedStore: EngineStore, RecordStore, OutboxStore {
    let store: SQLiteStore
    let witness: Witness
    /// A planted bug: notices are handed to it before their commit.
    var early: PowerTransport?

    private func told<T>(_ body: () throws -> T) throws -> T {
        let result = try body()
        witness.committed()
        return result
    }

    func read<T>(_ body: (any EngineView) throws -> T) throws -> T { try store.read(body) }

    func tick(_ decide: (any EngineView) throws -> TickCommit) throws -> TickReceipt {
        try told {
            try store.tick { view in
                let commit = try decide(view)
                if let early { for item in commit.outbox { early.leave(item.notice.id) } }
                return commit
            }
        }
    }

    func write(_ writes: [RecordWrite], at: Instant) throws -> [WriteResult] {
        try told { try store.write(writes, at: at) }
    }

    func claim(_ request: ClaimRequest) throws -> [ClaimedMessage] { try told { try store.claim(request) } }

    func complete(_ completions: [Completion], marks: [SendMark], now: Instant) throws -> Int {
        try told { try store.complete(completions, marks: marks, now: now) }
    }

    func releaseClaims(endedBy: Instant?) throws -> Int { try told { try store.releaseClaims(endedBy: endedBy) } }
    func enqueue(_ items: [OutboxItem]) throws { try told { try store.enqueue(items) } }
    func reopen(_ ids: [String], now: Instant) throws { try told { try store.reopen(ids, now: now) } }
    func resend(id: String, now: Instant) throws -> Bool { try told { try store.resend(id: id, now: now) } }

    func marks(after: Instant) throws -> [SendMark] { try store.marks(after: after) }
    func nextDue(excluding: Set<String>) throws -> Instant? { try store.nextDue(excluding: excluding) }
    func summary() throws -> OutboxSummary { try store.summary() }
    func item(id: String) throws -> OutboxItem? { try store.item(id: id) }
    func items(firing: String) throws -> [OutboxItem] { try store.items(firing: firing) }
    func attempts(notice: String) throws -> [Attempt] { try store.attempts(notice: notice) }
    func held(after place: Int64, limit: Int) throws -> HeldPage { try store.held(after: place, limit: limit) }

    func items(state: DeliveryState?, channel: String?, limit: Int) throws -> [OutboxItem] {
        try store.items(state: state, channel: channel, limit: limit)
    }
}
