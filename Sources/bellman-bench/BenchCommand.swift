/// Which figure is asked for. `scripts/bench` calls this; sizes and files are always given.
enum BenchCommand {
    static let usage = """
        usage: bellman-bench fill STORE RECORDS
               bellman-bench idle-tick|memory STORE RULES ROUNDS
               bellman-bench decide STORE RECORDS ROUNDS
               bellman-bench aggregates STORE RECORDS ROUNDS
               bellman-bench cel ROUNDS
               bellman-bench cel-count CASE evaluate|by_hand|parse|check|plan TIMES
               bellman-bench almanac ROUNDS
               bellman-bench plan STORE RECORDS ROUNDS
               bellman-bench reminders FILE LINES
               bellman-bench sink
               bellman-bench sender URL REQUESTS
               bellman-bench notices STORE URL NOTICES
               bellman-bench table FILE ROWS
               bellman-bench import STORE FILE
               bellman-bench start BELLMAN FOLDER RULES ROUNDS
               bellman-bench daemon BELLMAN FOLDER RULES CHANGES SECONDS
        """

    /// What needs one thread and nothing else; false when it is something else.
    static func runAlone(_ words: [String]) throws -> Bool {
        guard words.count == 4, words[0] == "cel-count" else { return false }
        try LanguageBench.count(words[1], words[2], times: number(words[3]))
        return true
    }

    static func run(_ words: [String]) async throws {
        let rest = Array(words.dropFirst())
        switch (words.first, rest.count) {
        case ("fill", 2): try BenchRecords.fill(Bench(rest[0]), count: number(rest[1]))
        case ("idle-tick", 3): try IdleTick.run(store: rest[0], rules: number(rest[1]), rounds: number(rest[2]))
        case ("memory", 3): try IdleTick.memory(store: rest[0], rules: number(rest[1]), rounds: number(rest[2]))
        case ("decide", 3): try Decide.run(store: rest[0], count: number(rest[1]), rounds: number(rest[2]))
        case ("aggregates", 3):
            try Aggregates.run(store: rest[0], count: number(rest[1]), rounds: number(rest[2]))
        case ("cel", 1): try LanguageBench.run(rounds: number(rest[0]))
        case ("almanac", 1): try AlmanacBench.run(rounds: number(rest[0]))
        case ("plan", 3): try PlanBench.run(store: rest[0], count: number(rest[1]), rounds: number(rest[2]))
        case ("reminders", 2): try PlanBench.write(rest[0], count: number(rest[1]))
        case ("sink", 0): try Sink.run()
        case ("sender", 2): try await Sender.run(url: rest[0], count: number(rest[1]))
        case ("notices", 3): try await Notices.run(store: rest[0], url: rest[1], count: number(rest[2]))
        case ("table", 2): try ImportTable.write(rest[0], rows: number(rest[1]))
        case ("import", 2): try ImportBench.run(store: rest[0], file: rest[1])
        case ("start", 4):
            try DaemonBench.start(rest[0], folder: rest[1], rules: number(rest[2]), rounds: number(rest[3]))
        case ("daemon", 5):
            try DaemonBench.run(
                rest[0], folder: rest[1], rules: number(rest[2]), changes: number(rest[3]), seconds: number(rest[4]))
        default: throw BenchFailure(description: usage)
        }
    }

    private static func number(_ word: String) throws -> Int {
        guard let value = Int(word), value > 0 else { throw BenchFailure(description: "not a number: \(word)") }
        return value
    }
}
