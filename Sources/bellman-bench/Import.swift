import Almanac
import BellmanConnectors
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import Glibc

/// The file that both importers read.
enum ImportTable {
    static func write(_ path: String, rows: Int) throws {
        guard let file = fopen(path, "w") else { throw BenchFailure(description: "cannot write the table") }
        defer { fclose(file) }
        fputs("id,title,status,assignee,due,priority\n", file)
        let words = ["todo", "doing", "done"]
        for number in 0..<rows {
            let mixed = (number * 7_919) % 1_000_003
            let date = Bench.firstDay.adding(days: mixed % 3_650)
            let digits = String(number)
            let id = "T" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
            let title = "Renew the contract with supplier \(mixed)"
            fputs("\(id),\(title),\(words[mixed % 3]),user\(mixed % 1_000),\(date),\(mixed % 5)\n", file)
        }
    }
}

/// A CSV through the importer into the store.
enum ImportBench {
    static func run(store path: String, file: String) throws {
        let bench = try Bench(path)
        guard let task = bench.store.schema.kind("task") else { throw BenchFailure(description: "no kind task") }
        let now = try bench.time(day: 0, 8, 0)
        let plan = ImportPlan(
            kind: task, zone: bench.zone, fileName: "table.csv", user: "bench", batch: ImportPlan.largeBatch)
        let (summary, cost) = try Meter.measure {
            try bench.store.importing {
                try Importer.run(plan, source: FileBytes(path: file)) { try bench.store.write($0, at: now) }
            }
        }
        guard summary.rejected == 0, summary.created == summary.rows else {
            throw BenchFailure(description: "\(summary.created) of \(summary.rows) created")
        }
        try bench.store.close()
        Meter.report("import", cost.cpuMicroseconds / Double(summary.rows), "us_cpu_per_row")
        Meter.report("import_rate", Double(summary.rows) / cost.wallMicroseconds * 1_000_000, "rows_per_s")
        Meter.report("import_peak", Meter.peakMegabytes(), "MB")
    }
}
