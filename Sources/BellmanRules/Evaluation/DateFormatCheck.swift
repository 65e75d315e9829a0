import Almanac
import CEL
import SourceDiagnostics

extension CELHostProblem {
    /// The same, met only when the expression was evaluated.
    var failure: CELFailure { CELFailure(.host(code: code, english: english, chinese: chinese)) }
}

/// Patterns of `format`: letters that mean nothing are slips, and so are fields that make no sense beside the others.
enum DateFormatCheck {
    static let check: CELFunction.LiteralCheck = { arguments, _ in
        guard arguments.count == 2, let pattern = arguments[1].text, let problem = problem(pattern) ?? slip(pattern)
        else { return [] }
        return [(.host(problem), arguments[1].range)]
    }

    static func problem(_ pattern: String) -> CELHostProblem? {
        let letters = DatePattern.unknownLetters(in: pattern).map(String.init)
        guard !letters.isEmpty else { return nil }
        return CELHostProblem(
            code: "bad_date_pattern",
            english: "a date pattern has no field \(letters.joined(separator: ", "))",
            chinese: "日期格式里没有字段 \(letters.joined(separator: "、"))",
            englishHelp: "y year, M month, d day, E weekday, H hour, m minute; put words in single quotes",
            chineseHelp: "y 年、M 月、d 日、E 星期、H 时、m 分；英文单词要放进单引号")
    }

    /// Capitals and small letters mixed up: the text would be a date, but a wrong one. Told when the rule is loaded
    /// only, because a pattern that is computed may know what it does.
    private static func slip(_ pattern: String) -> CELHostProblem? {
        let slips = slips(pattern)
        guard let first = slips.first else { return nil }
        let mended = slips.reduce(pattern) { $0.replacing($1.wrong, with: $1.right) }
        return CELHostProblem(
            code: "mixed_date_pattern", english: "\(first.wrong) in a date pattern is \(first.english)",
            chinese: "日期格式里的 \(first.wrong) 是\(first.chinese)", englishHelp: "write \"\(mended)\"",
            chineseHelp: "请写 \"\(mended)\"")
    }

    private static func slips(
        _ pattern: String
    ) -> [(wrong: String, right: String, english: String, chinese: String)] {
        let fields = Set(DatePattern.fieldLetters(in: pattern))
        var found: [(wrong: String, right: String, english: String, chinese: String)] = []
        if fields.contains("Y"), !fields.contains("w") {
            found.append(("Y", "y", "the year of the week numbers", "周数所属的年"))
        }
        if fields.contains("D"), !fields.isDisjoint(with: "ML") {
            found.append(("D", "d", "the day of the year", "一年中的第几天"))
        }
        if fields.contains("m"), fields.isDisjoint(with: "HhKk"), !fields.isDisjoint(with: "yYd") {
            found.append(("m", "M", "the minutes of an hour", "分钟"))
        }
        return found
    }
}
