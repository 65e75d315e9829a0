import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import Testing

@testable import BellmanEngine

/// Schedules that gather: one firing a group, in the order of the groups' texts.
@Suite struct GatheredScheduleTests {
    private static let head = "id: nudge\nwhen: {every: day at 17:30}\nselect: task\n"
    private static let steps = "then: [{notify: {via: inbox, title: '{{ records.map(t, t.id).join(\" \") }}'}}]\n"

    struct Story: CustomTestStringConvertible {
        let name: String
        let rule: String
        /// Id, assignee, status, due, title.
        var tasks: [(String, String?, String, String?, String)] = GatheredScheduleTests.tasks
        let ledger: [String]
        var titles: [String] = []
        var reasons: [Reason]?
        var testDescription: String { name }
    }

    private static let tasks: [(String, String?, String, String?, String)] = [
        ("A", "wang", "doing", "2026-06-20", "z"), ("B", "li", "doing", nil, "b"),
        ("C", "wang", "doing", "2026-06-10", "c"), ("D", "wang", "done", "2026-06-01", "d"),
        ("E", nil, "doing", "2026-06-01", "e"), ("F", "wang", "doing", "2026-06-20", "a"),
        ("G", "nobody", "doing", "2026-06-01", "g"),
    ]

    private static let at = "at=2026-06-16T09:30:00Z"

    @Test(arguments: [
        Story(
            name: "by person, by date, then title", rule: "where: task.open\ngroup: task.assignee\n",
            ledger: ["nudge member/li \(at): fired", "nudge member/wang \(at): fired"], titles: ["B", "C F A"]),
        Story(
            name: "all in one", rule: "where: task.open\n", ledger: ["nudge  \(at): fired"],
            titles: ["E G C F A B"]),
        Story(
            name: "by a word", rule: "group: task.status\n",
            ledger: ["nudge doing \(at): fired", "nudge done \(at): fired"], titles: ["E G C F A B", "D"]),
        Story(
            name: "nothing counts", rule: "where: task.status == \"gone\"\ngroup: task.assignee\n",
            ledger: ["nudge  \(at): condition_false"], reasons: [Reason("no_records")]),
        Story(
            name: "no group has a value", rule: "where: task.id == \"E\"\ngroup: task.assignee\n",
            ledger: ["nudge  \(at): condition_false"], reasons: [Reason("empty", "task.assignee")]),
        Story(
            name: "the condition is asked of each group",
            rule: "where: task.open\ngroup: task.assignee\nif: records.size() > 1\n",
            ledger: ["nudge member/li \(at): condition_false", "nudge member/wang \(at): fired"], titles: ["C F A"]),
        Story(
            name: "the group's own fields", rule: "where: task.open\ngroup: task.assignee\nif: group.name == \"Li\"\n",
            ledger: ["nudge member/li \(at): fired", "nudge member/wang \(at): condition_false"], titles: ["B"]),
        Story(
            name: "now and today are those of the tick", rule: "where: task.open && task.due < today\n",
            ledger: ["nudge  \(at): fired"], titles: ["E G C"]),
        Story(
            name: "where that fails", rule: "where: task.open && 1 / (task.title.size() - 1) > 0\n",
            ledger: ["nudge  \(at): failed"]),
    ])
    func tells(story: Story) throws {
        let world = try World(rules: Self.head + story.rule + Self.steps, inMemory: true)
        try world.tick(.shanghai("2026-06-16T08:00"))
        for (id, name) in [("wang", "Wang"), ("li", "Li")] {
            try world.write("member/\(id)", ["name": .string(name)], at: .shanghai("2026-06-16T08:01"))
        }
        for (id, assignee, status, due, title) in story.tasks {
            var fields: [String: FieldValue] = ["status": .string(status), "title": .string(title)]
            fields["assignee"] = assignee.map { .reference($0) }
            fields["due"] = due.flatMap { CivilDate(iso: $0) }.map { .date($0) }
            try world.write("task/\(id)", fields, at: .shanghai("2026-06-16T08:02"))
        }
        try world.tick(.shanghai("2026-06-16T17:30"))
        try world.tick(.shanghai("2026-06-16T17:31"))
        #expect(try world.ledgerLines == story.ledger.sorted())
        #expect(try world.notices.reversed().map(\.title) == story.titles)
        if let reasons = story.reasons { #expect(try world.ledger.map(\.reason) == reasons) }
        let records = try world.notices.reversed().map(\.record)
        #expect(
            records == (story.rule.contains("task.assignee") ? records.filter { $0.hasPrefix("member/") } : records))
    }

