import Almanac
import BellmanModel

/// A replay for people: as a forecast, with what really rang beside it.
public struct ReplayText {
    private let replayed: Replayed
    private let zone: Zone
    private let isFull: Bool
    private let words: ForecastWords

    /// - Parameter isFull: with the whole text of each notice.
    public init(_ replayed: Replayed, _ language: AlmanacLanguage, zone: Zone, isFull: Bool) {
        (self.replayed, self.zone, self.isFull) = (replayed, zone, isFull)
        words = ForecastWords(language: language)
    }

    public var text: String {
        var out = ""
        var day: CivilDate?
        for entry in replayed.entries {
            let its = zone.date(entry.at)
            if its != day { out += "\(day == nil ? "" : "\n")\(words.day(its))\n" }
            day = its
            out += line(entry)
        }
        return out + (out.isEmpty ? "" : "\n") + missed + foot
    }

    private func line(_ entry: Forecast.Entry) -> String {
        let rang = replayed.rangThen.contains(entry.notice.firing)
        let sign = rang ? "=" : "+"
        return "  \(sign) \(words.addressee(entry))\n" + ForecastText.entry(entry, zone, words, isFull: isFull)
    }

    private var missed: String {
        guard !replayed.missed.isEmpty else { return "" }
        let lines = replayed.missed.map { entry in
            let local = zone.local(entry.decidedAt)
            return
                "  - \(local.date) \(local.time.description.prefix(5))  \(entry.key.rule) · \(entry.key.subject) · \(entry.key.occurrence)\n"
        }
        return words.pick("Rang then, and would not now:\n", "当时响过、现在不会响：\n") + lines.joined() + "\n"
    }

    private var foot: String {
        let firings = Set(replayed.entries.map(\.notice.firing))
        let same = firings.intersection(replayed.rangThen).count
        let (from, through) = (replayed.from.iso(in: zone).prefix(16), replayed.through.iso(in: zone).prefix(16))
        var lines = [
            words.pick(
                "\(from) to \(through), \(words.count(replayed.changes, "change")): \(words.count(replayed.entries.count, "notice")) of \(words.count(firings.count, "firing")); = \(same) rang then too, + \(firings.count - same) did not, - \(replayed.missed.count) rang then and would not now",
                "\(from) 至 \(through)，\(replayed.changes) 次改动：\(firings.count) 次触发，\(replayed.entries.count) 条通知；= \(same) 次当时也响过，+ \(firings.count - same) 次当时没有响，- \(replayed.missed.count) 次当时响过而现在不会响"
            )
        ]
        if let begins = replayed.journalBegins {
            lines.append(
                words.pick(
                    "The journal begins at \(begins.iso(in: zone)); what was before is not known.",
                    "变更记录从 \(begins.iso(in: zone)) 开始，之前的情况不得而知。"))
        }
        if replayed.isCut { lines.append(words.cut) }
        return (lines + replayed.troubles).joined(separator: "\n") + "\n"
    }
}
