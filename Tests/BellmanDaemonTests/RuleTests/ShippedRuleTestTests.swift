import Almanac
import BellmanRules
import Foundation
import Testing

@testable import BellmanDaemon

/// The tests beside the shipped rules pass, are embedded, and are worth something: break a rule, and its test fails.
@Suite struct ShippedRuleTestTests {
    private static let folder = TestBench.root.appending(path: "rules")
    static let names = TestBench.names(folder, ending: ".yaml").filter { !$0.hasSuffix(".test.yaml") }
        .map { String($0.dropLast(".yaml".count)) }

    private func text(_ file: String) throws -> String {
        try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8)
    }

    /// In a folder with this rule alone.
    private func report(_ name: String, rule: String, channels: Bool = true) async throws -> RuleTestReport {
        let bench = try TestBench()
        try bench.write("rules/\(name).yaml", rule)
        try bench.write("rules/\(name).test.yaml", try text("\(name).test.yaml"))
        let workshop = try bench.workshop(.en, zone: "America/New_York", channels: channels)
        return await TestBench.report(workshop, [])
    }

    @Test(arguments: names) func everyShippedRulePassesItsTests(_ name: String) async throws {
        for channels in [true, false] {
            let report = try await report(name, rule: try text("\(name).yaml"), channels: channels)
            #expect(report.isWell, "\(report.text(.en, width: 100, color: false))")
            #expect(report.passed >= 2, "\(name) has few tests")
        }
    }

    @Test func testsAreEmbedded() throws {
        #expect(ShippedRules.all.map(\.name).sorted() == Self.names.sorted())
        #expect(ShippedRuleTests.all.map(\.name).sorted() == Self.names.sorted())
        for rule in ShippedRules.all {
            #expect(rule.text == (try text("\(rule.name).yaml")), "run scripts/embed-rules")
        }
        for test in ShippedRuleTests.all {
            #expect(test.text == (try text("\(test.name).test.yaml")), "run scripts/embed-rules")
        }
    }

    @Test(arguments: names) func everyShippedRulesTestFailsWhenItsRuleIsBroken(_ name: String) async throws {
        let original = try text("\(name).yaml")
        let mutants = try RuleBreaker.mutants(of: original)
        #expect(mutants.count >= 3, "\(name): \(mutants.map(\.what))")
        for mutant in RuleBreaker.sample(mutants) {
            let report = try await report(name, rule: mutant.text)
            // What is no rule any more is told by `check`, and is no break that a test has to notice.
            guard report.ruleProblems.isEmpty else { continue }
            #expect(report.failed > 0, "\(name): nobody notices “\(mutant.what)”")
        }
    }
}

/// Breaks rules in the ways in which people break them.
enum RuleBreaker {
    struct Mutant {
        let what: String
        let text: String
    }

    /// Every break takes a run of the rule's tests: a few of each rule, spread over all of its parts, or with
    /// `BELLMAN_BREAKS=all` in the environment each of them.
    static func sample(_ mutants: [Mutant]) -> [Mutant] {
        let wanted = ProcessInfo.processInfo.environment["BELLMAN_BREAKS"].map { Int($0) ?? .max } ?? 5
        guard mutants.count > wanted else { return mutants }
        return (0..<wanted).map { mutants[$0 * mutants.count / wanted] }
    }

    static func mutants(of text: String) throws -> [Mutant] {
        let all =
            try numbers(text) + conditions(text) + people(text) + channels(text) + words(text) + whole(text)
        return all.filter { mutant in !sameRules.contains { mutant.what.hasSuffix($0) } }
    }

    /// A working day after the seventh day is the eighth at least: this is the same rule in other words.
    private static let sameRules = ["if: days_left <= -8"]

    /// Comments, names and titles of rules, whether one rule is the file or they stand in a list.
    private static func isWording(_ line: String) -> Bool {
        line.drop { $0 == " " }.hasPrefix("#")
            || ["id:", "- id:", "title:", "  title:"].contains { line.hasPrefix($0) }
    }

    /// Lines of the rule that mean something.
    private static func edit(_ text: String, _ what: String, _ change: (String) -> String?) -> [Mutant] {
        let lines = text.components(separatedBy: "\n")
        return lines.indices.compactMap { index in
            guard !isWording(lines[index]), let line = change(lines[index]), line != lines[index]
            else { return nil }
            var copy = lines
            copy[index] = line
            return Mutant(what: "\(what): \(line)", text: copy.joined(separator: "\n"))
        }
    }

    private static func each(
        _ text: String, _ what: String, _ pattern: String, _ change: (String) -> [String]
    ) throws -> [Mutant] {
        let regex = try NSRegularExpression(pattern: pattern)
        var found: [Mutant] = []
        for line in text.components(separatedBy: "\n") where !isWording(line) {
            for match in regex.matches(in: line, range: NSRange(line.startIndex..., in: line)) {
                guard let range = Range(match.range, in: line), !isDigest(line[..<range.lowerBound]) else { continue }
                for replacement in change(String(line[range])) {
                    var copy = line
                    copy.replaceSubrange(range, with: replacement)
                    found.append(
                        Mutant(what: "\(what): \(copy)", text: text.replacingOccurrences(of: line, with: copy)))
                }
            }
        }
        return found
    }

    /// A test sees what rings; when what was gathered leaves is the gate's affair.
    private static func isDigest(_ before: Substring) -> Bool {
        guard let start = before.range(of: "digest: ")?.upperBound else { return false }
        return !before[start...].contains { ",}".contains($0) }
    }

