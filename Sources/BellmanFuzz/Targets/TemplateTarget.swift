import Almanac
import BellmanModel
import BellmanRules
import SourceDiagnostics

/// A message text: written into a rule in each of YAML's ways, read, and rendered with records that are full, empty
/// and gone.
enum TemplateTarget {
    static func run(_ text: String) throws(Violation) {
        try check(quoted(text))
        if let block = block(text) { try check(block) }
    }

    private static func check(_ scalar: String) throws(Violation) {
        let file = SourceFile(name: "a.yaml", text: RuleWorld.frame(message: scalar))
        let reading = RuleWorld.reader.read(file)
        let rule = RangeRule(file.bytes)
        for problem in reading.problems { try rule.demandInside(problem.range, "problem \(problem.fact.code)") }
        guard let found = reading.rules.first, case .notify(let action)? = found.steps.first?.action else { return }
        for facts in RuleWorld.facts {
            let evaluator = RuleWorld.evaluator(found)
            let first = evaluator.message(action, facts)
            let second = evaluator.message(action, facts)
            try demand(
                first.title == second.title && first.text == second.text
                    && first.links.map(\.url) == second.links.map(\.url),
                "two renderings differ")
            let isOneLine = !first.title.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x2028 }
            try demand(isOneLine, "a title of several lines")
            for link in first.links {
                try demand(link.url.hasPrefix("http://") || link.url.hasPrefix("https://"), "a link to \(link.url)")
            }
        }
    }

    /// In double quotes, everything that is not plain escaped.
    static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", "\"": out += "\\" + String(scalar)
            case "\n": out += "\\n"
            case " "..."~", "\u{4E00}"..."\u{9FFF}": out.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16)
                out += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            }
        }
        return out + "\""
    }

    /// As a literal block; nil when the text cannot stand in one as it is.
    static func block(_ text: String) -> String? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first, !first.isEmpty, first.first != " " else { return nil }
        guard text.unicodeScalars.allSatisfy({ $0 == "\n" || $0.value >= 0x20 && $0.value < 0x7F || $0.value >= 0xA0 })
        else { return nil }
        return "|\n" + lines.map { "          " + $0 }.joined(separator: "\n")
    }
}
