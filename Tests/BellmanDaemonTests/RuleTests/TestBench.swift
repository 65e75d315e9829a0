import Almanac
import BellmanRules
import BellmanTesting
import Foundation

@testable import BellmanDaemon

/// A configuration in a folder of its own, and what `bellman test` does there.
struct TestBench {
    let folder: TemporaryFolder

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let cases = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")

    /// Channels of every shape; none is ever reached.
    private static let channels = """
        channels:
          mail: {type: email, relay: "smtps://smtp.example.com:465", from: "Bellman <bell@example.com>"}
          chat: {type: dingtalk, url: "${env:ROBOT}"}
          erp: {type: webhook, url: "https://erp.example.com/hook", secret: "${env:SECRET}"}
        """

    init() throws { folder = try TemporaryFolder() }

    func write(_ name: String, _ text: String) throws {
        let path = URL(filePath: folder.file(name))
        try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: path, atomically: true, encoding: .utf8)
    }

    /// - Parameter rules: folder of the rules; `rules` beside the configuration where none is given.
    func workshop(
        _ language: AlmanacLanguage = .en, rules: String = "rules", zone: String = "Asia/Shanghai",
        channels: Bool = true
    ) throws -> Workshop {
        let text = """
            rules: \(rules)
            timezone: \(zone)
            language: \(language.rawValue)
            calendar: CN
            \(channels ? TestBench.channels : "")
            """
        try write("bellman.yaml", text + "\n")
        return try Workshop(
            Location(configuration: folder.file("bellman.yaml")),
            environment: [
                "ROBOT": "https://oapi.dingtalk.com/robot/send?access_token=t",
                "SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            ])
    }

    /// What people see; the folder's own path is left out, for it differs with every machine.
    static func report(_ workshop: Workshop, _ paths: [String], jobs: Int = 2) async -> RuleTestReport {
        var report = await RuleTestRunner(workshop).run(paths: paths, jobs: jobs)
        for index in report.results.indices { report.results[index].seconds = 0 }
        return report
    }

    static func names(_ folder: URL, ending: String) -> [String] {
        let found = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return found.filter { $0.hasSuffix(ending) }.sorted()
    }
}
