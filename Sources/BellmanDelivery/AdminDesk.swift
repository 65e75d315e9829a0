import Almanac
import BellmanModel

/// One thing that the administrator should know of deliveries. Who carries it to the admin channel, and how often, is
/// the daemon's affair.
public struct AdminWord: Sendable, Hashable {
    /// The same for the same trouble.
    public let key: String
    public let title: String
    public let text: String
    /// The channel that it is about; empty where it is about none.
    public let channel: String
    public let at: Instant
    /// Told once a day while it lasts; else each time.
    public let isDaily: Bool
}

/// Gathers what the administrator should know: each trouble once a day, dead letters added up for an hour. Troubles of
/// the inbox are told nowhere, since nothing is left to tell them by.
struct AdminDesk: Sendable {
    private let language: String
    private var facts: [AdminFact] = []
    private var told: [String: Int64] = [:]
    private var deadCounts: [String: (count: Int, words: String)] = [:]
    private var deadTold: [String: Instant] = [:]

    private static let daySeconds: Int64 = 86_400
    private static let hourSeconds: Int64 = 3_600

    init(language: String) { self.language = language }

    mutating func note(_ fact: AdminFact, _ now: Instant) {
        let key = AdminDesk.key(fact)
        let day = now.seconds / AdminDesk.daySeconds
        guard AdminDesk.channel(of: fact) != "inbox", told[key] != day else { return }
        told[key] = day
        facts.append(fact)
    }

    /// The channel works again: should it fail anew today, that is news.
    mutating func forgetDead(channel: String) { told["channel_dead \(channel)"] = nil }

    mutating func noteDead(channel name: String, count: Int, words: String) {
        guard name != "inbox" else { return }
        deadCounts[name] = (count: (deadCounts[name]?.count ?? 0) + count, words: words)
    }

    /// What is to be told now.
    mutating func due(_ now: Instant) -> [AdminWord] {
        if facts.isEmpty, deadCounts.isEmpty { return [] }
        for name in deadCounts.keys.sorted() {
            guard let entry = deadCounts[name] else { continue }
            if let last = deadTold[name], now < last.adding(seconds: AdminDesk.hourSeconds) { continue }
            deadTold[name] = now
            deadCounts[name] = nil
            facts.append(.deadLetters(channel: name, count: entry.count, words: entry.words))
        }
        defer { facts = [] }
        return facts.map { word($0, now) }
    }

    private func word(_ fact: AdminFact, _ now: Instant) -> AdminWord {
        let wording = DeliveryWording(language)
        var key = AdminDesk.key(fact)
        var isDaily = true
        if case .deadLetters = fact { (key, isDaily) = (key + " \(now.microseconds)", false) }
        return AdminWord(
            key: key, title: wording.title(fact), text: wording.text(fact), channel: AdminDesk.channel(of: fact),
            at: now, isDaily: isDaily)
    }

    private static func channel(of fact: AdminFact) -> String {
        switch fact {
        case .channelDead(let name, _), .noAddress(let name, _), .deadLetters(let name, _, _),
            .unknownChannel(let name):
            name
        case .badTimes: ""
        }
    }

    private static func key(_ fact: AdminFact) -> String {
        switch fact {
        case .channelDead(let name, _): "channel_dead \(name)"
        case .noAddress(let name, let person): "no_address \(name) \(person)"
        case .deadLetters(let name, _, _): "dead \(name)"
        case .unknownChannel(let name): "unknown \(name)"
        case .badTimes(let problem): "times \(problem.member) \(problem.field.rawValue) \(problem.text)"
        }
    }
}
