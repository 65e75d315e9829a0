import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite

/// Made-up contracts and tasks, half and half, always the same.
enum BenchRecords {
    /// Rows in one transaction.
    static let batch = 20_000
    /// No date lies in the first so many days of the bench, so that ticks in them find nothing due.
    static let quietDays = 200
    /// Dates are spread over so many days on both sides of the quiet ones (five years).
    static let spread = 1_826

    static func fill(_ bench: Bench, count: Int) throws {
        let at = try bench.time(day: -1, 8, 0)
        try bench.store.importing {
            for start in stride(from: 0, to: count, by: batch) {
                let writes = (start..<min(start + batch, count)).map { write($0, bench.zone) }
                _ = try bench.store.write(writes, at: at)
            }
        }
        // Decided without a rule: what the bench measures begins after the arrival of all this.
        try bench.tick(at)
        bench.store.checkpoint()
    }

    private static func write(_ number: Int, _ zone: Zone) -> RecordWrite {
        let date = date(number)
        if number.isMultiple(of: 2) {
            let fields: [String: FieldValue] = [
                "name": .string("Licence \(number) of supplier \(number % 997)"), "vendor": .string("V\(number % 997)"),
                "status": .string("active"), "department": .string("D\(number % 40)"), "expires_on": .date(date),
            ]
            return RecordWrite(ref: RecordRef(kind: "contract", id: "C\(number)"), fields: fields, actor: "bench")
        }
        // One task in ten has a time of day.
        let due: FieldValue = number % 20 == 1 ? .instant(zone.startOfDay(date).adding(seconds: 54_000)) : .date(date)
        let fields: [String: FieldValue] = [
            "title": .string("Renew the contract with supplier \(number % 997)"), "status": .string("doing"),
            "assignee": .reference("u\(number % 1_000)"), "due": due,
        ]
        return RecordWrite(ref: RecordRef(kind: "task", id: "T\(number)"), fields: fields, actor: "bench")
    }

    private static func date(_ number: Int) -> CivilDate {
        // A multiplicative step that shares no factor with the spread visits all days evenly.
        let step = (number * 7_919) % (2 * spread)
        let days = step < spread ? step - spread - quietDays / 2 : step - spread + quietDays
        return Bench.firstDay.adding(days: days)
    }
}

/// Rules on dates with a list of offsets each, half on contracts, half on tasks.
enum BenchRules {
    static func text(_ count: Int) -> String {
        (0..<count).map { rule($0) }.joined()
    }

    /// A file of its own: dates of contracts only, which ring at one time of day.
    static func file(_ number: Int) -> String {
        """
        id: bench-\(number)
        when: {before: contract.expires_on, by: [\(20 + number % 40) days, \(8 + number % 11) days]}
        if: contract.department == "D\(number % 40)"
        then: [{notify: {via: inbox}}]

        """
    }

    private static func rule(_ number: Int) -> String {
        let contract = number.isMultiple(of: 2)
        let trigger = contract ? "contract.expires_on" : "task.due"
        let condition = contract ? #"contract.department == "D\#(number % 40)""# : "task.open"
        return """
            - id: bench-\(number)
              when: {before: \(trigger), by: [\(20 + number % 40) days, \(8 + number % 11) days, \(number % 7) days]}
              if: '\(condition)'
              then: [{notify: {via: inbox}}]

            """
    }
}
