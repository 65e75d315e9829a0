import Almanac
import BellmanRules
import SourceDiagnostics

/// Reads `quiet_hours: {from: "21:00", to: "08:00", days: [mon, tue], then: hold}`, or its short form
/// `"21:00-08:00 mon-fri"`.
struct QuietHoursReader {
    let report: (ConfigurationProblem, SourceRange) -> Void

    static let keys = ["from", "to", "days", "then"]

    func read(_ node: YAMLNode) -> QuietHours? {
        if let scalar = node.scalar {
            if let quiet = QuietHours(scalar.text) { return quiet }
            report(.badQuietHours(scalar.text), node.range)
            return nil
        }
        guard let pairs = node.pairs else {
            report(.wantedMapping("quiet_hours"), node.range)
            return nil
        }
        return read(pairs, node.range)
    }

    private func read(_ pairs: [YAMLNode.Pair], _ range: SourceRange) -> QuietHours? {
        var (from, to): (LocalTime?, LocalTime?)
        var days = QuietHours.everyDay
        var fate = QuietHours.Fate.hold
        var sound = true
        func wrong(_ problem: ConfigurationProblem, _ node: YAMLNode) {
            report(problem, node.range)
            sound = false
        }
        for pair in pairs {
            let key = pair.key.scalar?.text ?? ""
            let text = pair.value.scalar?.text
            switch key {
            case "from", "to":
                guard let time = text.flatMap({ LocalTime($0) }) else {
                    wrong(.badTime(text ?? ""), pair.value)
                    continue
                }
                if key == "from" { from = time } else { to = time }
            case "days":
                let words = pair.value.items?.map { $0.scalar?.text ?? "" }.joined(separator: ",") ?? text ?? ""
                if let named = QuietHours.days(words) { days = named } else { wrong(.badDays(words), pair.value) }
            case "then":
                if let named = text.flatMap({ QuietHours.Fate(rawValue: $0) }) {
                    fate = named
                } else {
                    wrong(.badFate(text ?? ""), pair.value)
                }
            default: wrong(.unknownKey(key, nearest: nearest(key, among: QuietHoursReader.keys)), pair.key)
            }
        }
        guard let from, let to else {
            if sound { report(.badQuietHours(""), range) }
            return nil
        }
        guard sound else { return nil }
        if let quiet = QuietHours(from: from, to: to, days: days, fate: fate) { return quiet }
        report(.quietForEver, range)
        return nil
    }
}
