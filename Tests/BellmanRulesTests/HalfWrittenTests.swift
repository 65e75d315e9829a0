import Foundation
import SourceDiagnostics
import Testing

@testable import BellmanRules

/// A file that is being written is read at any of its lengths: its rules stay armed throughout (docs/faults.md, C1).
@Suite struct HalfWrittenTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "rules")

    private static func shipped() throws -> [(name: String, text: String)] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path())
            .filter { $0.hasSuffix(".yaml") && !$0.hasSuffix(".test.yaml") }.sorted()
            .map { ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8)) }
    }

    /// Bytes between two looks; the files differ in where they are cut.
    private static let step = 53

    @Test func everyLengthKeepsTheRulesArmed() throws {
        let files = try HalfWrittenTests.shipped()
        #expect(files.count > 30)
        for (number, file) in files.enumerated() {
            var keeper = RuleKeeper(reader: Reading.reader, good: [:])
            let before = keeper.load([(file.name, file.text)]).rules.map(\.id)
            var wanted = before
            let bytes = Array(file.text.utf8)
            for length in stride(from: number % HalfWrittenTests.step, to: bytes.count, by: HalfWrittenTests.step) {
                let part = String(decoding: bytes.prefix(length), as: UTF8.self)
                let armed = keeper.load([(file.name, part)]).rules.map(\.id)
                // What is whole up to a line's end may be a smaller good file: nobody can know that more is to come. Where
                // that loses most rules, the guard against mass loss holds them all the same.
                let reading = Reading.of(part, name: file.name)
                if !reading.hasErrors, !reading.rules.isEmpty { wanted = reading.rules.map(\.id) }
                #expect(Set(armed).isSuperset(of: wanted), "\(file.name) at \(length) of \(bytes.count) bytes")
            }
            let whole = keeper.load([(file.name, file.text)])
            #expect(whole.rules.map(\.id) == before)
            #expect(whole.files.map(\.state) == [.good], "\(file.name)")
        }
    }

    /// An editor that truncates before it writes leaves an empty file for a moment; so does a disk that filled up.
    @Test(arguments: ["", "\n", "# to be written\n", "---\n"]) func anEmptiedFileTakesNothingAway(_ text: String) {
        let rule = "id: a\nwhen: {created: task}\nthen: [{notify: {via: inbox}}]\n"
        var keeper = RuleKeeper(reader: Reading.reader, good: ["a.yaml": rule])
        let outcome = keeper.load([("a.yaml", text)])
        #expect(outcome.rules.map(\.id) == ["a"])
        #expect(outcome.files.map(\.state) == [.kept])
        #expect(outcome.problems.contains { $0.severity == .error })
        #expect(keeper.load([]).rules.isEmpty, "a file that is deleted takes its rules away")
    }
}
