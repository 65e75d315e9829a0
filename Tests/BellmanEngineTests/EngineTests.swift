import Almanac
import BellmanEngine
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import Testing

/// What the stories do not reach: steps, limits, chains, own offsets, renamed and new rules.
@Suite struct EngineTests {
    private func titles(_ world: World) throws -> [String] { try world.notices.map(\.title) }

    /// In a room one notice mentions all of them.
    @Test func everyoneOfADirectChannelHasANoticeOfTheirOwn() throws {
        let world = try World(
            rules: """
                id: r
                when: {created: task}
                then: [{notify: {via: [mail, chat], to: [task.assignee, task.creator], title: "{{ task.title }}"}}]
                """)
        try world.tick(.shanghai("2026-03-02T08:00"))
        for id in ["wang", "li"] {
            try world.write("member/\(id)", ["name": .string(id)], at: .shanghai("2026-03-02T08:30"))
        }
        try world.write(
            "task/A", ["assignee": .reference("wang"), "creator": .reference("li")], at: .shanghai("2026-03-02T09:00"))
        try world.tick(.shanghai("2026-03-02T09:00"))
        let notices = try world.notices
        #expect(Set(notices.map(\.id)).count == 3)
        #expect(notices.filter { $0.channel == "mail" }.map(\.recipientKey).sorted() == ["li", "wang"])
        #expect(notices.filter { $0.channel == "chat" }.map { $0.recipients.map(\.id) } == [["wang", "li"]])
    }

    /// A copy that lives beside the original has ids of its own: a receiver must not take its notices for repeats.
    @Test func storesNameTheirFiringsApart() throws {
        let world = try World(rules: "id: r\nwhen: {created: task}\nthen: [{notify: {via: inbox}}]")
        try world.tick(.shanghai("2026-03-02T08:00"))
        try world.write("task/A", ["title": .string("A")], at: .shanghai("2026-03-02T09:00"))
        let commits = try ["one", "one", "other"].map { id in
            var core = world.core
            core.settings.storeID = id
            return try world.store.read { try core.tick(at: .shanghai("2026-03-02T09:00"), view: $0) }
        }
        let (firings, notices) = (commits.map { $0.ledger.map(\.firing) }, commits.map { $0.outbox.map(\.notice.id) })
        #expect(firings[0].count == 1 && firings[0] == firings[1] && firings[0] != firings[2])
        #expect(notices[0].count == 1 && notices[0] == notices[1] && notices[0] != notices[2])
    }

    @Test func aWaitingStepAsksAgain() throws {
        let world = try World(
            rules: """
                id: r
                when: {created: task}
                if: task.assignee == null
                then: [{wait: 1 hour, notify: {via: inbox, title: "{{ task.title }}"}}]
                """)
        try world.tick(.shanghai("2026-03-02T08:00"))
        try world.write("task/A", ["title": .string("A")], at: .shanghai("2026-03-02T09:00"))
        try world.write("task/B", ["title": .string("B")], at: .shanghai("2026-03-02T09:00"))
        try world.tick(.shanghai("2026-03-02T09:00"))
        #expect(try titles(world).isEmpty)
        try world.write("task/B", ["assignee": .reference("wang")], at: .shanghai("2026-03-02T09:30"))
        // The reference leads to nobody yet, so it still counts as empty.
        try world.write("member/wang", ["name": .string("王芳")], at: .shanghai("2026-03-02T09:40"))
        try world.tick(.shanghai("2026-03-02T10:01"))
        #expect(try titles(world) == ["A"])
    }

    @Test func aStepExpiresAfterAWeek() throws {
        let world = try World(rules: "id: r\nwhen: {created: task}\nthen: [{wait: 1 hour, notify: {via: inbox}}]")
        try world.tick(.shanghai("2026-03-02T08:00"))
        try world.write("task/A", ["title": .string("A")], at: .shanghai("2026-03-02T09:00"))
        try world.tick(.shanghai("2026-03-02T09:00"))
        try world.tick(.shanghai("2026-03-09T10:01"))
        #expect(try titles(world).isEmpty)
        let firing = try #require(try world.ledger.first).firing
        let steps = try world.store.read { try $0.steps(firing: firing) }
        #expect(steps.map(\.state) == [.expired])
    }

