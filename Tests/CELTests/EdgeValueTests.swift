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

    /// A value as the table writes it: `int 5`, `[double 1, "a"]`, `{int 1: true}`, `duration 1s`; nil when it is a remark.
    static func value(_ answer: String) -> CELValue? {
        var text = answer[...]
        if let remark = answer.firstRange(of: "   (") { text = answer[..<remark.lowerBound] }
        guard let value = parse(&text), text.allSatisfy({ $0 == " " }) else { return nil }
        return value
    }

    private static func parse(_ text: inout Substring) -> CELValue? {
        text = text.drop { $0 == " " }
        switch text.first {
        case "\"": return string(&text)
        case "[":
            return items(&text, "]") { text in parse(&text).map { [$0] } }.map { .list($0.flatMap { $0 }) }
        case "{":
            let entries = items(&text, "}") { text -> [CELValue]? in
                guard let key = parse(&text), text.first == ":" else { return nil }
                text = text.dropFirst()
                return parse(&text).map { [key, $0] }
            }
            return entries.map { entries in
                var builder = CELMap.Builder()
                for entry in entries { _ = builder.insert(entry[0], entry[1]) }
                return .map(builder.finish())
            }
        default: return scalar(&text)
        }
    }

    private static func items(
        _ text: inout Substring, _ close: Character, _ item: (inout Substring) -> [CELValue]?
    ) -> [[CELValue]]? {
        var all: [[CELValue]] = []
        text = text.dropFirst()
        while let first = text.drop(while: { $0 == " " || $0 == "," }).first, first != close {
            text = text.drop { $0 == " " || $0 == "," }
            guard let next = item(&text) else { return nil }
            all.append(next)
        }
        text = text.drop { $0 == " " }.dropFirst()
        return all
    }

    private static func string(_ text: inout Substring) -> CELValue? {
        var end = text.index(after: text.startIndex)
        while end < text.endIndex, text[end] != "\"" {
            if text[end] == "\\" { end = text.index(after: end) }
            end = text.index(after: end)
        }
        guard end < text.endIndex else { return nil }
        let quoted = text[...end]
        text = text[text.index(after: end)...]
        let decoded = try? JSONSerialization.jsonObject(with: Data("[\(quoted)]".utf8)) as? [String]
        return decoded?.first.map(CELValue.string)
    }

    private static func scalar(_ text: inout Substring) -> CELValue? {
        func word() -> String {
            text = text.drop { $0 == " " }
            let word = text.prefix { !" ,]}".contains($0) }
            text = text.dropFirst(word.count)
            return String(word)
        }
        // A map's key ends in a colon, an instant holds some.
        func content() -> String {
            let whole = word()
            guard whole.hasSuffix(":") else { return whole }
            text = ":" + text
            return String(whole.dropLast())
        }
        switch content() {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        case "int": return Int64(content()).map(CELValue.int)
        case "uint": return UInt64(content()).map(CELValue.uint)
        case "double": return Double(content()).map(CELValue.double)
        case "type": return .type(content())
        case "timestamp": return (try? CELTimestamp.parse(content()).get()).map(CELValue.timestamp)
        case "duration": return CELDuration.parse(content()).map(CELValue.duration)
        default: return nil
        }
    }

    @Test(.enabled(if: SharedData.isThere(file), "the shared edge values are not there"))
    func everyEdgeValue() {
        let environment = TestEnvironment.make()
        for (expression, answer) in Self.wanted() {
            let compilation = environment.compile(expression)
            let result = compilation.program?.evaluate(CELActivation(environment), context: CELContext())
            if answer.hasPrefix("error") {
                if answer.hasPrefix("error at check") {
                    #expect(compilation.program == nil, "\(expression) passed the check")
                    expectPlace(compilation, expression, answer.split(separator: " ").dropFirst(3).first ?? "")
                } else if case .success(let value)? = result {
                    Issue.record("\(expression) gave \(value.text), not \(answer)")
                }
            } else if answer.hasPrefix("(") {
                #expect((try? result?.get()) != nil, "\(expression) gave no value")
            } else if let wanted = Self.value(answer) {
                let got = try? result?.get()
                let isSame = got.map { ConformanceCase.same($0, wanted) } ?? false
                #expect(isSame, "\(expression) gave \(got?.text ?? "an error"), not \(answer)")
            } else {
                Issue.record("\(expression): \(answer) cannot be read")
            }
        }
    }

    /// The reference marks a call at its bracket; the name before it is as good a place.
    private func expectPlace(_ compilation: CELCompilation, _ expression: String, _ place: Substring) {
        let numbers = place.split(separator: ":").compactMap { Int($0) }
        guard numbers.count >= 2 else { return }
        let file = SourceFile(name: "", text: expression)
        let agrees = compilation.problems.contains { issue in
            let (start, end) = (file.position(at: issue.range.start), file.position(at: issue.range.end))
            let theirs = SourcePosition(line: numbers[0], column: numbers[1])
            // The reference marks the dot or bracket before a part.
            return start <= SourcePosition(line: theirs.line, column: theirs.column + 1) && theirs <= end
        }
        let ours = compilation.problems.map { file.position(at: $0.range.start) }.map { "\($0.line):\($0.column)" }
        #expect(agrees, "\(expression): ours \(ours), theirs \(place)")
    }

    /// Where the reference accepts, or refuses only at evaluation, what the specification lets us refuse at once.
    static let refusedEarlier: Set = [
        "timestamp(\"2020-13-01T00:00:00Z\")", "timestamp(\"2020-01-01\")", "duration(\"1d\")",
        "title.matches(\"(\")", "title.matches(\"(?=a)\")", "{\"a\":1, \"a\":2}", "int(duration(\"1s\"))",
    ]
    /// Where our place differs, because it names the cause and not the word the reference's parser stumbled over.
    static let betterPlaces: Set = [
        "'a\\q'", "google.protobuf.Foo{}",
    ]

    /// Refused where the reference refuses, at its place; accepted with its value and type where it accepts.
    @Test(.enabled(if: SharedData.isThere("cel/checker-messages.txt"), "the shared checker messages are not there"))
    func everyCheckerMessage() {
        let environment = MessageTests.environment
        for block in SharedData.text("cel/checker-messages.txt").split(separator: "\n=== ").dropFirst() {
            let lines = block.split(separator: "\n", maxSplits: 1).map(String.init)
            guard lines.count == 2 else { continue }
            let expression = lines[0]
            let compilation = environment.compile(expression)
            if Self.refusedEarlier.contains(expression) {
                #expect(compilation.program == nil, "\(expression) is accepted")
                continue
            }
            if lines[1].hasPrefix("ERROR") {
                #expect(compilation.program == nil, "\(expression) is accepted")
                if Self.betterPlaces.contains(expression) { continue }
                let place = lines[1].dropFirst("ERROR: <input>:".count).prefix { $0.isNumber || $0 == ":" }
                expectPlace(compilation, expression, place)
                continue
            }
            guard let program = compilation.program else {
                Issue.record("\(expression): \(compilation.problems.map { $0.problem.message(.en) })")
                continue
            }
            var activation = CELActivation(environment)
            for (name, value) in MessageTests.values { activation.set(name, value) }
            let result = program.evaluate(activation, context: CELContext())
            let fails = if case .failure = result { true } else { false }
            #expect(fails == lines[1].hasPrefix("EVAL"), "\(expression): \(result)")
            expectType(program, expression, lines[1])
        }
    }

    /// The checked type stands in brackets at the end of an accepted expression's line.
    private func expectType(_ program: CELProgram, _ expression: String, _ answer: String) {
        let line = answer.prefix { $0 != "\n" }
        guard line.hasPrefix("ok"), let open = line.lastRange(of: " (")?.upperBound else { return }
        let type = line[open...].dropLast().replacing("google.protobuf.", with: "").lowercased()
        #expect(program.resultType.description == type, "\(expression) has the type \(program.resultType)")
    }
}

extension StringProtocol {
    fileprivate func lastRange(of part: String) -> Range<Index>? { ranges(of: part).last }
}
