import Almanac
import BellmanDelivery
import BellmanModel
import SourceDiagnostics

/// A forecast for people: by day, within it by person or room, within that by time.
public struct ForecastText {
    private let forecast: Forecast
    private let zone: Zone
    private let isFull: Bool
    private let words: ForecastWords

    /// - Parameter isFull: with the whole text of each notice.
    public init(_ forecast: Forecast, _ language: AlmanacLanguage, zone: Zone, isFull: Bool) {
        (self.forecast, self.zone, self.isFull) = (forecast, zone, isFull)
        words = ForecastWords(language: language)
    }

    /// Lines below a title.
    private static let indent = "           "

    private struct Group: Hashable {
        let isRoom: Int
        let name: String
    }

    public var text: String {
        var out = ""
        for (day, entries) in days { out += self.day(day, entries) }
        return out + foot
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
        var out = "\(words.day(day))\n"
        // People before rooms.
        let groups = Dictionary(grouping: entries) {
            Group(isRoom: $0.notice.recipientKey.isEmpty ? 1 : 0, name: words.addressee($0))
        }
        for (group, entries) in groups.sorted(by: { ($0.key.isRoom, $0.key.name) < ($1.key.isRoom, $1.key.name) }) {
            out += "  \(group.name)\n"
            for entry in entries { out += ForecastText.entry(entry, zone, words, isFull: isFull) }
        }
        return out + "\n"
    }

    /// The title with rule and record, and below it the text.
    static func entry(_ entry: Forecast.Entry, _ zone: Zone, _ words: ForecastWords, isFull: Bool) -> String {
        let time = String(zone.local(entry.at).time.description.prefix(5))
        let remarks = words.remarks(entry, zone)
        var facts = [entry.key.rule, entry.notice.record].filter { !$0.isEmpty }.joined(separator: " · ")
        if !remarks.isEmpty { facts += words.pick(" (", "（") + remarks + words.pick(")", "）") }
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
    private var foot: String {
        let people = Set(forecast.entries.flatMap { $0.notice.recipients.map(\.id) }).count
        var lines = [
            words.sum(forecast.entries.count, people, zone.date(forecast.from), zone.date(forecast.through))
        ]
        if forecast.isCut { lines.append(words.cut) }
        if forecast.waiting > 0 { lines.append(words.waiting(forecast.waiting)) }
        for why in Forecast.Unforeseen.Why.allCases {
            let rules = forecast.unforeseen.filter { $0.why == why }.map(\.rule)
            if !rules.isEmpty { lines.append(words.unforeseen(why, rules)) }
        }
        lines += forecast.gaps.map { $0.words(words.language) }
        lines += forecast.troubles
        return lines.joined(separator: "\n") + "\n"
    }
}
