import Almanac
import BellmanModel
import Foundation
import SourceDiagnostics
import Testing

@testable import BellmanRules

@Suite struct SchemaWriterTests {
    static let writer = SchemaWriter(language: Reading.language, channels: ["inbox", "mail", "chat"], words: .en)
    static let rules = SchemaValidator(root: writer.schema(.rule))

    private static func isAccepted(_ text: String) throws -> Bool {
        let (root, problems) = YAMLReader.read(SourceFile(name: "a.yaml", text: text))
        #expect(problems.isEmpty)
        return try rules.accepts(root.map(JSONValue.init) ?? .null)
    }

    /// What a schema can see. The rest, such as a misspelt name in an expression, it must let pass.
    static let structural: Set<String> = [
        "not_a_rule", "wrapper_key", "unknown_key", "missing_key", "wanted_mapping", "wanted_list", "wanted_bool",
        "wanted_number", "wanted_one_of", "wanted_text", "bare_template", "no_trigger", "several_triggers_in_one",
        "stray_trigger_key", "trigger_key_outside", "no_verb", "several_verbs", "unknown_kind", "unknown_channel",
        "bad_identifier", "times_without_every", "exclude_each_other", "empty_value", "torn_at_comma", "not_a_date",
        "unknown_field", "through_reference", "wanted_field_of", "bad_limit", "derived_field", "full_width",
    ]

    /// Every wrong file that can be read as YAML: refused when a schema can see what is wrong.
    @Test(arguments: WrongFileTests.names) func agreesWithTheReader(_ name: String) throws {
        let text = try String(contentsOf: WrongFileTests.folder.appending(path: name), encoding: .utf8)
        let (root, problems) = YAMLReader.read(SourceFile(name: name, text: text))
        guard problems.isEmpty else { return }
        let value = root.map(JSONValue.init) ?? .null
        let codes = Reading.of(text).problems.map(\.fact.code)
        if codes.contains(where: Self.structural.contains) {
            #expect(try !Self.rules.accepts(value), "\(name): \(codes)")
        }
    }

    /// Every text that the reader takes.
    @Test func acceptsEveryGoodFile() throws {
        var count = 0
        for (place, text) in try RepositoryTexts.yaml(FormatterTests.root) {
            let reading = Reading.of(text)
            guard !reading.hasErrors, !reading.rules.isEmpty else { continue }
            count += 1
            #expect(try Self.isAccepted(text), "\(place)")
        }
        #expect(count > 10)
    }

    @Test(arguments: 0..<100) func acceptsRulesMadeAtRandom(_ seed: Int) throws {
        var random = Random(seed: UInt64(seed))
        let rule = RandomRule(&random)
        #expect(try Self.isAccepted(rule.text(&random)))
    }

