import Almanac

/// Notices that nobody wants for a time: what would ring meanwhile is written down as `silenced`, and does not ring.
public struct Silence: Sendable, Hashable {
    /// `s-…`; the ledger names it.
    public let id: String
    public let scope: SilenceScope
    public let from: Instant
    /// Exclusive; nil until somebody ends it.
    public let until: Instant?
    /// Silent only in these stretches of the time from `from` to `until`.
    public let recurrence: SilenceRecurrence?
    public let by: Person
    /// When it was made.
    public let at: Instant
    /// Why; never empty.
    public let reason: String
    /// Ended by hand.
    public var ended: End?

    public struct End: Sendable, Hashable {
        public let at: Instant
        public let by: Person
        public init(at: Instant, by: Person) {
            self.at = at
            self.by = by
        }
    }

    public init(
        id: String, scope: SilenceScope, from: Instant, until: Instant?, recurrence: SilenceRecurrence? = nil,
        by: Person, at: Instant, reason: String, ended: End? = nil
    ) {
        self.id = id
        self.scope = scope
        self.from = from
        self.until = until
        self.recurrence = recurrence
        self.by = by
        self.at = at
        self.reason = reason
        self.ended = ended
    }

    /// From here on it never silences again; nil while no end is known. Exclusive.
    public var over: Instant? {
        guard let ended else { return until }
        return until.map { min($0, ended.at) } ?? ended.at
    }

    /// Whether it silences what is meant for that instant.
    public func covers(_ instant: Instant, calendar: WorkingCalendar) -> Bool {
        guard instant >= from, over.map({ instant < $0 }) ?? true else { return false }
        return recurrence?.covers(instant, calendar: calendar) ?? true
    }
}

/// What a silence is about. What is given must all fit; what is not given fits everything.
public struct SilenceScope: Sendable, Hashable {
    /// A rule's id.
    public var rule: String?
    /// A tag of the rule.
    public var tag: String?
    /// The kind of record that the rule is about, or gathers.
    public var kind: String?
    /// `kind/id`: the record, or the group, that the occurrence is about.
    public var record: String?
    /// An expression over the record of the kind.
    public var condition: String?

    public init(
        rule: String? = nil, tag: String? = nil, kind: String? = nil, record: String? = nil, condition: String? = nil
    ) {
        self.rule = rule
        self.tag = tag
        self.kind = kind
        self.record = record
        self.condition = condition
    }

    public var isEmpty: Bool { rule == nil && tag == nil && kind == nil && record == nil && condition == nil }

    /// As commands and pages show it: `rule=contract-renewal record=contract/C-12`.
    public var text: String {
        var parts: [String] = []
        if let rule { parts.append("rule=\(rule)") }
        if let tag { parts.append("tag=\(tag)") }
        if let kind { parts.append("kind=\(kind)") }
        if let record { parts.append("record=\(record)") }
        if let condition { parts.append("if=\(condition)") }
        return parts.joined(separator: " ")
    }
}

/// `every: friday at 18:00` with `for: 60 hours`: silent from each beginning on, so long.
public struct SilenceRecurrence: Sendable, Hashable {
    /// As written.
    public let every: String
    public let length: Period
    /// The zone that the times of day are meant in.
    public let zone: Zone
    private let parsed: Every

    /// Throws where the text is no schedule.
    public init(every: String, length: Period, zone: Zone) throws(EveryError) {
        parsed = try Every(every)
        self.every = every
        self.length = length
        self.zone = zone
    }

    /// Where the time of day is not given, the silence begins with the day.
    private func schedule(_ calendar: WorkingCalendar) -> Schedule {
        Schedule(every: parsed, zone: zone, calendar: calendar, at: LocalTime("00:00") ?? .nine)
    }

    private func end(of start: Instant, _ calendar: WorkingCalendar) -> Instant {
        OffsetRule(period: length, at: .nine, zone: zone, calendar: calendar).instant(for: start)
    }

    /// Beginnings are looked for a little further back than the length, for days that a clock change made longer.
    /// Seconds.
    private static let slack: Int64 = 2 * 86_400

    func covers(_ instant: Instant, calendar: WorkingCalendar) -> Bool {
        let back = OffsetRule(period: length.negated, at: .nine, zone: zone, calendar: calendar).instant(for: instant)
        let reach = back.adding(seconds: -SilenceRecurrence.slack)
        guard let start = schedule(calendar).last(notAfter: instant, after: reach) else { return false }
        return instant < end(of: start, calendar)
    }

    /// The stretch that is going on at the instant, or the next one.
    public func stretch(at instant: Instant, calendar: WorkingCalendar) -> (from: Instant, until: Instant)? {
        let schedule = schedule(calendar)
        let back = OffsetRule(period: length.negated, at: .nine, zone: zone, calendar: calendar).instant(for: instant)
        if let start = schedule.last(notAfter: instant, after: back.adding(seconds: -SilenceRecurrence.slack)),
            instant < end(of: start, calendar)
        {
            return (start, end(of: start, calendar))
        }
        return schedule.next(after: instant).map { ($0, end(of: $0, calendar)) }
    }
}
