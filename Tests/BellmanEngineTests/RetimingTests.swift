import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import Testing

/// A rule whose time of day, zone or calendar is edited on the day it is due neither misses nor repeats (promises 1, 6).
@Suite struct RetimingTests {
    private func rule(_ more: String, by: String = "7 days") -> String {
        "id: r\nwhen: {before: task.due, by: \(by)}\n\(more)\nthen: [{notify: {via: inbox}}]"
    }

    private func date(_ text: String) throws -> FieldValue { .date(try #require(CivilDate(iso: text))) }

    /// A world with one task, ticked through the morning until `until`.
    private func world(_ rules: String, due: FieldValue, until: Instant) throws -> World {
        let world = try World(rules: rules, inMemory: true)
        let start = until.adding(seconds: -40 * 86_400)
        try world.tick(start)
        try world.write("task/A", ["title": .string("A"), "due": due], at: start)
        for minutes in stride(from: Int64(40 * 1440), through: 0, by: -30) {
            try world.tick(until.adding(seconds: -minutes * 60))
        }
        return world
    }

    private func rings(_ world: World) throws -> [String] {
        try world.ledger.filter(\.outcome.rang).map { "\($0.outcome.rawValue) \($0.key.occurrence)" }
    }

    static let edits: [(before: String, after: String, outcome: String?)] = [
        // Still to come at 08:30, past by the new reading: due now.
        ("at: \"09:00\"", "at: \"08:00\"", "fired_late"),
        ("at: \"09:00\"", "at: \"08:25\"", "fired"),
        ("at: \"23:50\"", "at: \"00:10\"", "fired_late"),
        ("timezone: Asia/Shanghai", "timezone: Asia/Tokyo", "fired_late"),
        ("timezone: Asia/Shanghai", "timezone: Pacific/Kiritimati", "fired_late"),
        // It rang at its time and does not ring again.
        ("at: \"08:00\"", "at: \"09:00\"", "fired"),
        ("at: \"08:00\"", "at: \"07:00\"", "fired"),
        ("timezone: Asia/Tokyo", "timezone: Asia/Shanghai", "fired"),
        // Nothing but the time to come is another.
        ("at: \"09:00\"", "at: \"10:00\"", "fired"),
        ("timezone: Asia/Shanghai", "timezone: America/New_York", "fired"),
    ]

    @Test(arguments: edits) func anEditOnTheDay(_ edit: (before: String, after: String, outcome: String?)) throws {
        let now = Instant.shanghai("2026-03-10T08:30")
        let world = try world(rule(edit.before), due: try date("2026-03-17"), until: now)
        try world.load(rule(edit.after))
        try world.tick(now)
        try world.tick(now.adding(seconds: 60))
        for hour in 1...30 { try world.tick(now.adding(seconds: 3600 * hour + 60)) }
        let found = try world.ledger.filter(\.outcome.rang)
        #expect(found.count == 1, "\(edit): \(found)")
        let late = edit.outcome == "fired_late"
        #expect(found.first?.outcome == (late ? .firedLate : found.first?.outcome), "\(edit)")
        if late { #expect(found.first?.decidedAt == now, "due in the tick that sees the edit") }
    }

    /// The edit is seen when its old time too is past: neither reading was seen in its time.
    @Test func anEditWhileDown() throws {
        let now = Instant.shanghai("2026-03-10T08:30")
        let world = try world(rule("at: \"09:00\""), due: try date("2026-03-17"), until: now)
        try world.load(rule("at: \"08:00\""))
        try world.tick(.shanghai("2026-03-10T09:30"))
        #expect(try rings(world) == ["fired_late due=2026-03-17 -P7D"])
    }

    /// What was past when the rule came stays past, however it is edited; what was to come is not lost.
    @Test(arguments: [("08:00", "07:00", 0), ("09:00", "08:20", 1)])
    func aRuleOfToday(_ first: String, _ second: String, _ count: Int) throws {
        let world = try world(
            "id: other\nwhen: {created: task}\nthen: [{notify: {via: inbox}}]", due: try date("2026-03-17"),
            until: .shanghai("2026-03-10T08:30"))
        try world.load(rule("at: \"\(first)\""))
        try world.tick(.shanghai("2026-03-10T08:31"))
        try world.load(rule("at: \"\(second)\""))
        try world.tick(.shanghai("2026-03-10T08:40"))
        try world.tick(.shanghai("2026-03-10T18:00"))
        #expect(try rings(world).filter { $0.contains("P7D") }.count == count)
    }

    /// Three working days before Friday 9 October 2026: 6 October from Monday to Friday, 29 September in China.
    @Test(arguments: [("MON-FRI", "CN", "fired_late"), ("CN", "MON-FRI", "fired")])
    func anotherCalendar(_ before: String, _ after: String, _ outcome: String) throws {
        let now = Instant.shanghai("2026-10-01T12:00")
        let world = try world(
            rule("calendar: \(before)", by: "3 working days"), due: try date("2026-10-09"), until: now)
        try world.load(rule("calendar: \(after)", by: "3 working days"))
        for day in 0...9 { try world.tick(now.adding(seconds: 86_400 * day)) }
        #expect(try rings(world) == ["\(outcome) due=2026-10-09 -P3WD"])
    }

    /// 10:00 in Shanghai is the evening before in New York, where the clocks change in between: the milestone rang at
    /// 02:00Z under one name and would ring at 03:00Z under another.
    @Test func theSameInstantOfAnotherDay() throws {
        let due = try #require(Instant(iso: "2026-03-09T02:00:00Z"))
        let now = try #require(Instant(iso: "2026-03-06T02:30:00Z"))
        let world = try world(rule("timezone: Asia/Shanghai", by: "3 days"), due: .instant(due), until: now)
        try world.load(rule("timezone: America/New_York", by: "3 days"))
        for minutes in 0...120 { try world.tick(now.adding(seconds: minutes * 60)) }
        #expect(try rings(world) == ["fired due=2026-03-09 -P3D"])
        #expect(try world.ledgerLines.contains("r task/A due=2026-03-08 -P3D: superseded"))
    }

    /// After another release of the tz database the old reading cannot be taken again: what has no decision rings.
    @Test func anotherRelease() throws {
        let now = Instant.shanghai("2026-03-10T08:30")
        let world = try world(rule("at: \"09:00\""), due: try date("2026-03-17"), until: now)
        try olden(world)
        try world.load(rule("at: \"08:00\""))
        try world.tick(now)
        try world.tick(now.adding(seconds: 86_400))
        #expect(try rings(world) == ["fired_late due=2026-03-17 -P7D"])
    }

    /// As if the store had been written with another release of the tz database.
    private func olden(_ world: World) throws {
        _ = try world.store.tick { view in
            var commit = TickCommit(progress: try #require(try view.progress()))
            for entry in try view.armed() where entry.trigger.hasPrefix("timing ") {
                var parts = entry.trigger.split(separator: " ")
                parts[4] = "1999z"
                commit.disarm.append((rule: entry.rule, trigger: entry.trigger))
                commit.arm.append(
                    ArmedTrigger(
                        rule: entry.rule, trigger: parts.joined(separator: " "), since: entry.since,
                        sequence: entry.sequence))
            }
            return commit
        }
    }

    /// Zone and tz database change together: what rang under the old zone's day rings no second time, whether the new
    /// reading is to come or past.
    @Test(arguments: [
        ("Asia/Shanghai", "America/New_York", "2026-03-06T02:30:00Z", "fired due=2026-03-09 -P3D"),
        ("America/New_York", "Asia/Shanghai", "2026-03-06T03:30:00Z", "fired due=2026-03-08 -P3D"),
    ])
    func anotherZoneAndAnotherRelease(_ before: String, _ after: String, _ edit: String, _ ring: String) throws {
        let due = try #require(Instant(iso: "2026-03-09T02:00:00Z"))
        let now = try #require(Instant(iso: edit))
        let world = try world(rule("timezone: \(before)", by: "3 days"), due: .instant(due), until: now)
        try olden(world)
        try world.load(rule("timezone: \(after)", by: "3 days"))
        for minutes in 0...120 { try world.tick(now.adding(seconds: minutes * 60)) }
        #expect(try rings(world) == [ring])
    }

    /// Two triggers of one rule: only what the edited one had to come is due, and the nearest of all rings.
    @Test func onlyTheEditedTrigger() throws {
        func text(_ at: String) -> String {
            """
            id: r
            when: [{before: task.due, by: 7 days, at: "09:00"}, {before: task.due, by: [8 days, 6 days], at: "\(at)"}]
            then: [{notify: {via: inbox}}]
            """
        }
        let now = Instant.shanghai("2026-03-11T08:30")
        let world = try world(text("09:00"), due: try date("2026-03-17"), until: now)
        try world.load(text("08:00"))
        try world.tick(now)
        try world.tick(now.adding(seconds: 86_400))
        #expect(
            try rings(world).sorted() == [
                "fired due=2026-03-17 -P7D", "fired due=2026-03-17 -P8D", "fired_late due=2026-03-17 -P6D",
            ])
    }
}
