import Almanac
import BellmanDelivery
import BellmanRules
import SourceDiagnostics

/// Reads the keys that every channel has, whatever its type.
struct CommonKeyReader {
    let report: (ConfigurationProblem, SourceRange) -> Void

    /// False when the value is wrong; it is reported then.
    func take(_ key: String, _ node: YAMLNode, into common: inout ChannelDeclaration.Common) -> Bool {
        if key == "quiet_hours" {
            common.quietHours = QuietHoursReader(report: report).read(node)
            return common.quietHours != nil
        }
        guard let text = node.scalar?.text else {
            report(.wantedText(key), node.range)
            return false
        }
        switch key {
        case "fallback": common.fallback = text
        case "max_age":
            common.maxAge = CommonKeyReader.age(text)
            if common.maxAge == nil { return wrong(.badAge(text), node) }
        case "limit":
            common.limit = CommonKeyReader.pace(text)
            if common.limit == nil { return wrong(.badLimit(text), node) }
        default:
            guard let value = ["true": true, "false": false, "yes": true, "no": false][text.lowercased()] else {
                return wrong(.wantedBool(key: key, text), node)
            }
            common.allowPrivate = value
        }
        return true
    }

    private func wrong(_ problem: ConfigurationProblem, _ node: YAMLNode) -> Bool {
        report(problem, node.range)
        return false
    }

    private static func age(_ text: String) -> Period? {
        guard let period = try? Period.parse(text), !period.isZero, !period.isNegative else { return nil }
        return period
    }

    /// `20 per minute`, `1 per 3 seconds`, `每分钟 20 条`.
    static func pace(_ text: String) -> Pace? {
        let words = text.split(separator: " ").map(String.init)
        if words.count == 3, words[0].hasPrefix("每"), words[2] == "条" || words[2] == "次" {
            return pace(words[1], "1 " + words[0].dropFirst())
        }
        guard words.count >= 3, words[1] == "per" else { return nil }
        return pace(words[0], words.count == 3 ? "1 \(words[2])" : words[2...].joined(separator: " "))
    }

    private static func pace(_ count: String, _ window: String) -> Pace? {
        guard let count = Int(count), (1...1_000_000).contains(count), let period = try? Period.parse(window),
            period.months == 0, period.workingDays == 0, !period.isZero, !period.isNegative
        else { return nil }
        return Pace(count: count, seconds: period.seconds + Int64(period.days) * 86_400)
    }
}
