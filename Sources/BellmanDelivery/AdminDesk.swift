import Almanac
import BellmanModel
import Digests

/// Words for the admin channel: each trouble once a day, dead letters added up for an hour. Troubles of the admin
/// channel itself are told in the inbox, so that nothing feeds itself.
struct AdminDesk: Sendable {
    private let channel: String
    private let language: String
    private var facts: [AdminFact] = []
    private var told: [String: Int64] = [:]
    private var deadCounts: [String: (count: Int, words: String)] = [:]
    private var deadTold: [String: Instant] = [:]

    private static let daySeconds: Int64 = 86_400
    private static let hourSeconds: Int64 = 3_600

    init(channel: String, language: String) {
        self.channel = channel
        self.language = language
    }

    mutating func note(_ fact: AdminFact, _ now: Instant) {
        let key = AdminDesk.key(fact)
        let day = now.seconds / AdminDesk.daySeconds
        guard AdminDesk.channel(of: fact) != "inbox", told[key] != day else { return }
        told[key] = day
        facts.append(fact)
    }

    mutating func noteDead(channel name: String, count: Int, words: String) {
        guard name != "inbox" else { return }
        deadCounts[name] = (count: (deadCounts[name]?.count ?? 0) + count, words: words)
    }

    /// What is to be queued now.
    mutating func due(_ now: Instant) -> [OutboxItem] {
        if facts.isEmpty, deadCounts.isEmpty { return [] }
        for name in deadCounts.keys.sorted() {
            guard let entry = deadCounts[name] else { continue }
            if let last = deadTold[name], now < last.adding(seconds: AdminDesk.hourSeconds) { continue }
            deadTold[name] = now
            deadCounts[name] = nil
            facts.append(.deadLetters(channel: name, count: entry.count, words: entry.words))
        }
        defer { facts = [] }
        return facts.map { item($0, now) }
    }

    private func item(_ fact: AdminFact, _ now: Instant) -> OutboxItem {
        let wording = DeliveryWording(language)
        let id = Digests.stableID("admin", AdminDesk.key(fact), AdminDesk.period(fact, now))
        let way = AdminDesk.channel(of: fact) == channel ? "inbox" : channel
        let notice = Notice(
            id: id, firing: id, rule: "bellman", ruleTitle: "Bellman", record: "", step: 0, channel: way,
            recipientKey: "", recipients: [], title: wording.title(fact), text: [.value(wording.text(fact))], links: [],
            priority: .high, urgent: true, scheduledAt: now, firedAt: now, late: false, language: language)
        return OutboxItem(notice: notice, notBefore: now, reason: Reason("admin"), createdAt: now)
    }

    private static func period(_ fact: AdminFact, _ now: Instant) -> String {
        if case .deadLetters = fact { return String(now.microseconds) }
        return String(now.seconds / daySeconds)
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
