import Almanac
import BellmanEngine
import BellmanModel
import BellmanStore
import Testing

/// Down time at its limits: many milestones, many runs, own offsets, records that went and came.
@Suite struct CatchUpTests {
    private static let start = Instant.shanghai("2026-03-02T08:00")

    private func counts(_ world: World) throws -> [Outcome: Int] {
        Dictionary(grouping: try world.ledger, by: \.outcome).mapValues(\.count)
    }

    private func day(_ text: String) throws -> FieldValue { .date(try #require(CivilDate(iso: text))) }

    @Test(arguments: ["late_once", "all", "skip"])
    func aScheduleOfMinutesNeverWedges(_ catchUp: String) throws {
        let world = try World(
            rules: "id: r\nwhen: {every: 1 minute}\ncatch_up: \(catchUp)\nthen: [{notify: {via: inbox}}]",
            inMemory: true)
        try world.tick(Self.start)
        let back = Self.start.adding(seconds: 400 * 86_400 + 30)
        try world.tick(back)
        let found = try counts(world)
        #expect(found.values.reduce(0, +) <= 101)
        // Half a minute after a run: that one is on time, and all before it were missed.
        #expect(found[.fired] == 1)
        let missed: Outcome = ["late_once": .superseded, "all": .firedLate, "skip": .skipped][catchUp] ?? .failed
        #expect((99...100).contains(found[missed] ?? 0))
        try world.tick(back.adding(seconds: 60))
        #expect(try counts(world)[.fired] == (found[.fired] ?? 0) + 1, "the next run is on time")
    }

    /// Of 300 hourly milestones those of the last week are open; a hundred ring, the older ones are superseded.
    @Test func allIsCapped() throws {
        let world = try World(
            rules: """
                id: r
                when: {after: task.due, every: 1 hour, times: 300}
                catch_up: all
                then: [{notify: {via: inbox}}]
                """, inMemory: true)
        try world.tick(Self.start)
        try world.write("task/A", ["due": try day("2026-03-02")], at: Self.start)
        try world.tick(Self.start)
        try world.tick(Self.start.adding(seconds: 13 * 86_400))
        let found = try counts(world)
        #expect(found[.firedLate] == 100 && found.values.reduce(0, +) == 300)
        #expect((found[.superseded] ?? 0) > 0 && (found[.expired] ?? 0) > 0)
    }

    @Test func severalTriggersRingOnce() throws {
        let world = try World(
            rules: """
                id: r
                when:
                  - {before: task.due, by: [3 days, 1 day]}
                  - {after: task.due, by: 1 day}
                  - {changes: task.status}
                then: [{notify: {via: inbox}}]
                """, inMemory: true)
        try world.tick(Self.start)
        try world.write("task/A", ["due": try day("2026-03-06"), "status": .string("todo")], at: Self.start)
        try world.write("task/B", ["due": try day("2026-03-06"), "status": .string("todo")], at: Self.start)
        try world.tick(Self.start)
        try world.write("task/B", ["status": .string("doing")], at: Self.start.adding(seconds: 86_400))
        try world.tick(.shanghai("2026-03-07T10:00"))
        let rang = try world.ledger.filter(\.outcome.rang).map(\.key.description).sorted()
        #expect(rang == ["r task/A due=2026-03-06 P1D", "r task/B change=3"])
        #expect(try counts(world)[.superseded] == 5)
    }

    /// Two schedules of one rule are one rule: a month of both was missed, and one notice comes.
    @Test func severalSchedulesRingOnce() throws {
        let world = try World(
            rules: """
                id: r
                when: [{every: monday at 09:00}, {cron: "0 15 * * 5"}, {every: "friday at 15:00"}]
                then: [{notify: {via: inbox}}]
                """, inMemory: true)
        try world.tick(Self.start)
        try world.tick(.shanghai("2026-03-29T12:00"))
        #expect(try world.ledger.filter(\.outcome.rang).map(\.key.occurrence) == ["at=2026-03-27T07:00:00Z"])
        #expect(try counts(world)[.superseded] == 7)
        try world.tick(.shanghai("2026-03-30T09:00"))
        #expect(try world.notices.count == 2)
    }

    /// Of two dates one has all its milestones behind it and is near: that another is far off does not silence it.
    @Test func aDateArrivesByItself() throws {
        let world = try World(
            rules: """
                id: r
                when:
                  - {before: contract.expires_on, by: [60 days, 30 days, 7 days]}
                  - {before: contract.starts_on, by: 7 days}
                then: [{notify: {via: inbox}}]
                """, inMemory: true)
        try world.tick(Self.start)
        try world.write(
            "contract/C", ["expires_on": try day("2026-03-05"), "starts_on": try day("2027-03-05")], at: Self.start)
        try world.write(
            "contract/D", ["expires_on": try day("2026-04-05"), "starts_on": try day("2026-03-05")], at: Self.start)
        try world.tick(Self.start)
        #expect(
            try world.ledger.filter(\.outcome.rang).map(\.key.description).sorted() == [
                "r contract/C expires_on=2026-03-05 -P7D", "r contract/D starts_on=2026-03-05 -P7D",
            ])
        #expect(try counts(world)[.skipped] == 3)
    }

    /// Both dates of a record moved while Bellman was down, one after the other: each was missed from its own move on.
    @Test func twoDatesThatMoved() throws {
        let world = try World(
            rules: """
                id: r
                when: [{before: contract.expires_on, by: 7 days}, {before: contract.starts_on, by: 7 days}]
                then: [{notify: {via: inbox}}]
                """, inMemory: true)
        try world.tick(Self.start)
        try world.write(
            "contract/C", ["expires_on": try day("2027-01-01"), "starts_on": try day("2027-01-01")], at: Self.start)
        try world.tick(Self.start)
        // Its milestone is the 5th at nine; the other date moves on the 6th, with its own on the 3rd already past.
        try world.write("contract/C", ["expires_on": try day("2026-03-12")], at: .shanghai("2026-03-04T10:00"))
        try world.write("contract/C", ["starts_on": try day("2026-03-10")], at: .shanghai("2026-03-06T10:00"))
        try world.tick(.shanghai("2026-03-07T10:00"))
        #expect(
            try world.ledgerLines == [
                "r contract/C expires_on=2026-03-12 -P7D: fired_late",
                "r contract/C starts_on=2026-03-10 -P7D: skipped",
            ])
    }

