import Almanac
import BellmanDelivery
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite

/// What time will bring if nobody changes anything.
public struct Forecast: Sendable {
    /// One notice to one recipient.
    public struct Entry: Sendable, Hashable {
        public let key: OccurrenceKey
        public let notice: Notice
        /// When it rings.
        public let at: Instant
        public let departure: Departure
        /// It rings in the very first round: it is due already.
        public let isAtOnce: Bool
    }

    /// A rule of which time alone does not tell when it rings.
    public struct Unforeseen: Sendable, Hashable {
        public enum Why: String, Sendable, CaseIterable {
            /// `created`, `deleted`, `changes`.
            case edge
            /// `while`: spans that run are foreseen, what a change begins is not.
            case level
        }

        public let rule: String
        public let title: String
        public let why: Why
    }

    public let from: Instant
    public let through: Instant
    /// Ascending in time, then by rule, record, step and recipient.
    public var entries: [Entry]
    /// By rule.
    public var unforeseen: [Unforeseen]
    /// Working calendars without data for a year that it reaches into: Monday to Friday stand in.
    public var gaps: [CalendarCoverage.Gap]
    /// What went wrong in single rules, in words.
    public var troubles: [String]
    /// It ends early, because the rules ring too often for a forecast.
    public var isCut: Bool
    /// Notices that rang before and have not left yet.
    public var waiting: Int
}

/// Makes forecasts: the real engine lives the coming time in a shadow of the store.
public struct Forecaster: Sendable {
    private let instance: Instance

    /// Days of one forecast.
    public static let daysLimit = 1_100

    public init(_ instance: Instance) { self.instance = instance }

    /// The present records and the given rules, from now through `days` later. Neither the store nor anybody outside
    /// notices. Throws `StoreProblem`.
    /// - Parameter progress: told the days that are done, of how many.
    public func forecast(
        rules: [Rule], from now: Instant, days: Int, progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> Forecast {
        let end = now.adding(seconds: Int64(days) * 86_400)
        var rehearsal = try Rehearsal(shadowOf: instance, rules: rules)
        defer { rehearsal.close() }
        var gathered = ForecastEntries(store: rehearsal.store, channels: instance.workshop.channels)
        try rehearsal.tick(at: now)
        try gathered.add(rehearsal.store.take(), at: now, isAtOnce: true)
        var done = 0
        try rehearsal.live(after: now, through: end) { at, brought in
            try gathered.add(brought, at: at, isAtOnce: false)
            let day = Int((at.seconds - now.seconds) / 86_400)
            if day > done { progress(day, days) }
            done = max(day, done)
        }
        progress(days, days)
        return Forecast(
            from: now, through: end, entries: gathered.entries.sorted(by: Forecaster.stand),
            unforeseen: unforeseen(rules),
            gaps: gaps(rules, now, end), troubles: rehearsal.troubles, isCut: rehearsal.isCut,
            waiting: try waiting())
    }

    private func waiting() throws -> Int {
        let counts = try instance.store.summary().counts
        return [.waiting, .held].reduce(0) { $0 + (counts[$1] ?? 0) }
    }

    static func stand(_ a: Forecast.Entry, before b: Forecast.Entry) -> Bool {
        (a.at, a.key.rule, a.key.subject, a.notice.step, a.notice.channel, a.notice.recipientKey)
            < (b.at, b.key.rule, b.key.subject, b.notice.step, b.notice.channel, b.notice.recipientKey)
    }

    private func unforeseen(_ rules: [Rule]) -> [Forecast.Unforeseen] {
        rules.filter(\.enabled).sorted { $0.id < $1.id }.compactMap { rule in
            let isLevel = rule.hasLevel
            guard isLevel || rule.triggers.contains(where: \.isEdge) else { return nil }
            return Forecast.Unforeseen(rule: rule.id, title: rule.title, why: isLevel ? .level : .edge)
        }
    }

    private func gaps(_ rules: [Rule], _ now: Instant, _ end: Instant) -> [CalendarCoverage.Gap] {
        let zone = instance.configuration.timing.zone
        let years = zone.date(now).year...zone.date(end).year
        return CalendarCoverage.needed(rules).flatMap { calendar in
            years.filter { !calendar.covers(year: $0) }.map { CalendarCoverage.Gap(calendar: calendar, year: $0) }
        }
    }
}

/// Entries as a rehearsal brings them.
struct ForecastEntries {
    let store: RehearsalStore
    let channels: ChannelSet
    private(set) var entries: [Forecast.Entry] = []
    /// What rang, with or without a notice, and when.
    private(set) var rang: [OccurrenceKey: Instant] = [:]
    /// Of what rang, by firing: later steps belong to it.
    private var keys: [String: OccurrenceKey] = [:]

    init(store: RehearsalStore, channels: ChannelSet) {
        self.store = store
        self.channels = channels
    }

    mutating func add(_ brought: Rehearsed, at: Instant, isAtOnce: Bool) throws {
        for decision in brought.decisions where decision.outcome.rang {
            keys[decision.firing] = decision.key
            rang[decision.key] = at
        }
        for item in brought.items {
            entries.append(
                Forecast.Entry(
                    key: try key(item.notice), notice: item.notice, at: at, departure: channels.departure(of: item),
                    isAtOnce: isAtOnce))
        }
    }

    private mutating func key(_ notice: Notice) throws -> OccurrenceKey {
        if let known = keys[notice.firing] { return known }
        let rang = try store.read { try $0.decision(firing: notice.firing) }
        // An invitation follows its record and has no decision of its own.
        let key =
            rang?.key ?? OccurrenceKey(rule: notice.rule, subject: notice.record, occurrence: notice.firing)
        keys[notice.firing] = key
        return key
    }
}

extension Instance {
    /// The rules that count now, with the last good text of a broken file; nothing is remembered.
    public func presentRules() throws -> [Rule] {
        var book = try ruleBook()
        return try book.read(remember: false, force: true)?.outcome.rules ?? []
    }
}

extension Forecast {
    /// Leaves out what other rules bring and what is for others. No rules means all.
    public mutating func keep(rules: [String], person: String?) {
        if !rules.isEmpty {
            entries.removeAll { !rules.contains($0.key.rule) }
            unforeseen.removeAll { !rules.contains($0.rule) }
        }
        guard let person = person?.lowercased() else { return }
        entries.removeAll { entry in
            !entry.notice.recipients.contains {
                [$0.id, $0.name, $0.email ?? ""].map { $0.lowercased() }.contains(person)
            }
        }
    }

    /// For a calendar program.
    public func calendar(name: String) -> CalendarFeed {
        let events = entries.map { entry in
            let title = entry.notice.title.isEmpty ? entry.notice.ruleTitle : entry.notice.title
            let facts = [entry.key.rule, entry.notice.record].filter { !$0.isEmpty }.joined(separator: " · ")
            return CalendarFeed.Event(
                uid: "\(entry.notice.id)@bellman", at: entry.at, title: "\(title) → \(entry.addressee)",
                text: "\(entry.text)\n\n\(facts)")
        }
        return CalendarFeed(name: name, stamp: from, events: events)
    }
}
