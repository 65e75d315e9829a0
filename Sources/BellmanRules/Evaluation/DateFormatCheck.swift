import Almanac
import CEL
import SourceDiagnostics

extension CELHostProblem {
    /// The same, met only when the expression was evaluated.
    var failure: CELFailure { CELFailure(.host(code: code, english: english, chinese: chinese)) }
}

/// Patterns of `format`: letters that mean nothing are slips, such as `m` typed for `M`, which no check can see, or `n`.
enum DateFormatCheck {
    static let check: CELFunction.LiteralCheck = { arguments, _ in
        guard arguments.count == 2, let pattern = arguments[1].text, let problem = problem(pattern) else { return [] }
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
}