    @Test(arguments: [
        "id: 007\nwhen: {created: task}\nthen: {notify: {via: inbox, title: 12}}",
        "id: a\ntitle: yes\nat: 9:00\nwhen: {changes: task.priority, to: [1, 2], from: 3}\nthen: [{set: {due: 2026-01-01, note: null}}]",
        "id: a\nwhen: {after: task.due, every: 1 day, times: \"14\"}\nthen: [{wait: P3D, create: {kind: task, fields: {title: 3}}}]",
        "id: a\nwhen: {before: contract.expires_on, by: [contract.notice_period, 3 个工作日, 2 Weeks]}\nif: true\nthen: [{notify: {via: [mail, chat]}}]",
        "id: a\nwhen: {every: working day at 17:30}\nthen: [{notify: {via: mail, to: [\"role('pmo')\"]}}]",
        "", "# nothing\n", "[]",
    ]) func takesWhatEditorsMakeOfScalars(_ text: String) throws { #expect(try Self.isAccepted(text)) }

    @Test(arguments: [
        "id: a", "rules: [{id: a}]", "id: A\nwhen: {created: task}\nthen: [{notify: {via: inbox}}]",
        "id: a\nwhen: {created: task}\nthen: [{notify: {via: inbox}, set: {status: x}}]",
        "id: a\nwhen: {created: tusk}\nthen: [{notify: {via: inbox}}]",
        "id: a\nwhen: []\nthen: [{notify: {via: inbox}}]",
        "id: a\nwhen: {before: task.due}\nthen: [{notify: {via: inbox}}]",
        "id: a\nwhen: {after: task.due, by: 1 day, every: 1 day}\nthen: [{notify: {via: inbox}}]",
        "id: a\nwhen: {created: task}\nthen: [{notify: {via: sms}}]", "id: a\nwhen: {created: task}\nthen: []",
        "id: a\nwhen: {created: task}\nthen: [{create: {kind: task, fields: {nam: x}}}]",
        "id: a\nwhen: {created: task}\nthen: [{wait: 3, notify: {via: inbox}}]",
        "id: a\nwhen: {created: task}\nthen: [{approve: {text: x}}]", "just text",
    ]) func refuses(_ text: String) throws { #expect(try !Self.isAccepted(text)) }

    @Test func ownKindsAndChannelsAreKnown() throws {
        let vehicle = KindDefinition(
            name: "车辆", titleField: "name",
            fields: [.init("name", .string), .init("年检", .date), .init("hint", .derived("1"))], closedWords: [])
        let language = RuleLanguage(schema: Schema(kinds: BuiltInKinds.all + [vehicle]))
        let writer = SchemaWriter(language: language, channels: ["ops", "inbox"], words: .zh)
        let validator = SchemaValidator(root: writer.schema(.rule))
        func accepts(_ text: String) throws -> Bool {
            try validator.accepts(
                YAMLReader.read(SourceFile(name: "a", text: text)).root.map(JSONValue.init) ?? .null)
        }
        #expect(
            try accepts("id: a\nwhen: {before: 车辆.年检, by: 30 天}\nthen: [{notify: {via: ops}}, {set: {年检: 2027-01-01}}]")
        )
        #expect(try !accepts("id: a\nwhen: {before: 车辆.年检, by: 30 天}\nthen: [{notify: {via: mail}}]"))
        #expect(try !accepts("id: a\nwhen: {created: 车辆}\nthen: [{set: {hint: 2}}]"))
        #expect(writer.text(.rule).contains("规则的永久标识"))
    }

    @Test(arguments: [
        "language: zh\nat: 09:00\nquiet_hours: \"21:00-08:00\"\nchannels: {}",
        "channels:\n  chat: {type: dingtalk, url: \"${env:URL}\", secret: \"${file:/a}\", limit: 20 per minute}\n  ops: {type: inbox}",
        "kinds:\n  vehicle: {title: name, fields: {name: string, x: {derived: vehicle.name}}, closed: [a]}\n  task: {fields: {工时: double}}",
    ]) func configurationIsAccepted(_ text: String) throws { #expect(try Self.accepts(text, .config)) }

    @Test(arguments: [
        "langauge: zh", "language: de", "channels: {a: {url: x}}",
        "channels: {a: {type: dingtalk, url: \"https://x\"}}",
        "channels: {a: {type: dingtalk, url: \"${env:A}\", thread: 1}}", "channels: {a: {type: gotify, url: x}}",
        "quiet_hours: {from: \"21:00\"}",
    ]) func configurationIsRefused(_ text: String) throws { #expect(try !Self.accepts(text, .config)) }

    @Test func theContractsTestIsAccepted() throws {
        let text = """
            rules: [contract-renewal]
            clock: 2026-09-01T08:00:00+08:00
            records:
              member: [{id: wang, name: 王芳, email: wang@example.com}]
            events:
              - {at: 2026-10-05T10:00:00+08:00, record: contract/C-12, set: {status: renewed}}
            down: [[2026-10-30T00:00:00+08:00, 2026-11-02T12:00:00+08:00]]
            ends: 2026-12-05
            expect:
              - {at: 2026-10-01T09:00:00+08:00, rule: contract-renewal, record: contract/C-12, to: [wang], contains: 60 天}
              - {rule: a, outcome: superseded}
            nothing_else: true

            """
        #expect(try Self.accepts(text, .test))
        #expect(try !Self.accepts("clock: 2026-09-01T08:00:00+08:00\nexpct: []", .test))
    }

    private static func accepts(_ text: String, _ target: SchemaWriter.Target) throws -> Bool {
        let root = YAMLReader.read(SourceFile(name: "a", text: text)).root
        return try SchemaValidator(root: writer.schema(target)).accepts(root.map(JSONValue.init) ?? .null)
    }
}
