import Almanac
import BellmanModel
import BellmanRules

/// What another set of rules would make different in a forecast.
public struct PlanDifference: Sendable {
    public struct Pair: Sendable, Hashable {
        public let old: Forecast.Entry
        public let new: Forecast.Entry
    }

    /// In order of time, each.
    public private(set) var added: [Forecast.Entry] = []
    public private(set) var cancelled: [Forecast.Entry] = []
    /// To another time; perhaps in other words as well.
    public private(set) var moved: [Pair] = []
    /// At the same time in other words.
    public private(set) var reworded: [Pair] = []
    public private(set) var unchanged = 0

    public var isEmpty: Bool { added.isEmpty && cancelled.isEmpty && moved.isEmpty && reworded.isEmpty }

    /// What would ring in the very first round and would not have.
    public var atOnce: [Forecast.Entry] {
        added.filter(\.isAtOnce) + moved.filter { $0.new.isAtOnce && !$0.old.isAtOnce }.map(\.new)
    }

    /// What is the same but for its occurrence.
    private struct Place: Hashable {
        let rule: String
        let subject: String
        let step: Int
        let channel: String
        let recipient: String
    }

    private struct Name: Hashable {
        let place: Place
        let occurrence: String
        var round: Int
    }

    /// - Parameter renames: ids that rules had before (`was:`), by their new ones.
    public init(old: Forecast, new: Forecast, renames: [String: String] = [:]) {
        var left: [Forecast.Entry] = []
        var known = Dictionary(
            uniqueKeysWithValues: zip(PlanDifference.names(old.entries, [:]), old.entries))
        for (name, entry) in zip(PlanDifference.names(new.entries, renames), new.entries) {
            if let before = known.removeValue(forKey: name) { compare(before, entry) } else { left.append(entry) }
        }
        pair(known.values.sorted(by: Forecaster.stand), left, renames)
        moved.sort { $0.new.at < $1.new.at }
    }

    private mutating func compare(_ old: Forecast.Entry, _ new: Forecast.Entry) {
        if old.at != new.at || old.departure != new.departure {
            moved.append(Pair(old: old, new: new))
        } else if old.notice.title != new.notice.title || old.notice.text != new.notice.text
            || old.notice.links != new.notice.links
        {
            reworded.append(Pair(old: old, new: new))
        } else {
            unchanged += 1
        }
    }

    /// What is left of both, by rule, record and recipient in order of time: the same thing under another occurrence.
    private mutating func pair(_ gone: [Forecast.Entry], _ left: [Forecast.Entry], _ renames: [String: String]) {
        var waiting = Dictionary(grouping: gone) { PlanDifference.place($0, [:]) }.mapValues { $0[...] }
        for entry in left {
            if let old = waiting[PlanDifference.place(entry, renames)]?.popFirst() {
                moved.append(Pair(old: old, new: entry))
            } else {
                added.append(entry)
            }
        }
        cancelled = gone.filter { waiting[PlanDifference.place($0, [:])]?.contains($0) ?? false }
    }

    /// One for each: repetitions of a step are counted.
    private static func names(_ entries: [Forecast.Entry], _ renames: [String: String]) -> [Name] {
        var rounds: [Name: Int] = [:]
        return entries.map { entry in
            var name = Name(place: place(entry, renames), occurrence: entry.key.occurrence, round: 0)
            let round = rounds[name, default: 0]
            rounds[name] = round + 1
            name.round = round
            return name
        }
    }

    private static func place(_ entry: Forecast.Entry, _ renames: [String: String]) -> Place {
        Place(
            rule: renames[entry.key.rule] ?? entry.key.rule, subject: entry.key.subject, step: entry.notice.step,
            channel: entry.notice.channel, recipient: entry.notice.recipientKey)
    }
}