    /// An offset, a wait or a count that is one more or less.
    private static func numbers(_ text: String) throws -> [Mutant] {
        try each(text, "number", #"\b[0-9]+\b"#) { found in
            guard let number = Int(found) else { return [] }
            return [number + 1, number - 1].filter { $0 > 0 }.map(String.init).map { text in
                String(repeating: "0", count: max(0, found.count - text.count)) + text
            }
        } + each(text, "unit", #"\bworking day\b"#) { _ in ["day"] }
            + each(text, "unit", #"\bhour\b"#) { _ in ["day"] }
            + each(text, "direction", #"\b(before|after):"#) { $0 == "before:" ? ["after:"] : ["before:"] }
            .filter { !$0.text.contains("every:") }
    }

    /// `if` and `unless` dropped, turned round, and every part of them.
    private static func conditions(_ text: String) throws -> [Mutant] {
        try edit(text, "dropped") { $0.drop { $0 == " " }.hasPrefix("if:") || $0.hasPrefix("unless:") ? "# gone" : nil }
            + edit(text, "turned") { line in
                if line.contains("unless:") { return line.replacing("unless:", with: "if:") }
                return line.contains("if:") ? line.replacing("if:", with: "unless:") : nil
            } + each(text, "joined", #"&&|\|\|"#) { $0 == "&&" ? ["||"] : ["&&"] }
            + each(text, "closed", #"\.(open|closed)\b"#) { $0 == ".open" ? [".closed"] : [".open"] }
            + each(text, "part", #"\w+\.auto_renew"#) { _ in ["false", "true"] }
            + each(text, "part", #"\b\w+\.\w+ == null"#) { _ in ["false"] }
    }

    /// Someone else is told, or somebody is forgotten.
    private static func people(_ text: String) throws -> [Mutant] {
        try each(text, "nobody", #"(?<=to: )\w+(\.\w+)+"#) { _ in [#"'member("nobody")'"#] }
            + each(text, "more", #"(?<=to: )(\w+\.)+(assignee|owner|manager)\b"#) { ["\($0).manager"] }
            + each(text, "list", #"(?<=to: )\[[^\]]+\]"#) { found in
                let all = found.dropFirst().dropLast().components(separatedBy: ", ")
                return all.map { one in "[\(all.filter { $0 != one }.joined(separator: ", "))]" }
            }
    }

    private static func channels(_ text: String) throws -> [Mutant] {
        try each(text, "channel", #"(?<=via: )\w+"#) { $0 == "mail" ? ["chat"] : ["mail"] }
            + each(text, "channel", #"via: \[mail, chat\]"#) { _ in ["via: mail", "via: chat"] }
            + each(text, "priority", #"priority: high"#) { _ in ["priority: low"] }
    }

    /// A status that nobody writes, another field, and the words of the message.
    private static func words(_ text: String) throws -> [Mutant] {
        try each(text, "word", #"(?<=[\[ ])(进行中|In progress|in progress|doing)(?=[,\]])"#) { _ in ["nothing"] }
            + each(text, "field", #"\btask\.due(?=, (by|every))"#) { _ in ["task.starts_on"] }
            + each(text, "field", #"contract\.(expires_on|cancel_by)(?=, (by|every))"#) { _ in ["contract.starts_on"] }
            + said(text)
    }

    /// A notice says something else.
    private static func said(_ text: String) -> [Mutant] {
        let lines = text.components(separatedBy: "\n")
        let titled = lines.indices.filter { isTitle(lines[$0]) }.map { index -> Mutant in
            var copy = lines
            copy[index] = lines[index].prefix { $0 == " " } + "title: 别的话 / other words"
            return Mutant(what: "title: \(lines[index])", text: copy.joined(separator: "\n"))
        }
        let bare = lines.indices.filter { lines[$0].contains("notify: {") && !lines[$0].contains("title:") }
            .prefix(1).map { index -> Mutant in
                var copy = lines
                copy[index] = lines[index].replacing(
                    "notify: {", with: "notify: {title: '别的话 / other words', ", maxReplacements: 1)
                return Mutant(what: "title", text: copy.joined(separator: "\n"))
            }
        return titled + bare
    }

    /// A title of a step, on a line of its own.
    private static func isTitle(_ line: String) -> Bool {
        let words = line.drop { $0 == " " }
        return line.count - words.count > 4 && words.hasPrefix("title: ") && !words.hasSuffix("|")
    }

    private static func whole(_ text: String) -> [Mutant] {
        // A time of day is of no matter to changes, to schedules that name one, and to dates that have a time.
        let usesTime = text.contains("due, by") || text.contains("expires_on") || text.contains("cancel_by")
        return ["enabled: false"].flatMap { added($0, to: text) } + (usesTime ? added("at: \"10:00\"", to: text) : [])
    }

    /// A line more at the end of each rule of the file.
    private static func added(_ line: String, to text: String) -> [Mutant] {
        let lines = text.components(separatedBy: "\n")
        let starts = lines.indices.filter { lines[$0].hasPrefix("id:") || lines[$0].hasPrefix("- id:") }
        return starts.map { start in
            var copy = lines
            copy.insert((lines[start].hasPrefix("-") ? "  " : "") + line, at: start + 1)
            return Mutant(what: "\(lines[start]), \(line)", text: copy.joined(separator: "\n"))
        }
    }
}
