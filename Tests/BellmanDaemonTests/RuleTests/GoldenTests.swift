import Almanac
import Foundation
import Testing

@testable import BellmanDaemon

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Every file in `Cases/` is a file of tests; beside it stands what a person is told, in English and in Chinese.
/// With `BELLMAN_RECORD=1` in the environment the expected texts are written anew.
@Suite struct GoldenTests {
    static let names = TestBench.names(TestBench.cases, ending: ".test.yaml")
    private static let isRecording = ProcessInfo.processInfo.environment["BELLMAN_RECORD"] == "1"

    private func compare(_ found: String, _ name: String) throws {
        let golden = TestBench.cases.appending(path: name)
        let expected = try? String(contentsOf: golden, encoding: .utf8)
        if GoldenTests.isRecording || expected == nil {
            try found.write(to: golden, atomically: true, encoding: .utf8)
        }
        if !GoldenTests.isRecording { #expect(found == expected, "\(name)") }
    }

    private func report(_ name: String, _ language: AlmanacLanguage, jobs: Int = 2) async throws -> RuleTestReport {
        let bench = try TestBench()
        let rules = TestBench.cases.appending(path: "rules").path()
        let workshop = try bench.workshop(language, rules: rules)
        return await TestBench.report(workshop, [TestBench.cases.appending(path: name).path()], jobs: jobs)
    }

    private func plain(_ text: String) -> String { text.replacing(TestBench.cases.path() + "/", with: "") }

    private func base(_ name: String) -> String { String(name.dropLast(".test.yaml".count)) }

    @Test(arguments: names) func isTold(_ name: String) async throws {
        let english = try await report(name, .en).text(.en, width: 100, color: false)
        let chinese = try await report(name, .zh).text(.zh, width: 100, color: false)
        try compare(plain(english) + "----\n" + plain(chinese), base(name) + ".txt")
    }

    /// The forms for programs say the same, and are what they claim to be.
    @Test(
        arguments: names.filter { $0.hasPrefix("differences") || $0.hasPrefix("wrong-keys") || $0.hasPrefix("passes") })
    func isToldToPrograms(_ name: String) async throws {
        let report = try await report(name, .en)
        let json = report.json(.en)
        try compare(plain(json), base(name) + ".json")
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect(object["passed"] as? Int == report.passed)
        #expect(object["failed"] as? Int == report.failed)
        let xml = report.junit(.en)
        try compare(plain(xml), base(name) + ".xml")
        let reader = SuiteCounter()
        let parser = XMLParser(data: Data(xml.utf8))
        parser.delegate = reader
        #expect(parser.parse())
        #expect(reader.cases == report.results.count)
        #expect(reader.faults == report.failed)
    }

    /// How many run at once changes nothing, and neither does another run.
    @Test func orderIsStable() async throws {
        var texts: Set<String> = []
        for jobs in [1, 2, 7, 7] {
            let bench = try TestBench()
            let workshop = try bench.workshop(.en, rules: TestBench.cases.appending(path: "rules").path())
            let report = await TestBench.report(workshop, [TestBench.cases.path()], jobs: jobs)
            texts.insert(report.text(.en, width: 100, color: false) + report.json(.en))
        }
        #expect(texts.count == 1)
    }

    /// No expected text without its file.
    @Test func nothingIsLeftOver() throws {
        let found = try FileManager.default.contentsOfDirectory(atPath: TestBench.cases.path())
        let bases = Set(GoldenTests.names.map(base))
        let goldens = found.filter { $0.hasSuffix(".txt") || $0.hasSuffix(".json") || $0.hasSuffix(".xml") }
        #expect(goldens.filter { !bases.contains(String($0.prefix { $0 != "." })) } == [])
    }

    private final class SuiteCounter: NSObject, XMLParserDelegate {
        var cases = 0
        var faults = 0

        func parser(
            _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            if element == "testcase" { cases += 1 }
            if element == "failure" || element == "error" { faults += 1 }
        }
    }
}
