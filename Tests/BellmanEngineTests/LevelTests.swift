import Almanac
import BellmanEngine
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import Testing

@Suite struct LevelTests {
    private static func rule(_ when: String, id: String = "level", more: String = "") -> String {
        "id: \(id)\nwhen: {while: \(when)}\n\(more)then: [{notify: {via: inbox}}]\n"
    }

    @Test func aFullSpanRingsOnce() throws {
        let world = try World(rules: LevelTests.rule("'task.status == \"blocked\"', for: 1 day"))
        try world.tick(.shanghai("2026-07-14T08:00"))
        try world.write("task/T3", ["status": .string("blocked")], at: .shanghai("2026-07-14T17:25"))
        try world.tick(.shanghai("2026-07-15T00:21"))
        #expect(
            try world.store.read { try $0.level(rule: "level", subject: "task/T3") }?.checkAt
                == .shanghai("2026-07-15T17:25"))
        try world.tick(.shanghai("2026-07-17T00:21"))
        #expect(try world.ledgerLines == ["level task/T3 rise=1: fired_late"])
        try world.tick(.shanghai("2026-07-19T00:21"))
        #expect(try world.ledgerLines.count == 1)
    }

    /// The span ends on the wall clock of the rule's zone: months from the original day, clamped; a time in a gap later
    /// by the gap, a time that comes twice at its first.
    @Test(arguments: [
        ("Asia/Shanghai", "3 months", "2025-11-30T10:00", "2026-02-28T10:00"),
        ("Asia/Shanghai", "3 months", "2023-11-30T10:00", "2024-02-29T10:00"),
        ("Asia/Shanghai", "3 个月", "2026-01-31T23:59", "2026-04-30T23:59"),
        ("Asia/Shanghai", "1 month", "2026-01-31T00:00", "2026-02-28T00:00"),
        ("Asia/Shanghai", "2 working days", "2026-02-13T10:00", "2026-02-24T10:00"),
        ("Europe/Berlin", "3 months", "2025-12-29T02:30", "2026-03-29T03:30"),
        ("Europe/Berlin", "1 month", "2026-09-25T02:30", "2026-10-25T02:30"),
        ("Europe/Berlin", "1 day", "2026-03-28T12:00", "2026-03-29T12:00"),
        ("Australia/Lord_Howe", "1 day", "2026-10-03T02:15", "2026-10-04T02:45"),
        ("America/New_York", "90 minutes", "2026-03-08T01:30", "2026-03-08T04:00"),
    ])
    func theSpanEndsOnTheWallClock(zone: String, span: String, from: String, to: String) throws {
        let zoneItself = try Zone.named(zone)
        func local(_ text: String) throws -> Instant { zoneItself.resolve(try #require(CivilDateTime(iso: text))) }
        let world = try World(rules: LevelTests.rule("contract.usage < 0.3, for: \(span)"), zone: zone)
        try world.tick(try local(from).adding(seconds: -60))
        try world.write("contract/C", ["usage": .double(0.2)], at: try local(from))
        try world.tick(try local(from))
        let end = try local(to)
        #expect(try world.store.read { try world.core.nextWake(after: end.adding(seconds: -30), view: $0) } == end)
        try world.tick(end.adding(seconds: -1))
        #expect(try world.ledgerLines.isEmpty)
        // A change at the very instant of the end comes too late.
        try world.write("contract/C", ["usage": .double(0.9)], at: end)
        try world.tick(end)
        #expect(try world.ledger.map(\.scheduledAt) == [end])
        #expect(try world.ledgerLines == ["level contract/C rise=1: fired"])
    }

    /// Values and states written before one tick, and what its rule's line of the ledger and notice say.
    struct Undoing: CustomTestStringConvertible {
        let name: String
        let writes: [(usage: Double, status: String)]
        var more = ""
        let rings: [String]
        var testDescription: String { name }
    }

    @Test(arguments: [
        Undoing(name: "undone", writes: [(0.1, "x"), (0.9, "y")], rings: ["rise=1 fired: x"]),
        Undoing(name: "holds", writes: [(0.1, "x"), (0.2, "y")], rings: ["rise=1 fired: y"]),
        Undoing(
            name: "undone and again", writes: [(0.1, "x"), (0.9, "y"), (0.2, "z"), (0.1, "w")],
            rings: ["rise=1 fired: x", "rise=3 fired: w"]),
        Undoing(
            name: "the condition is asked likewise", writes: [(0.1, "x"), (0.9, "y"), (0.2, "y"), (0.1, "x")],
            more: "if: contract.status == \"x\"\n", rings: ["rise=1 fired: x", "rise=3 fired: x"]),
        Undoing(
            name: "true only later", writes: [(0.1, "y"), (0.9, "x"), (0.2, "x"), (0.1, "y")],
            more: "if: contract.status == \"x\"\n", rings: ["rise=1 condition_false", "rise=3 condition_false"]),
        Undoing(
            name: "the limit counts in order", writes: [(0.1, "x"), (0.9, "y"), (0.2, "z")],
            more: "limit: 1 per day\n", rings: ["rise=1 fired: x", "rise=3 skipped"]),
        Undoing(
            name: "an edge before", writes: [(0.9, "y"), (0.1, "x"), (0.9, "x")],
            more: "edge", rings: ["change=2 fired: x", "rise=2 superseded"]),
        Undoing(
            name: "an edge after", writes: [(0.1, "y"), (0.9, "y"), (0.9, "x")],
            more: "edge", rings: ["change=3 fired: x", "rise=1 fired: y"]),
    ])
    func theRecordIsThatOfNowWhileTheLevelHolds(_ story: Undoing) throws {
        let edge = story.more == "edge"
        let level = "while: contract.usage < 0.3"
        let world = try World(
            rules: """
                id: level
                when: \(edge ? "[{changes: contract.status, to: x}, {\(level)}]" : "{\(level)}")
                \(edge ? "" : story.more)then: [{notify: {via: inbox, title: '{{ contract.status }}'}}]
                """, inMemory: true)
        let start = Instant.shanghai("2026-06-16T09:00")
        try world.tick(start.adding(seconds: -60))
        for (index, write) in story.writes.enumerated() {
            try world.write(
                "contract/C", ["usage": .double(write.usage), "status": .string(write.status)],
                at: start.adding(seconds: Int64(index)))
        }
        try world.tick(start.adding(seconds: 60))
        let titles = Dictionary(try world.notices.map { ($0.firing, ": \($0.title)") }, uniquingKeysWith: { $1 })
        let lines = try world.ledger.map { "\($0.key.occurrence) \($0.outcome.rawValue)\(titles[$0.firing] ?? "")" }
        #expect(lines.sorted() == story.rings)
    }

    @Test func whatAnUndoneLevelMadeWaitIsCancelled() throws {
        let world = try World(
            rules: LevelTests.rule("contract.usage < 0.3").replacing(
                "}}]", with: "}}, {wait: 1 hour, notify: {via: inbox}}]"),
            inMemory: true)
        let start = Instant.shanghai("2026-06-16T09:00")
        try world.tick(start)
        for (index, usage) in [0.1, 0.9, 0.2].enumerated() {
            try world.write("contract/C", ["usage": .double(usage)], at: start.adding(seconds: Int64(index + 1)))
        }
        try world.tick(start.adding(seconds: 60))
        let steps = try world.ledger.sorted { $0.key.occurrence < $1.key.occurrence }.flatMap { entry in
            try world.store.read { try $0.steps(firing: entry.firing) }.map { "\(entry.key.occurrence) \($0.state)" }
        }
        #expect(steps == ["rise=1 cancelled", "rise=3 waiting"])
    }

    /// B5: usage below 30 % for three months in a row. Day of each measurement and its value, when Bellman was down,
    /// and the day on which it rings.
    struct Months: CustomTestStringConvertible {
        let name: String
        let measurements: [(day: String, usage: Double)]
        var down: ClosedRange<String>?
        let rings: [String]
        var testDescription: String { name }
    }

    @Test(arguments: [
        Months(name: "below all the time", measurements: monthly("0.25 0.2 0.1 0.25 0.28"), rings: ["2026-04-01"]),
        Months(name: "the same value each month", measurements: monthly("0.25 0.25 0.25 0.25"), rings: ["2026-04-01"]),
        Months(
            name: "one good month between", measurements: monthly("0.25 0.2 0.4 0.25 0.2 0.1 0.2"),
            rings: ["2026-07-01"]),
        Months(
            name: "undone a second later",
            measurements: [
                ("2026-01-01T09:00", 0.2), ("2026-02-01T09:00", 0.9), ("2026-02-01T09:01", 0.2),
                ("2026-03-01T09:00", 0.2),
                ("2026-04-01T09:00", 0.2), ("2026-05-01T09:00", 0.2),
            ], rings: ["2026-05-01"]),
        Months(
            name: "a month without data",
            measurements: monthly("0.25 - 0.25 0.2 0.1 0.1 0.1"), rings: ["2026-06-01"]),
        Months(
            name: "a month without data while down", measurements: monthly("0.25 - 0.24 0.2 0.1 0.1 0.1"),
            down: "2026-01-05"..."2026-05-20", rings: ["2026-06-01"]),
        Months(
            name: "the same value each month while down", measurements: monthly("0.25 0.25 0.25 0.25"),
            down: "2026-01-05"..."2026-03-20", rings: ["2026-04-01"]),
        Months(
            name: "down over the end", measurements: monthly("0.25 0.25 0.25 0.25 0.25"),
            down: "2026-02-05"..."2026-04-20", rings: ["2026-04-01"]),
        Months(
            name: "broken and whole again while down", measurements: monthly("0.25 0.5 0.25 0.25 0.25 0.25 0.25"),
            down: "2026-01-05"..."2026-07-20", rings: ["2026-06-01"]),
        Months(name: "nothing after the first", measurements: monthly("0.25"), rings: []),
    ])
    func threeMonthsInARow(_ months: Months) throws {
        let world = try World(
            rules: LevelTests.rule("contract.usage < 0.3, for: 3 months, fresh: 45 days"))
        try world.tick(.shanghai("2025-12-31T12:00"))
        var written = months.measurements[...]
        var day = try #require(CivilDate(iso: "2026-01-01"))
        while day < CivilDate(clampingDays: 20_700) {
            for hour in ["T09:00", "T09:01"] {
                while let next = written.first, next.day == "\(day)\(hour)" {
                    try world.write("contract/C", ["usage": .double(next.usage)], at: .shanghai(next.day))
                    written.removeFirst()
                }
                if months.down?.contains("\(day)") != true { try world.tick(.shanghai("\(day)\(hour)")) }
            }
            day = day.adding(days: 1)
        }
        #expect(try world.ledger.map { "\($0.scheduledAt)".prefix(10) } == months.rings.map { "\($0)".prefix(10) })
        #expect(try world.ledger.allSatisfy { $0.outcome.rang })
    }

    private static func monthly(_ values: String) -> [(day: String, usage: Double)] {
        values.split(separator: " ").enumerated().compactMap { index, text in
            Double(text).map { ("2026-0\(index + 1)-01T09:00", $0) }
        }
    }

    // MARK: what breaks a span from afar

    private static let behind = rule("account.contract.usage < 0.3, for: 10 days", id: "behind")
    private static let idle = rule("'contract.accounts.all(a, a.status == \"idle\")', for: 10 days", id: "idle")

    private func world(_ rules: String) throws -> World {
        let world = try World(rules: rules)
        try world.tick(.shanghai("2026-07-01T08:00"))
        try world.write("contract/C", ["usage": .double(0.1)], at: .shanghai("2026-07-01T09:00"))
        try world.write("contract/D", ["usage": .double(0.1)], at: .shanghai("2026-07-01T09:00"))
        try world.write(
            "account/A", ["contract": .reference("C"), "status": .string("idle")], at: .shanghai("2026-07-01T09:00"))
        return world
    }

    @Test func aReferencedRecordBreaksTheSpanAlsoWhenItIsLeftLater() throws {
        let world = try world(LevelTests.behind)
        try world.tick(.shanghai("2026-07-01T10:00"))
        try world.write("contract/C", ["usage": .double(0.8)], at: .shanghai("2026-07-05T09:00"))
        try world.write("contract/C", ["usage": .double(0.1)], at: .shanghai("2026-07-05T09:01"))
        try world.write("account/A", ["contract": .reference("D")], at: .shanghai("2026-07-06T09:00"))
        try world.tick(.shanghai("2026-07-12T09:00"))
        #expect(try world.ledgerLines.isEmpty)
        try world.tick(.shanghai("2026-07-15T09:01"))
        #expect(try world.ledgerLines == ["behind account/A rise=5: fired"])
    }

    @Test func aReferencedRecordThatGoesEndsTheLevel() throws {
        let world = try world(LevelTests.behind)
        try world.tick(.shanghai("2026-07-01T10:00"))
        try world.delete("contract/C", at: .shanghai("2026-07-05T09:00"))
        try world.tick(.shanghai("2026-07-20T09:00"))
        #expect(try world.ledgerLines.isEmpty)
        try world.write("contract/C", ["usage": .double(0.1)], at: .shanghai("2026-07-21T09:00"))
        try world.tick(.shanghai("2026-07-31T09:00"))
        #expect(try world.ledgerLines == ["behind account/A rise=5: fired"])
    }

    @Test func aReferencedRecordThatWentWhileDownEndsTheLevelWhateverPointsThereLater() throws {
        let world = try world(LevelTests.behind)
        try world.write("contract/C", ["name": .string("云")], at: .shanghai("2026-07-01T09:00"))
        try world.write("account/B", ["contract": .reference("云")], at: .shanghai("2026-07-01T09:00"))
        try world.tick(.shanghai("2026-07-01T10:00"))
        try world.delete("contract/C", at: .shanghai("2026-07-05T09:00"))
        try world.write("account/X", ["contract": .reference("C")], at: .shanghai("2026-07-06T09:00"))
        try world.tick(.shanghai("2026-07-07T09:00"))
        try world.write("contract/C", ["usage": .double(0.1)], at: .shanghai("2026-07-08T09:00"))
        try world.tick(.shanghai("2026-07-20T09:00"))
        let rises = ["behind account/A rise=8: fired_late", "behind account/X rise=8: fired_late"]
        #expect(try world.ledgerLines == rises)
    }

    @Test func measurementsOfARecordThatWentStillCountForTheTimeBefore() throws {
        let world = try World(rules: LevelTests.rule("account.contract.usage < 0.3, fresh: 45 days"))
        try world.tick(.shanghai("2026-07-01T08:00"))
        try world.write("contract/C", ["usage": .double(0.1)], at: .shanghai("2026-07-01T09:00"))
        try world.tick(.shanghai("2026-07-01T09:00"))
        try world.write("account/A", ["contract": .reference("C")], at: .shanghai("2026-07-07T09:00"))
        try world.delete("contract/C", at: .shanghai("2026-07-07T09:01"))
        try world.tick(.shanghai("2026-07-07T09:01"))
        #expect(try world.ledgerLines == ["level account/A rise=2: fired"])
    }

    @Test func aListMemberBreaksTheSpanAlsoWhenItLeftMeanwhile() throws {
        let world = try world(LevelTests.idle)
        try world.tick(.shanghai("2026-07-01T10:00"))
        // All of it while Bellman is down: in and out again within a minute.
        try world.write(
            "account/B", ["contract": .reference("C"), "status": .string("busy")], at: .shanghai("2026-07-05T09:00"))
        try world.write("account/B", ["contract": .reference("D")], at: .shanghai("2026-07-05T09:01"))
        try world.write("account/B", ["contract": .null], at: .shanghai("2026-07-05T09:02"))
        try world.tick(.shanghai("2026-07-12T09:00"))
        #expect(try world.ledgerLines.isEmpty)
        try world.tick(.shanghai("2026-07-16T09:00"))
        #expect(try world.ledgerLines == ["idle contract/C rise=5: fired_late", "idle contract/D rise=6: fired_late"])
    }

    @Test func aChainThroughOneKindIsFollowed() throws {
        let world = try World(rules: LevelTests.rule("'task.parent.parent.status == \"blocked\"'"))
        try world.write("task/1", ["status": .string("todo")], at: .shanghai("2026-07-01T09:00"))
        try world.write("task/2", ["parent": .reference("1")], at: .shanghai("2026-07-01T09:00"))
        try world.write("task/3", ["parent": .reference("2")], at: .shanghai("2026-07-01T09:00"))
        try world.tick(.shanghai("2026-07-01T10:00"))
        try world.write("task/1", ["status": .string("blocked")], at: .shanghai("2026-07-02T09:00"))
        try world.tick(.shanghai("2026-07-02T09:00"))
        #expect(try world.ledgerLines == ["level task/3 rise=4: fired"])
    }

    @Test func aMeasurementOfTheReferencedRecordKeepsTheSpanFresh() throws {
        let world = try world(LevelTests.rule("account.contract.usage < 0.3, for: 1 month, fresh: 20 days"))
        try world.tick(.shanghai("2026-07-01T10:00"))
        // The account's own writes are no measurements; the contract's are, also those that repeat the value.
        try world.write("contract/C", ["usage": .double(0.1)], at: .shanghai("2026-07-15T09:00"))
        try world.write("account/A", ["login": .string("a")], at: .shanghai("2026-07-20T09:00"))
        try world.tick(.shanghai("2026-08-01T09:00"))
        #expect(try world.ledgerLines == ["level account/A rise=3: fired"])
        let other = try self.world(LevelTests.rule("account.contract.usage < 0.3, for: 1 month, fresh: 20 days"))
        try other.write("account/A", ["login": .string("a")], at: .shanghai("2026-07-15T09:00"))
        try other.tick(.shanghai("2026-08-01T09:00"))
        #expect(try other.ledgerLines.isEmpty)
    }

    /// The same value every day, imported at nine, ticked right after; half a year and 230 days of it. Days on which the
    /// import failed, and when each `fresh` rings.
    @Test(
        arguments: [
            ("7 days", [], "2026-07-01"), ("21 days", [], "2026-07-01"), ("1 day", [], "2026-07-01"),
            ("7 days", [20...24, 60...65, 150...155], "2026-07-01"),
            // The eighth day without a measurement begins the span anew.
            ("7 days", [20...24, 31...38, 60...65], "2026-08-09"),
            ("4 days", [20...24, 60...62], "2026-07-26"),
        ] as [(String, [ClosedRange<Int>], String)])
    func measuredDaily(fresh: String, without: [ClosedRange<Int>], rings: String) throws {
        // Looked at every day, and only when all is over.
        for isSeen in [true, false] {
            let world = try World(
                rules: LevelTests.rule("contract.usage < 0.3, for: 6 months, fresh: \(fresh)"), inMemory: true)
            let start = Instant.shanghai("2026-01-01T09:00")
            try world.tick(start.adding(seconds: -60))
            for day in 0..<230 {
                let at = start.adding(seconds: Int64(day) * 86_400)
                if !without.contains(where: { $0.contains(day) }) {
                    try world.write("contract/C", ["usage": .double(0.2)], at: at)
                }
                if isSeen || day == 229 { try world.tick(at.adding(seconds: 1)) }
            }
            let record = try world.store.read { try $0.record(RecordRef(kind: "contract", id: "C")) }
            #expect((record?.measured["usage"]?.runs.count ?? 0) <= MeasuredTimes.runsKept)
            #expect(try world.ledger.map { "\($0.scheduledAt)".prefix(10) } == [rings.prefix(10)])
        }
    }
}
