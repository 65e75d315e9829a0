import Foundation
import SourceDiagnostics
import Testing

@testable import CEL

/// Wrong expressions of the kinds people make, and what is said about each: `Messages/*.txt`, blocks of `=== expression` and
/// the finding in English and Chinese. `CEL_GOLDEN=write` writes the files anew, to be read through before they are kept.
@Suite struct MessageTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Messages")
    static let files: [String] = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasSuffix(".txt") }.sorted()

    /// What the expressions may name.
    static let environment = TestEnvironment.make(variables: [
        "status": .string, "priority": .int, "title": .string, "labels": .list(.string), "due": .timestamp,
        "now": .timestamp, "m": .map(.string, .dyn),
    ])

    static let values: [String: CELValue] = [
        "status": .string("open"), "priority": .int(3), "title": .string("x"), "labels": .list([.string("a")]),
        "due": CELTimestamp(seconds: 0).map(CELValue.timestamp) ?? .null,
        "now": CELTimestamp(seconds: 0).map(CELValue.timestamp) ?? .null, "m": .map([("a", .int(1))]),
    ]

    static func expressions(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).filter { $0.hasPrefix("=== ") }
            .map { String($0.dropFirst(4)) }
    }

    /// Both languages, each with the line and a caret under the place.
    static func block(_ expression: String) -> String {
        let compilation = environment.compile(expression)
        let issues = compilation.program?.warnings ?? compilation.problems
        guard !issues.isEmpty else { return outcome(compilation.program) }
        let file = SourceFile(name: "rule", text: expression)
        return Language.allCases.map { language in
            TextRenderer(language: language).render(
                issues.map { Diagnostic(fact: $0.problem, file: file, range: $0.range) })
        }.joined()
    }

    private static func outcome(_ program: CELProgram?) -> String {
        guard let program else { return "" }
        var activation = CELActivation(environment)
        for (name, value) in values { activation.set(name, value) }
        switch program.evaluate(activation, context: CELContext()) {
        case .success(let value): return "value: \(value.text) (\(program.resultType))\n"
        case .failure(let failure): return "fails: \(failure.message(.en))\nfails: \(failure.message(.zh))\n"
        }
    }

    @Test(arguments: files) func everyMessageIsAsKept(_ name: String) throws {
        let url = Self.folder.appendingPathComponent(name)
        let kept = try String(contentsOf: url, encoding: .utf8)
        let head = kept.prefix { $0 != "=" }
        let now = head + Self.expressions(kept).map { "=== \($0)\n" + Self.block($0) }.joined(separator: "\n")
        if ProcessInfo.processInfo.environment["CEL_GOLDEN"] == "write" {
            try now.write(to: url, atomically: true, encoding: .utf8)
        } else {
            #expect(now == kept, "\(name) is not as kept")
        }
    }

    @Test func thereAreManyMessages() throws {
        let texts = try Self.files.map {
            try String(contentsOf: Self.folder.appendingPathComponent($0), encoding: .utf8)
        }
        #expect(texts.reduce(0) { $0 + Self.expressions($1).count } >= 250)
    }

    /// In both languages something is said, and where a mistake is usual, how to mend it.
    @Test(arguments: files) func everyProblemIsWordedTwice(_ name: String) throws {
        let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
        for expression in Self.expressions(text) {
            for issue in Self.environment.compile(expression).problems {
                #expect(!issue.problem.message(.en).isEmpty && !issue.problem.message(.zh).isEmpty, "\(expression)")
                let both = [issue.problem.help(.en), issue.problem.help(.zh)]
                #expect((both[0] == nil) == (both[1] == nil) && !both.contains(""), "\(expression)")
            }
        }
    }
}
