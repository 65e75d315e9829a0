import Almanac
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite
import BellmanTesting
import Foundation
import Glibc
import Testing

@testable import BellmanDaemon

/// What a start makes of a store and the mark beside it.
@Suite struct StoreGuardTests {
    let folder: TemporaryFolder
    private var path: String { folder.file("bellman.db") }
    private let now = StoreContract.start

    init() throws {
        folder = try TemporaryFolder()
        try "timezone: Asia/Shanghai\n".write(toFile: folder.file("bellman.yaml"), atomically: true, encoding: .utf8)
    }

    private func open() throws -> Instance {
        try Instance(Workshop(Location(configuration: folder.file("bellman.yaml"))), role: .daemon)
    }

    private func look() throws -> StoreGuard.Finding {
        let instance = try open()
        defer { try? instance.store.close() }
        return try StoreGuard(instance).look()
    }

    /// A store that has lived, with its mark; `more` decisions after `copy` is made.
    private func live(_ decisions: ClosedRange<Int> = 1...3, mark: Bool = true) throws {
        let instance = try open()
        try instance.storeID()
        _ = try instance.store.tick { _ in
            var commit = TickCommit(progress: EngineProgress(watermark: now, sequence: 0))
            commit.ledger = decisions.map {
                LedgerEntry(
                    key: OccurrenceKey(rule: "r", subject: "task/\($0)", occurrence: "o"), outcome: .fired,
                    reason: Reason("due", "d-\($0)"), scheduledAt: now, decidedAt: now, firing: "f-\($0)")
            }
            return commit
        }
        if mark { try StoreGuard(instance).mark() }
        try instance.store.close()
    }

    private func copy(_ from: String, to: String) throws {
        try? FileManager.default.removeItem(atPath: to)
        try FileManager.default.copyItem(atPath: from, toPath: to)
    }

    /// In a column that no index holds: SQLite itself finds the others.
    private func harm(_ old: String, _ new: String) throws {
        let url = URL(fileURLWithPath: path)
        var bytes = try Data(contentsOf: url)
        let place = try #require(bytes.range(of: Data(old.utf8)))
        bytes.replaceSubrange(place, with: Data(new.utf8))
        try bytes.write(to: url)
    }

    @Test func aNewStoreIsWell() throws {
        #expect(try look() == StoreGuard.Finding())
        try live()
        #expect(try look() == StoreGuard.Finding())
    }

    /// Who dies between a commit and its mark leaves a mark that is behind.
    @Test func aMarkThatIsBehindIsNoFault() throws {
        try live()
        try live(4...6, mark: false)
        #expect(try look() == StoreGuard.Finding())
    }

