import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import Testing

@testable import BellmanEngine

/// Levels over gathered records, beside what the random stories tell.
@Suite struct GatheredLevelTests {
    private static let rule = """
        id: load
        when: {while: records.size() > 1}
        select: task
        where: task.status == "doing"
        group: task.assignee
        then: [{notify: {via: inbox, to: group, title: '{{ records.map(t, t.id).join(" ") }}'}}]

        """

    private func world(_ rule: String = Self.rule) throws -> World {
        let world = try World(rules: rule, inMemory: true)
        try world.tick(.shanghai("2026-06-16T08:00"))
        for id in ["wang", "li"] { try world.write("member/\(id)", ["name": .string(id)], at: at(0)) }
        return world
    }

    private func at(_ minute: Int64) -> Instant { Instant.shanghai("2026-06-16T09:00").adding(seconds: 60 * minute) }

    private func put(_ world: World, _ id: String, _ person: String?, _ minute: Int64, status: String = "doing") throws
    {
        try world.write(
            "task/\(id)", ["assignee": person.map { .reference($0) } ?? .null, "status": .string(status)],
            at: at(minute))
    }

    @Test func severalCrossingsInOneTickRingInOrder() throws {
        let world = try world()
        try put(world, "A", "wang", 1)
        try put(world, "B", "wang", 2)
        try put(world, "B", "li", 3)
        try put(world, "A", "li", 4)
        try put(world, "C", "wang", 5)
        try put(world, "B", "wang", 6)
        try world.tick(at(7))
        #expect(
            try world.ledgerLines == [
                "load member/li rise=6: fired", "load member/wang rise=4: fired", "load member/wang rise=8: fired",
            ])
        // Of the first two, undone meanwhile, the records are those of the write that rang.
        #expect(try world.notices.reversed().map(\.title) == ["A B", "A B", "B C"])
        #expect(try world.notices.allSatisfy { $0.record == "member/\($0.recipients.first?.id ?? "")" })
    }

    /// Written before one tick; what the notices show, the oldest first.
    @Test(arguments: [
        ("imported at once", "A+ B+ C+ D+", ["A B C D"]), ("grown and shrunk", "A+ B+ C+ A-", ["B C"]),
        ("undone", "A+ B+ A-", ["A B"]), ("undone by and by", "A+ B+ C+ C- A-", ["A B"]),
        ("undone and again", "A+ B+ A- C+ D+", ["A B", "B C D"]), ("nobody left", "A+ B+ B- A-", ["A B"]),
        ("twice undone", "A+ B+ A- C+ B-", ["A B", "B C"]),
    ])
    func theRecordsAreThoseOfNowWhileTheLevelHolds(name: String, writes: String, shown: [String]) throws {
        let world = try world()
        for (index, write) in writes.split(separator: " ").enumerated() {
            try put(world, String(write.dropLast()), "wang", Int64(index), status: write.last == "+" ? "doing" : "done")
        }
        try world.tick(at(20))
        #expect(try world.notices.reversed().map(\.title) == shown)
    }

    @Test func aRuleThatIsGoneIsForgottenAndBegunAnew() throws {
        let world = try world()
        try put(world, "A", "wang", 1)
        try put(world, "B", "wang", 2)
        try world.tick(at(3))
        try world.load(Self.rule + "enabled: false\n")
        try world.tick(at(4))
        try world.tick(at(5))
        let left = try world.store.read { view in
            (try view.gatherings().count, try view.levelSubjects(rule: "load"), try view.forgetGathered(limit: 1) { _ in false })
        }
        #expect(left == (0, [], false))
        try put(world, "A", "li", 6)
        try world.load(Self.rule)
        // Only one each: nothing is true, and the next rise rings.
        try world.tick(at(7))
        try put(world, "B", "li", 8)
        try world.tick(at(9))
        #expect(try world.ledgerLines == ["load member/li rise=6: fired", "load member/wang rise=4: fired"])
    }

    @Test func aNewIdKeepsWhatRang() throws {
        let world = try world()
        try put(world, "A", "wang", 1)
        try put(world, "B", "wang", 2)
        try world.tick(at(3))
        try world.load(Self.rule.replacing("id: load", with: "id: busy\nwas: load"))
        try put(world, "C", "wang", 4)
        try put(world, "D", "li", 5)
        try world.tick(at(6))
        try put(world, "E", "li", 7)
        try world.tick(at(8))
        #expect(try world.ledgerLines == ["busy member/li rise=7: fired", "busy member/wang rise=4: fired"])
    }

    @Test func whatMatchesAlreadyMayRing() throws {
        let world = try world("[]")
        try put(world, "A", "wang", 1)
        try put(world, "B", "wang", 2)
        try world.tick(at(3))
        try world.load(Self.rule + "existing: fire\n")
        try world.tick(at(4))
        try world.load(Self.rule.replacing("size() > 1", with: "size() >= 2") + "existing: fire\n")
        try world.tick(at(5))
        #expect(try world.ledgerLines == ["load member/wang rise=4: fired"])
    }

    /// Three tasks: priorities 4, 1 and none; progress 0.5, 0.25 and none; the first is due on 1 July, the second at noon.
    @Test(arguments: [
        ("records.size() == 3", true), ("size(records) == 3 && count(records) == 3", true),
        ("records.map(t, t.priority).size() == 3", true), ("records.map(t, t.priority).sum() == 5", true),
        ("sum(records.map(t, t.priority)) == 5", true), ("records.map(t, t.priority).avg() == 2.5", true),
        ("records.map(t, t.priority).min() == 1 && max(records.map(t, t.priority)) == 4", true),
        ("records.filter(t, t.priority != null).map(t, t.priority * 2).sum() > 9", true),
        ("records.filter(t, t.priority != null).map(t, t.priority * 2).sum() > 10", false),
        ("records.map(t, t.priority != null, t.priority * 2).sum() == 10", true),
        ("records.map(t, t.progress).sum() == 0.75", true), ("records.map(t, t.assignee).distinct().size() == 1", true),
        ("records.map(t, t.priority).distinct().size() == 3", true),
        ("records.filter(t, t.priority > 0).size() > 0", false),
        ("records.filter(t, t.priority > 0).size() > 0 || records.size() > 2", true),
        ("records.map(t, t.due).min() == date(\"2026-07-01\")", true),
        ("records.map(t, t.due).max() > date(\"2026-07-01\")", true),
        ("records.map(t, t.title).max() == \"z\"", false), ("records.exists(t, t.priority == 4)", true),
        ("records.filter(t, t.assignee == group).size() == 3", true), ("group.name == \"wang\"", true),
        ("[1, 2].exists(n, records.size() > n + 1)", true), ("records.all(t, t.status == \"doing\")", true),
        ("records.filter(t, t.priority == 9).map(t, t.priority).max() == null", true),
        ("records.filter(t, t.priority == 9).map(t, t.priority).sum() == 0", true),
    ])
    func aQuestionIsAnswered(question: String, isTrue: Bool) throws {
        let shown = question.replacing("'", with: "''")
        let world: World
        do {
            world = try self.world(Self.rule.replacing("records.size() > 1", with: "'\(shown)'"))
        } catch let wrong as World.BadRules {
            // The checker refuses what has no answer.
            #expect(!isTrue, "\(wrong)")
            return
        }
        for (id, priority, progress, due) in [
            ("A", 4, 0.5, FieldValue.date(CivilDate(clampingDays: 20_635))),
            ("B", 1, 0.25, .instant(.shanghai("2026-07-01T12:00"))),
        ] as [(String, Int64, Double, FieldValue)] {
            let fields: [String: FieldValue] = [
                "assignee": .reference("wang"), "status": .string("doing"), "priority": .int(priority),
                "progress": .double(progress), "due": due, "title": .string(id),
            ]
            try world.write("task/\(id)", fields, at: at(1))
        }
        try put(world, "C", "wang", 2)
        try world.tick(at(3))
        let level = try world.store.read { try $0.level(rule: "load", subject: "member/wang") }
        #expect((level != nil) == isTrue)
    }

    /// Sums of doubles that come and go leave nothing behind, and do not depend on the order.
    @Test func sumsDoNotDrift() throws {
        let world = try world(
            Self.rule.replacing("records.size() > 1", with: "'records.map(t, t.progress).sum() == 0.2'")
                .replacing("group: task.assignee\n", with: "").replacing("to: group, ", with: ""))
        for (minute, value) in [0.1, 1e15, 0.1].enumerated() {
            try world.write(
                "task/T\(minute)", ["status": .string("doing"), "progress": .double(value)], at: at(Int64(minute)))
        }
        try world.delete("task/T1", at: at(10))
        try world.tick(at(11))
        #expect(try world.ledgerLines == ["load  rise=6: fired"])
    }

    @Test func measurementsOfAnyMemberKeepTheGroupFresh() throws {
        let rule = """
            id: idle
            when: {while: 'records.map(c, c.usage).avg() < 0.3', for: 4 days, fresh: 2 days}
            select: contract
            group: contract.vendor
            then: [{notify: {via: inbox}}]
            """
        let world = try World(rules: rule, inMemory: true)
        let start = Instant.shanghai("2026-06-01T09:00")
        try world.tick(start)
        func measure(_ id: String, day: Int64) throws {
            try world.write(
                "contract/\(id)", ["vendor": .string("V"), "usage": .double(0.2 + Double(day) / 1_000)],
                at: start.adding(seconds: day * 86_400))
        }
        try measure("A", day: 1)
        try measure("B", day: 2)
        try world.tick(start.adding(seconds: 2 * 86_400))
        // Old after day 4; fresh again on day 6, so full on day 10 at the earliest.
        try world.tick(start.adding(seconds: 5 * 86_400))
        #expect(try world.ledger.isEmpty)
        for day in [6, 7, 8, 9] { try measure("A", day: Int64(day)) }
        try world.tick(start.adding(seconds: 10 * 86_400))
        #expect(try world.ledger.map(\.scheduledAt) == [start.adding(seconds: 10 * 86_400)])
    }

    @Test func aWaitingStepAsksTheGroupAgain() throws {
        let world = try world(
            Self.rule.replacing("then: [{", with: "then: [{notify: {via: inbox}}, {wait: 1 hour, "))
        try put(world, "A", "wang", 1)
        try put(world, "B", "wang", 2)
        try put(world, "C", "li", 3)
        try put(world, "D", "li", 4)
        try world.tick(at(5))
        try put(world, "A", nil, 6)
        try put(world, "C", "li", 7, status: "done")
        try put(world, "D", "li", 8, status: "done")
        try world.tick(at(70))
        let steps = try world.ledger.map { entry in
            try world.store.read { try $0.steps(firing: entry.firing) }.map { "\(entry.key.subject) \($0.reason.code)" }
        }
        #expect(steps.flatMap { $0 }.sorted() == ["member/li condition_false", "member/wang condition_false"])
    }
}
