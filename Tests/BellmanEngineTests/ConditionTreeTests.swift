import Almanac
import BellmanModel
import BellmanRules
import BellmanStoreSQLite
import Testing

@testable import BellmanEngine

/// A condition part by part, and the least that would have to be otherwise.
@Suite struct ConditionTreeTests {
    struct Row: CustomTestStringConvertible {
        let condition: String
        /// Each line a part: two spaces a level, its text, what it came to.
        let tree: [String]
        /// `text way`
        let wishes: [String]
        var key = "if"
        var testDescription: String { "\(key): \(condition)" }
    }

    /// Of a task that is open, has priority 3 and no date, and belongs to Wang.
    static let rows: [Row] = [
        Row(condition: "task.open", tree: ["task.open holds", "  task.status value(\"todo\")"], wishes: []),
        Row(
            condition: "task.open && task.priority <= 2",
            tree: [
                "task.open && task.priority <= 2 fails", "  task.open holds", "    task.status value(\"todo\")",
                "  task.priority <= 2 fails", "    task.priority value(\"3\")",
            ], wishes: ["task.priority compares(sign: \"<=\", \"2\")"]),
        Row(
            condition: "task.priority > 5 && task.status == \"done\"",
            tree: [
                "task.priority > 5 && task.status == \"done\" fails", "  task.priority > 5 fails",
                "    task.priority value(\"3\")", "  task.status == \"done\" notAsked",
            ],
            wishes: [
                "task.priority compares(sign: \">\", \"5\")", "task.status compares(sign: \"==\", \"\\\"done\\\"\")",
            ]),
        Row(
            condition: "(task.priority == 1 && task.milestone) || task.status in [\"doing\", \"done\"]",
            tree: [
                "(task.priority == 1 && task.milestone) || task.status in [\"doing\", \"done\"] fails",
                "  task.priority == 1 && task.milestone fails", "    task.priority == 1 fails",
                "      task.priority value(\"3\")", "    task.milestone notAsked",
                "  task.status in [\"doing\", \"done\"] fails", "    task.status value(\"todo\")",
            ], wishes: ["task.status isIn(\"[\\\"doing\\\", \\\"done\\\"]\")"]),
        Row(
            condition: "!(task.priority == 3)",
            tree: ["!(task.priority == 3) fails", "  task.priority == 3 holds", "    task.priority value(\"3\")"],
            wishes: ["task.priority compares(sign: \"!=\", \"3\")"]),
        Row(
            condition: "5 < task.priority", tree: ["5 < task.priority fails", "  task.priority value(\"3\")"],
            wishes: ["task.priority compares(sign: \">\", \"5\")"]),
        Row(
            condition: "task.due < today",
            tree: [
                "task.due < today empty(\"task.due\")", "  task.due value(\"(not set)\")",
                "  today value(\"2026-03-02\")",
            ],
            wishes: ["task.due filled", "task.due compares(sign: \"<\", \"today (2026-03-02)\")"]),
        Row(
            condition: "task.assignee.manager.name == \"Li\"",
            tree: [
                "task.assignee.manager.name == \"Li\" empty(\"task.assignee.manager\")",
                "  task.assignee.manager.name empty(\"task.assignee.manager\")",
                "    task.assignee.manager value(\"(not set)\")",
            ],
            wishes: [
                "task.assignee.manager filled", "task.assignee.manager.name compares(sign: \"==\", \"\\\"Li\\\"\")",
            ]),
        Row(
            condition: "task.assignee.tasks.exists(t, t.priority > 7)",
            tree: [
                "task.assignee.tasks.exists(t, t.priority > 7) fails", "  task.assignee.tasks value(\"One\")",
            ], wishes: ["task.assignee.tasks.exists(t, t.priority > 7) holds"]),
        Row(
            condition: "task.priority == 3 || task.milestone",
            tree: [
                "task.priority == 3 || task.milestone holds", "  task.priority == 3 holds",
                "    task.priority value(\"3\")", "  task.milestone notAsked",
            ], wishes: ["task.priority compares(sign: \"!=\", \"3\")"], key: "unless"),
    ]

    @Test(arguments: rows) func partsAndWishes(_ row: Row) throws {
        let quoted = row.condition.replacing("'", with: "''")
        let world = try World(
            rules: "- id: r\n  when: {created: task}\n  \(row.key): '\(quoted)'\n  then: [{notify: {via: inbox}}]",
            inMemory: true)
        let now = Instant.shanghai("2026-03-02T09:00")
        try world.write("member/wang", ["name": .string("Wang")], at: now)
        try world.write(
            "task/A",
            [
                "title": .string("One"), "status": .string("todo"), "priority": .int(3),
                "assignee": .reference("wang"),
            ], at: now)
        let rule = try #require(world.core.rules["r"])
        let report = try world.core.why(
            WhyQuestion(rule: rule, record: RecordRef(kind: "task", id: "A"), now: now), store: world.store)
        let tree = try #require(report.conditions.first)
        #expect(lines(tree.root) == row.tree)
        #expect(tree.wishes.map { "\($0.text) \($0.way)" } == row.wishes)
    }

    private func lines(_ part: ConditionPart, _ depth: Int = 0) -> [String] {
        [String(repeating: "  ", count: depth) + "\(part.text) \(part.state)"]
            + part.parts.flatMap { lines($0, depth + 1) }
    }
}