    /// The notice period changes while Bellman is down: the new one counts, from when it was written on.
    @Test func anOwnOffsetThatChanges() throws {
        let world = try World(
            rules: """
                id: r
                when: {before: contract.expires_on, by: contract.notice_period}
                then: [{notify: {via: inbox}}]
                """, inMemory: true)
        try world.tick(Self.start)
        try world.write(
            "contract/C", ["expires_on": try day("2026-04-30"), "notice_period": .period(Period(days: 30))],
            at: Self.start)
        try world.tick(Self.start)
        try world.write(
            "contract/C", ["notice_period": .period(Period(days: 50))], at: .shanghai("2026-03-05T10:00"))
        try world.tick(.shanghai("2026-03-12T09:00"))
        #expect(try world.ledgerLines == ["r contract/C expires_on=2026-04-30 -P50D: fired_late"])
        // Later than its new instant: that one is past, the first is no longer meant.
        try world.write(
            "contract/C", ["notice_period": .period(Period(days: 60))], at: .shanghai("2026-03-12T10:00"))
        for day in 0..<60 { try world.tick(Self.start.adding(seconds: (10 + day) * 86_400 + 7200)) }
        #expect(
            try world.ledgerLines.sorted() == [
                "r contract/C expires_on=2026-04-30 -P50D: fired_late",
                "r contract/C expires_on=2026-04-30 -P60D: fired_late",
            ])
    }

    /// A record made again while Bellman was down arrives on return; what its date had decided stays so.
    @Test func goneAndBackWhileDown() throws {
        let world = try World(
            rules: """
                id: r
                when: [{before: task.due, by: [9 days, 7 days, 2 days]}]
                then: [{notify: {via: inbox}}]
                """, inMemory: true)
        try world.tick(Self.start)
        try world.write("task/A", ["due": try day("2026-03-12")], at: Self.start)
        try world.tick(Self.start)
        try world.tick(.shanghai("2026-03-03T09:00"))
        try world.delete("task/A", at: .shanghai("2026-03-04T09:00"))
        try world.write("task/A", ["due": try day("2026-03-12")], at: .shanghai("2026-03-04T10:00"))
        try world.write("task/A", ["title": .string("again")], at: .shanghai("2026-03-04T11:00"))
        try world.tick(.shanghai("2026-03-06T09:00"))
        try world.tick(.shanghai("2026-03-10T09:00"))
        #expect(
            try world.ledgerLines == [
                "r task/A due=2026-03-12 -P2D: fired", "r task/A due=2026-03-12 -P7D: skipped",
                "r task/A due=2026-03-12 -P9D: fired",
            ])
    }

    /// `existing: fire`: a record counts as arriving with the rule; past milestones are skipped, those left ring.
    @Test func existingPartlyPast() throws {
        let world = try World(rules: "id: o\nwhen: {deleted: task}\nthen: [{notify: {via: inbox}}]", inMemory: true)
        try world.tick(Self.start)
        try world.write("task/A", ["due": try day("2026-03-06")], at: Self.start)
        try world.write("task/B", ["due": try day("2026-03-02")], at: Self.start)
        try world.write("task/C", ["due": try day("2026-02-20")], at: Self.start)
        try world.tick(Self.start)
        try world.load(
            """
            id: r
            when: {before: task.due, by: [7 days, 3 days, 1 day]}
            existing: fire
            then: [{notify: {via: inbox}}]
            """)
        for hours in 0...120 { try world.tick(Self.start.adding(seconds: 3600 * (hours + 1))) }
        let rang = try world.ledger.filter(\.outcome.rang).map { "\($0.outcome.rawValue) \($0.key.description)" }
        #expect(
            rang.sorted() == [
                "fired r task/A due=2026-03-06 -P1D", "fired r task/A due=2026-03-06 -P3D",
                "fired_late r task/B due=2026-03-02 -P1D",
            ])
        #expect(try counts(world)[.skipped] == 1 + 2 + 3)
    }

    /// "Every day after, 365 times" is one question to the index and not 365.
    @Test func manyOffsetsShareTheirQueries() throws {
        let core = try World(
            rules: """
                - id: r
                  when: {after: task.due, every: 1 day, times: 365}
                  then: [{notify: {via: inbox}}]
                - id: s
                  when: {before: task.due, by: [300 days, 200 days, 100 days, 50 days, 20 days, 10 days, 5 days]}
                  then: [{notify: {via: inbox}}]
                """
        ).core
        let day = try #require(CivilDate(iso: "2026-03-02"))
        var view = MemoryView(due: (0..<40).map { ("T\($0)", day.adding(days: -$0 * 10)) }, at: Self.start)
        view.apply(try core.tick(at: Self.start, view: view))
        view.meter.queries = 0
        view.apply(try core.tick(at: Self.start.adding(seconds: 60), view: view))
        #expect(view.meter.queries <= 2, "nothing is due")
        view.meter.queries = 0
        let new = view.apply(try core.tick(at: Self.start.adding(seconds: 90 * 60), view: view))
        #expect(new.count == 36 && view.meter.queries <= 24, "\(new.count) \(view.meter.queries)")
    }
}

extension OccurrenceKey {
    fileprivate var description: String { "\(rule) \(subject) \(occurrence)" }
}
