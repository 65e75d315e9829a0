import Almanac
import BellmanModel
import BellmanStore
import BellmanTesting
import Glibc
import Testing

@testable import BellmanStoreSQLite

/// Every way in which a store can become another than was written, and what is said of it.
@Suite struct ChainTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("bellman.db")
    }

    private func open(_ role: StoreRole = .daemon) throws -> SQLiteStore {
        try SQLiteStore(path: path, role: role, schema: StoreContract.schema, deriver: CancelByDeriver())
    }

    private func entry(_ number: Int, rule: String = "r") -> LedgerEntry {
        LedgerEntry(
            key: OccurrenceKey(rule: rule, subject: "task/\(number)", occurrence: "o"), outcome: .fired,
            reason: Reason("due"), scheduledAt: StoreContract.start, decidedAt: StoreContract.start,
            firing: "f-\(number)")
    }

    /// Ten of everything that is chained.
    private func fill(_ store: SQLiteStore) throws {
        let writes = (1...10).map {
            RecordWrite(ref: RecordRef(kind: "task", id: "\($0)"), fields: ["title": .string("t\($0)")], actor: "test")
        }
        _ = try store.write(writes, at: StoreContract.start)
        _ = try store.tick { _ in
            var commit = TickCommit(progress: EngineProgress(watermark: StoreContract.start, sequence: 10))
            commit.ledger = (1...10).map { entry($0) }
            return commit
        }
        try store.enqueue((1...10).map { StoreContract.sampleItem("n\($0)") })
        let now = StoreContract.start.adding(seconds: 3_600)
        let claimed = try store.claim(
            ClaimRequest(
                now: now, limit: 10, bundleAbove: 1_000, bundleSize: 1, lease: now.adding(seconds: 60), claim: "c"))
        _ = try store.complete(
            claimed.map {
                Completion(
                    message: $0.id, claim: "c", fate: .sent,
                    attempt: Attempt(notice: $0.id, number: 1, at: now, verdict: "delivered", answer: "ok"))
            }, now: now)
        for number in 1...10 {
            try store.note(
                ActEntry(verb: "ack", target: "f-\(number)", by: Person("w"), at: now, comment: "", detail: "command"))
        }
    }

    private func run(_ store: SQLiteStore, _ sql: String) throws {
        try store.connection.withoutTransaction { db in
            for statement in sql.split(separator: ";") where !statement.allSatisfy(\.isWhitespace) {
                _ = try db.query(String(statement)).run()
            }
        }
    }

    /// The path of all writers: what they compute is what is read back.
    @Test func everyWriterLinksWhatItWrites() throws {
        let store = try open()
        try fill(store)
        let reach = try store.reach()
        for table in ChainedTable.allCases { #expect(reach.head(table).sequence == 10, "\(table)") }
        #expect(try store.chainFaults() == [])
        #expect(try store.rowFaults() == [])
        _ = try store.write(
            [
                RecordWrite(ref: RecordRef(kind: "task", id: "1"), fields: ["title": .string("new")], actor: "test"),
                RecordWrite(ref: RecordRef(kind: "task", id: "2"), operation: .delete, actor: "test"),
                RecordWrite(ref: RecordRef(kind: "task", id: "2"), fields: ["title": .string("back")], actor: "test"),
            ], at: StoreContract.start.adding(seconds: 9))
        #expect(try store.resend(id: "n3", now: StoreContract.start))
        try store.moveWaiting(byMicroseconds: 5)
        #expect(try store.chainFaults() == [])
        #expect(try store.rowFaults() == [])
    }

    struct Harm: CustomTestStringConvertible, Sendable {
        let sql: String
        let fault: ChainFault
        var testDescription: String { sql }

        init(_ sql: String, _ table: ChainedTable, _ sequence: Int64, _ kind: ChainFault.Kind) {
            self.sql = sql
            fault = ChainFault(table: table, sequence: sequence, kind: kind)
        }
    }

    static let harms: [Harm] = [
        Harm("UPDATE ledger SET outcome = 'skipped' WHERE sequence = 4", .ledger, 4, .changed),
        Harm("UPDATE ledger SET decided_at = decided_at + 1 WHERE sequence = 1", .ledger, 1, .changed),
        Harm("UPDATE ledger SET occurrence = 'p' WHERE sequence = 10", .ledger, 10, .changed),
        Harm("UPDATE ledger SET rule = 's' WHERE sequence = 4", .ledger, 4, .renamed),
        Harm("UPDATE ledger SET link = link + 1 WHERE sequence = 4", .ledger, 4, .changed),
        Harm("UPDATE ledger SET seal = 0 WHERE sequence = 4", .ledger, 4, .renamed),
        Harm("DELETE FROM ledger WHERE sequence = 4", .ledger, 5, .missing(from: 4)),
        Harm("DELETE FROM ledger WHERE sequence IN (1, 2)", .ledger, 3, .missing(from: 1)),
        Harm("UPDATE journal SET changes = '{}' WHERE sequence = 7", .journal, 7, .changed),
        Harm("UPDATE journal SET quiet = 1 WHERE sequence = 7", .journal, 7, .changed),
        Harm("DELETE FROM journal WHERE sequence = 9", .journal, 10, .missing(from: 9)),
        Harm("UPDATE outbox_notice SET notice = replace(notice, 'n5', 'n6') WHERE sequence = 5", .outbox, 5, .changed),
        Harm("UPDATE outbox SET channel = 'x' WHERE sequence = 5", .outbox, 5, .changed),
        Harm("DELETE FROM outbox WHERE sequence = 5", .outbox, 5, .changed),
        Harm("DELETE FROM outbox_notice WHERE sequence = 10", .outbox, 10, .changed),
        Harm("DELETE FROM attempt WHERE sequence = 2", .attempt, 3, .missing(from: 2)),
        Harm("UPDATE attempt SET answer = 'no' WHERE sequence = 2", .attempt, 2, .changed),
        Harm("UPDATE act SET comment = 'x' WHERE sequence = 3", .act, 3, .changed),
        Harm("UPDATE act SET at = 1.5 WHERE sequence = 3", .act, 3, .changed),
    ]

    @Test(arguments: harms) func whatWasChangedIsNamed(_ harm: Harm) throws {
        let store = try open()
        try fill(store)
        try run(store, harm.sql)
        #expect(try store.chainFaults().first == harm.fault)
        #expect(try store.chainFaults(after: [harm.fault.table: 10]).filter { $0.sequence < 10 } == [])
        try store.relink()
        #expect(try store.chainFaults().filter { $0.table != .outbox } == [])
        #expect(try store.reach().head(harm.fault.table).sequence >= 9)
    }

    @Test(arguments: [
        ("UPDATE record SET body = replace(body, 't4', 't5') WHERE id = '4'", "record", "4"),
        ("UPDATE record SET version = 99 WHERE id = '4'", "record", "4"),
        ("DROP TRIGGER temp.sum_set_outbox; UPDATE outbox SET finished_at = NULL WHERE id = 'n2'", "outbox", "2"),
        ("DROP TRIGGER temp.sum_set_outbox; UPDATE outbox SET state = 'dropped' WHERE id = 'n2'", "outbox", "2"),
        ("DROP TRIGGER temp.sum_set_outbox; UPDATE outbox SET lease = 0 WHERE id = 'n2'", "outbox", "2"),
        ("DROP TRIGGER temp.sum_set_progress; UPDATE progress SET watermark = watermark + 1", "progress", "1"),
    ]) func aRowThatSomebodyElseChangedIsNamed(_ sql: String, _ table: String, _ key: String) throws {
        let store = try open()
        try fill(store)
        try run(store, sql)
        #expect(try store.rowFaults() == [RowFault(table: table, key: key)])
        try store.relink()
        #expect(try store.rowFaults() == [])
    }

    /// `was:` gives rows another rule, and that is no fault.
    @Test func aRenameIsNoFault() throws {
        let store = try open()
        try fill(store)
        _ = try store.tick { _ in
            var commit = TickCommit(progress: EngineProgress(watermark: StoreContract.start, sequence: 10))
            commit.renames = [(old: "r", new: "s")]
            return commit
        }
        #expect(try store.ledger(rule: "s", subject: nil, outcomes: [], limit: 20).count == 10)
        #expect(try store.chainFaults() == [])
        #expect(try store.rowFaults() == [])
    }

    @Test func whatIsDecidedAlreadyTakesNoPlaceInTheChain() throws {
        let store = try open()
        try fill(store)
        let receipt = try store.tick { _ in
            var commit = TickCommit(progress: EngineProgress(watermark: StoreContract.start, sequence: 10))
            commit.ledger = [entry(3), entry(11), entry(3)]
            return commit
        }
        #expect(receipt.decided == 1)
        try store.enqueue([StoreContract.sampleItem("n3"), StoreContract.sampleItem("n11")])
        #expect(try store.reach().head(.ledger).sequence == 11)
        #expect(try store.reach().head(.outbox).sequence == 11)
        #expect(try store.chainFaults() == [])
    }

    /// Only what the mark says is compared: a store may have come further.
    @Test func aStoreBehindItsMarkLacksSomething() throws {
        let store = try open()
        try fill(store)
        let mark = try store.reach()
        #expect(try store.gap(to: mark).isEmpty)
        try store.enqueue([StoreContract.sampleItem("later")])
        #expect(try store.gap(to: mark).isEmpty)
        let further = try store.reach()
        try run(store, "DELETE FROM outbox_notice WHERE sequence = 11; DELETE FROM outbox WHERE sequence = 11")
        let gap = try store.gap(to: further)
        #expect(gap.lost == [.outbox: 1])
        #expect(gap.forked.isEmpty)
        #expect(gap.watermark == StoreContract.start)
    }

    @Test func anotherRowInTheMarkedPlaceIsAnotherHistory() throws {
        let store = try open()
        try fill(store)
        let mark = try store.reach()
        try run(store, "DELETE FROM act WHERE sequence = 10")
        try store.note(
            ActEntry(
                verb: "ack", target: "other", by: Person("w"), at: StoreContract.start, comment: "", detail: "command"))
        #expect(try store.gap(to: mark).forked == [.act])
        #expect(try store.chainFaults() == [])
    }

    /// Rows of a store without chains are chained as they are when it is opened.
    @Test func anOlderStoreIsChained() throws {
        let store = try open()
        try fill(store)
        let reach = try store.reach()
        for table in SummedTable.allCases {
            for trigger in ["new", "set"] where table.isSummedByTrigger {
                try run(store, "DROP TRIGGER temp.sum_\(trigger)_\(table.rawValue)")
            }
            try run(store, "ALTER TABLE \(table.rawValue) DROP COLUMN sum")
        }
        for table in ChainedTable.allCases { try run(store, "ALTER TABLE \(table.home) DROP COLUMN link") }
        try run(store, "ALTER TABLE ledger DROP COLUMN seal; PRAGMA user_version = 3")
        try store.close()
        #expect(try StoreImage.inspect(path).decisions == 10)
        let raised = try open()
        #expect(try raised.chainFaults() == [])
        #expect(try raised.rowFaults() == [])
        #expect(try raised.reach() == reach)
    }

    @Test func aDefinitionThatWasChangedIsNamed() throws {
        let store = try open()
        #expect(try store.integrityProblems() == [])
        try run(store, "CREATE VIEW mine AS SELECT 1")
        #expect(try store.integrityProblems() == [])
        try run(store, "DROP INDEX ledger_by_firing; CREATE INDEX ledger_by_firing ON ledger (subject)")
        #expect(
            try store.integrityProblems() == ["the definition of index ledger_by_firing is not what was written"])
    }

    @Test func aBackupThatDoesNotFitIsRefused() throws {
        let store = try open()
        try fill(store)
        let copy = folder.file("copy.db")
        try store.backup(to: copy)
        #expect(try StoreImage.inspect(copy).decisions == 10)
        try run(store, "UPDATE ledger SET outcome = 'skipped' WHERE sequence = 4")
        #expect(throws: StoreProblem.self) { try store.backup(to: folder.file("other.db")) }
        #expect(access(folder.file("other.db"), F_OK) != 0)
    }

    @Test(arguments: [
        ("3.6.23", true), ("3.7.0", true), ("3.40.1", true), ("3.44.5", true), ("3.44.6", false), ("3.45.0", true),
        ("3.50.6", true), ("3.50.7", false), ("3.51.2", true), ("3.51.3", false), ("3.52.0", false),
        ("3.53.1", false), ("", true), ("3.x.1", true), ("4.0.0", true),
    ]) func versionsWithTheRaceAreKnown(_ version: String, _ expected: Bool) {
        #expect(SQLiteLibrary(version: version).canLoseCommits == expected)
    }
}
