import Almanac
import BellmanModel
import CEL
import Foundation
import SourceDiagnostics
import Testing

@testable import BellmanRules

/// A handful of records at a fixed instant: what the examples of the function table are evaluated against.
///
/// Today is Friday 2026-11-20, 10:00 in Shanghai. Wang Fang has the task T-1, Login, due on 2026-11-30 in a project with
/// two more tasks, and two contracts.
final class Desk: RecordSource {
    static let now = Instant(seconds: 1_795_140_000)
    private let records: [RecordRef: Record]

    init() {
        var records: [RecordRef: Record] = [:]
        func add(_ kind: String, _ id: String, _ fields: [String: FieldValue]) {
            let ref = RecordRef(kind: kind, id: id)
            records[ref] = Record(ref: ref, fields: fields, createdAt: Desk.now, updatedAt: Desk.now, version: 1)
        }
        func date(_ text: String) -> FieldValue { CivilDate(iso: text).map(FieldValue.date) ?? .null }
        func money(_ value: Double) -> FieldValue { Amount(value).map(FieldValue.money) ?? .null }
        add(
            "member", "wang",
            ["name": .string("Wang Fang"), "email": .string("wang@example.com"), "role": .string("finance-director")])
        add("member", "li", ["name": .string("Li Na"), "role": .string("finance-director")])
        add("project", "P-1", ["name": .string("Website")])
        let project = FieldValue.reference("P-1")
        add(
            "task", "T-1",
            [
                "title": .string("Login"), "status": .string("doing"), "due": date("2026-11-30"), "project": project,
                "progress": .double(0.3), "priority": .int(1), "assignee": .reference("wang"),
            ])
        add(
            "task", "T-2",
            [
                "title": .string("Docs"), "status": .string("todo"), "due": date("2026-12-04"), "project": project,
                "progress": .double(0.8), "priority": .int(3),
            ])
        add("task", "T-3", ["title": .string("Release"), "status": .string("todo"), "project": project])
        add("contract", "C-1", ["name": .string("Cloud"), "owner": .reference("wang"), "amount": money(50_000)])
        add("contract", "C-2", ["name": .string("Mail"), "owner": .reference("wang"), "amount": money(1_200.5)])
        add(
            "contract", "C-3",
            [
                "name": .string("[x](http://evil) **b** | c"), "owner": .reference("li"), "amount": money(10),
                "currency": .string("USD"),
            ])
        add("contract", "C-4", ["name": .string("Two\nlines"), "owner": .reference("li"), "amount": money(20)])
        for (id, department, reserve) in [("B-1", "R&D", 60_000.0), ("B-2", "R&D", 5_000), ("B-3", "Sales", 1)] {
            add(
                "budget", id,
                ["department": .string(department), "period": .string("2026-Q4"), "reserve": money(reserve)])
        }
        self.records = records
    }

    func record(_ ref: RecordRef) -> Record? { records[ref] }
    func resolve(_ text: String, kind: String) -> String? {
        records.values.filter { $0.ref.kind == kind }.first {
            $0.ref.id == text || $0["email"] == .string(text) || $0["name"] == .string(text)
        }?.ref.id
    }
    func referrers(kind: String, field: String, target: RecordRef) -> [String] {
        records.values.filter { $0.ref.kind == kind && $0[field] == .reference(target.id) }.map(\.ref.id).sorted()
    }
    func identifiers(kind: String, limit: Int) -> [String] {
        Array(records.keys.filter { $0.kind == kind }.map(\.id).sorted().prefix(limit))
    }
    func members(role: String) -> [String] {
        records.values.filter { $0.ref.kind == "member" && $0["role"] == .string(role) }.map(\.ref.id).sorted()
    }

    /// What an expression gives, as a message shows it; a failure or problem in its English words.
    static func value(_ text: String, _ language: AlmanacLanguage = .en) -> String {
        switch parts(text, language) {
        case .success(let parts):
            return parts.map(\.words).joined()
        case .failure(let problem): return problem.words
        }
    }

    struct Trouble: Error { let words: String }

    static func parts(_ text: String, _ language: AlmanacLanguage = .en) -> Result<[TextPart], Trouble> {
        let desk = Desk()
        let reader = Reading.reader
        var shape = RuleScopeShape(kind: "task")
        shape.isMoment = true
        let environment = reader.language.environment(shape)
        let compilation = environment.compile(text)
        guard let program = compilation.program else {
            return .failure(
                Trouble(words: compilation.problems.map { $0.problem.message(.en) }.joined(separator: "; ")))
        }
        let world = RecordWorld(
            schema: reader.language.schema, source: desk, timing: reader.defaults.timing,
            presentation: Presentation(language: language, currency: "CNY"), now: now,
            derivations: reader.language.derivations)
        var names = CELActivation(environment)
        if let task = desk.record(RecordRef(kind: "task", id: "T-1")) {
            names.set("task", .object(RecordObject(task, world)))
        }
        names.set("now", now.celTimestamp.map(CELValue.timestamp))
        names.set("today", .opaque(DateValue(world.today)))
        switch program.evaluate(names, context: world) {
        case .success(let value): return .success(ValueText(world).parts(value))
        case .failure(let failure): return .failure(Trouble(words: failure.message(.en)))
        }
    }
}

