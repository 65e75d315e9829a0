import Almanac
import BellmanDelivery
import BellmanTesting
import SourceDiagnostics
import Testing

@testable import BellmanDaemon

/// A service's secrets are there only while it runs: what works on the store alone must work without them.
@Suite struct MissingSecretTests {
    /// One channel of every type, each value that can be a secret being one that is not there.
    private static let channels = [
        #"{type: dingtalk, url: "${env:A}", secret: "${env:B}"}"#, #"{type: wecom, url: "${env:A}"}"#,
        #"{type: feishu, url: "${credential:a}", secret: "${env:B}"}"#, #"{type: slack, url: "${file:none}"}"#,
        #"{type: slack, token: "${env:A}", channel: C1}"#, #"{type: teams, url: "${env:A}"}"#,
        #"{type: discord, url: "${env:A}"}"#, #"{type: telegram, token: "${env:A}"}"#,
        #"{type: mattermost, url: "${env:A}"}"#, #"{type: ntfy, topic: "${env:A}"}"#,
        #"{type: ntfy, topic: alerts, token: "${env:A}"}"#,
        #"{type: gotify, url: "https://push.example.com", token: "${env:A}"}"#,
        #"{type: email, relay: "${env:A}", from: "${env:B}", username: u, password: "${credential:smtp_password}"}"#,
        #"{type: webhook, url: "${env:A}", secret: "${env:B}", old_secret: "${env:C}"}"#,
    ]

    private func workshop(_ channels: String, needsSecrets: Bool) throws -> Workshop {
        let folder = try TemporaryFolder()
        let path = folder.file("bellman.yaml")
        try TextFile.write("language: en\n\(channels)\n", to: path).get()
        return try Workshop(
            Location(configuration: path), environment: ["CREDENTIALS_DIRECTORY": folder.file("credentials")],
            needsSecrets: needsSecrets)
    }

    @Test(arguments: channels) func theStoreNeedsNone(_ channel: String) throws {
        let text = "channels:\n  x: \(channel)"
        let made = try workshop(text, needsSecrets: false)
        #expect(made.channels.channels["x"] != nil)
        let count = channel.split(separator: "${").count - 1
        #expect(made.remarks.count == count && made.remarks.allSatisfy { $0.severity == .warning })
        #expect(made.remarksOnFile.isEmpty)
        #expect(throws: ConfigurationTroubles.self) { try workshop(text, needsSecrets: true) }
    }

    @Test func endpointsAndHeartbeatNeedNone() throws {
        let text = """
            endpoints: {erp: {url: "${env:A}", secret: "${env:B}"}}
            heartbeat: {url: "${env:C}"}
            """
        #expect(try workshop(text, needsSecrets: false).remarks.count == 3)
        #expect(throws: ConfigurationTroubles.self) { try workshop(text, needsSecrets: true) }
    }

    /// What is wrong everywhere is wrong here too.
    @Test(arguments: [
        #"{type: dingtalk, url: "${vault:A}"}"#, #"{type: dingtalk, url: "${env:A}", secret: SEC1}"#,
        #"{type: dingtlk, url: "${env:A}"}"#, #"{type: dingtalk, url: "${env:A}", secrt: x}"#,
    ]) func mistakesStayErrors(_ channel: String) {
        #expect(throws: ConfigurationTroubles.self) {
            try workshop("channels:\n  x: \(channel)", needsSecrets: false)
        }
    }

    @Test func theWarningSaysWhichAndWhere() throws {
        let made = try workshop(
            "channels:\n  x: {type: wecom, url: \"${env:WECOM_URL}\"}", needsSecrets: false)
        let remark = try #require(made.remarks.first)
        #expect(remark.fact.message(.en) == "the environment has no variable WECOM_URL")
        #expect(remark.fact.code == "config_secret_missing" && remark.start.line == 3)
    }
}
