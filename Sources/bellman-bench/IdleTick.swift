import Almanac
import BellmanEngine
import BellmanStore
import BellmanStoreSQLite

/// Ticks in which no date falls due.
enum IdleTick {
    static func run(store path: String, rules: Int, rounds: Int) throws {
        var bench = try Bench(path)
        let (_, loading) = try Meter.measure { try bench.load(BenchRules.text(rules)) }
        Meter.report("rules_load", loading.cpuMicroseconds / 1_000, "ms_cpu")
        let (_, arming) = try Meter.measure { try bench.tick(bench.time(day: 0, 8, 0)) }
        Meter.report("first_tick_arming", arming.cpuMicroseconds / 1_000, "ms_cpu")
        var quiet: [Double] = []
        var crossing: [Double] = []
        var wake: [Double] = []
        for day in 1...rounds {
            try bench.tick(bench.time(day: day, 8, 59))
            crossing.append(try cost(bench, bench.time(day: day, 9, 0)))
            quiet.append(try cost(bench, bench.time(day: day, 9, 1)))
            let now = try bench.time(day: day, 9, 1)
            let core = bench.core
            let (_, asked) = try Meter.measure { try bench.store.read { try core.nextWake(after: now, view: $0) } }
            wake.append(asked.cpuMicroseconds / 1_000)
        }
        let floor = try Meter.median((0..<rounds).map { _ in try questionsAlone(bench, rules * 3) })
        Meter.report("index_questions_alone", floor, "ms_cpu")
        Meter.report("idle_tick", Meter.median(quiet), "ms_cpu")
        Meter.report("idle_tick_across_nine", Meter.median(crossing), "ms_cpu")
        Meter.report("across_nine_to_questions", Meter.median(crossing) / max(floor, 0.001), "x")
        Meter.report("next_wake", Meter.median(wake), "ms_cpu")
        try bench.store.close()
    }

    /// Memory of a process that only opened the store, loaded its rules and ticked.
    static func memory(store path: String, rules: Int, rounds: Int) throws {
        var bench = try Bench(path)
        Meter.report("resident_without_rules", Meter.residentMegabytes(), "MB")
        try bench.load(BenchRules.text(rules))
        Meter.report("resident_with_rules", Meter.residentMegabytes(), "MB")
        for day in 0..<rounds { try bench.tick(bench.time(day: day, 9, 0)) }
        Meter.report("resident_after_ticks", Meter.residentMegabytes(), "MB")
        Meter.report("resident_peak", Meter.peakMegabytes(), "MB")
        try bench.store.close()
    }

    /// The floor of a tick that must ask for every offset: as many empty ranges of the date index, and nothing else.
    private static func questionsAlone(_ bench: Bench, _ count: Int) throws -> Double {
        let day = Bench.firstDay.adding(days: 30)
        let (found, cost) = try Meter.measure {
            try bench.store.read { view in
                try (0..<count).reduce(0) { sum, number in
                    let (kind, field) = number.isMultiple(of: 2) ? ("contract", "expires_on") : ("task", "due")
                    let date = day.adding(days: number % 60)
                    return sum + (try view.moments(kind: kind, field: field, dates: date...date).count)
                }
            }
        }
        guard found == 0 else { throw BenchFailure(description: "the quiet days are not quiet") }
        return cost.cpuMicroseconds / 1_000
    }

    private static func cost(_ bench: Bench, _ now: Instant) throws -> Double {
        let (receipt, cost) = try Meter.measure { try bench.tick(now) }
        guard receipt.decided == 0 else {
            throw BenchFailure(description: "\(receipt.decided) decided in an idle tick")
        }
        return cost.cpuMicroseconds / 1_000
    }
}
