import BellmanModel
import Testing

/// A rule that spends its budget costs itself its answer, and no other rule anything.
@Suite struct HostileRuleTests {
    private static let endless = "lists.range(100000).all(x, lists.range(1000).all(y, x + y >= 0))"
    private static let huge =
        "lists.range(task.priority * 1000).map(x, lists.range(task.priority * 1000).map(y, lists.range(100))).size() > 0"

    @Test(arguments: [
        (endless, "costs more than"), (huge, "costs more than"), ("1 / (task.priority - task.priority) > 0", "zero"),
    ]) func onlyTheHostileRuleFails(_ condition: String, _ words: String) throws {
        let world = try World(
            rules: """
                - id: before
                  when: {created: task}
                  then: [{notify: {via: inbox, title: "before {{ task.title }}"}}]
                - id: hostile
                  when: {created: task}
                  if: '\(condition)'
                  then: [{notify: {via: inbox, title: "hostile"}}]
                - id: wordy
                  when: {created: task}
                  then: [{notify: {via: inbox, title: "{{ \(HostileRuleTests.endless) }}"}}]
                - id: z-after
                  when: {created: task}
                  then: [{notify: {via: inbox, title: "after {{ task.title }}"}}]
                """)
        try world.tick(.shanghai("2026-03-02T08:00"))
        try world.write(
            "task/A", ["title": .string("A"), "priority": .int(1)], at: .shanghai("2026-03-02T09:00"))
        try world.tick(.shanghai("2026-03-02T09:00"))
        let entries = try world.ledger
        let outcomes = Dictionary(uniqueKeysWithValues: entries.map { ($0.key.rule, $0.outcome) })
        #expect(
            outcomes == ["before": .fired, "hostile": .failed, "wordy": .fired, "z-after": .fired])
        let reason = try #require(entries.first { $0.key.rule == "hostile" }).reason
        #expect(reason.detail.contains(words), "\(reason.detail)")
        let titles = try world.notices.map(\.title)
        #expect(titles.contains("before A") && titles.contains("after A") && !titles.contains("hostile"))
        #expect(titles.count == 3, "a message that cannot be made is replaced by a notice that says so")
    }
}
