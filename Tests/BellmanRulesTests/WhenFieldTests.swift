import Almanac
import BellmanModel
import SourceDiagnostics
import Testing

@testable import BellmanRules

/// A field that holds a date or an instant (`task.due`) in conditions and messages.
@Suite struct WhenFieldTests {
    private final class Nothing: RecordSource {
        func record(_ ref: RecordRef) -> Record? { nil }
        func resolve(_ text: String, kind: String) -> String? { nil }
        func referrers(kind: String, field: String, target: RecordRef) -> [String] { [] }
        func members(role: String) -> [String] { [] }
        func identifiers(kind: String, limit: Int) -> [String] { [] }
    }

    private static let now = Instant(seconds: 1_772_500_000)

    private static func verdict(_ condition: String, due: (Zone) -> FieldValue) throws -> ConditionVerdict {
        let zone = try Zone.named("Asia/Shanghai")
        let timing = RuleTiming(zone: zone, calendar: .china, at: .nine)
        let defaults = RuleDefaults(timing: timing, language: .en, currency: "CNY", channels: ["inbox"])
        let reader = RuleFileReader(language: RuleLanguage(schema: .builtIn), defaults: defaults)
        let text = """
            id: when-field
            when: {before: task.due, by: 1 day}
            if: \(condition)
            then: [{notify: {via: inbox}}]
            """
        let reading = reader.read(SourceFile(name: "rule.yaml", text: text))
        let rule = try #require(reading.rules.first, "\(TextRenderer(language: .en).render(reading.problems))")
        let record = Record(
            ref: RecordRef(kind: "task", id: "T1"), fields: ["title": .string("A"), "due": due(zone)], createdAt: now,
            updatedAt: now, version: 1)
        let evaluator = RuleEvaluator(
            rule: rule, source: Nothing(), now: now, presentation: Presentation(language: .en, currency: "CNY"))
        return evaluator.condition(FiringFacts(record: record, scheduledAt: now))
    }

    @Test(arguments: [
        ("task.due < today", -1), ("task.due <= today", 0), ("task.due == today", 0), ("task.due > today", 1),
        ("task.due < now", -1), ("task.due > now", 1), ("today - task.due > duration(\"1h\")", -1),
        ("task.due.plus(\"2 days\") > today", -1), ("days_until(task.due) == -1", -1), ("task.overdue", -1),
        ("task.due != null && task.due < today && task.open", -1), ("task.due.format(\"yyyy\") == \"2026\"", 0),
    ])
    func holds(_ condition: String, _ days: Int) throws {
        let date = try Self.verdict(condition) { .date($0.date(Self.now).adding(days: days)) }
        #expect(date == .holds, "\(condition) on a date")
        guard days != 0 else { return }
        let instant = try Self.verdict(condition) { .instant($0.startOfDay($0.date(Self.now).adding(days: days))) }
        #expect(instant == .holds, "\(condition) on an instant")
    }

    @Test func emptyIsUndecided() throws {
        #expect(try Self.verdict("task.due < today") { _ in .null } == .empty("task.due"))
    }
}
