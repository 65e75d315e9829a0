import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import BellmanTesting
import Testing

@Suite struct ConcurrencyTests {
    private struct Stop: Error {}

    private func open(_ folder: TemporaryFolder, _ role: StoreRole) throws -> SQLiteStore {
        try SQLiteStore(
            path: folder.file("bellman.db"), role: role, schema: StoreContract.schema, deriver: CancelByDeriver())
    }

    private func write(_ id: String) -> RecordWrite {
        RecordWrite(ref: RecordRef(kind: "task", id: id), fields: ["title": .string(id)], actor: "test")
    }

    @Test func commandWritesWhileTheDaemonTicks() async throws {
        let folder = try TemporaryFolder()
        let daemon = try open(folder, .daemon)
        let command = try open(folder, .command)
        let rounds = 150
        async let writing: Void = {
            for round in 0..<rounds { _ = try command.write([write("c\(round)")], at: StoreContract.start) }
        }()
        for round in 0..<rounds {
            _ = try daemon.tick { view in
                let sequence = try view.lastSequence()
                var commit = TickCommit(progress: EngineProgress(watermark: StoreContract.start, sequence: sequence))
                commit.writes = [write("d\(round)")]
                return commit
            }
        }
        try await writing
        try daemon.read { view in
            let count = try view.count(kind: "task")
            #expect(count == 2 * rounds)
            let changes = try view.changes(after: 0, limit: 10_000)
            #expect(changes.map(\.sequence) == (1...Int64(2 * rounds)).map { $0 })
        }
        #expect(try daemon.integrityProblems() == [])
    }

    @Test func readersDoNotWaitForATick() throws {
        let folder = try TemporaryFolder()
        let daemon = try open(folder, .daemon)
        let command = try open(folder, .command)
        _ = try daemon.write([write("before")], at: StoreContract.start)
        _ = try daemon.tick { _ in
            // The write lock is held here; both processes still read the last committed state.
            let beside = try command.read { try $0.count(kind: "task") }
            let within = try daemon.read { try $0.count(kind: "task") }
            #expect([beside, within] == [1, 1])
            var commit = TickCommit(progress: EngineProgress(watermark: StoreContract.start, sequence: 0))
            commit.writes = [write("after")]
            return commit
        }
        #expect(try command.read { try $0.count(kind: "task") } == 2)
    }

    /// What a killed process leaves behind is the log as it was at that moment: a copy of all files is just that.
    @Test func whatWasNotCommittedIsNotThere() throws {
        let folder = try TemporaryFolder()
        let daemon = try open(folder, .daemon)
        _ = try daemon.write([write("kept")], at: StoreContract.start)
        var sizes: [Int] = []
        #expect(throws: Stop.self) {
            _ = try daemon.tick { view in
                sizes.append(try view.count(kind: "task"))
                throw Stop()
            }
        }
        let killed = try TemporaryFolder()
        for suffix in ["", "-wal"] {
            try FileCopy.copy(folder.file("bellman.db" + suffix), to: killed.file("bellman.db" + suffix))
        }
        let restarted = try open(killed, .daemon)
        #expect(sizes == [1])
        #expect(try restarted.read { try $0.count(kind: "task") } == 1)
        let progress: EngineProgress? = try restarted.read { try $0.progress() }
        #expect(progress == nil)
    }

    /// The process dies between the rows of one tick: each cut of the log opens as the state before or after a commit.
    @Test func everyCutOfTheLogIsAWholeState() throws {
        let folder = try TemporaryFolder()
        let daemon = try open(folder, .daemon)
        daemon.checkpoint()
        for round in 1...6 {
            _ = try daemon.tick { _ in
                var commit = TickCommit(
                    progress: EngineProgress(watermark: StoreContract.start, sequence: Int64(round)))
                commit.writes = (0..<20).map { self.write("\(round)-\($0)") }
                return commit
            }
        }
        let log = try FileCopy.bytes(folder.file("bellman.db-wal"))
        var seen: Set<Int> = []
        for cut in Array(stride(from: 0, to: log.count, by: 2_060)) + [log.count] {
            let killed = try TemporaryFolder()
            try FileCopy.copy(folder.file("bellman.db"), to: killed.file("bellman.db"))
            try FileCopy.write(Array(log.prefix(cut)), to: killed.file("bellman.db-wal"))
            let restarted = try open(killed, .daemon)
            let state = try restarted.read { (try $0.count(kind: "task"), try $0.progress()?.sequence ?? 0) }
            #expect(state.0 == Int(state.1) * 20)
            seen.insert(state.0)
            try restarted.close()
        }
        #expect(seen.contains(120) && seen.count > 3)
    }
}
