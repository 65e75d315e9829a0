import Foundation
import Testing

/// `docs/faults.md` is the table of what may go wrong: no row may be missing, and what a row names as its proof must exist.
@Suite struct FaultTableTests {
    /// Rows of each section.
    private static let sections: [(letter: String, rows: Int)] = [
        ("A", 15), ("B", 14), ("C", 11), ("D", 6), ("F", 15), ("G", 8), ("I", 7),
    ]
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private struct Row {
        let number: String
        let proof: String
        /// What stands in backticks.
        var names: [String] {
            proof.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset % 2 == 1 }.map { String($0.element) }
        }
        /// Says why there is nothing to prove.
        var isExcused: Bool { proof.contains("does not apply:") || proof.contains("not yet:") }
    }

    private static func text(_ path: String) -> String? {
        try? String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    private static func rows() throws -> [Row] {
        let page = try #require(text("docs/faults.md"))
        return page.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 6, cells[1].wholeMatch(of: /[A-Z][0-9]+/) != nil else { return nil }
            return Row(number: cells[1], proof: cells[4])
        }
    }

    @Test func noRowIsMissing() throws {
        let wanted = FaultTableTests.sections.flatMap { section in (1...section.rows).map { "\(section.letter)\($0)" } }
        #expect(try FaultTableTests.rows().map(\.number) == wanted)
    }

    @Test func everyRowHasAProofOrSaysWhyNot() throws {
        for row in try FaultTableTests.rows() {
            #expect(!row.names.isEmpty || row.isExcused, "\(row.number) has no proof: \(row.proof)")
        }
    }

    /// `Suite/test` stands in a Swift file that has both; `script.py part` is a script with a function or part of that
    /// name.
    @Test func everyProofExists() throws {
        let sources = FaultTableTests.swiftTests()
        for row in try FaultTableTests.rows() {
            for name in row.names {
                let isThere =
                    name.contains(".py") ? FaultTableTests.hasScript(name) : FaultTableTests.has(name, sources)
                #expect(isThere, "\(row.number) names \(name), which is nowhere")
            }
        }
    }

    /// Suites and functions that one Swift file declares.
    private struct Declared {
        var suites: Set<String> = []
        var functions: Set<String> = []

        init(_ text: String) {
            var last = ""
            let isWord: (UInt8) -> Bool = { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
                default: false
                }
            }
            for word in text.utf8.split(whereSeparator: { !isWord($0) }) {
                let word = String(Substring(word))
                if last == "struct" { suites.insert(word) }
                if last == "func" { functions.insert(word) }
                last = word
            }
        }
    }

    private static func swiftTests() -> [Declared] {
        let base = root.appending(path: "Tests")
        guard let walk = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil) else { return [] }
        return walk.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
            .compactMap { try? String(contentsOf: $0, encoding: .utf8) }.map(Declared.init)
    }

    private static func has(_ name: String, _ sources: [Declared]) -> Bool {
        let parts = name.split(separator: "/").map(String.init)
        guard parts.count == 2 else { return false }
        return sources.contains { $0.suites.contains(parts[0]) && $0.functions.contains(parts[1]) }
    }

    private static func hasScript(_ name: String) -> Bool {
        let parts = name.split(separator: " ")
        guard let script = parts.first, let text = text("Tests/BlackBox/\(script)") else { return false }
        return parts.dropFirst().allSatisfy { text.contains("def \($0)(") || text.contains("\"\($0)\"") }
    }
}
