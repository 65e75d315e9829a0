import BellmanModel
import BellmanStoreSQLite
import BellmanTesting
import Foundation
import SourceDiagnostics
import Testing

@testable import BellmanDaemon

/// Whom `admin` means, what is said where it means nobody, and that its troubles are then in the inbox.
@Suite struct AdminPlaceTests {
    private static let channels = """

        channels:
          mail: {type: email, relay: "smtps://smtp.example.com:465", from: "Bellman <bell@example.com>"}
          bot: {type: telegram, token: "${env:BOT}"}
          hook: {type: webhook, url: "https://example.com/hook"}
        """

    struct Case: CustomTestStringConvertible, Sendable {
        let text: String
        let channel: String
        let people: [String]
        let codes: [String]
        init(_ text: String, _ channel: String, _ people: [String] = [], _ codes: String...) {
            (self.text, self.channel, self.people, self.codes) = (text, channel, people, codes)
        }
        var testDescription: String { text }
    }

    private static let nobody = "config_admin_nobody"

    @Test(arguments: [
        Case("language: en", "inbox"), Case("admin: hook", "hook"), Case("admin: inbox", "inbox"),
        Case("admin: {via: hook}", "hook"), Case("admin: {via: chat, to: a@example.com}", "inbox"),
        Case("admin: mail", "inbox", [], nobody), Case("admin: {via: mail}", "inbox", [], nobody),
        Case("admin: {via: mail, to: ops@example.com}", "mail", ["ops@example.com"]),
        Case("admin: {via: bot, to: \"4242\"}", "bot", ["4242"]), Case("admin: bot", "inbox", [], nobody),
        Case("admin: {via: mail, to: ops}", "inbox", [], "config_admin_bad_address"),
        Case("admin: {via: hook, to: ops@example.com}", "hook", [], "config_admin_needs_no_address"),
    ])
    func meansSomebody(_ wanted: Case) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("bellman.yaml")
        try (wanted.text + Self.channels).write(toFile: path, atomically: true, encoding: .utf8)
        let bot = "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghi"
        let workshop = try Workshop(Location(configuration: path), environment: ["BOT": bot])
        #expect(workshop.remarks.map(\.fact.code) == wanted.codes)
        let desk = try Instance(workshop, role: .scratch, storePath: ":memory:").adminDesk
        #expect(desk.channel == wanted.channel)
        #expect((desk.channel == "inbox" ? [] : desk.person.map { [$0.id] } ?? []) == wanted.people)
    }

    @Test(arguments: [
        ("admin: ops@example.com", "config_admin_is_address"), ("admin: [mail]", "config_bad_admin"),
        ("admin: {to: ops@example.com}", "config_bad_admin"), ("admin: {via: post}", "config_unknown_admin"),
        ("admin: {via: mail, too: a}", "config_unknown_key"), ("expect_data: [task]", "config_wanted_mapping"),
    ])
    func refused(_ text: String, _ code: String) throws {
        let file = SourceFile(name: "bellman.yaml", text: text + Self.channels)
        let problems = ConfigurationReader.read(file, folder: ".", environment: ["BOT": "1:a"]).problems
        #expect(problems.map(\.fact.code) == [code])
        for problem in problems {
            #expect(problem.fact.help(.en) != nil || code == "config_unknown_admin")
        }
    }
}
