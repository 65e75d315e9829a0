import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import Testing

@testable import BellmanEngine

/// What is asked again before a held notice leaves.
@Suite struct HeldNoticeTests {
    private static let due = "2026-06-30T23:30"

    private func rule(_ zone: String, if condition: String = "task.open") -> String {
        """
        id: r
        when: {before: task.due, by: 3 days}
        if: \(condition)
        timezone: \(zone)
        then: [{notify: {via: inbox}}]
        """
    }

    /// A notice that rang three days before, and what is said against it after `change`.
    private func objection(_ change: (World) throws -> Void) throws -> Reason? {
        let world = try World(rules: rule("Asia/Shanghai"), inMemory: true)
        let start = Instant.shanghai("2026-06-01T10:00")
        try world.tick(start)
        try world.write("task/A", ["title": .string("A"), "due": .instant(.shanghai(Self.due))], at: start)
        try world.tick(start)
        try world.tick(.shanghai("2026-06-27T23:30"))
        let firing = try #require(try world.ledger.first(where: \.outcome.rang)?.firing)
        try change(world)
        return try world.store.read {
            try world.core.objection(firing: firing, at: .shanghai("2026-06-28T08:00"), view: $0)
        }
    }

    @Test func nothingChanged() throws { #expect(try objection { _ in } == nil) }

    @Test func theDateMoved() throws {
        let reason = try objection {
            try $0.write(
                "task/A", ["due": .instant(.shanghai("2026-07-02T23:30"))], at: .shanghai("2026-06-28T07:00"))
        }
        #expect(reason == Reason("date_changed"))
    }

    @Test func theConditionFails() throws {
        let reason = try objection {
            try $0.write("task/A", ["status": .string("done")], at: .shanghai("2026-06-28T07:00"))
        }
        #expect(reason == Reason("condition_false"))
    }

    @Test func theRecordIsGone() throws {
        let reason = try objection { try $0.delete("task/A", at: .shanghai("2026-06-28T07:00")) }
        #expect(reason == Reason("record_deleted", "task/A"))
    }

    /// In Tokyo the value belongs to the next day, and the occurrence has another name.
    @Test func theRuleGotAnotherZone() throws {
        #expect(try objection { try $0.load(rule("Asia/Tokyo")) } == nil)
    }

    @Test func theRuleIsGone() throws {
        #expect(try objection { try $0.load(rule("Asia/Shanghai").replacing("id: r", with: "id: other")) } == nil)
    }
}
