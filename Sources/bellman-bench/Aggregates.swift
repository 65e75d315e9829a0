import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite

/// What one change costs with twenty `while` rules over gathered records, whatever the size of their groups.
enum Aggregates {
    /// As many whatever the number of tasks, so that groups grow with it.
    private static let people = 1_000
    private static let batch = 20_000

    static func run(store path: String, count: Int, rounds: Int) throws {
        var bench = try Bench(path)
        try fill(bench, count)
        let resident = Meter.residentMegabytes()
        try bench.load((0..<20).map(rule).joined())
        let (_, made) = try Meter.measure { try bench.tick(bench.time(day: 0, 9, 0)) }
        bench.store.checkpoint()
        Meter.report("aggregates.build_seconds", made.wallMicroseconds / 1_000_000, "s")
        Meter.report("aggregates.build_memory_before", resident, "MB")
        Meter.report("aggregates.build_memory_peak", Meter.peakMegabytes(), "MB")
        var writes: [Double] = []
        var ticks: [Double] = []
        for round in 0..<(rounds + 20) {
            let at = try bench.time(day: 0, 10, 0).adding(seconds: Int64(round))
            let (_, write) = try Meter.measure { try bench.store.write([change(round, count)], at: at) }
            let (_, tick) = try Meter.measure { try bench.tick(at) }
            // The first ones fill the caches.
            guard round >= 20 else { continue }
            writes.append(write.cpuMicroseconds)
            ticks.append(tick.cpuMicroseconds)
        }
        Meter.report("aggregates.write_cpu", Meter.median(writes), "us")
        Meter.report("aggregates.change_cpu", Meter.median(ticks), "us")
        Meter.report("aggregates.change_cpu_p95", Meter.percentile(ticks, 95), "us")
    }

    private static func fill(_ bench: Bench, _ count: Int) throws {
        let at = try bench.time(day: -1, 8, 0)
        try bench.store.importing {
            let members = (0..<people).map { number in
                RecordWrite(
                    ref: RecordRef(kind: "member", id: "u\(number)"), fields: ["name": .string("Person \(number)")],
                    actor: "bench")
            }
            _ = try bench.store.write(members, at: at)
            for start in stride(from: 0, to: count, by: batch) {
                let writes = (start..<min(start + batch, count)).map { task($0) }
                _ = try bench.store.write(writes, at: at)
            }
        }
        try bench.tick(at)
        bench.store.checkpoint()
    }

    private static func task(_ number: Int) -> RecordWrite {
        let fields: [String: FieldValue] = [
            "title": .string("Task \(number)"), "status": .string(number % 4 == 0 ? "todo" : "doing"),
            "assignee": .reference("u\(number % people)"), "priority": .int(Int64(number / people % 5)),
            "progress": .double(Double(number / people % 100) / 100),
        ]
        return RecordWrite(ref: RecordRef(kind: "task", id: "T\(number)"), fields: fields, actor: "bench")
    }

    /// Moves a task to somebody else, or alters what it adds where it is; every rule has to do with it.
    private static func change(_ round: Int, _ count: Int) -> RecordWrite {
        let number = (round * 7_919) % (count / 4) * 4 + 1
        let fields: [String: FieldValue] =
            round.isMultiple(of: 2)
            ? ["assignee": .reference("u\((number + 1 + round) % people)")]
            : ["priority": .int(Int64(5 + round % 5)), "progress": .double(Double(round % 97) / 97)]
        return RecordWrite(ref: RecordRef(kind: "task", id: "T\(number)"), fields: fields, actor: "bench")
    }

    /// None of them comes true: a ring also reads its group.
    private static let questions = [
        "records.size() > 1000000000", "records.map(t, t.priority).sum() > 1000000000",
        "records.map(t, t.progress).sum() > 1000000000.0", "records.map(t, t.priority).max() > 1000",
        "records.map(t, t.priority).min() > 1000", "records.map(t, t.progress).avg() > 1000.0",
        "records.map(t, t.priority).distinct().size() > 1000",
        "records.filter(t, t.priority > 3).size() > 1000000000",
        "records.map(t, t.progress).max() > 1000.0 || records.size() < 0",
        "records.filter(t, t.progress < 0.5).map(t, t.priority).sum() > 1000000000",
    ]

    private static func rule(_ number: Int) -> String {
        """
        - id: aggregate-\(number)
          when: {while: '\(questions[number % questions.count])'}
          select: task
          where: task.status == "doing"\(number < questions.count ? "" : " && task.priority >= 0")
          group: task.assignee
          then: [{notify: {via: inbox}}]

        """
    }
}