    private func wang(_ more: String, steps: String = Self.steps) throws -> World {
        let world = try World(
            rules: Self.head + "where: task.open\ngroup: task.assignee\n" + more + steps, inMemory: true)
        let start = Instant.shanghai("2026-06-16T08:00")
        try world.tick(start)
        try world.write("member/wang", ["name": .string("Wang")], at: start)
        try world.write("task/A", ["title": .string("A"), "assignee": .reference("wang")], at: start)
        return world
    }

    @Test(arguments: [
        (
            "late_once",
            ["nudge  at=2026-06-16T09:30:00Z: superseded", "nudge member/wang at=2026-06-17T09:30:00Z: fired_late"]
        ),
        (
            "all",
            [
                "nudge member/wang at=2026-06-16T09:30:00Z: fired_late",
                "nudge member/wang at=2026-06-17T09:30:00Z: fired_late",
            ]
        ),
        ("skip", ["nudge  at=2026-06-16T09:30:00Z: skipped", "nudge  at=2026-06-17T09:30:00Z: skipped"]),
    ])
    func missedRuns(way: String, ledger: [String]) throws {
        let world = try wang("catch_up: \(way)\n")
        try world.tick(.shanghai("2026-06-17T20:00"))
        #expect(try world.ledgerLines == ledger)
    }

    @Test func theLimitCountsByGroup() throws {
        let world = try wang("limit: 1 per 7 days\n")
        try world.tick(.shanghai("2026-06-16T17:30"))
        try world.write(
            "task/B", ["assignee": .reference("li")], at: .shanghai("2026-06-17T08:00"))
        try world.write("member/li", ["name": .string("Li")], at: .shanghai("2026-06-17T08:00"))
        try world.tick(.shanghai("2026-06-17T17:30"))
        #expect(
            try world.ledgerLines == [
                "nudge member/li at=2026-06-17T09:30:00Z: fired", "nudge member/wang at=2026-06-16T09:30:00Z: fired",
                "nudge member/wang at=2026-06-17T09:30:00Z: skipped",
            ])
    }

    /// What became of the task meanwhile, and what becomes of the step and of a held notice.
    @Test(arguments: [
        (["status": FieldValue.string("done")], Reason?.some(Reason("no_records"))),
        (["assignee": .null], Reason("no_records")), (["title": .string("other")], nil),
    ])
    func theGroupIsGatheredAgain(change: [String: FieldValue], reason: Reason?) throws {
        let steps = """
            then:
              - notify: {via: inbox}
              - wait: 1 day
                notify: {via: inbox, title: '{{ records.map(t, t.title).join(" ") }} {{ group.name }}'}
            """
        let world = try wang("", steps: steps)
        try world.tick(.shanghai("2026-06-16T17:30"))
        let firing = try #require(try world.ledger.first?.firing)
        try world.write("task/A", change, at: .shanghai("2026-06-17T08:00"))
        let asked = try world.store.read {
            try world.core.objection(firing: firing, at: .shanghai("2026-06-17T08:01"), view: $0)
        }
        #expect(asked == reason)
        try world.tick(.shanghai("2026-06-17T17:30"))
        let step = try #require(try world.store.read { try $0.steps(firing: firing) }.first)
        #expect(step.state == (reason == nil ? .done : .cancelled))
        if let reason {
            #expect(step.reason == reason)
        } else {
            #expect(try world.notices.contains { $0.title == "other Wang" && $0.record == "member/wang" })
        }
    }

    @Test func theOutlookShowsEachRunOnce() throws {
        let world = try wang("")
        let start = Instant.shanghai("2026-06-16T08:00")
        let rings = try world.store.read {
            try world.core.outlook(from: start, through: start.adding(seconds: 2 * 86_400), view: $0)
        }
        #expect(rings.map(\.at) == [.shanghai("2026-06-16T17:30"), .shanghai("2026-06-17T17:30")])
    }
}
