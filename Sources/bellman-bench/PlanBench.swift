import Almanac
import BellmanEngine
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import Glibc

/// Which milestones of many records fall on a day, and the next one of each: what `remind` does for lines of a file.
enum PlanBench {
    static func run(store path: String, count: Int, rounds: Int) throws {
        var bench = try Bench(path)
        try bench.load(rule)
        try fill(bench, count)
        let day = Bench.firstDay
        let window = (after: try bench.time(day: 0, 0, 0), through: try bench.time(day: 1, 0, 0))
        var (ofDay, ofEach) = ([Double](), [Double]())
        for _ in 0..<rounds {
            let (found, cost) = try Meter.measure { try milestones(bench, in: window) }
            guard found > 0 else { throw BenchFailure(description: "nothing falls due on \(day)") }
            ofDay.append(cost.wallMicroseconds / 1_000)
            let (next, whole) = try Meter.measure { try nextOfEach(bench, after: window.after) }
            guard next == count else { throw BenchFailure(description: "\(next) planned of \(count)") }
            ofEach.append(whole.wallMicroseconds / 1_000)
        }
        Meter.report("plan_a_day", Meter.median(ofDay), "ms")
        Meter.report("plan_next_of_each", Meter.median(ofEach), "ms")
        try bench.store.close()
    }

    /// One line a record, as remind reads it: sixty days of warning before a date.
    static func write(_ path: String, count: Int) throws {
        guard let file = fopen(path, "w") else { throw BenchFailure(description: "cannot write \(path)") }
        defer { fclose(file) }
        for number in 0..<count { fputs("REM \(date(number)) ++60 AT 09:00 MSG Licence \(number)\n", file) }
    }

    private static let offsets = [60, 30, 7]

    private static let rule = """
        id: renewal
        when: {before: contract.expires_on, by: [60 days, 30 days, 7 days]}
        then: [{notify: {via: inbox}}]
        """

    /// Two and a half years from the seventh day on, so that each record has a milestone before it.
    private static func date(_ number: Int) -> CivilDate { Bench.firstDay.adding(days: 8 + number * 7_919 % 913) }

    private static func fill(_ bench: Bench, _ count: Int) throws {
        let at = try bench.time(day: -1, 8, 0)
        try bench.store.importing {
            for start in stride(from: 0, to: count, by: BenchRecords.batch) {
                let writes = (start..<min(start + BenchRecords.batch, count)).map { number in
                    RecordWrite(
                        ref: RecordRef(kind: "contract", id: "C\(number)"),
                        fields: ["name": .string("Licence \(number)"), "expires_on": .date(date(number))],
                        actor: "bench")
                }
                _ = try bench.store.write(writes, at: at)
            }
        }
        bench.store.checkpoint()
    }

    private static func rules(_ bench: Bench) throws -> [OffsetRule] {
        try offsets.map { OffsetRule(period: try Period.parse("-P\($0)D"), zone: bench.zone, calendar: .china) }
    }

    /// As a tick asks: one range of dates for each offset, answered by the index.
    private static func milestones(_ bench: Bench, in window: (after: Instant, through: Instant)) throws -> Int {
        let rules = try rules(bench)
        return try bench.store.read { view in
            try rules.reduce(0) { sum, offset in
                guard let dates = offset.dateRange(firingIn: window) else { return sum }
                return sum + (try moments(view, dates).count { window.after < $0 + offset })
            }
        }
    }

    private static func nextOfEach(_ bench: Bench, after: Instant) throws -> Int {
        let rules = try rules(bench)
        let dates = Bench.firstDay...Bench.firstDay.adding(days: 1_000)
        return try bench.store.read { view in
            try moments(view, dates).count { date in rules.contains { after < date + $0 } }
        }
    }

    private static func moments(_ view: any EngineView, _ dates: ClosedRange<CivilDate>) throws -> [CivilDate] {
        try view.moments(kind: "contract", field: "expires_on", dates: dates).compactMap {
            if case .date(let date) = $0.value { date } else { nil }
        }
    }
}

/// The instant of a milestone.
private func + (date: CivilDate, offset: OffsetRule) -> Instant { offset.instant(for: date) }