    @Test func aChangedDateCancelsTheStep() throws {
        let world = try World(
            rules: "id: r\nwhen: {before: task.due, by: 1 day}\nthen: [{wait: 2 hours, notify: {via: inbox}}]")
        try world.tick(.shanghai("2026-03-01T08:00"))
        try world.write("task/A", ["due": .date(CivilDate(iso: "2026-03-10")!)], at: .shanghai("2026-03-01T09:00"))
        try world.tick(.shanghai("2026-03-01T09:00"))
        try world.tick(.shanghai("2026-03-09T09:00"))
        try world.write("task/A", ["due": .date(CivilDate(iso: "2026-03-20")!)], at: .shanghai("2026-03-09T10:00"))
        try world.tick(.shanghai("2026-03-09T11:01"))
        #expect(try titles(world).isEmpty)
    }

    @Test func theLimitCountsFiredRings() throws {
        let world = try World(
            rules: "id: r\nwhen: {changes: task.status}\nlimit: 2 per 7 days\nthen: [{notify: {via: inbox}}]")
        try world.tick(.shanghai("2026-03-01T08:00"))
        try world.write("task/A", ["status": .string("0")], at: .shanghai("2026-03-01T08:30"))
        for day in 1...4 {
            try world.write("task/A", ["status": .string("\(day)")], at: .shanghai("2026-03-0\(day)T09:00"))
            try world.tick(.shanghai("2026-03-0\(day)T09:00"))
        }
        let outcomes = try world.ledger.sorted { $0.decidedAt < $1.decidedAt }.map(\.outcome)
        #expect(outcomes == [.fired, .fired, .skipped, .skipped])
    }

    @Test func aChainOfActionsIsStopped() throws {
        let world = try World(
            rules: """
                id: r
                when: {changes: task.priority}
                then: [{set: {priority: "{{ task.priority + 1 }}"}}]
                """)
        try world.tick(.shanghai("2026-03-01T08:00"))
        try world.write("task/A", ["priority": .int(1)], at: .shanghai("2026-03-01T08:30"))
        try world.write("task/A", ["priority": .int(2)], at: .shanghai("2026-03-01T08:31"))
        try world.tick(.shanghai("2026-03-01T09:00"))
        let entries = try world.ledger
        #expect(entries.filter { $0.outcome == .fired }.count == 10)
        #expect(entries.filter { $0.outcome == .failed }.map(\.reason.code) == ["chain_too_long"])
    }

    @Test func createMakesOneRecord() throws {
        let world = try World(
            rules: """
                id: r
                when: {before: contract.expires_on, by: 60 days}
                then: [{create: {kind: task, fields: {title: "续签 {{ contract.name }}", due: "{{ contract.expires_on.minus(\\"2 weeks\\") }}"}}}]
                """)
        try world.tick(.shanghai("2026-01-01T08:00"))
        try world.write(
            "contract/C", ["name": .string("云主机"), "expires_on": .date(CivilDate(iso: "2026-06-30")!)],
            at: .shanghai("2026-01-01T09:00"))
        for day in ["2026-01-02", "2026-05-01", "2026-05-02"] { try world.tick(.shanghai("\(day)T09:00")) }
        let ids = try world.store.read { try $0.identifiers(kind: "task", after: nil, limit: 10) }
        #expect(ids.count == 1)
        let task = try world.store.read { try $0.record(RecordRef(kind: "task", id: ids[0])) }
        #expect(task?["title"] == .string("续签 云主机"))
        #expect(task?["due"] == .date(CivilDate(iso: "2026-06-16")!))
    }

    @Test func aRecordsOwnOffset() throws {
        let world = try World(
            rules:
                "id: r\nwhen: {before: contract.expires_on, by: contract.notice_period}\nthen: [{notify: {via: inbox}}]"
        )
        try world.tick(.shanghai("2026-01-01T08:00"))
        try world.write(
            "contract/C",
            [
                "expires_on": .date(CivilDate(iso: "2026-06-30")!),
                "notice_period": .period(try Period.parse("45 days")),
            ],
            at: .shanghai("2026-01-01T09:00"))
        for day in ["2026-01-02", "2026-05-15", "2026-05-16", "2026-05-17"] {
            try world.tick(.shanghai("\(day)T09:00"))
        }
        let lines = try world.ledgerLines
        #expect(lines == ["r contract/C expires_on=2026-06-30 -P45D: fired"])
    }

    @Test func aDerivedDate() throws {
        let world = try World(
            rules: "id: r\nwhen: {before: contract.cancel_by, by: 14 days}\nthen: [{notify: {via: inbox}}]",
            language: .zh)
        try world.tick(.shanghai("2026-01-01T08:00"))
        try world.write(
            "contract/C",
            [
                "name": .string("云主机"), "expires_on": .date(CivilDate(iso: "2026-06-30")!),
                "notice_period": .period(try Period.parse("30 天")),
            ], at: .shanghai("2026-01-01T09:00"))
        for day in ["2026-01-02", "2026-05-17"] { try world.tick(.shanghai("\(day)T09:00")) }
        #expect(try titles(world) == ["「云主机」最后可取消日 2026-05-31，还有 14 天"])
    }

