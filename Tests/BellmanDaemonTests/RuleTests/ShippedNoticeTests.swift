import Almanac
import BellmanDelivery
import BellmanModel
import BellmanRules
import BellmanTesting
import BellmanTransport
import Foundation
import Testing

@testable import BellmanDaemon

/// Every shipped rule's notices as they leave for the chat tools and by mail: `Notices/NAME.txt`.
///
/// The stories are those of the rule's own tests; of each rule, step and language the first notice is shown. With
/// `BELLMAN_RECORD=1` the files are written anew.
@Suite struct ShippedNoticeTests {
    private static let folder = TestBench.cases.deletingLastPathComponent().appending(path: "Notices")
    private static let isRecording = ProcessInfo.processInfo.environment["BELLMAN_RECORD"] == "1"

    /// Direct channels write to one person, rooms mention everybody.
    private static let channels: [(type: String, isRoom: Bool, settings: [String: SettingValue])] = [
        ("dingtalk", true, ["url": address("https://oapi.dingtalk.com/robot/send?access_token=T")]),
        ("wecom", true, ["url": address("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=K")]),
        ("feishu", true, ["url": address("https://open.feishu.cn/open-apis/bot/v2/hook/H")]),
        ("slack", true, ["url": address("https://hooks.slack.com/services/T1/B1/X1")]),
        (
            "email", false,
            ["relay": .text("smtps://smtp.example.com:465"), "from": .text("Bellman <bell@example.com>")]
        ),
    ]

    private static func address(_ text: String) -> SettingValue { .secret(Secret(text)) }

    @Test(arguments: ShippedRuleTestTests.names) func looksAsItShould(_ name: String) async throws {
        let found = try await page(name)
        let file = Self.folder.appending(path: "\(name).txt")
        if Self.isRecording { try found.write(to: file, atomically: true, encoding: .utf8) }
        #expect(!found.isEmpty, "\(name) rings nothing in its tests")
        #expect(found == (try? String(contentsOf: file, encoding: .utf8)), "\(name)")
    }

    @Test func nothingIsLeftOver() {
        let left = TestBench.names(Self.folder, ending: ".txt")
            .filter { !ShippedRuleTestTests.names.contains(String($0.dropLast(".txt".count))) }
        #expect(left == [])
    }

    private func page(_ name: String) async throws -> String {
        let bench = try TestBench()
        for file in ["\(name).yaml", "\(name).test.yaml"] {
            let source = TestBench.root.appending(path: "rules/\(file)")
            try bench.write("rules/\(file)", String(contentsOf: source, encoding: .utf8))
        }
        let workshop = try bench.workshop(.zh)
        var seen: Set<String> = []
        var page = ""
        for (test, outcome) in try await RuleTestRunner(workshop).stories(paths: [bench.folder.file("rules")]) {
            let language = test.settings.language == .zh ? "zh" : "en"
            for ring in outcome.rings {
                let heading = "\(ring.rule), step \(ring.step), \(language)"
                guard seen.insert(heading).inserted else { continue }
                page += "# \(heading)\n\n" + (try Self.forms(of: ring)) + "\n"
            }
        }
        return page
    }

    private static func forms(of ring: TestRing) throws -> String {
        guard let first = ring.notices.first else { return "" }
        var people: [Recipient] = []
        for person in ring.notices.flatMap(\.recipients) where !people.contains(person) { people.append(person) }
        return try channels.map { channel in
            let made = try ChannelRegistry.make(
                ChannelSettings(name: channel.type, type: channel.type, values: channel.settings))
            let body = MessageBody(made, first.said(in: channel.type, to: channel.isRoom ? people : people.addressed))
            let text = body.json.map { JSONText.write($0, indent: 2) } ?? body.text
            return "## \(channel.type)\n\n\(text)\n"
        }.joined(separator: "\n")
    }
}

extension [Recipient] {
    /// Somebody whom mail reaches; the tests of rules seldom give addresses.
    fileprivate var addressed: [Recipient] {
        prefix(1).map { person in
            Recipient(
                id: person.id, name: person.name, email: person.email ?? "\(person.id)@example.com",
                phone: person.phone)
        }
    }
}

extension Notice {
    fileprivate func said(in channel: String, to people: [Recipient]) -> Notice {
        Notice(
            id: id, firing: firing, rule: rule, ruleTitle: ruleTitle, record: record, step: step, channel: channel,
            recipientKey: recipientKey, recipients: people, title: title, text: text, links: links,
            priority: priority, urgent: urgent, scheduledAt: scheduledAt, firedAt: firedAt, late: late,
            language: language, acts: acts, payload: payload)
    }
}
