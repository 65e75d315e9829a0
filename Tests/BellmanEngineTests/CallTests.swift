import Almanac
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite
import Testing

/// `call`, and actions that lead to actions.
@Suite struct CallTests {
    private static let rule = """
        id: calls
        when: {changes: contract.status}
        then:
          - call:
              endpoint: erp
              body:
                id: "{{ contract.id }}"
                name: "{{ contract.name }}"
                note: "{{ contract.name }}: {{ contract.status }}"
                amount: "{{ contract.amount }}"
                expires: "{{ contract.expires_on }}"
                at: "{{ firing.scheduled_at }}"
                big: "{{ contract.amount > 100 }}"
                count: "{{ 2 + 3 }}"
                owner: "{{ contract.owner }}"
                words: ["a", "{{ contract.status }}"]
                nothing:
        """

    private func fired(_ rule: String) throws -> World {
        let world = try World(rules: rule, inMemory: true)
        let at = Instant.shanghai("2026-03-01T08:00")
        try world.tick(at)
        try world.write(
            "contract/C",
            [
                "name": .string("云\"主机"), "status": .string("draft"), "amount": .money(Amount(1234.5)!),
                "expires_on": .date(CivilDate(iso: "2026-06-30")!),
            ], at: at)
        try world.tick(at)
        try world.write("contract/C", ["status": .string("signed")], at: .shanghai("2026-03-02T09:00"))
        try world.tick(.shanghai("2026-03-02T09:00"))
        return world
    }

    @Test func valuesKeepTheirType() throws {
        let world = try fired(CallTests.rule)
        let notice = try #require(try world.notices.first)
        #expect(notice.channel == "endpoint:erp" && notice.recipients.isEmpty)
        guard case .call(let body?)? = notice.payload else {
            Issue.record("no body")
            return
        }
        #expect(body["id"] == .string("C") && body["name"] == .string("云\"主机"))
        #expect(body["note"] == .string("云\"主机: signed"))
        #expect(body["amount"]?.doubleValue == 1234.5 && body["expires"] == .string("2026-06-30"))
        #expect(body["at"] == .string("2026-03-02T01:00:00Z"))
        #expect(body["big"] == .bool(true) && body["count"] == .int(5))
        #expect(body["owner"] == .null && body["nothing"] == .null)
        #expect(body["words"] == .array([.string("a"), .string("signed")]))
    }

    @Test func oneForEachFiring() throws {
        let world = try fired(CallTests.rule)
        world.restart()
        try world.tick(.shanghai("2026-03-02T10:00"))
        #expect(try world.notices.count == 1)
        try world.write("contract/C", ["status": .string("ended")], at: .shanghai("2026-03-03T09:00"))
        try world.tick(.shanghai("2026-03-03T09:00"))
        #expect(try world.notices.count == 2 && Set(try world.notices.map(\.id)).count == 2)
    }

    @Test func withoutABodyItIsWhatAWebhookSends() throws {
        let world = try fired("id: calls\nwhen: {changes: contract.status}\nthen: [{call: {endpoint: erp}}]")
        let notice = try #require(try world.notices.first)
        #expect(notice.payload == .call(body: nil) && notice.title.contains("draft → signed"))
    }

    @Test func aBodyThatIsTooLargeIsATrouble() throws {
        let world = try World(
            rules:
                "id: calls\nwhen: {changes: task.note}\nthen: [{call: {endpoint: erp, body: {t: \"{{ task.note }}\"}}}]",
            inMemory: true)
        let at = Instant.shanghai("2026-03-01T08:00")
        try world.write("task/A", ["note": .string("")], at: at)
        try world.tick(at)
        try world.write("task/A", ["note": .string(String(repeating: "长", count: 30_000))], at: at)
        let commit = try world.store.read { try world.core.tick(at: at, view: $0) }
        #expect(commit.outbox.isEmpty && commit.troubles.count == 1 && commit.troubles[0].contains("65536"))
    }

    // MARK: chains

    /// Three rules that pass a task round.
    @Test func aLoopNamesItsRules() throws {
        let world = try World(
            rules: """
                - id: a
                  when: {changes: task.status, to: one}
                  then: [{set: {status: two}}]
                - id: b
                  when: {changes: task.status, to: two}
                  then: [{set: {status: three}}]
                - id: c
                  when: {changes: task.status, to: three}
                  then: [{set: {status: one}}]
                """, inMemory: true)
        let at = Instant.shanghai("2026-03-01T08:00")
        try world.write("task/A", ["status": .string("todo")], at: at)
        try world.tick(at)
        try world.write("task/A", ["status": .string("one")], at: at)
        try world.write("task/B", ["title": .string("other")], at: at)
        try world.tick(at)
        let failed = try #require(try world.ledger.first { $0.outcome == .failed })
        #expect(failed.reason.detail == "10 b → c → a → b")
        #expect(failed.reason.decisionWords(.en)?.hasSuffix("more than 10 times: b → c → a → b") == true)
        #expect(failed.reason.decisionWords(.zh)?.contains("10 层：b → c → a → b") == true)
    }

    @Test func aChainThroughNewRecordsIsNamedToo() throws {
        let world = try World(
            rules: """
                - id: risk-makes-task
                  when: {created: risk}
                  then: [{create: {kind: task, fields: {title: "{{ risk.title }}"}}}]
                - id: task-makes-risk
                  when: {created: task}
                  then: [{create: {kind: risk, fields: {title: "{{ task.title }}"}}}]
                """, inMemory: true)
        let at = Instant.shanghai("2026-03-01T08:00")
        try world.tick(at)
        try world.write("risk/R", ["title": .string("x")], at: at)
        try world.tick(at)
        let failed = try #require(try world.ledger.first { $0.outcome == .failed })
        #expect(failed.reason.detail == "10 risk-makes-task → task-makes-risk → risk-makes-task")
        #expect(try world.ledger.filter { $0.outcome == .fired }.count == 10)
    }
}
