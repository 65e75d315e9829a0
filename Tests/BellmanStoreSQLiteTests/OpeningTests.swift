import Almanac
import BellmanModel
import BellmanStore
import BellmanTesting
import Foundation
import Glibc
import Testing

@testable import BellmanStoreSQLite

@Suite struct OpeningTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("bellman.db")
    }

    private func open(_ role: StoreRole = .daemon, schema: Schema = StoreContract.schema) throws -> SQLiteStore {
        try SQLiteStore(path: path, role: role, schema: schema, deriver: CancelByDeriver())
    }

    private func task(_ id: String, _ fields: [String: FieldValue] = [:]) -> RecordWrite {
        RecordWrite(ref: RecordRef(kind: "task", id: id), fields: fields, actor: "test")
    }

    private func overwrite(at offset: Int, _ bytes: [UInt8]) {
        let file = Glibc.open(path, O_WRONLY)
        _ = pwrite(file, bytes, bytes.count, off_t(offset))
        Glibc.close(file)
    }

    /// The file's bytes; the log is folded in by closing the store before.
    private func bytes() -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: StoreFile.size(path))
        let file = Glibc.open(path, O_RDONLY)
        _ = Glibc.read(file, &buffer, buffer.count)
        Glibc.close(file)
        return buffer
    }

    @Test func newFileIsForItsOwnerAlone() throws {
        let store = try open()
        for name in [path, path + "-wal", path + "-shm"] {
            var status = stat()
            #expect(stat(name, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
        }
        try store.close()
    }

    @Test func settingsAreDurable() throws {
        let store = try open()
        let found = try store.connection.withoutTransaction { db in
            try ["journal_mode", "synchronous", "foreign_keys", "trusted_schema", "cell_size_check", "mmap_size"].map {
                try db.query("PRAGMA \($0)").first { $0.text(0) } ?? ""
            }
        }
        #expect(found == ["wal", "2", "1", "0", "1", "0"])
        try store.close()
        let command = try open(.command)
        let pages = try command.connection.withoutTransaction { db in
            try db.query("PRAGMA wal_autocheckpoint").first { $0.int(0) }
        }
        #expect(pages == 0)
    }

    @Test func closingWritesTheLogBack() throws {
        let store = try open()
        _ = try store.read { try $0.count(kind: "task") }
        try store.close()
        #expect(StoreFile.size(path + "-wal") == 0)
    }

    @Test func openingAgainChangesNothing() throws {
        let first = try open()
        _ = try first.write([task("1", ["title": .string("a")])], at: StoreContract.start)
        try first.close()
        let second = try open()
        let before = try contents(second)
        try second.close()
        let third = try open()
        #expect(try contents(third) == before)
        #expect(try third.read { try $0.count(kind: "task") } == 1)
        #expect(before.contains { $0.contains("task") })
    }

    /// Tables, names and versions: what opening might touch.
    private func contents(_ store: SQLiteStore) throws -> [String] {
        try store.connection.read { db in
            let tables = try db.query("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").all {
                $0.text(0)
            }
            let slots = try db.query("SELECT number || kind || field || shape FROM slot ORDER BY number").all {
                $0.text(0)
            }
            let versions = try ["user_version", "application_id"].map { pragma in
                try db.query("PRAGMA \(pragma)").first { $0.text(0) } ?? ""
            }
            return tables + slots + versions
        }
    }

    /// A store of the first release: its notices lose nothing, and the most urgent still goes first.
    @Test func aStoreOfTheFirstSchemaIsBroughtUp() throws {
        let store = try open()
        try store.connection.withoutTransaction { db in
            for kind in ["view", "table"] {
                let names = try db.query(
                    "SELECT name FROM sqlite_master WHERE type = '\(kind)' AND name NOT LIKE 'sqlite_%'"
                ).all { $0.text(0) }
                for name in names { _ = try db.query("DROP \(kind) \(name)").run() }
            }
            for statement in Migrations.steps[0].split(separator: ";\n") where !statement.allSatisfy(\.isWhitespace) {
                _ = try db.query(String(statement)).run()
            }
            for (id, rank) in [("1", Int64(1)), ("2", 0)] {
                let item = StoreContract.sampleItem(id)
                var text = JSONText(capacity: 1_024)
                NoticeCoding.write(item.notice, into: &text)
                _ = try db.query(
                    """
                    INSERT INTO outbox (id, firing, channel, recipient, rank, state, not_before, attempts, reason, detail,
                        created_at, notice) VALUES (?, ?, ?, ?, ?, 'waiting', ?, 1, '', '', ?, ?)
                    """
                ).bind(id).bind(item.notice.firing).bind(item.notice.channel)
                    .bind(item.notice.recipientKey).bind(rank).bind(item.notBefore.microseconds).bind(
                        item.createdAt.microseconds
                    ).bind(utf8: text.bytes).run()
            }
            _ = try db.query(
                "INSERT INTO attempt (notice, number, at, verdict, answer) VALUES ('2', 1, 7, 'later', 'busy')"
            )
            .run()
            _ = try db.query("PRAGMA user_version = 1").run()
        }
        try store.close()
        let raised = try open()
        #expect(try raised.items(state: .waiting, channel: nil, limit: 10).map(\.notice.id).sorted() == ["1", "2"])
        #expect(try raised.attempts(notice: "2").map(\.answer) == ["busy"])
        let request = ClaimRequest(
            now: StoreContract.start.adding(seconds: 3_600), limit: 1, excluding: [], eager: [], bundleAbove: 20,
            bundleSize: 40, lease: StoreContract.start.adding(seconds: 7_200), claim: "c")
        #expect(try raised.claim(request).flatMap { $0.items.map(\.notice.id) } == ["2"])
    }

    @Test func newerVersionIsRefused() throws {
        try open().close()
        overwrite(at: 60, [0, 0, 0, 99])
        #expect(throws: StoreProblem.newerSchema(path: path, found: 99, supported: Migrations.version)) { try open() }
    }

    @Test func filesOfOthersAreRefused() throws {
        try open().close()
        overwrite(at: 68, [0, 0, 0, 1])
        #expect(throws: StoreProblem.notABellmanStore(path: path)) { try open() }
        overwrite(at: 0, Array("PK\u{3}\u{4}".utf8))
        #expect(throws: StoreProblem.notABellmanStore(path: path)) { try open() }
    }

    @Test func damageIsRefused() throws {
        let store = try open()
        _ = try store.write((1...500).map { task("\($0)", ["title": .string("task \($0)")]) }, at: StoreContract.start)
        try store.close()
        let whole = bytes()
        for page in 1..<(whole.count / 4096) { overwrite(at: page * 4096, [UInt8](repeating: 0xFF, count: 64)) }
        #expect { try open() } throws: { Self.isDamage($0) }
        overwrite(at: 0, whole)
        #expect(truncate(path, off_t(whole.count / 2)) == 0)
        #expect { try open() } throws: { Self.isDamage($0) }
    }

    /// A key that its unique index has lost could be decided twice.
    @Test func anIndexThatLostARowIsRefused() throws {
        let store = try open()
        _ = try store.tick { _ in
            var commit = TickCommit(progress: EngineProgress(watermark: StoreContract.start, sequence: 0))
            commit.ledger = [1, 2].map { number in
                LedgerEntry(
                    key: OccurrenceKey(rule: "r", subject: "task/\(number)", occurrence: "only-\(number)"),
                    outcome: .fired, reason: Reason("due"), scheduledAt: StoreContract.start,
                    decidedAt: StoreContract.start, firing: "f-\(number)")
            }
            return commit
        }
        let page = try store.connection.read { db in
            try db.query("SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_ledger_1'")
                .first { Int($0.int(0)) } ?? 0
        }
        try store.close()
        let image = bytes()
        let place = try #require(
            image[((page - 1) * 4096)..<(page * 4096)].firstIndex { $0 == UInt8(ascii: "o") })
        overwrite(at: place, Array("p".utf8))
        #expect { try open() } throws: { Self.isDamage($0) }
    }

    @Test func logWithoutItsDatabaseIsRefused() throws {
        let store = try open()
        _ = try store.write([task("1")], at: StoreContract.start)
        unlink(path)
        #expect { try open() } throws: { Self.isDamage($0) }
        #expect(StoreFile.size(path) == 0)
    }

    @Test func whatCannotBeOpenedSaysWhy() throws {
        #expect {
            try SQLiteStore(path: folder.path, role: .daemon, schema: .builtIn, deriver: CancelByDeriver())
        } throws: {
            if case StoreProblem.cannotOpen = $0 { return true }
            return false
        }
        let missing = folder.file("no such folder/bellman.db")
        #expect {
            try SQLiteStore(path: missing, role: .daemon, schema: .builtIn, deriver: CancelByDeriver())
        } throws: {
            $0 as? StoreProblem == .cannotOpen(path: missing, why: "No such file or directory")
        }
    }

    @Test func secondDaemonIsRefused() throws {
        let lock = try DaemonLock(path: path)
        #expect(throws: StoreProblem.locked(path: path, holder: getpid())) { try DaemonLock(path: path, patience: 0) }
        lock.release()
        _ = try DaemonLock(path: path, patience: 0)
    }

    @Test func backupIsAWholeStore() throws {
        let store = try open()
        _ = try store.write([task("1", ["title": .string("a")])], at: StoreContract.start)
        let copy = folder.file("copy.db")
        try store.backup(to: copy)
        let restored = try SQLiteStore(
            path: copy, role: .daemon, schema: StoreContract.schema, deriver: CancelByDeriver())
        #expect(try restored.read { try $0.count(kind: "task") } == 1)
        #expect(try restored.integrityProblems() == [])
        #expect(throws: StoreProblem.self) { try store.backup(to: copy) }
        #expect(try StoreImage.inspect(copy).records == 1)
    }

    @Test func aTornBackupIsRefused() throws {
        let store = try open()
        _ = try store.write([task("1", ["title": .string("a")])], at: StoreContract.start)
        let copy = folder.file("copy.db")
        try store.backup(to: copy)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: copy))
        for size in [0, 50, 4_096, bytes.count - 1] {
            try bytes.prefix(size).write(to: URL(fileURLWithPath: copy))
            #expect(throws: StoreProblem.self, "\(size) bytes") { _ = try StoreImage.inspect(copy) }
        }
        var turned = bytes
        for offset in 4_096..<min(4_400, bytes.count) { turned[offset] ^= 0x55 }
        try turned.write(to: URL(fileURLWithPath: copy))
        #expect(throws: StoreProblem.self) { _ = try StoreImage.inspect(copy) }
    }

    /// Ids that a replaced store made out of its numbers name nothing else afterwards.
    @Test func aRestoredStoreHandsOutNoNumberAgain() throws {
        let store = try open()
        _ = try store.write([task("1", ["title": .string("a")])], at: StoreContract.start)
        try store.leaveOut(GivenNumbers(journal: 41, bundles: 7))
        // A second restore of the same backup knows of less.
        try store.leaveOut(GivenNumbers(journal: 12, bundles: 3))
        #expect(try store.givenNumbers() == GivenNumbers(journal: 41, bundles: 7))
        for title in ["b", "c"] { _ = try store.write([task("1", ["title": .string(title)])], at: StoreContract.start) }
        #expect(try store.read { try $0.lastSequence() } == 43)
        #expect(try store.read { try $0.changes(after: 1, limit: 9) }.map(\.sequence) == [42, 43])
        #expect(try store.chainFaults() == [])
        #expect(try store.givenNumbers() == GivenNumbers(journal: 43, bundles: 7))
    }

    @Test func whatWaitsForAMendedChannelIsDue() throws {
        let store = try open()
        let (now, later) = (StoreContract.start, StoreContract.start.adding(seconds: 3_600))
        var items = (1...4).map { StoreContract.sampleItem("\($0)") }
        for index in 0..<3 { items[index].notBefore = later }
        items[1].state = .held
        try store.enqueue(items)
        let channel = items[0].notice.channel
        try store.hasten(channel: "another", now: now)
        #expect(try store.item(id: "1")?.notBefore == later)
        try store.hasten(channel: channel, now: now)
        let due = try (1...4).map { try store.item(id: "\($0)")?.notBefore }
        #expect(due == [now, later, now, items[3].notBefore])
    }

    @Test func aSettledGapRingsNothing() throws {
        let store = try open()
        try store.enqueue([StoreContract.sampleItem("1")])
        let later = StoreContract.start.adding(seconds: 86_400)
        _ = try store.tick { _ in TickCommit(progress: EngineProgress(watermark: StoreContract.start, sequence: 0)) }
        #expect(try store.settleGap(now: later).deliveries == 1)
        #expect(try store.item(id: "1")?.state == .dropped)
        #expect(try store.read { try $0.progress()?.watermark } == later)
        #expect(try store.resend(id: "1", now: later))
    }

    /// The span of a level may have become full in the gap, and have rung then.
    @Test func aSettledGapRingsNoSpan() throws {
        let store = try open()
        let (start, later) = (StoreContract.start, StoreContract.start.adding(seconds: 86_400))
        func level(_ subject: String, since: Instant, check: Instant?) -> LevelState {
            LevelState(
                rule: "r", subject: subject, isTrue: true, since: since, rise: 1, rung: false, checkAt: check)
        }
        var commit = TickCommit(progress: EngineProgress(watermark: start, sequence: 0))
        commit.levels = [
            level("full", since: start, check: later),
            level("running", since: start, check: later.adding(seconds: 1)),
            level("waiting for a measurement", since: .latest, check: later),
        ]
        _ = try store.tick { _ in commit }
        _ = try store.settleGap(now: later)
        try store.read { (view: any EngineView) throws in
            #expect(try view.level(rule: "r", subject: "full")?.rung == true)
            #expect(try view.levelsDue(through: later).map(\.subject) == ["waiting for a measurement"])
            #expect(try view.level(rule: "r", subject: "running")?.rung == false)
        }
    }

    @Test func laterDeclaredFieldsAreIndexed() throws {
        let plain = try open(schema: .builtIn)
        _ = try plain.write([task("1", ["交付": .string("2026-11-30"), "审核人": .string("王芳")])], at: StoreContract.start)
        let task = try #require(Schema.builtIn.kind("task")).adding([
            FieldDefinition("交付", .date), FieldDefinition("审核人", .reference(kind: "member")),
        ])
        let store = try plain.adopting(schema: Schema(kinds: BuiltInKinds.all + [task]), deriver: CancelByDeriver())
        _ = try store.write(
            [RecordWrite(ref: RecordRef(kind: "member", id: "w"), fields: ["name": .string("王芳")], actor: "t")],
            at: StoreContract.start)
        try store.read { view in
            let dates = try view.moments(kind: "task", field: "交付", dates: .earliest ... .latest)
            #expect(dates.map(\.id) == ["1"])
            let target = RecordRef(kind: "member", id: "w")
            let referrers = try view.referrers(kind: "task", field: "审核人", target: target)
            #expect(referrers == ["1"])
        }
    }

    private static func isDamage(_ error: any Error) -> Bool {
        if case StoreProblem.damaged = error { return true }
        return false
    }
}
