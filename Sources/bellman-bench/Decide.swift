import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite

/// Many records that fall due in one tick.
enum Decide {
    static func run(store path: String, count: Int, rounds: Int) throws {
        var bench = try Bench(path)
        try bench.load(rule)
        try bench.tick(bench.time(day: 0, 8, 0))
        var costs: [Double] = []
        for round in 1...rounds {
            let due = Bench.firstDay.adding(days: round * 20)
            try fill(bench, count, round, due)
            let nine = try bench.time(day: round * 20 - 7, 9, 0)
            let (receipt, cost) = try Meter.measure { try bench.tick(nine) }
            guard receipt.decided == count, receipt.queued == count else {
                throw BenchFailure(description: "\(receipt.decided) decided, \(receipt.queued) queued of \(count)")
            }
            costs.append(cost.cpuMicroseconds / Double(count))
        }
        Meter.report("decide", Meter.median(costs), "us_cpu_per_decision")
        Meter.report("peak_while_deciding_\(count)", Meter.peakMegabytes(), "MB")
        try bench.store.close()
    }

    /// Contracts that all have the same date, of which nothing is decided yet.
    private static func fill(_ bench: Bench, _ count: Int, _ round: Int, _ due: CivilDate) throws {
        let at = try bench.time(day: round * 20 - 10, 8, 0)
        let writes = (0..<count).map { number in
            let fields: [String: FieldValue] = [
                "name": .string("Licence \(number)"), "status": .string("active"), "expires_on": .date(due),
            ]
            let ref = RecordRef(kind: "contract", id: "R\(round)-\(number)")
            return RecordWrite(ref: ref, fields: fields, actor: "bench")
        }
        _ = try bench.store.write(writes, at: at)
        try bench.tick(at)
    }

    private static let rule = """
        id: burst
        when: {before: contract.expires_on, by: 7 days}
        if: contract.status == "active"
        then: [{notify: {via: inbox, text: "{{ contract.name }} expires in {{ days_left }} days"}}]
        """
}
