import BellmanModel
import Foundation
import SourceDiagnostics
import Testing

@testable import BellmanRules

/// The reference pages are what the code says, and the key table is what the readers take.
/// With `BELLMAN_RECORD=1` in the environment the pages are written anew.
@Suite struct ReferenceTests {
    static let folder = FormatterTests.root.appending(path: "docs/reference")

    @Test(arguments: [false, true]) func pagesAreUpToDate(_ isChinese: Bool) throws {
        let pages = ReferencePages(isChinese: isChinese)
        let end = isChinese ? ".zh-CN.md" : ".md"
        for (name, text) in [
            ("rules", pages.rules(wrong: try examples())), ("functions", pages.functions()), ("kinds", pages.kinds()),
        ] {
            let url = Self.folder.appending(path: name + end)
            if ProcessInfo.processInfo.environment["BELLMAN_RECORD"] == "1" {
                try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
                try text.write(to: url, atomically: true, encoding: .utf8)
            }
            let found = try? String(contentsOf: url, encoding: .utf8)
            #expect(found == text, "\(name)\(end) is old: BELLMAN_RECORD=1 swift test --filter ReferenceTests")
        }
    }

    private func examples() throws -> [ReferencePages.WrongExample] {
        try WrongFileTests.names.flatMap { name in
            let text = try String(contentsOf: WrongFileTests.folder.appending(path: name), encoding: .utf8)
            return Reading.of(text, name: name).problems.map { problem in
                ReferencePages.WrongExample(
                    code: problem.fact.code, severity: problem.severity,
                    english: (problem.fact.message(.en), problem.fact.help(.en)),
                    chinese: (problem.fact.message(.zh), problem.fact.help(.zh)))
            }
        }
    }

    /// A word that stands in no table, so that every other is told from it.
    private static let allWords = Set(KeyOwner.allCases.flatMap { KeyTable.keys(of: $0).map(\.name) } + ["nonsense"])

    /// Wraps one more key into a place of a rule.
    private static func rule(with key: String, in owner: KeyOwner) -> String {
        let line = "\(key): x"
        switch owner {
        case .rule: return "id: a\nwhen: {created: task}\nthen: [{notify: {via: inbox}}]\n\(line)\n"
        case .step: return "id: a\nwhen: {created: task}\nthen: [{notify: {via: inbox}, \(line)}]\n"
        case .notify: return "id: a\nwhen: {created: task}\nthen: [{notify: {via: inbox, \(line)}}]\n"
        case .link:
            return
                "id: a\nwhen: {created: task}\nthen: [{notify: {via: inbox, links: [{label: a, url: b, \(line)}]}}]\n"
        case .create:
            return "id: a\nwhen: {created: task}\nthen: [{create: {kind: task, fields: {title: x}, \(line)}}]\n"
        default: return "id: a\nwhen: {\(line)}\nthen: [{notify: {via: inbox}}]\n"
        }
    }

    /// Each word of all tables in each place: refused as unknown exactly where the table does not have it.
    @Test(arguments: [KeyOwner.rule, .trigger, .step, .notify, .link, .create]) func tableIsWhatTheReadersTake(
        _ owner: KeyOwner
    ) {
        let known = Set(KeyTable.keys(of: owner).map(\.name))
        for word in Self.allWords.sorted() {
            let problems = Reading.of(Self.rule(with: word, in: owner)).problems
            let isRefused = problems.contains { problem in
                ["unknown_key", "trigger_key_outside", "rule_key_inside"].contains(problem.fact.code)
                    && problem.file.text(of: problem.range) == word
            }
            #expect(isRefused == !known.contains(word), "\(word) in \(owner)")
        }
    }

