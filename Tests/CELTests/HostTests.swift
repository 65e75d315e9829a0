import SourceDiagnostics
import Testing

@testable import CEL

/// Records and a date type as a host would declare them.
final class Record: CELObject {
    let typeName: String
    let fields: [String: CELValue]

    init(_ typeName: String, _ fields: [String: CELValue]) { (self.typeName, self.fields) = (typeName, fields) }
    func member(_ name: String) -> CELValue? { fields[name] }
}

final class Day: CELOpaque {
    static let type = CELType.opaque("date", [])
    let number: Int64

    init(_ number: Int64) { self.number = number }
    var typeName: String { "date" }
    var text: String { "day \(number)" }
    func isEqual(_ other: any CELOpaque) -> Bool { (other as? Day)?.number == number }
    func compare(_ other: any CELOpaque) -> Int? {
        (other as? Day).map { number < $0.number ? -1 : (number == $0.number ? 0 : 1) }
    }
}

struct Kinds: CELTypeProvider {
    static let fields: [String: [String: CELType]] = [
        "task": [
            "title": .string, "due": .nullable(.timestamp), "day": .nullable(Day.type), "status": .nullable(.string),
            "project": .nullable(.object("project")), "closed": .bool,
        ],
        "project": ["name": .string, "manager": .nullable(.object("member")), "tasks": .list(.object("task"))],
        "member": ["email": .nullable(.string)],
        "合同": ["到期日": .nullable(.timestamp), "金额": .nullable(.double)],
    ]

    func fieldType(object: String, field: String) -> CELType? { Self.fields[object]?[field] }
    func fieldNames(object: String) -> [String] { (Self.fields[object] ?? [:]).keys.sorted() }
}

@Suite struct HostTests {
    static let host = CELLibrary(
        name: "host",
        functions: [
            CELFunction("_<_", parameters: [Day.type, Day.type], result: .bool) { v, _ in
                .bool(((v[0].opaqueValue as? Day)?.number ?? 0) < ((v[1].opaqueValue as? Day)?.number ?? 0))
            },
            CELFunction("_<_", parameters: [.timestamp, Day.type], result: .bool) { v, _ in
                guard case .timestamp(let instant) = v[0] else { return .null }
                return .bool(instant.seconds < ((v[1].opaqueValue as? Day)?.number ?? 0) * 86_400)
            },
            CELFunction("default", parameters: [.nullable(.param("T")), .param("T")], result: .param("T")) { v, _ in
                v[0].isNull ? v[1] : v[0]
            },
            CELFunction("shout", parameters: [.string], result: .string) { v, _ in
                .string((v[0].stringValue ?? "").uppercased())
            },
        ])

    static let environment = TestEnvironment.make(
        variables: [
            "task": .object("task"), "合同": .object("合同"), "now": .timestamp, "today": Day.type, "rule.id": .string,
            "old": .nullable(.object("task")),
        ], types: Kinds(), adding: [host])

    static func task(_ more: [String: CELValue] = [:]) -> CELValue {
        let empty: [String: CELValue] = [
            "title": .string("x"), "due": .null, "day": .null, "status": .null, "project": .null,
            "closed": .bool(false),
        ]
        return .object(Record("task", empty.merging(more) { $1 }))
    }

    static func instant(_ text: String) -> CELValue {
        (try? CELTimestamp.parse(text).get()).map(CELValue.timestamp) ?? .null
    }

    static func answer(_ text: String) -> String {
        let project = CELValue.object(
            Record(
                "project",
                ["name": .string("P"), "manager": .null, "tasks": .list([task(["title": .string("inner")])])]))
        return TestEnvironment.answer(
            text, environment,
            [
                "task": task(["project": project, "day": .opaque(Day(10))]), "now": instant("2026-01-01T00:00:00Z"),
                "today": .opaque(Day(12)),
                "rule.id": .string("r1"), "old": .null,
                "合同": .object(Record("合同", ["到期日": instant("2025-01-01T00:00:00Z"), "金额": .null])),
            ])
    }