    @Test func aNewRuleRingsNothingForThePast() throws {
        let world = try World(rules: "id: old\nwhen: {created: task}\nthen: [{notify: {via: inbox}}]")
        try world.tick(.shanghai("2026-03-01T08:00"))
        try world.write(
            "task/A", ["status": .string("blocked"), "due": .date(CivilDate(iso: "2026-03-05")!)],
            at: .shanghai("2026-03-01T09:00"))
        try world.tick(.shanghai("2026-03-01T09:00"))
        try world.load(
            """
            - {id: new, when: {before: task.due, by: [7 days, 1 day]}, then: [{notify: {via: inbox}}]}
            - {id: level, when: {while: 'task.status == "blocked"'}, then: [{notify: {via: inbox}}]}
            - {id: fire, existing: fire, when: {while: 'task.status == "blocked"'}, then: [{notify: {via: inbox}}]}
            """)
        try world.tick(.shanghai("2026-03-02T09:00"))
        #expect(try world.ledgerLines == ["fire task/A rise=1: fired", "old task/A change=1: fired"])
        try world.tick(.shanghai("2026-03-04T09:00"))
        #expect(try world.ledgerLines.contains("new task/A due=2026-03-05 -P1D: fired"))
    }

    @Test func aRenamedRuleKeepsItsHistory() throws {
        let rule = "when: {before: task.due, by: 1 day}\nthen: [{notify: {via: inbox}}]"
        let world = try World(rules: "id: one\n" + rule)
        try world.tick(.shanghai("2026-03-01T08:00"))
        try world.write("task/A", ["due": .date(CivilDate(iso: "2026-03-05")!)], at: .shanghai("2026-03-01T09:00"))
        try world.tick(.shanghai("2026-03-01T09:00"))
        try world.tick(.shanghai("2026-03-04T09:00"))
        try world.load("id: two\nwas: one\n" + rule)
        try world.tick(.shanghai("2026-03-04T10:00"))
        #expect(try world.ledgerLines == ["two task/A due=2026-03-05 -P1D: fired"])
    }

    @Test func theMessageKnowsWhoAndWhat() throws {
        let world = try World(
            rules: """
                id: r
                when: {changes: task.status, to: 进行中}
                then: [{notify: {via: chat, to: task.assignee, title: "{{ changed_by }}：{{ default(old.status, \\"无\\") }} → {{ task.status }}"}}]
                """, language: .zh)
        try world.tick(.shanghai("2026-03-01T08:00"))
        try world.write(
            "member/wang", ["name": .string("王芳"), "email": .string("wang@example.com")],
            at: .shanghai("2026-03-01T08:30"))
        try world.write(
            "task/A", ["title": .string("@all"), "assignee": .reference("王芳"), "status": .string("待办")],
            at: .shanghai("2026-03-01T08:30"))
        try world.write(
            "task/A", ["status": .string("进行中")], at: .shanghai("2026-03-01T08:40"), actor: "wang@example.com")
        try world.write("task/A", ["status": .string("已完成")], at: .shanghai("2026-03-01T08:41"))
        try world.tick(.shanghai("2026-03-01T09:00"))
        let notice = try #require(try world.notices.first)
        #expect(notice.title == "王芳：待办 → 进行中")
        #expect(notice.recipients.map(\.id) == ["wang"])
    }

    @Test func aStaleMeasurementBreaksTheSpan() throws {
        let world = try World(
            rules:
                "id: r\nwhen: {while: contract.usage < 0.3, for: 3 months, fresh: 45 days}\nthen: [{notify: {via: inbox}}]"
        )
        try world.tick(.shanghai("2026-01-01T08:00"))
        try world.write("contract/A", ["usage": .double(0.2)], at: .shanghai("2026-01-05T09:00"))
        try world.write("contract/B", ["usage": .double(0.2)], at: .shanghai("2026-01-05T09:00"))
        for day in ["2026-01-05", "2026-02-05", "2026-03-05", "2026-04-05", "2026-05-05"] {
            // A is measured every month, with the same value; B never again.
            try world.write("contract/A", ["usage": .double(0.2)], at: .shanghai("\(day)T09:00"))
            try world.tick(.shanghai("\(day)T09:01"))
        }
        #expect(try world.ledger.filter { $0.outcome.rang }.map(\.key.subject) == ["contract/A"])
    }
}