    @Test func anOlderCopyIsFound() throws {
        try live()
        try copy(path, to: folder.file("old.db"))
        try live(4...6)
        try copy(folder.file("old.db"), to: path)
        let doubt = try #require(try look().doubt)
        guard case .behind(let gap, let mark) = doubt else { return #expect(Bool(false), "\(doubt)") }
        #expect(gap.lost == [.ledger: 3])
        #expect(mark.reach.head(.ledger).sequence == 6)
        // It goes on as another store would: the same place, another row.
        try live(7...9, mark: false)
        guard case .behind(let later, _)? = try look().doubt else { return #expect(Bool(false)) }
        #expect(later.forked == [.ledger])
    }

    /// Never "start afresh" over a store that was there.
    @Test func anEmptyStoreInItsPlaceIsFound() throws {
        try live()
        unlink(path)
        guard case .behind(let gap, _)? = try look().doubt else { return #expect(Bool(false)) }
        #expect(gap.lost == [.ledger: 3])
        #expect(gap.watermark == nil)
    }

    @Test func aRowThatChangedIsFound() throws {
        try live()
        try harm("d-2", "d-7")
        let doubt = try look().doubt
        let fault = ChainFault(table: .ledger, sequence: 2, kind: .changed)
        #expect(doubt == .broken(StoreGuard.Faults(chains: [fault])))
    }

    @Test func aStoreThatWasMovedWorks() throws {
        try live()
        unlink(StoreMark.path(ofStore: path))
        #expect(try look() == StoreGuard.Finding(remark: .unmarked))
        try Data([1, 2, 3]).write(to: URL(fileURLWithPath: StoreMark.path(ofStore: path)))
        #expect(try look() == StoreGuard.Finding(remark: .unreadableMark))
        let other = StoreMark(
            store: "another", at: now,
            reach: StoreReach(watermark: now, heads: [.ledger: ChainHead(sequence: 99, link: 1)]))
        unlink(StoreMark.path(ofStore: path))
        try MarkFile(ofStore: path).write(other)
        #expect(try look() == StoreGuard.Finding(remark: .foreignMark))
    }

    @Test func runOnceRefuses() async throws {
        try live()
        try harm("d-2", "d-7")
        await #expect(throws: RunOnce.StoreInDoubt.self) { _ = try await RunOnce.run(try open(), at: nil) { _ in } }
    }

    @Test(arguments: [Restore.Gap.skip, .ring]) func whatIsAcceptedStaysAccepted(_ gap: Restore.Gap) throws {
        try live()
        try copy(path, to: folder.file("old.db"))
        try live(4...6)
        try copy(folder.file("old.db"), to: path)
        let instance = try open()
        let later = now.adding(seconds: 3_600)
        let finding = try StoreGuard(instance).accept(gap: gap, by: Person("wang"), comment: "why", now: later)
        #expect(finding.doubt != nil)
        let act = try #require(try instance.store.acts(target: "store", limit: 1).first)
        #expect(act.verb == "store_accept" && act.by.id == "wang" && act.comment == "why")
        #expect(act.detail.hasPrefix("command gap=\(gap.rawValue) marked=") && act.detail.hasSuffix(" ledger-3"))
        #expect(try instance.store.read { try $0.progress()?.watermark } == (gap == .skip ? later : now))
        // The self-audit asks for nothing in a gap that was settled.
        #expect(try instance.store.lastSettledRestore() == (gap == .skip ? later : nil))
        // What it once handed out and does not know of is not handed out again.
        #expect(try instance.store.givenNumbers().journal > 1_000)
        try instance.store.close()
        #expect(try look() == StoreGuard.Finding())
    }

    @Test func acceptedRowsAreLinkedAnew() throws {
        try live()
        try harm("d-2", "d-7")
        let instance = try open()
        _ = try StoreGuard(instance).accept(gap: .skip, by: Person("wang"), comment: "", now: now)
        #expect(try instance.store.acts(target: "store", limit: 1).first?.detail == "command gap=skip ledger/2")
        #expect(try StoreGuard(instance).accept(gap: .skip, by: Person("w"), comment: "", now: now).doubt == nil)
        #expect(try instance.store.acts(target: "store", limit: 9).count == 1)
        try instance.store.close()
        #expect(try look() == StoreGuard.Finding())
    }

    @Test(arguments: [false, true]) func aRestoreIsNoOlderCopy(_ newIdentity: Bool) throws {
        try live()
        let instance = try open()
        try instance.store.backup(to: folder.file("backup.db"))
        try instance.store.close()
        try live(4...6)
        let workshop = try Workshop(Location(configuration: folder.file("bellman.yaml")))
        let outcome = try Restore(workshop, from: folder.file("backup.db"))
            .run(gap: .skip, newIdentity: newIdentity, now: now)
        let kept = try #require(outcome.keptAs)
        #expect(MarkFile(ofStore: kept).read() != .absent)
        #expect(try look() == StoreGuard.Finding())
    }

    // MARK: Words

    static let doubts: [(StoreGuard.Doubt, en: String, zh: String)] = {
        var gap = StoreGap()
        gap.lost = [.ledger: 3, .outbox: 1]
        gap.forked = [.journal]
        let mark = StoreMark(
            store: "s", at: StoreContract.start, reach: StoreReach(watermark: nil, heads: [:]))
        let faults = StoreGuard.Faults(
            chains: [
                ChainFault(table: .ledger, sequence: 57, kind: .changed),
                ChainFault(table: .journal, sequence: 9, kind: .missing(from: 7)),
                ChainFault(table: .ledger, sequence: 4, kind: .renamed),
            ], rows: [RowFault(table: "record", key: "12")])
        return [
            (
                .behind(gap, marked: mark),
                "it lived until before its first tick); missing: 3 decisions, 1 notices, other changes of records than then",
                "（它运行到 尚未判定过）；缺少：3 条判定、1 条提醒、记录变更与当时不同"
            ),
            (
                .broken(faults),
                "decisions, row 57, is not what was written (table ledger); changes of records: row 7–8 gone, before row 9 (table journal); decisions, row 4, names another rule than was written (table ledger); table record, row 12, is not what was written",
                "判定第 57 行与写入时不符（表 ledger）；记录变更第 9 行之前缺少第 7–8 行（表 journal）；判定第 4 行的规则名与写入时不符（表 ledger）；表 record 的 12 行与写入时不符"
            ),
        ]
    }()

    @Test(arguments: 0..<2) func doubtsAreNamedWithTheirRemedy(_ index: Int) {
        let (doubt, english, chinese) = StoreGuardTests.doubts[index]
        let (en, zh) = (StoreGuardWording(.en, .utc), StoreGuardWording(.zh, .utc))
        #expect(en.fact(doubt).contains(english))
        #expect(zh.fact(doubt).contains(chinese))
        for words in [en, zh] {
            #expect(words.text(doubt).contains("bellman restore"))
            #expect(words.text(doubt).contains("bellman ledger accept"))
            #expect(!words.title(doubt).isEmpty)
        }
        #expect(en.text(doubt) != zh.text(doubt))
    }

    @Test func everythingElseHasWordsInBothLanguages() {
        let (en, zh) = (StoreGuardWording(.en, .utc), StoreGuardWording(.zh, .utc))
        for remark in StoreGuard.Remark.allCases { #expect(en.text(remark) != zh.text(remark)) }
        let (old, new) = (SQLiteLibrary(version: "3.40.1"), SQLiteLibrary(version: "3.51.3"))
        #expect(en.library(old).contains("3.40.1") && en.library(old) != zh.library(old))
        #expect(en.library(new) == "SQLite 3.51.3")
    }
}
