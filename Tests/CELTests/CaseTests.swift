import Foundation
import SourceDiagnostics
import Testing

@testable import CEL

/// Tables of our own: what an expression gives, down to the type of every part, and in which phase a wrong one is refused.
///
/// A line of `Cases/<suite>.jsonl`: `expr`, and as needed `bind` (variables, which are dyn), `container`, `check: false`;
/// then `want` (a value), `error` (`check` or `eval`) or `type` (what the checker finds).
@Suite struct CaseTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let expression: String
        let container: String
        let isChecked: Bool
        let bindings: [String: CELValue]
        let expected: CELValue?
        let error: String?
        let type: String?
        var testDescription: String { expression }
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Cases")

    static let suites: [String] = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasSuffix(".jsonl") }.sorted()

    static func cases(_ suite: String) -> [Case] {
        let text = (try? String(contentsOf: folder.appendingPathComponent(suite), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line in
            guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
                let expression = object["expr"] as? String
            else { return nil }
            return Case(
                expression: expression, container: object["container"] as? String ?? "",
                isChecked: object["check"] as? Bool ?? true,
                bindings: (object["bind"] as? [String: Any] ?? [:]).mapValues(ConformanceCase.value),
                expected: object["want"].map(ConformanceCase.value), error: object["error"] as? String,
                type: object["type"] as? String)
        }
    }

    @Test(arguments: suites) func everyCase(_ suite: String) {
        let cases = Self.cases(suite)
        #expect(!cases.isEmpty, "\(suite) cannot be read")
        for test in cases {
            let shortfall = Self.shortfall(test)
            #expect(shortfall == nil, "\(suite): \(test.expression) \(shortfall ?? "")")
        }
    }

    @Test func thereAreManyCases() {
        #expect(Self.suites.reduce(0) { $0 + Self.cases($1).count } >= 1600)
    }

    /// nil when the case is met.
    static func shortfall(_ test: Case) -> String? {
        let environment = TestEnvironment.make(
            variables: test.bindings.mapValues { _ in .dyn }, container: test.container)
        let compilation = environment.compile(test.expression, checked: test.isChecked)
        guard let program = compilation.program else {
            let said = compilation.problems.map { $0.problem.message(.en) }.joined(separator: "; ")
            return test.error == "check" ? nil : "was refused: \(said)"
        }
        if test.error == "check" { return "was not refused" }
        if let type = test.type {
            return program.resultType.description == type ? nil : "has the type \(program.resultType)"
        }
        var activation = CELActivation(environment)
        for (name, value) in test.bindings { activation.set(name, value) }
        switch program.evaluate(activation, context: CELContext()) {
        case .success(let value):
            guard let expected = test.expected else { return "gave \(value.text)" }
            return ConformanceCase.same(value, expected) ? nil : "gave \(value.text), not \(expected.text)"
        case .failure(let failure): return test.error == "eval" ? nil : "failed: \(failure.message(.en))"
        }
    }
}
