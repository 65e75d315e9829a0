import Almanac
import BellmanDaemon
import BellmanDelivery
import BellmanModel
import SourceDiagnostics

/// A forecast for people: by day, within it by person or room, within that by time.
struct ForecastText {
    let forecast: Forecast
    let zone: Zone
    /// With the whole text of each notice.
    let isFull: Bool

    /// Lines below a title.
    private static let indent = "           "

    private struct Group: Hashable {
        let isRoom: Int
        let name: String
    }

    var text: String {
        var out = ""
        for (day, entries) in days { out += self.day(day, entries) }
        return out + ForecastText.foot(forecast, zone)
    }

    private var days: [(CivilDate, [Forecast.Entry])] {
        var days: [(CivilDate, [Forecast.Entry])] = []
        for entry in forecast.entries {
            let day = zone.date(entry.at)
            if days.last?.0 != day { days.append((day, [])) }
            days[days.count - 1].1.append(entry)
        }
        return days
    }

    private func day(_ day: CivilDate, _ entries: [Forecast.Entry]) -> String {
        var out = "\(ForecastWords.day(day))\n"
        // People before rooms.
        let groups = Dictionary(grouping: entries) {
            Group(isRoom: $0.notice.recipientKey.isEmpty ? 1 : 0, name: ForecastWords.addressee($0))
        }
        for (group, entries) in groups.sorted(by: { ($0.key.isRoom, $0.key.name) < ($1.key.isRoom, $1.key.name) }) {
            out += "  \(group.name)\n"
            for entry in entries { out += ForecastText.entry(entry, zone, isFull: isFull) }
        }
        return out + "\n"
    }

    /// The title with rule and record, and below it the text.
    static func entry(_ entry: Forecast.Entry, _ zone: Zone, isFull: Bool) -> String {
        let time = String(zone.local(entry.at).time.description.prefix(5))
        let remarks = ForecastWords.remarks(entry, zone)
        var facts = [entry.key.rule, entry.notice.record].filter { !$0.isEmpty }.joined(separator: " · ")
        if !remarks.isEmpty { facts += Words.pick(" (", "（") + remarks + Words.pick(")", "）") }
        let title = oneLine(entry.notice.title.isEmpty ? entry.notice.ruleTitle : entry.notice.title)
        var out = "    \(time)  \(title)\n\(indent)\(facts)\n"
        guard isFull else { return out }
        for line in entry.text.split(whereSeparator: \.isNewline) { out += "\(indent)│ \(oneLine(String(line)))\n" }
        return out
    }

    static func oneLine(_ text: String) -> String {
        String(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : Character($0) })
    }

    /// How much it is, and what it cannot know.
    static func foot(_ forecast: Forecast, _ zone: Zone) -> String {
        let people = Set(forecast.entries.filter { !$0.notice.recipientKey.isEmpty }.map(\.notice.recipientKey)).count
        var lines = [
            ForecastWords.sum(forecast.entries.count, people, zone.date(forecast.from), zone.date(forecast.through))
        ]
        if forecast.isCut { lines.append(ForecastWords.cut) }
        if forecast.waiting > 0 { lines.append(ForecastWords.waiting(forecast.waiting)) }
        for why in Forecast.Unforeseen.Why.allCases {
            let rules = forecast.unforeseen.filter { $0.why == why }.map(\.rule)
            if !rules.isEmpty { lines.append(ForecastWords.unforeseen(why, rules)) }
        }
        lines += forecast.gaps.map { $0.words(Words.language) }
        lines += forecast.troubles
        return lines.joined(separator: "\n") + "\n"
    }
}
