import Almanac
import BellmanModel

/// The differences of a plan for people.
public struct PlanText {
    private let plan: Plan
    private let zone: Zone
    private let words: ForecastWords

    public init(_ plan: Plan, _ language: AlmanacLanguage, zone: Zone) {
        (self.plan, self.zone) = (plan, zone)
        words = ForecastWords(language: language)
    }

    private var difference: PlanDifference { plan.difference }

    public var text: String {
        var out = rules()
        out += section(words.pick("Rings at once", "马上就响"), "!", difference.atOnce)
        out += section(words.pick("Added", "新增"), "+", difference.added.filter { !$0.isAtOnce })
        out += section(words.pick("Cancelled", "取消"), "-", difference.cancelled)
        out += pairs(words.pick("Moved", "改时间"), ">", difference.moved.filter { !isNowAtOnce($0) }, moved)
        out += pairs(words.pick("Reworded", "改文字"), "~", difference.reworded, reworded)
        return out + foot()
    }

    private func isNowAtOnce(_ pair: PlanDifference.Pair) -> Bool { pair.new.isAtOnce && !pair.old.isAtOnce }

    private func rules() -> String {
        let lists = [
            (words.pick("new rules", "新规则"), plan.edits.added),
            (words.pick("rules that go", "去掉的规则"), plan.edits.removed),
            (words.pick("edited rules", "改过的规则"), plan.edits.edited),
        ].filter { !$0.1.isEmpty }
        let separator = words.pick(": ", "：")
        let lines = lists.map { "\($0.0)\(separator)\($0.1.joined(separator: ", "))\n" }
        return lines.isEmpty ? "" : lines.joined() + "\n"
    }

    // MARK: sections

    private func section(_ title: String, _ sign: String, _ entries: [Forecast.Entry]) -> String {
        guard !entries.isEmpty else { return "" }
        return head(title, entries.count) + entries.map { line(sign, $0) }.joined() + "\n"
    }

    private func pairs(
        _ title: String, _ sign: String, _ pairs: [PlanDifference.Pair], _ below: (PlanDifference.Pair) -> String
    ) -> String {
        guard !pairs.isEmpty else { return "" }
        return head(title, pairs.count) + pairs.map { line(sign, $0.new) + below($0) }.joined() + "\n"
    }

    private func head(_ title: String, _ count: Int) -> String { "\(title) (\(count))\n" }

    private func line(_ sign: String, _ entry: Forecast.Entry) -> String {
        let facts = [entry.key.rule, entry.notice.record].filter { !$0.isEmpty }.joined(separator: " · ")
        let title = ForecastText.oneLine(entry.notice.title.isEmpty ? entry.notice.ruleTitle : entry.notice.title)
        let remarks = words.remarks(entry, zone)
        let tail = remarks.isEmpty ? "" : words.pick(" (\(remarks))", "（\(remarks)）")
        return "  \(sign) \(when(entry.at))  \(title) → \(entry.addressee)\n      \(facts)\(tail)\n"
    }

    private func when(_ at: Instant) -> String {
        let local = zone.local(at)
        return "\(words.day(local.date)) \(local.time.description.prefix(5))"
    }

    private func moved(_ pair: PlanDifference.Pair) -> String {
        let before = words.remarks(pair.old, zone)
        let tail = before.isEmpty ? "" : words.pick(" (\(before))", "（\(before)）")
        return "      \(words.pick("was", "原为")) \(when(pair.old.at))\(tail)\n" + reworded(pair)
    }

    /// The lines that differ.
    private func reworded(_ pair: PlanDifference.Pair) -> String {
        let old = PlanText.lines(pair.old)
        let new = PlanText.lines(pair.new)
        let difference = new.difference(from: old)
        return difference.map { change in
            switch change {
            case .remove(_, let line, _): "      - \(line)\n"
            case .insert(_, let line, _): "      + \(line)\n"
            }
        }.joined()
    }

    private static func lines(_ entry: Forecast.Entry) -> [String] {
        ([entry.notice.title] + entry.text.split(whereSeparator: \.isNewline).map(String.init)).map(
            ForecastText.oneLine)
    }

    // MARK: the end

    private func foot() -> String {
        let from = zone.date(plan.new.from)
        let through = zone.date(plan.new.through)
        var lines = [sum(from, through)]
        if plan.new.isCut || plan.old.isCut { lines.append(words.cut) }
        let unseen = plan.unseen.map(\.rule)
        if !unseen.isEmpty {
            lines.append(
                words.pick(
                    "changed, and ringing on changes of records, which nobody can foresee: \(unseen.joined(separator: ", ")); bellman replay shows them on the past",
                    "改过的规则里，由记录改动触发、无法预知的：\(unseen.joined(separator: ", "))；用 bellman replay 在历史上看"))
        }
        lines += plan.new.gaps.map { $0.words(words.language) } + plan.new.troubles
        return lines.joined(separator: "\n") + "\n"
    }

    private func sum(_ from: CivilDate, _ through: CivilDate) -> String {
        guard !difference.isEmpty else {
            return words.pick(
                "No notice from \(from) to \(through) would be different (\(difference.unchanged) stay).",
                "\(from) 至 \(through) 没有任何通知会不同（\(difference.unchanged) 条不变）。")
        }
        let counts = (
            difference.added.count, difference.cancelled.count, difference.moved.count, difference.reworded.count
        )
        return words.pick(
            "\(from) to \(through): \(counts.0) added, \(counts.1) cancelled, \(counts.2) moved, \(counts.3) reworded, \(difference.unchanged) unchanged",
            "\(from) 至 \(through)：新增 \(counts.0)，取消 \(counts.1)，改时间 \(counts.2)，改文字 \(counts.3)，不变 \(difference.unchanged)"
        )
    }
}