@Suite struct FunctionTests {
    static let examples: [(expression: String, english: String, chinese: String)] = FunctionTable.all.flatMap {
        $0.examples.map { ($0.expression, $0.english, $0.chinese) }
    }

    @Test(arguments: examples) func exampleHolds(_ expression: String, _ english: String, _ chinese: String) {
        #expect(Desk.value(expression, .en) == english)
        #expect(Desk.value(expression, .zh) == chinese)
    }

    @Test func everyFunctionIsDocumentedOnce() {
        for function in FunctionTable.all {
            #expect(!function.examples.isEmpty && !function.english.isEmpty && !function.chinese.isEmpty)
            #expect(function.overloads.allSatisfy { $0.name == function.name }, "\(function.form)")
        }
        let overloads = FunctionTable.library.functions.map(\.overload)
        #expect(Set(overloads).count == overloads.count)
        #expect(Set(FunctionTable.all.map(\.form)).count == FunctionTable.all.count)
    }

    @Test(arguments: [
        ("sum([])", "0"), ("avg([])", "(not set)"), ("min([3, 1, 2])", "1"), ("max([1, 2.5])", "2.5"),
        ("avg([1, 2])", "1.5"), ("sum([1, 2.5, 3])", "6.5"),
        ("[duration(\"1h\"), duration(\"30m\")].sum()", "90 minutes"),
        ("max([duration(\"1h\"), duration(\"240h\")])", "10 days"),
        ("avg([duration(\"1h\"), duration(\"2h\")])", "90 minutes"),
        ("min([task.due, today])", "2026-11-20"), ("max([now, task.due])", "2026-11-30"),
        ("sum([9223372036854775807, 1])", "int overflow"),
        ("sum(member(\"li\").contracts.map(c, c.amount))", "USD and CNY cannot be compared or added"),
        ("max(member(\"li\").contracts.map(c, c.amount))", "USD and CNY cannot be compared or added"),
        ("sum(member(\"li\").contracts.filter(c, false).map(c, c.amount))", "0 CNY"),
        ("sum(member(\"li\").contracts.filter(c, false).map(c, c.amount)) < 5", "yes"),
        ("sum(task.project.tasks.map(t, t.title))", "sum does not take (list(string))"),
        ("count(task.project.tasks.filter(t, t.open))", "3"), ("task.project.tasks.count()", "3"),
        ("sum(task.project.tasks.map(t, t.progress)) > 1.0", "yes"),
    ]) func sums(_ expression: String, _ expected: String) { #expect(Desk.value(expression) == expected) }

    @Test(arguments: [
        ("percent(0)", "0%"), ("percent(0.005)", "0.5%"), ("percent(-0.25)", "-25%"), ("percent(1)", "100%"),
        ("percent(1.0/0.0)", "inf%"), ("percent(1e300)", "1e+302%"), ("percent(0.99999)", "100%"),
        ("percent(-0.00001)", "0%"),
        ("money(0)", "0 CNY"), ("money(-1234.5)", "-1,234.50 CNY"), ("money(0.005, \"USD\")", "0.01 USD"),
        ("money(1e300)", "1e+300 CNY"), ("money(999.999)", "1,000 CNY"),
        ("money(9223372036854775807)", "9.223372036854776e+18 CNY"),
        ("money(member(\"li\").contracts[0].amount)", "10 USD"),
        ("money(member(\"li\").contracts[0].amount, member(\"li\").contracts[0].currency)", "10 USD"),
        ("money(member(\"li\").contracts[1].amount, member(\"li\").contracts[1].currency)", "20 CNY"),
        ("money(member(\"li\").contracts[0].amount, \"EUR\")", "USD and EUR cannot be compared or added"),
        ("money(member(\"li\").contracts[0].amount, \"美元\")", "10 美元"),
        (
            "member(\"li\").contracts[0].amount < member(\"li\").contracts[1].amount",
            "USD and CNY cannot be compared or added"
        ),
        ("default(task.note, \"–\")", "–"), ("\"a\" + \"\"", "a"), ("task.open ? \"\" : \"x\"", ""),
        ("default(task.assignee, task.parent.assignee).name", "Wang Fang"),
        ("default(task.parent.assignee, task.assignee).name", "Wang Fang"),
        ("default(task.parent.assignee, task.parent.creator).name", "task.parent is empty"),
        ("default(task.priority, 1 / 0)", "1"), ("default(1 / 0, 2)", "division by zero"),
        ("reserve(\"Sales\", \"2026-Q3\")", "(not set)"), ("reserve(\"R&D\", \"2026-Q4\") < 65000", "no"),
        ("{\"a\": 1}", "a: 1"),
        ("now - timestamp(\"2026-11-18T01:00:00Z\")", "2 days 1 hour"),
    ]) func texts(_ expression: String, _ expected: String) { #expect(Desk.value(expression) == expected) }

    /// An empty number or amount is empty, as an empty date is.
    @Test(arguments: [
        "contract.seats", "contract.usage", "contract.last_amount", "contract.starts_on", "contract.vendor",
    ])
    func emptyIsNull(_ field: String) {
        let path = "member(\"li\").contracts[0]" + field.dropFirst("contract".count)
        for (expression, expected) in [
            ("\(path) == null", "yes"), ("\(path) != null", "no"), ("null == \(path)", "yes"),
            ("member(\"li\").contracts[0].amount == null", "no"), ("member(\"li\").contracts[0].amount != null", "yes"),
        ] { #expect(Desk.value(expression) == expected, "\(expression)") }
    }

    @Test(arguments: [
        ("task.due.format(\"yyyy-MM-dd\")", "2026-11-30"), ("task.due.format(\"d 'of' MMM\")", "30 of Nov"),
        ("task.due.format(\"n\")", "a date pattern has no field n"),
        ("task.due.format(\"Jan d\")", "a date pattern has no field J, n"),
        ("task.due.format(\"YYYY-MM-DD\")", "Y in a date pattern is the year of the week numbers"),
        ("task.due.format(\"d.MM.YY\")", "Y in a date pattern is the year of the week numbers"),
        ("task.due.format(\"yyyy-mm-dd\")", "m in a date pattern is the minutes of an hour"),
        ("task.due.format(\"yyyy年MM月DD日\")", "D in a date pattern is the day of the year"),
        ("task.due.format(\"\" + \"n\")", "a date pattern has no field n"),
        ("task.due.plus(\"3 dayz\")", "“3 dayz”: there is no unit “dayz”; write “3 days”"),
        ("task.due.plus(\"P1M\")", "2026-12-30"),
    ]) func dates(_ expression: String, _ expected: String) { #expect(Desk.value(expression) == expected) }

    @Test(arguments: [
        ("table(task.project.tasks, [\"titel\"])", "task has no field titel"),
        ("table(task.project.tasks, [\"title\", \"project.nam\"])", "project has no field nam"),
        ("table(task.project.tasks, [\"title.x\"])", "a value of type string has no fields, so no title.x"),
        ("table(task.project.tasks, [])", "table wants at least one field"),
        ("table([1, 2], [\"title\"])", "table wants a list of records, this is list(int)"),
        ("table(task.project.tasks, [\"a\" + \"b\"])", "no such field: ab"),
        ("bar_chart(task.project.tasks, \"title\", \"status\")", "task.status is string; a bar needs a number"),
        ("bar_chart(task.project.tasks, \"titel\", \"progress\")", "task has no field titel"),
        ("table(task.project.tasks.filter(t, false), [\"title\"])", "(no records)"),
        (
            "table([task], [\"title\", \"assignee.name\", \"assignee.email\"])",
            "- **Login** · assignee: Wang Fang · assignee email: wang@example.com"
        ),
        ("table(task.project.tasks, [\"title\", \"project.name\"])[0]", "cannot index report with int"),
        ("bar_chart({\"a\": 0, \"b\": -1})", "- a 0\n- b -1"),
        ("bar_chart({\"a\": 1000, \"b\": 1})", "- a ██████████ 1000\n- b █ 1"),
        (
            "bar_chart(task.assignee.contracts, \"name\", \"amount\")",
            "- Cloud ██████████ 50,000 CNY\n- Mail █ 1,200.50 CNY"
        ),
    ]) func reports(_ expression: String, _ expected: String) { #expect(Desk.value(expression) == expected) }

    /// Whatever a record holds stays a value: no mark of its own, no line of its own.
    @Test func recordsNeverBecomeMarks() throws {
        for expression in [
            "table(member(\"li\").contracts, [\"name\", \"amount\"])",
            "bar_chart(member(\"li\").contracts, \"name\", \"amount\")",
        ] {
            let parts = try Desk.parts(expression).get().plain
            for part in parts {
                switch part {
                case .report: Issue.record("a report inside a report")
                case .authored(let text):
                    #expect(!text.contains("evil") && !text.contains("Two") && !text.contains("|"))
                case .value(let text): #expect(!text.contains("\n"))
                }
            }
            #expect(parts.contains(.value("[x](http://evil) **b** | c")))
            #expect(parts.contains(.value("Two lines")))
        }
    }

    @Test func aWrongFieldIsToldAtItsPlace() throws {
        let text =
            "id: a\nwhen: {changes: project}\nthen:\n  - notify: {via: inbox, text: '{{ table(project.tasks, [\"title\", \"duee\"]) }}'}\n"
        let problem = try #require(Reading.of(text).problems.first)
        #expect(problem.fact.code == "undefined_field")
        #expect(problem.file.text(of: problem.range) == "\"duee\"")
        #expect(problem.fact.help(.en) == "did you mean due?")
        #expect(problem.fact.help(.zh)?.contains("due") == true)
    }

    @Test func longReportsAreCounted() throws {
        let list = "[" + (0..<150).map { "\"w\($0)\"" }.joined(separator: ",") + "]"
        let text = Desk.value("bar_chart(\(list))")
        #expect(text.split(separator: "\n").count == 101)
        #expect(text.hasSuffix("- … 50 more"))
    }
}
