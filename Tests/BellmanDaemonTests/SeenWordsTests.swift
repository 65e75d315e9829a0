import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite
import BellmanTesting
import SourceDiagnostics
import Testing

@testable import BellmanDaemon

/// `check` warns about a status that no record ever had, and only then.
@Suite struct SeenWordsTests {
    private static let rule = """
        id: a
        when: {changes: task.status, to: [阻塞, 受阻]}
        if: task.status != "进行了" && task.status != "已完成"
        then: [{notify: {via: inbox}}]
        """

    private func warnings(_ words: [String]) throws -> [String] {
        let folder = try TemporaryFolder()
        let configuration = folder.file("bellman.yaml")
        try TextFile.write("store: sqlite:bellman.db\nlanguage: en\n", to: configuration).get()
        let workshop = try Workshop(Location(configuration: configuration))
        if !words.isEmpty {
            let instance = try Instance(workshop, role: .command)
            let writes = words.enumerated().map { index, word in
                RecordWrite(
                    ref: RecordRef(kind: "task", id: "\(index)"), fields: ["status": .string(word)], actor: "test")
            }
            _ = try instance.store.write(writes, at: StoreContract.start)
            try instance.store.close()
        }
        let reading = workshop.ruleReader.read(SourceFile(name: "a.yaml", text: SeenWordsTests.rule))
        return SeenWords(workshop).warnings(reading.words).map { "\($0.fact.message(.en)); \($0.fact.help(.en) ?? "")" }
    }

    @Test func anUnusedWordIsNamed() throws {
        #expect(
            try warnings(["进行中", "待办"]) == [
                "no record has “阻塞” as task.status; seen so far: 待办, 进行中",
                "no record has “受阻” as task.status; seen so far: 待办, 进行中",
                "no record has “进行了” as task.status; did you mean “进行中”?",
            ])
    }

    @Test func withoutRecordsNothingIsKnown() throws {
        #expect(try warnings([]) == [])
    }
}
