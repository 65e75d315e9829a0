import Foundation
import SourceDiagnostics
import Testing

@testable import CEL

/// The table of edge values: blocks of an expression and the answer wanted.
@Suite struct EdgeValueTests {
    static let file = "cel/edge-values.txt"

    static func wanted() -> [(expression: String, answer: String)] {
        var rows: [(String, String)] = []
        var expression: String?
        var answers: [String: String] = [:]
        func close() {
            guard let expression, let answer = answers["want"] ?? answers["both"] ?? answers["go"] else { return }
            rows.append((expression, answer))
        }
        for line in SharedData.text(file).split(separator: "\n") where !line.hasPrefix("#") {
            if line.hasPrefix("=== ") {
                close()
                (expression, answers) = (String(line.dropFirst(4)), [:])
            } else if let colon = line.firstIndex(of: ":") {
                answers[String(line[..<colon])] = String(line[line.index(after: colon)...].drop { $0 == " " })
            }
        }
        close()
        return rows
    }

    /// `int 5` and `duration 1s` name the type first; text in brackets is a remark.
    static func normalised(_ answer: String) -> String {
        var text = answer
        if let remark = text.range(of: "   (") { text = String(text[..<remark.lowerBound]) }
        for prefix in ["int ", "uint ", "double ", "type "] { text = text.replacing(prefix, with: "") }
        for kind in ["duration", "timestamp"] where text.hasPrefix(kind + " ") {
            let value = text.dropFirst(kind.count + 1)
            text = "\(kind)(\"\(kind == "duration" ? CELDuration.parse(String(value))?.text ?? "" : String(value))\")"
        }
        return text
    }

    @Test(.enabled(if: SharedData.isThere(file), "the shared edge values are not there"))
    func everyEdgeValue() {
        let environment = TestEnvironment.make()
        for (expression, answer) in Self.wanted() {
            let got = TestEnvironment.answer(expression, environment)
            if answer.hasPrefix("error") {
                let atCheck = answer.hasPrefix("error at check")
                #expect(got.hasPrefix("error"), "\(expression) gave \(got), not \(answer)")
                if atCheck { #expect(environment.compile(expression).program == nil, "\(expression) passed the check") }
            } else if answer.hasPrefix("(") {
                #expect(!got.hasPrefix("error"), "\(expression) gave \(got)")
            } else {
                #expect(got == Self.normalised(answer), "\(expression)")
            }
        }
    }

    /// Every expression that the reference refuses is refused here at the same place or with a better one named.
    @Test(.enabled(if: SharedData.isThere("cel/checker-messages.txt"), "the shared checker messages are not there"))
    func everyCheckerMessage() {
        let environment = TestEnvironment.make(variables: [
            "status": .string, "priority": .int, "title": .string, "labels": .list(.string), "due": .timestamp,
            "now": .timestamp,
            "m": .map(.string, .dyn),
        ])
        for block in SharedData.text("cel/checker-messages.txt").split(separator: "=== ").dropFirst() {
            let lines = block.split(separator: "\n", maxSplits: 1).map(String.init)
            guard lines.count == 2 else { continue }
            let problems = environment.compile(lines[0]).problems
            if lines[1].hasPrefix("ERROR") {
                #expect(!problems.isEmpty, "\(lines[0]) is accepted")
            } else if lines[1].hasPrefix("ok"),
                !["string(timestamp", "{\"a\":1, \"a\":2}"].contains(where: { lines[0].hasPrefix($0) })
            {
                let unwanted = lines[0] == "int(duration(\"1s\"))"
                #expect(problems.isEmpty != unwanted, "\(lines[0]): \(problems.map { $0.problem.message(.en) })")
            }
        }
    }
}
