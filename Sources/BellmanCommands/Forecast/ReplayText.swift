import Almanac
import BellmanDaemon
import BellmanModel

/// A replay for people: as a forecast, with what really rang beside it.
struct ReplayText {
    let replayed: Replayed
    let zone: Zone
    let isFull: Bool

    var text: String {
        var out = ""
        var day: CivilDate?
        for entry in replayed.entries {
            let its = zone.date(entry.at)
            if its != day { out += "\(day == nil ? "" : "\n")\(ForecastWords.day(its))\n" }
            day = its
            out += line(entry)
        }
        return out + (out.isEmpty ? "" : "\n") + missed + foot
    }

    private func line(_ entry: Forecast.Entry) -> String {
        let rang = replayed.rangThen.contains(entry.notice.firing)
        let sign = rang ? "=" : "+"
        return "  \(sign) \(ForecastWords.addressee(entry))\n" + ForecastText.entry(entry, zone, isFull: isFull)
    }

    private var missed: String {
        guard !replayed.missed.isEmpty else { return "" }
        let lines = replayed.missed.map { entry in
            let local = zone.local(entry.decidedAt)
            return
                "  - \(local.date) \(local.time.description.prefix(5))  \(entry.key.rule) · \(entry.key.subject) · \(entry.key.occurrence)\n"
        }
        return Words.pick("Rang then, and would not now:\n", "当时响过、现在不会响：\n") + lines.joined() + "\n"
    }

    private var foot: String {
        let firings = Set(replayed.entries.map(\.notice.firing))
        let same = firings.intersection(replayed.rangThen).count
        let (from, through) = (replayed.from.iso(in: zone).prefix(16), replayed.through.iso(in: zone).prefix(16))
        var lines = [
            Words.pick(
                "\(from) to \(through), \(Words.count(replayed.changes, "change")): \(Words.count(replayed.entries.count, "notice")) of \(Words.count(firings.count, "firing")); = \(same) rang then too, + \(firings.count - same) did not, - \(replayed.missed.count) rang then and would not now",
                "\(from) 至 \(through)，\(replayed.changes) 次改动：\(firings.count) 次触发，\(replayed.entries.count) 条通知；= \(same) 次当时也响过，+ \(firings.count - same) 次当时没有响，- \(replayed.missed.count) 次当时响过而现在不会响"
            )
        ]
        if let begins = replayed.journalBegins {
            lines.append(
                Words.pick(
                    "The journal begins at \(begins.iso(in: zone)); what was before is not known.",
                    "变更记录从 \(begins.iso(in: zone)) 开始，之前的情况不得而知。"))
        }
        if replayed.isCut { lines.append(ForecastWords.cut) }
        return (lines + replayed.troubles).joined(separator: "\n") + "\n"
    }
}
