import Almanac
import BellmanModel
import BellmanRules
import Testing

@testable import BellmanEngine

/// Several threads read rules and hand them over; what was read last is in force, whoever comes last.
@Suite struct RuleOrderTests {
    private static func text(_ id: String) -> String {
        "id: \(id)\nwhen: {created: task}\nthen:\n  - notify: {via: chat, title: T}\n"
    }

    @Test func anOlderReadingThatComesLateIsPassedOver() async throws {
        let world = try World(rules: RuleOrderTests.text("old"))
        let old = world.core.rules.rules
        try world.load(RuleOrderTests.text("new"))
        let new = world.core.rules.rules
        let service = EngineService(core: world.core, store: world.store)
        func inForce() throws -> [String] { try service.ask { core, _ in core.rules.rules.map(\.id) } }

        await service.replaceRules(new, reading: 2)
        await service.replaceRules(old, reading: 1)
        try await service.replaceRules(old, moments: world.moments, reading: 1) { Issue.record("an old index") }
        #expect(try inForce() == ["new"])
        await service.replaceRules(old, reading: 3)
        #expect(try inForce() == ["old"])
    }
}
