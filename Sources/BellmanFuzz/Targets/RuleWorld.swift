import Almanac
import BellmanModel
import BellmanRules
import SourceDiagnostics

/// A small fixed world for rules: one task, one project, two members.
enum RuleWorld {
    static let language = RuleLanguage(schema: .builtIn)
    static let timing = RuleTiming(zone: .utc, calendar: .china, at: .nine)
    static let reader = RuleFileReader(
        language: language,
        defaults: RuleDefaults(timing: timing, language: .zh, currency: "CNY", channels: ["inbox", "mail", "chat"]))
    static let now = Instant(seconds: 1_790_000_000)

    static func good(_ id: String) -> String {
        "id: \(id)\nwhen: {created: task}\nthen: [{notify: {via: inbox}}]\n"
    }

    /// A rule with the text as its message; one line more makes a title and a link of it too.
    static func frame(message: String) -> String {
        """
        id: fuzz
        title: fuzz
        when: {before: task.due, by: 3 days}
        then:
          - notify:
              via: inbox
              to: task.assignee
              text: \(message)
              title: \(message)
              links:
                - label: \(message)
                  url: \(message)

        """
    }

    static func evaluator(_ rule: Rule) -> RuleEvaluator {
        RuleEvaluator(
            rule: rule, source: Source(), now: now, presentation: Presentation(language: .zh, currency: "CNY"))
    }

    static let facts: [FiringFacts] = {
        var full = FiringFacts(record: task, scheduledAt: now)
        full.daysLeft = 3
        full.anchor = .date(CivilDate(year: 2026, month: 11, day: 21) ?? timing.zone.date(now))
        full.field = "due"
        full.firing = "f1"
        let bare = Record(
            ref: RecordRef(kind: "task", id: "2"), fields: [:], createdAt: now, updatedAt: now, version: 1)
        return [full, FiringFacts(record: bare, scheduledAt: now), FiringFacts(record: nil, scheduledAt: now)]
    }()

    static let task = record(
        "task", "1",
        [
            "title": .string("改 <b>*x*</b> | `y` 👩‍💻"), "status": .string("open"), "priority": .int(3),
            "assignee": .reference("m1"), "project": .reference("p1"), "labels": .list([.string("a"), .string("王")]),
            "due": .instant(Instant(seconds: 1_790_100_000)), "progress": .double(0.5), "milestone": .bool(true),
        ])

    private static let records: [RecordRef: Record] = {
        let all = [
            task,
            record(
                "project", "p1", ["name": .string("库"), "manager": .reference("m2"), "budget": .money(.init(units: 5))]),
            record("member", "m1", ["name": .string("王芳"), "email": .string("w@example.com"), "active": .bool(true)]),
            record("member", "m2", ["name": .string("Li\nSi"), "manager": .reference("m1")]),
        ]
        return Dictionary(uniqueKeysWithValues: all.map { ($0.ref, $0) })
    }()

    private static func record(_ kind: String, _ id: String, _ fields: [String: FieldValue]) -> Record {
        Record(ref: RecordRef(kind: kind, id: id), fields: fields, createdAt: now, updatedAt: now, version: 1)
    }

    private final class Source: RecordSource {
        func record(_ ref: RecordRef) -> Record? { RuleWorld.records[ref] }
        func resolve(_ text: String, kind: String) -> String? {
            RuleWorld.records[RecordRef(kind: kind, id: text)] == nil ? nil : text
        }
        func referrers(kind: String, field: String, target: RecordRef) -> [String] {
            kind == "task" ? ["1"] : []
        }
        func members(role: String) -> [String] { ["m1"] }
        func identifiers(kind: String, limit: Int) -> [String] { [] }
    }
}
