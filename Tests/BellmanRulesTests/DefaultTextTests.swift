import Almanac
import BellmanModel
import CEL
import Foundation
import SourceDiagnostics
import Testing

@testable import BellmanRules

/// What notices say that no rule has words for, in both languages: `DefaultTexts/NAME.txt`.
///
/// They name the record, the date, the days left and who must act. With `BELLMAN_RECORD=1` the files are written anew.
@Suite struct DefaultTextTests {
    struct Story: Sendable, CustomTestStringConvertible {
        let name: String
        let rule: String
        var record: String?
        /// Changes the facts of the ringing.
        var facts: @Sendable (inout FiringFacts, Desk) -> Void = { _, _ in }
        var testDescription: String { name }
    }

    static let stories: [Story] = [
        Story(
            name: "before", rule: "when: {before: task.due, by: 10 days}", record: "task/T-1",
            facts: dated("due", 10)),
        Story(
            name: "today", rule: "when: {before: task.due, by: 0 days}", record: "task/T-1", facts: dated("due", 0)),
        Story(
            name: "passed", rule: "when: {after: task.due, by: 3 days}", record: "task/T-1", facts: dated("due", -3)),
        Story(
            name: "late", rule: "when: {before: task.due, by: 3 days}", record: "task/T-1",
            facts: { facts, desk in
                dated("due", 1)(&facts, desk)
                facts.late = true
                facts.scheduledAt = Desk.now.adding(seconds: -2 * 86_400)
            }),
        Story(
            name: "changed", rule: "when: {changes: task.status}", record: "task/T-1",
            facts: { facts, _ in
                facts.old = facts.record
                facts.old?.fields["status"] = .string("todo")
                facts.changedBy = "li"
            }),
        Story(
            name: "created", rule: "when: {created: task}", record: "task/T-1",
            facts: { facts, _ in facts.changedBy = "import tasks.csv (root)" }),
        Story(name: "level", rule: "when: {while: contract.amount > 100}", record: "contract/C-1"),
        Story(name: "hostile", rule: "when: {while: contract.amount > 1}", record: "contract/C-3"),
        Story(name: "schedule", rule: "when: {every: friday at 15:00}"),
        Story(
            name: "gathered", rule: "when: {every: friday at 15:00}\nselect: task\ngroup: task.assignee",
            facts: { facts, desk in
                facts.records = ["T-1", "T-2", "T-3"].compactMap { desk.record(RecordRef(kind: "task", id: $0)) }
                facts.group = .record(RecordRef(kind: "member", id: "wang"))
            }),
        Story(
            name: "gathered-many", rule: "when: {every: friday at 15:00}\nselect: contract\ngroup: contract.vendor",
            facts: { facts, desk in
                let one = desk.record(RecordRef(kind: "contract", id: "C-1"))
                facts.records = Array(repeating: one, count: DefaultTexts.listed + 7).compactMap { $0 }
                facts.group = .value(.string("云厂商"), text: "云厂商")
            }),
        Story(
            name: "broken",
            rule: "when: {created: task}\nif: 'true'\ntext: '{{ 1 / (task.priority - 1) }}'", record: "task/T-1"),
    ]

    private static func dated(_ field: String, _ days: Int) -> @Sendable (inout FiringFacts, Desk) -> Void {
        { facts, _ in
            let date = (CivilDate(iso: "2026-11-20") ?? .epoch).adding(days: days)
            facts.record?.fields[field] = .date(date)
            facts.anchor = .date(date)
            facts.field = field
            facts.daysLeft = days
            facts.offset = Period(days: -days)
        }
    }

    private func rendered(_ story: Story, _ language: AlmanacLanguage) throws -> String {
        let template = story.rule.contains("text:")
        let body = story.rule.components(separatedBy: "\n").filter { !$0.hasPrefix("text:") }.joined(separator: "\n")
        let own = template ? ", " + (story.rule.components(separatedBy: "\n").last ?? "") : ""
        let reading = Reading.of(
            "id: r\ntitle: 该办的事 / Something to do\n\(body)\n"
                + "then: [{notify: {via: mail, to: 'member(\"wang\")'\(own)}}]")
        let rule = try #require(reading.rules.first, "\(reading.problems.map { $0.fact.message(.en) })")
        let desk = Desk()
        let record = story.record.flatMap(RecordRef.init).flatMap(desk.record)
        var facts = FiringFacts(record: record, scheduledAt: Desk.now)
        story.facts(&facts, desk)
        let evaluator = RuleEvaluator(
            rule: rule, source: desk, now: Desk.now, presentation: Presentation(language: language, currency: "CNY"))
        guard case .notify(let action) = rule.steps[0].action else { return "" }
        let message = evaluator.message(action, facts)
        let text = message.text.map(\.words).joined()
        return "# \(language == .zh ? "zh" : "en")\n\(message.title)\n\n\(text)\n"
    }

    @Test(arguments: stories) func saysWhatIsToBeDone(_ story: Story) throws {
        let found = try rendered(story, .zh) + "\n" + rendered(story, .en)
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "DefaultTexts")
        let file = folder.appending(path: "\(story.name).txt")
        if ProcessInfo.processInfo.environment["BELLMAN_RECORD"] == "1" {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try found.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(found == (try? String(contentsOf: file, encoding: .utf8)))
    }

    @Test(arguments: [
        ("任务过期 / Task overdue", "任务过期", "Task overdue"), ("Task overdue / 任务过期", "任务过期", "Task overdue"),
        ("A / B", "A / B", "A / B"), ("甲 / 乙", "甲 / 乙", "甲 / 乙"), ("任务/Task", "任务/Task", "任务/Task"),
        ("a / b / 丙", "a / b / 丙", "a / b / 丙"), (" / 丙", " / 丙", " / 丙"), ("合同", "合同", "合同"),
    ])
    func takesTheHalfOfItsLanguage(_ title: String, _ chinese: String, _ english: String) {
        #expect(BilingualTitle.half(of: title, isChinese: true) == chinese)
        #expect(BilingualTitle.half(of: title, isChinese: false) == english)
    }
}
