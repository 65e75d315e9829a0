import Almanac
import BellmanModel
import BellmanRules
import SourceDiagnostics

/// A rule's condition and message over a record, as the engine asks for them.
struct RuleCases {
    private let evaluator: RuleEvaluator
    private let facts: FiringFacts
    private let action: NotifyAction
    private let today: CivilDate

    private static let text = """
        id: bench
        when: {before: task.due, by: 1 day}
        if: task.status == "进行中" && task.priority <= 2 && task.due < today
        then:
          - notify: {via: inbox, title: "{{ task.title }}", text: "{{ task.title }} ({{ task.priority }}), {{ task.due }}"}
        """

    init() throws {
        let zone = try Zone.named("Asia/Shanghai")
        let timing = RuleTiming(zone: zone, calendar: .china, at: .nine)
        let defaults = RuleDefaults(timing: timing, language: .en, currency: "CNY", channels: ["inbox"])
        let reader = RuleFileReader(language: RuleLanguage(schema: .builtIn), defaults: defaults)
        let reading = reader.read(SourceFile(name: "rule.yaml", text: RuleCases.text))
        guard let rule = reading.rules.first, case .notify(let action)? = rule.steps.first?.action else {
            throw BenchFailure(description: TextRenderer(language: .en).render(reading.problems))
        }
        let now = Instant(seconds: 1_772_500_000)
        today = zone.date(now)
        let fields: [String: FieldValue] = [
            "title": .string("Renew the licence"), "status": .string("进行中"), "priority": .int(1),
            "due": .date(today.adding(days: -3)),
        ]
        let record = Record(
            ref: RecordRef(kind: "task", id: "T1"), fields: fields, createdAt: now, updatedAt: now, version: 1)
        facts = FiringFacts(record: record, scheduledAt: now)
        self.action = action
        evaluator = RuleEvaluator(
            rule: rule, source: Nothing(), now: now, presentation: Presentation(language: .en, currency: "CNY"))
    }

    func holds() -> Bool { evaluator.condition(facts) == .holds }

    /// The condition as Swift asks it of the record.
    func holdsByHand() -> Bool {
        guard let record = facts.record, case .string(let status) = record["status"], status == "进行中",
            case .int(let priority) = record["priority"], priority <= 2, case .date(let due) = record["due"]
        else { return false }
        return due < today
    }

    func renders() -> Bool { evaluator.message(action, facts).title == "Renew the licence" }

    func rendersByHand() -> Bool {
        guard let record = facts.record, case .string(let title) = record["title"],
            case .int(let priority) = record["priority"], case .date(let due) = record["due"]
        else { return false }
        let parts: [TextPart] = [
            .value(title), .authored(" ("), .value("\(priority)"), .authored("), "), .value("\(due)"),
        ]
        return title == "Renew the licence" && parts.count == 5
    }
}

/// The conditions of the bench read their own record only.
private final class Nothing: RecordSource {
    func record(_ ref: RecordRef) -> Record? { nil }
    func resolve(_ text: String, kind: String) -> String? { nil }
    func referrers(kind: String, field: String, target: RecordRef) -> [String] { [] }
    func members(role: String) -> [String] { [] }
    func identifiers(kind: String, limit: Int) -> [String] { [] }
}
