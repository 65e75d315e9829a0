/// A recurrence rule bound to its start and zone: the form that finds occurrences.
///
/// Everything a search needs is worked out once, here; a search then goes by arithmetic to the period it is asked about
/// and never walks from the start. The start itself rings only where the rule matches it, and `COUNT` counts what
/// `EXDATE` then takes out.
public final class RRuleSeries: Sendable, Hashable {
    public let rule: RRule
    public let start: CivilDateTime
    public let zone: Zone

    let search: RRuleSearch
    /// The last wall-clock second that `COUNT` admits, found once.
    let lastSeconds: Int64
    /// The last instant that `UNTIL` admits.
    let until: Instant
    let excludedInstants: [Int64]
    let excludedDays: [Int]

    public static func == (a: RRuleSeries, b: RRuleSeries) -> Bool {
        a === b || (a.rule == b.rule && a.start == b.start && a.zone == b.zone)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(rule)
        hasher.combine(start)
        hasher.combine(zone)
    }

    /// Where counting begins when nothing says: a Monday.
    public static var origin: CivilDate { Every.origin }

    /// `DTSTART` of the rule's text stands for both `from` and `at`.
    ///
    /// - Parameters:
    ///   - from: the first day; nil where the rule is not bound to one. A rule that draws its day or its count from the
    ///     start is then refused.
    ///   - at: the time of day where neither the rule nor a `DTSTART` gives one.
    public convenience init(_ rule: RRule, zone: Zone, at: LocalTime = .nine, from: CivilDate? = nil) throws(RRuleError)
    {
        let start = try RRuleSeries.start(rule, zone, at, from)
        if from == nil, rule.start == nil, let part = rule.wantsStart {
            throw rule.fail(.wantsStart(part), part.rawValue)
        }
        try self.init(rule, zone: zone, start: start)
    }

    public init(_ rule: RRule, zone: Zone, start: CivilDateTime) throws(RRuleError) {
        guard !rule.frequency.isSubDaily || zone == .utc || zone.name == "Etc/UTC" else {
            throw rule.fail(.subDaily(rule.frequency, zone: zone.name), "FREQ")
        }
        self.rule = rule
        self.start = start
        self.zone = zone
        until = try RRuleSeries.until(rule, zone)
        guard zone.resolve(start) <= until else { throw rule.fail(.untilBeforeStart, "UNTIL") }
        search = RRuleSearch(rule, start: start)
        guard search.isPossible else { throw rule.fail(.neverComes, "FREQ") }
        (excludedInstants, excludedDays) = RRuleSeries.excluded(rule, zone)
        lastSeconds = rule.count.map { [search] in search.last(ofCount: $0) } ?? .max
        let horizon = zone.resolve(start).adding(seconds: Schedule.horizonSeconds)
        let before = Instant(seconds: start.localSeconds - 3 * 86_400)
        guard next(after: before, through: min(horizon, .latest)) != nil else { throw rule.fail(.neverComes, "FREQ") }
    }
}

extension RRuleSeries {
    /// A day of the month, 29 to 31, that some of the rule's months lack and that is passed over there.
    public var dayOfLongMonths: Int? {
        guard rule.frequency == .monthly || rule.frequency == .yearly, rule.positions.isEmpty else { return nil }
        let isOpen =
            rule.monthDays.isEmpty && rule.weekdays.isEmpty && rule.yearDays.isEmpty && rule.weekNumbers.isEmpty
        let days = isOpen ? [start.date.day] : rule.monthDays
        let own = rule.frequency == .yearly && isOpen ? [start.date.month] : Array(1...12)
        let months = rule.months.isEmpty ? own : rule.months
        return days.first { day in months.contains { day > CivilDate.daysInMonth(year: 2001, month: $0) } }
    }
}

extension RRule {
    /// The error where a time of day stands beside a `DTSTART` with another one.
    public func clash(at time: LocalTime) -> RRuleError? {
        let own: LocalTime
        switch start {
        case .local(let local), .zoned(let local, _): own = local.time
        case .utc(let instant): own = Zone.utc.local(instant).time
        case .date, nil: return nil
        }
        return own == time ? nil : fail(.startTwice("\(own)", "\(time)"), "DTSTART")
    }

    func fail(_ kind: RRuleError.Kind, _ place: String, _ nearest: String? = nil) -> RRuleError {
        let end = text.unicodeScalars.count
        return RRuleError(kind: kind, text: text, range: places[place] ?? places["FREQ"] ?? end..<end, nearest: nearest)
    }
}

extension RRuleSeries {
    private static func start(
        _ rule: RRule, _ zone: Zone, _ at: LocalTime, _ from: CivilDate?
    ) throws(RRuleError) -> CivilDateTime {
        let start: CivilDateTime
        switch rule.start {
        case nil: start = CivilDateTime(date: from ?? origin, time: at)
        case .date(let date): start = CivilDateTime(date: date, time: at)
        case .local(let local): start = local
        case .zoned(let local, let own):
            guard own == zone else { throw rule.fail(.startZone(own.name, zone: zone.name), "DTSTART") }
            start = local
        case .utc(let instant):
            guard zone == .utc else { throw rule.fail(.startZone("UTC", zone: zone.name), "DTSTART") }
            start = zone.local(instant)
        }
        if let from, from != start.date {
            throw rule.fail(.startTwice("\(start.date)", "\(from)"), "DTSTART", RRuleParser.rfc(from))
        }
        return start
    }

    /// `UNTIL` must be of the start's kind (3.3.10): a date for dates, a time in UTC for times. Where the start is
    /// `from:` with `at:`, which is both, either is right; a date admits the whole of its day.
    private static func until(_ rule: RRule, _ zone: Zone) throws(RRuleError) -> Instant {
        guard let until = rule.until else { return .latest }
        let endOfDay = LocalTime(unchecked: 86_399)
        switch (until, rule.start) {
        case (.utc(let instant), .date):
            throw rule.fail(.untilWantsDate, "UNTIL", RRuleParser.rfc(zone.date(instant)))
        case (.utc(let instant), _): return instant
        case (.date(let date), nil), (.date(let date), .date): return zone.resolve(date, endOfDay)
        case (.date(let date), _):
            throw rule.fail(.untilWantsTime, "UNTIL", RRuleParser.rfc(zone.resolve(date, endOfDay)))
        case (.local(let local), .local): return zone.resolve(local)
        case (.local(let local), .date):
            throw rule.fail(.untilWantsDate, "UNTIL", RRuleParser.rfc(local.date))
        case (.local(let local), _), (.zoned(let local, _), _):
            throw rule.fail(.untilWantsTime, "UNTIL", RRuleParser.rfc(zone.resolve(local)))
        }
    }

    private static func excluded(_ rule: RRule, _ zone: Zone) -> (instants: [Int64], days: [Int]) {
        var instants: Set<Int64> = []
        var days: Set<Int> = []
        for exclusion in rule.exclusions {
            switch exclusion {
            case .date(let date): days.insert(Int(date.daysSinceEpoch))
            case .local(let local): instants.insert(zone.resolve(local).seconds)
            case .zoned(let local, let own): instants.insert(own.resolve(local).seconds)
            case .utc(let instant): instants.insert(instant.seconds)
            }
        }
        return (instants.sorted(), days.sorted())
    }
}
