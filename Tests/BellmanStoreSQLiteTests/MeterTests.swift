import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import BellmanTesting
import Testing

@Suite struct MeterTests {
    private let now = StoreContract.start
    private let folder: TemporaryFolder
    private let store: SQLiteStore

    init() throws {
        folder = try TemporaryFolder()
        store = try SQLiteStore(
            path: folder.file("bellman.db"), role: .daemon, schema: StoreContract.schema, deriver: CancelByDeriver())
    }

    private func item(_ id: String, channel: String = "chat", due: Int64 = 0) -> OutboxItem {
        let notice = Notice(
            id: id, firing: "f-\(id)", rule: "r", ruleTitle: "R", record: "task/1", step: 0, channel: channel,
            recipientKey: id, recipients: [], title: id, text: [], links: [], priority: .normal, urgent: false,
            scheduledAt: now, firedAt: now, late: false, language: "en")
        return OutboxItem(notice: notice, notBefore: now.adding(seconds: due), createdAt: now)
    }

    private func claim() throws -> [ClaimedMessage] {
        try store.claim(
            ClaimRequest(
                now: now, limit: 100, bundleAbove: 20, bundleSize: 50, lease: now.adding(seconds: 60), claim: "c"))
    }

    private func completion(
        _ message: ClaimedMessage, _ fate: Completion.Fate, _ verdict: String, after seconds: Int64
    ) -> Completion {
        let attempt = Attempt(
            notice: message.id, number: 1, at: now.adding(seconds: seconds), verdict: verdict, answer: "")
        return Completion(message: message.id, claim: message.claim, fate: fate, attempt: attempt)
    }

    @Test func anEmptyStoreIsAllZeroes() throws {
        let reading = try store.measure(since: MeterMarks())
        #expect(reading.marks == MeterMarks())
        #expect(reading.notices.values.reduce(0, +) == 0)
        #expect(reading.attempts.isEmpty && reading.decisions.isEmpty && reading.open.isEmpty)
        #expect(reading.oldestWaiting == nil && reading.nextDue == nil)
        #expect(try store.noticeCount([.waiting, .held]) == 0)
    }

    @Test func whatStands() throws {
        try store.enqueue([item("1"), item("2"), item("3"), item("4", channel: "mail", due: 90)])
        let claimed = try claim()
        #expect(claimed.count == 3)
        _ = try store.complete(
            [
                completion(claimed[0], .sent, "delivered", after: 2),
                completion(claimed[1], .dead(Reason("max_age")), "permanent_message", after: 1),
            ], now: now)
        let reading = try store.measure(since: MeterMarks())
        #expect(reading.notices == [.waiting: 2, .held: 0, .sent: 1, .dropped: 0, .dead: 1])
        #expect(reading.claimed == 1)
        #expect(reading.open.map(\.channel) == ["mail"])
        #expect(reading.open.map(\.count) == [1])
        #expect(reading.oldestWaiting == now)
        #expect(reading.nextDue == now.adding(seconds: 90))
        #expect(try store.noticeCount([.waiting, .held]) == 2)
    }

    @Test func attemptsAreCountedOnce() throws {
        try store.enqueue([item("1"), item("2"), item("3", channel: "mail")])
        let claimed = try claim()
        let chat = claimed.filter { $0.items.first?.notice.channel == "chat" }
        _ = try store.complete(chat.map { completion($0, .sent, "delivered", after: 3) }, now: now)
        let first = try store.measure(since: MeterMarks())
        #expect(first.attempts.map(\.channel) == ["chat"])
        #expect(first.attempts.map(\.count) == [2])
        #expect(first.attempts.map(\.delaySeconds) == [6])
        #expect(try store.measure(since: first.marks).attempts.isEmpty)
        let mail = claimed.filter { $0.items.first?.notice.channel == "mail" }
        _ = try store.complete(
            mail.map { completion($0, .retry(at: now.adding(seconds: 60)), "transient", after: 1) }, now: now)
        let second = try store.measure(since: first.marks)
        #expect(second.attempts.map(\.verdict) == ["transient"])
        #expect(second.attempts.first?.last == second.marks.attempt)
        #expect(try store.meterMarks() == second.marks)
    }

    @Test func decisionsAndChanges() throws {
        let task = RecordWrite(ref: RecordRef(kind: "task", id: "1"), fields: ["title": .string("x")], actor: "test")
        _ = try store.write([task], at: now)
        #expect(try store.measure(since: MeterMarks()).undecidedChanges == 1)
        _ = try store.tick { _ in
            var commit = TickCommit(progress: EngineProgress(watermark: now, sequence: 1))
            commit.ledger = ["a", "b"].map {
                LedgerEntry(
                    key: OccurrenceKey(rule: "r", subject: "task/1", occurrence: $0), outcome: .skipped,
                    reason: Reason("limit", "task/1"), scheduledAt: now, decidedAt: now, firing: "f-\($0)")
            }
            return commit
        }
        let reading = try store.measure(since: MeterMarks())
        #expect(reading.undecidedChanges == 0)
        #expect(reading.journal == 1)
        #expect(reading.decisions == [MeterReading.Decisions(outcome: "skipped", reason: "limit", count: 2)])
        #expect(try store.measure(since: reading.marks).decisions.isEmpty)
    }
}