    @Test(arguments: [
        ("task.due < now", "error: task.due is empty"), ("!(task.due < now)", "error: task.due is empty"),
        ("task.due < now || true", "true"),
        ("task.due < now && false", "false"), ("task.due == null", "true"),
        ("task.due != null && task.due < now", "false"),
        ("now - task.due > duration(\"1h\")", "error: task.due is empty"),
        ("old.title == \"x\"", "error: old is empty"),
        ("task.project.manager.email == \"a\"", "error: task.project.manager is empty"),
        ("task.project.manager == null", "true"),
        ("task.project.tasks.map(t, t.title)", "[\"inner\"]"),
        ("task.project.tasks.exists(t, t.due < now)", "error: t.due is empty"),
        ("task.project.tasks.all(t, t.due < now || t.title == \"inner\")", "true"),
        ("shout(task.status)", "error: task.status is empty"),
        ("default(task.status, \"none\")", "\"none\""), ("default(task.title, \"none\")", "\"x\""),
        ("task.day < today", "true"), ("now < today", "false"),
        ("task.status.size() > 1", "error: task.status is empty"),
        ("task.status.matches(\"a\")", "error: task.status is empty"),
        ("has(task.due)", "false"), ("has(task.title)", "true"), ("rule.id", "\"r1\""), ("合同.到期日 < now", "true"),
        ("合同.金额 > 1.0", "error: 合同.金额 is empty"),
        ("task.?status.orValue(\"n\")", "\"n\""), ("task.status in [\"a\"]", "false"),
        ("task.status == \"open\"", "false"), ("task.status + \"x\"", "error: task.status is empty"),
        ("task == task", "true"), ("task.status != \"open\"", "true"),
    ])
    func emptyValues(_ expression: String, _ expected: String) { #expect(Self.answer(expression) == expected) }

    @Test(
        arguments: [
            ("null < 1", "cannot compare null with int", "only fields that may be empty compare with null"),
            ("task.statu == \"a\"", "task has no field statu", "did you mean status?"),
            ("taks.title == \"a\"", "unknown name taks", "did you mean task?"),
            ("合同.到日期 == null", "合同 has no field 到日期", "did you mean 到期日?"),
            (
                "now < \"2020-01-01\"", "cannot compare timestamp with string",
                "a point in time needs a time of day and a zone: timestamp(\"2020-01-01T00:00:00Z\")"
                    + "; Z is UTC, write +08:00 in its place for Beijing time"
            ),
            ("task.title.startWith(\"a\")", "string has no function startWith", "did you mean startsWith?"),
            ("task.title == “x”", "typographic quotes around a text", "write \"x\""),
            ("task.title = \"x\"", "unknown operator =", "write =="),
            (
                "has(task[\"due\"])", "has() takes a field, as in has(task.due)",
                "write has(task.due)"
            ),
            ("task.closed and true", "unknown operator and", "write &&"),
            ("task.title，1", "full-width ， instead of ,", "write ,"),
            (
                "timestamp(\"2020-01-01\") < now", "timestamp(\"2020-01-01\") can never succeed",
                "a point in time needs a time of day and a zone: timestamp(\"2020-01-01T00:00:00Z\")"
                    + "; Z is UTC, write +08:00 in its place for Beijing time"
            ),
            (
                "task.title.matches(\"(\")", "invalid regular expression: missing closing ): `(`",
                "close it, or write \\\\ before it for the sign itself"
            ),
        ] as [(String, String, String?)])
    func problemsAreKind(_ expression: String, _ message: String, _ help: String?) {
        let problems = Self.environment.compile(expression).problems
        #expect(problems.first?.problem.message(.en) == message)
        #expect(problems.first?.problem.help(.en) == help)
        #expect(problems.allSatisfy { !$0.problem.message(.zh).isEmpty })
    }

    @Test func everyProblemIsReported() {
        let problems = Self.environment.compile("taks.title == 1 && task.statu == \"a\" && foo(1)").problems
        #expect(problems.map(\.problem.code) == ["undeclared_name", "undefined_field", "undeclared_function"])
    }

    @Test func readsAndComparisonsAreKept() throws {
        let program = try #require(
            Self.environment.compile("task.status in [\"a\", \"b\"] || task.title == \"c\"").program)
        #expect(
            program.constantComparisons.map { "\($0.object).\($0.field) \($0.literal.text)" } == [
                "task.status \"a\"", "task.status \"b\"", "task.title \"c\"",
            ])
        #expect(program.reads.contains(.field(object: "task", field: "status", range: SourceRange(0, 11))))
        #expect(program.reads.contains(.variable(name: "task", range: SourceRange(0, 4))))
    }

    @Test func explanationsKeepSubresults() throws {
        let program = try #require(Self.environment.compile("task.title == \"y\" || task.due < now").program)
        var activation = CELActivation(Self.environment)
        activation.set("task", Self.task())
        activation.set("now", Self.instant("2026-01-01T00:00:00Z"))
        let explanation = program.explain(activation, context: CELContext())
        let failed = explanation.steps.filter { if case .failure = $0.result { true } else { false } }
        #expect(failed.first?.range == SourceRange(21, 35))
        #expect(
            explanation.steps.contains { $0.range == SourceRange(0, 17) && (try? $0.result.get().boolValue) == false })
    }

    @Test func valuesStaySmall() { #expect(MemoryLayout<CELValue>.size <= 24) }
}
