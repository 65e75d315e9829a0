import Almanac
import BellmanModel
import Foundation
import SourceDiagnostics
import Testing

@testable import BellmanRules

/// Every file in `Wrong/` holds one mistake; beside it stands what a person is told, in English and in Chinese.
/// With `BELLMAN_RECORD=1` in the environment the expected texts are written anew.
@Suite struct WrongFileTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Wrong")

    static let names: [String] = {
        let found = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return found.filter { $0.hasSuffix(".yaml") }.sorted()
    }()

    /// A wrong file may be read with these findings only: they warn, the rule works.
    static let warnings: Set<String> = [
        "hours_on_date", "date_against_now", "repeated_offset", "share_above_one", "skips_short_months", "unused_time",
    ]

    @Test func thereAreEnough() {
        #expect(WrongFileTests.names.count >= 60)
    }

    @Test(arguments: names) func isExplained(_ name: String) throws {
        let text = try String(contentsOf: WrongFileTests.folder.appending(path: name), encoding: .utf8)
        let problems = Reading.of(text, name: name).problems
        let found =
            TextRenderer(language: .en).render(problems) + "----\n" + TextRenderer(language: .zh).render(problems)
        let golden = WrongFileTests.folder.appending(path: name.replacingOccurrences(of: ".yaml", with: ".txt"))
        let isRecording = ProcessInfo.processInfo.environment["BELLMAN_RECORD"] == "1"
        let expected = try? String(contentsOf: golden, encoding: .utf8)
        if isRecording || expected == nil { try found.write(to: golden, atomically: true, encoding: .utf8) }
        if !isRecording { #expect(found == expected, "\(name)") }
        #expect(problems.count == 1, "one mistake, one finding: \(name)")
        #expect(problems.allSatisfy { $0.severity == .error || WrongFileTests.warnings.contains($0.fact.code) })
    }

    /// No expected text without its file.
    @Test func nothingIsLeftOver() throws {
        let found = try FileManager.default.contentsOfDirectory(atPath: WrongFileTests.folder.path())
        let wanted = Set(WrongFileTests.names.map { $0.replacingOccurrences(of: ".yaml", with: ".txt") })
        #expect(found.filter { $0.hasSuffix(".txt") && !wanted.contains($0) } == [])
    }
}