    @Test func triggersAreThoseOfTheReader() {
        #expect(KeyTable.triggers.map(\.key.name) == TriggerReader.forms)
        for form in KeyTable.triggers {
            #expect(
                Set(form.companions.map(\.name)) == Set(TriggerReader.companions[form.key.name] ?? []),
                "\(form.key.name)")
        }
        #expect(Set(KeyTable.rule.map(\.name)) == Set(RuleReader.keys))
        #expect(Set(KeyTable.step.map(\.name)) == Set(StepReader.verbs + ["wait", "if", "unless"]))
        #expect(KeyTable.notify.map(\.name) == StepReader.notifyKeys)
        #expect(KeyTable.approve.map(\.name) == StepReader.approveKeys)
        #expect(KeyTable.invite.map(\.name) == StepReader.inviteKeys)
        #expect(KeyTable.call.map(\.name) == StepReader.callKeys)
    }

    /// Every example is one: the reader takes it, or says that it is not in this version.
    @Test func examplesAreTaken() {
        for form in KeyTable.triggers {
            // A companion that must be there comes along; `every` beside `after` makes `by` needless.
            let needed = form.companions.filter { $0.presence == .required || $0.name == "by" }
            for companion in [nil] + form.companions.map(Optional.some) {
                var parts = ["\(form.key.name): \(form.key.example)"]
                if let companion { parts.append("\(companion.name): \(companion.example)") }
                if companion?.name == "times" { parts.append("every: 1 day") }
                if companion?.name != "every", companion?.name != "times" {
                    parts += needed.filter { $0.name != companion?.name }.map { "\($0.name): \($0.example)" }
                }
                taken(
                    "id: a\nwhen: {\(parts.joined(separator: ", "))}\nthen: [{notify: {via: inbox}}]\n",
                    form.key.presence)
            }
        }
        for entry in KeyTable.rule where !["id", "when", "then"].contains(entry.name) {
            let kind = entry.example.contains("contract") ? "contract" : "task"
            var head = "id: a\nwhen: {changes: \(kind)}\n"
            // These go with others only.
            if ["select", "where", "group"].contains(entry.name) { head = "id: a\nwhen: {every: friday at 15:00}\n" }
            if ["where", "group"].contains(entry.name) { head += "select: task\n" }
            if entry.name == "until" { head += "repeat: {every: 1 day, times: 3}\n" }
            taken("\(head)then: [{notify: {via: inbox}}]\n\(entry.name): \(entry.example)\n", entry.presence)
        }
        for entry in KeyTable.notify where entry.name != "via" {
            taken(
                "id: a\nwhen: {before: task.due, by: 1 day}\nthen: [{notify: {via: inbox, \(entry.name): \(entry.example)}}]\n",
                entry.presence)
        }
        for entry in KeyTable.step {
            let verb = ["wait", "if", "unless"].contains(entry.name) ? ", notify: {via: inbox}" : ""
            let kind = entry.example.contains("contract") ? "contract" : "task"
            taken("id: a\nwhen: {changes: \(kind)}\nthen: [{\(entry.name): \(entry.example)\(verb)}]\n", entry.presence)
        }
        for (verb, keys, kind) in [
            ("approve", KeyTable.approve, "contract"), ("invite", KeyTable.invite, "meeting"),
            ("call", KeyTable.call, "contract"), ("escalate", KeyTable.escalate, "contract"),
        ] {
            let body = keys.map { "\($0.name): \($0.example)" }.joined(separator: ", ")
                .replacingOccurrences(of: "choices: [同意, 退回], ", with: "")
            let step = verb == "escalate" ? "approve: {by: contract.owner, escalate: {\(body)}}" : "\(verb): {\(body)}"
            taken("id: a\nwhen: {changes: \(kind)}\nthen: [{\(step)}]\n", .optional)
        }
    }

    private func taken(_ text: String, _ presence: KeyPresence) {
        let problems = Reading.of(text).problems
        if presence == .coming {
            #expect(problems.map(\.fact.code) == ["not_available"], "\(text)")
        } else {
            // The example of a schedule has its own time; one of `at` beside it is then told as unused.
            let wrong = problems.filter { !["not_available", "unused_time"].contains($0.fact.code) }
            #expect(wrong.isEmpty, "\(TextRenderer(language: .en).render(wrong))\(text)")
        }
    }

    /// The rules that the guides show are accepted as they stand, and have the style.
    @Test(arguments: ["docs/rules.md", "docs/rules.zh-CN.md"]) func guidesShowGoodRules(_ page: String) throws {
        let text = try String(contentsOf: FormatterTests.root.appending(path: page), encoding: .utf8)
        let blocks = RepositoryTexts.blocks(text)
        #expect(blocks.count >= 2)
        for block in blocks {
            let reading = Reading.of(block)
            #expect(reading.problems.isEmpty && !reading.rules.isEmpty, "\(block)")
            let outcome = RuleFormatter.format(SourceFile(name: page, text: block))
            guard case .formatted(let bytes) = outcome else {
                Issue.record("left alone: \(block)")
                continue
            }
            #expect(String(decoding: bytes, as: UTF8.self) == block)
        }
    }

    /// Every name that some rule has is explained.
    @Test func namesAreExplained() {
        let explained = Set(ScopeNames.all.map(\.name))
        for isEdge in [false, true] {
            for isMoment in [false, true] {
                var shape = RuleScopeShape(kind: nil)
                shape.isEdge = isEdge
                shape.isMoment = isMoment
                #expect(Set(shape.variables.keys).subtracting(explained) == [])
            }
        }
        let heads = Set(explained.map { $0.split(separator: ".").first.map(String.init) ?? $0 })
        #expect(heads == RuleLanguage.reservedNames)
    }
}
