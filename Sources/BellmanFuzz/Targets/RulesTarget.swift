import BellmanRules
import Foundation
import SourceDiagnostics

/// A rule file of any bytes: it is read, its problems are rendered in every form, and last good versions are kept.
enum RulesTarget {
    static func run(_ input: [UInt8]) throws(Violation) {
        try read(SourceFile(name: "规则 a.yaml", bytes: input))
        let text = String(decoding: input, as: UTF8.self)
        try keep(text)
    }

    static func read(_ file: SourceFile) throws(Violation) {
        let reading = RuleWorld.reader.read(file)
        let rule = RangeRule(file.bytes)
        for problem in reading.problems { try rule.demandInside(problem.range, "problem \(problem.fact.code)") }
        let rendered = try render(reading.problems)
        let again = RuleWorld.reader.read(file)
        try demand(try render(again.problems) == rendered, "two readings differ")
        try demand(again.rules.map(\.id) == reading.rules.map(\.id), "two readings differ in rules")
        for problem in reading.problems { try caret(problem) }
    }

    private static func render(_ problems: [Diagnostic]) throws(Violation) -> String {
        var all = ""
        for language in [Language.en, .zh] {
            all += TextRenderer(language: language, color: language == .zh).render(problems)
            let json = JSONRenderer(language: language).render(problems)
            let sarif = SARIFRenderer(language: language, toolName: "bellman", toolVersion: "0").render(problems)
            for text in [json, sarif] {
                let isJSON = (try? JSONSerialization.jsonObject(with: Data(text.utf8))) != nil
                try demand(isJSON, "no JSON: \(text.prefix(200))")
            }
            all += json + sarif
        }
        return all
    }

    /// The caret stands under its line or right behind it.
    private static func caret(_ problem: Diagnostic) throws(Violation) {
        let lines = TextRenderer(language: .en).render(problem).split(separator: "\n", omittingEmptySubsequences: false)
        guard let place = lines.lastIndex(where: { $0.drop { $0 == " " }.hasPrefix("^") && !$0.contains("help:") }),
            place > 0
        else { throw Violation(what: "no caret for \(problem.fact.code)") }
        let width = DisplayWidth.of(lines[place - 1])
        try demand(
            DisplayWidth.of(lines[place]) <= max(width, 2) + 1, "the caret of \(problem.fact.code) leaves its line")
    }

    private static func keep(_ text: String) throws(Violation) {
        var keeper = RuleKeeper(reader: RuleWorld.reader, good: [:])
        let before = keeper.load([("a.yaml", RuleWorld.good("kept")), ("b.yaml", RuleWorld.good("other"))])
        try demand(before.rules.map(\.id) == ["kept", "other"], "the good files are not good")
        let after = keeper.load([("a.yaml", text), ("b.yaml", RuleWorld.good("other"))])
        let clashes = RuleWorld.reader.read(SourceFile(name: "a.yaml", text: text)).rules.contains { $0.id == "other" }
        try demand(clashes || after.rules.contains { $0.id == "other" }, "a broken file cost another its rule")
        guard let report = after.files.first(where: { $0.path == "a.yaml" }) else {
            throw Violation(what: "a file without a report")
        }
        let keeps = after.rules.contains { $0.id == "kept" && $0.place.file == "a.yaml" }
        try demand(report.state != .kept || keeps, "no last good version")
        try demand(report.state != .broken, "a file with a last good version is broken")
        let again = keeper.load([("a.yaml", RuleWorld.good("kept")), ("b.yaml", RuleWorld.good("other"))])
        try demand(again.rules.map(\.id) == ["kept", "other"], "mended, and not back")
    }
}
