import Foundation
import SourceDiagnostics
import Testing

@testable import BellmanRules

/// What the reference shows is accepted as it stands, without a warning.
@Suite struct RuleReadingTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

    private func accept(_ text: String, _ place: SourceLocation = #_sourceLocation) {
        let reading = Reading.of(text)
        let words = TextRenderer(language: .en).render(reading.problems)
        #expect(reading.problems.isEmpty && !reading.rules.isEmpty, "\(words)\(text)", sourceLocation: place)
    }

    @Test(arguments: [
        "created: task", "deleted: task", "changes: task", "changes: task.status", "changes: task.status, to: 进行中",
        "changes: task.status, from: [进行中, 待办], to: 完成", "before: task.due, by: 3 days",
        "before: task.due, by: [60 days, 30 days, 7 days, 0 days]", "after: task.due, by: [1 day, 3 days]",
        "after: task.due, every: 1 day, times: 14", "after: task.due, every: 1 day",
        "before: contract.expires_on, by: contract.notice_period", "before: contract.cancel_by, by: 14 days",
        "before: task.due, by: 3 days, at: \"10:30\"", "cron: \"0 15 * * 5\"", "while: contract.usage < 0.3",
        "while: contract.usage < 0.3, for: 3 months, fresh: 45 days", "while: task.project.manager == null",
    ]) func triggers(_ form: String) {
        accept("id: a\nwhen: {\(form)}\nthen:\n  - notify: {via: inbox}\n")
    }

    @Test(arguments: [
        "15 minutes", "day at 17:30", "working day at 17:30", "\"monday, thursday at 09:00\"", "month on 1 at 10:00",
        "month on last working day at 10:00", "month on first monday at 09:30", "quarter on first working day at 09:00",
        "year on 03-15 at 09:00", "2 weeks on friday at 15:00", "friday at 15:00", "每天 17:30", "每个工作日 17:30",
        "每周五 15:00",
        "每月最后一个工作日 10:00", "每季度第一个周一 09:00", "每两周周五 15:00", "2 weeks on friday at 15:00, from: 2026-01-01",
        "working day, at: 17:30",
    ]) func schedules(_ text: String) {
        accept("id: a\nwhen: {every: \(text)}\nthen:\n  - notify: {via: inbox}\n")
    }

    @Test(arguments: [
        "90 minutes", "3 days", "2 weeks", "3 months", "3 working days", "3 天", "3个工作日", "3 个月", "P3D",
    ]) func durations(_ text: String) {
        accept(
            "id: a\nwhen: {after: customer.last_contact, by: \(text)}\nthen:\n  - {wait: \(text), notify: {via: inbox}}\n"
        )
    }

    @Test(arguments: [
        "enabled: false", "urgent: true", "timezone: Europe/Berlin", "calendar: CN", "at: 09:00", "limit: 1 per 7 days",
        "limit: 3 per day", "catch_up: all", "arriving_late: skip", "existing: fire", "tags: [采购, a]", "was: old-id",
        "title: “合同”续签提醒", "title: 007", "title: yes", "unless: task.closed || acknowledged", "if: '!task.closed'",
        "if: task.title.contains(\"，：“”\")", "if: \"task.note == null || task.note.matches('^甲: #')\"",
        "if: old == null || old.status != task.status", "if: task.due < today || changed_by == \"wang\"",
    ]) func options(_ line: String) {
        accept("id: a\nwhen: {changes: task}\n\(line)\nthen:\n  - notify: {via: inbox}\n")
    }

    @Test(arguments: [
        "{set: {status: 完成, due: 2026-12-01}}", "{set: {due: \"{{ task.due }}\", assignee: \"\"}}",
        "{create: {kind: task, fields: {title: \"跟进 {{ task.title }}\", project: \"{{ task.project }}\"}}}",
        "{wait: 3 working days, unless: acknowledged, notify: {via: mail, to: task.assignee.manager}}",
        "{notify: {via: [mail, chat], to: [task.assignee, role(\"finance-director\"), '\"a@example.com\"'], priority: high}}",
        "{notify: {via: inbox, links: [{label: 打开, url: \"{{ task.url }}\"}]}}",
        "{notify: {via: inbox, title: \"“{{ default(task.title, '无题') }}”：{{ days_left }}\", text: '# {{ rule.title }}'}}",
    ]) func steps(_ step: String) {
        accept("id: a\nwhen: {before: task.due, by: 3 days}\nthen:\n  - \(step)\n")
    }

    @Test func examples() {
        accept(
            """
            - id: started
              when: {changes: task.status, to: 进行中}
              then:
                - notify: {via: chat, to: task.assignee}

            - id: deadline-3-days
              when: {before: task.due, by: 3 days}
              if: task.open
              then:
                - notify:
                    via: mail
                    to: task.project.manager
                    title: "「{{ task.title }}」还有 {{ days_left }} 天到期"

            - id: contract-renewal
              when: {before: contract.expires_on, by: [60 days, 30 days, 7 days]}
              unless: contract.auto_renew || contract.status == "renewed"
              then:
                - notify: {via: [mail, chat], to: contract.owner}
                - {wait: 3 working days, unless: acknowledged, notify: {via: mail, to: contract.owner.manager}}

            - id: several
              when:
                - created: task
                - {changes: task.due}
              then:
                notify: {via: inbox}

            """)
    }

    @Test func shippedRulesAreAcceptedAndEmbedded() throws {
        let folder = Self.root.appending(path: "rules")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
            .filter { $0.hasSuffix(".yaml") && !$0.hasSuffix(".test.yaml") }.sorted()
        #expect(!names.isEmpty)
        let sources = Self.root.appending(path: "Sources/BellmanDaemon/ShippedRules")
        let embedded = try FileManager.default.contentsOfDirectory(atPath: sources.path()).sorted()
            .map { try String(contentsOf: sources.appending(path: $0), encoding: .utf8) }.joined()
        for name in names {
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            accept(text)
            let literal = text.split(separator: "\n", omittingEmptySubsequences: false)
                .map { $0.isEmpty ? "" : "            " + $0 }.joined(separator: "\n")
            #expect(
                embedded.contains("\"\(name.dropLast(5))\",\n            #\"\"\"\n\(literal)\n            \"\"\"#"),
                "\(name): run scripts/embed-rules")
        }
        #expect(embedded.ranges(of: "#\"\"\"\n").count == names.count)
    }

    /// Some editors write a mark before the first letter.
    @Test func aByteOrderMarkIsNoText() {
        let text = "id: a\nwhen: {before: task.due, by: 1 day}\nthen:\n  - notify: {via: inbox}\n"
        #expect(Reading.of("\u{FEFF}" + text).rules.map(\.id) == ["a"])
        #expect(Reading.of("\u{FEFF}- " + text.replacing("\n", with: "\n  ").trimmed + "\n").rules.map(\.id) == ["a"])
        let wrong = Reading.of("\u{FEFF}idd: a\n").problems
        #expect(wrong.contains { $0.fact.code == "unknown_key" && $0.range.start == 3 })
    }

    /// A wrong trigger hides nothing of the rest.
    @Test func allMistakesAtOnce() {
        let reading = Reading.of(
            """
            id: m1
            when: {before: contract.expire_on, by: 30 days}
            if: contract.stauts == "x"
            then:
              - notify: {via: chatt, tos: x}
              - set: {titel: x}
            """)
        #expect(
            reading.problems.map(\.fact.code) == [
                "unknown_field", "undefined_field", "unknown_channel", "unknown_key", "unknown_field",
            ])
    }
}
