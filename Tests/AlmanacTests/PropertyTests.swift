import Testing

@testable import Almanac

/// A small generator with a printed seed: failures can be run again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite struct PropertyTests {
    static let seed: UInt64 = 20_261_121
    static let zones = [
        "UTC", "Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo",
        "America/Havana", "Pacific/Apia", "America/Santiago", "Asia/Kathmandu", "Europe/Dublin", "Pacific/Kwajalein",
        "Pacific/Kiritimati", "Antarctica/Troll", "Africa/Casablanca", "America/Caracas", "Asia/Pyongyang",
    ]
    static let offsets = [
        "P0D", "-P3D", "P1D", "-P1M", "-P3M", "P1Y", "-P3WD", "P1WD", "-P10WD", "-PT36H", "PT90M", "-P1DT12H", "P1M2D",
        "-P1MT5M", "P2WDT1H", "PT45S", "-PT1H30M15S", "P2W", "-P13M1W", "P1Y2M10DT2H30M", "-P1Y2M10DT2H30M", "-P2Y",
        "PT100H", "-P1M3WD", "P400D", "-PT0.5S", "-P1W1DT23H59M59S",
    ]

    static func randomInstant(_ random: inout SeededGenerator) -> Instant {
        // Mostly in the years in which a zone skipped a day, and in those of today.
        let year =
            [2011, 2011, 1993, 1994, Int.random(in: 2004...2028, using: &random)].randomElement(using: &random) ?? 0
        let start = Int64(CivilDate.dayNumber(year: year, month: 1, day: 1)) * 86_400
        return Instant(seconds: start + Int64.random(in: 0..<366 * 86_400, using: &random))
    }

    static func randomRule(_ random: inout SeededGenerator) -> OffsetRule {
        let zone = try? Zone.named(zones.randomElement(using: &random) ?? "UTC")
        let at = LocalTime(secondOfDay: [0, 1800, 5400, 9000, 32_400, 86_399].randomElement(using: &random) ?? 0)
        let period = try? Period.parse(offsets.randomElement(using: &random) ?? "P0D")
        return OffsetRule(period: period ?? .zero, at: at ?? .nine, zone: zone ?? .utc, calendar: .china)
    }

    @Test func dateRangesAgreeWithTrying() {
        print("seed", Self.seed)
        var random = SeededGenerator(seed: Self.seed)
        for _ in 0..<1500 {
            let rule = Self.randomRule(&random)
            let after = Self.randomInstant(&random)
            let window = (after: after, through: after.adding(seconds: Int64.random(in: 1...400_000, using: &random)))
            let middle = rule.zone.date(after).adding(months: -rule.period.sign * rule.period.months)
            let near = (-40...40).map { middle.adding(days: $0 - rule.period.sign * rule.period.days) }
            let hits = near.filter { rule.instant(for: $0) > window.after && rule.instant(for: $0) <= window.through }
            let range = rule.dateRange(firingIn: window)
            #expect(range?.lowerBound == hits.first && range?.upperBound == hits.last, "\(rule) \(window)")
        }
    }

    /// Half an hour after half an hour over a day that a zone skipped: each date is found in one window, its own.
    @Test(arguments: [
        ("Pacific/Apia", "2011-12-30"), ("Pacific/Fakaofo", "2011-12-30"), ("Pacific/Kwajalein", "1993-08-21"),
        ("Pacific/Kiritimati", "1994-12-31"), ("Pacific/Enderbury", "1994-12-31"),
    ]) func skippedDaysAreFoundOnce(_ name: String, _ day: String) throws {
        let zone = try Zone.named(name)
        let skipped = try #require(CivilDate(iso: day))
        let start = zone.startOfDay(skipped.adding(days: -1))
        for text in Self.offsets {
            for at in [0, 9000, 32_400, 86_399] {
                let rule = OffsetRule(
                    period: try Period.parse(text), at: try #require(LocalTime(secondOfDay: at)), zone: zone)
                var found: [CivilDate: Int] = [:]
                for step in 0..<120 {
                    let window = (start.adding(seconds: step * 1800), start.adding(seconds: step * 1800 + 1800))
                    guard let range = rule.dateRange(firingIn: window) else { continue }
                    var date = range.lowerBound
                    while date <= range.upperBound {
                        let ring = rule.instant(for: date)
                        #expect(ring > window.0 && ring <= window.1, "\(rule) \(date)")
                        found[date, default: 0] += 1
                        date = date.adding(days: 1)
                    }
                }
                let end = start.adding(seconds: 216_000)
                let middle = rule.zone.date(start).adding(months: -rule.period.sign * rule.period.months)
                let near = (-40...40).map { middle.adding(days: $0 - rule.period.sign * rule.period.days) }
                let wanted = near.filter { rule.instant(for: $0) > start && rule.instant(for: $0) <= end }
                #expect(Set(wanted) == Set(found.keys) && found.values.allSatisfy { $0 == 1 }, "\(rule) \(found)")
            }
        }
    }

    @Test func instantRangesHoldAllThatRings() {
        print("seed", Self.seed)
        var random = SeededGenerator(seed: Self.seed &+ 1)
        var (inside, hits) = (0, 0)
        for _ in 0..<20_000 {
            let rule = Self.randomRule(&random)
            let timed = Self.randomInstant(&random).adding(
                microseconds: Int64.random(in: 0..<1_000_000, using: &random))
            let ring = rule.instant(for: timed)
            let before = ring.adding(microseconds: -Int64.random(in: 1...90_000_000, using: &random))
            let through = ring.adding(microseconds: Int64.random(in: 0...90_000_000, using: &random))
            let range = rule.instantRange(firingIn: (before, through))
            #expect(
                range?.contains(timed) == true, "\(rule) \(timed) rings \(ring), range \(String(describing: range))")
            // Tightness: of instants a little aside hardly any are inside without ringing.
            let aside = timed.adding(seconds: Int64.random(in: -7200...7200, using: &random))
            let rings = rule.instant(for: aside)
            // A run of days off comes down on one working day, so all of it lies in the range.
            guard rule.period.workingDays == 0 else { continue }
            if range?.contains(aside) == true { inside += 1 }
            if rings > before, rings <= through { hits += 1 }
        }
        print("2 hours aside of 20000: in the range", inside, "ringing", hits)
        #expect(inside - hits < 1000)
    }

    @Test func schedulesAgreeWithEnumeration() throws {
        print("seed", Self.seed)
        var random = SeededGenerator(seed: Self.seed &+ 2)
        let texts = EveryTests.accepted.map(\.0)
        let crons = ["*/10 * * * *", "30 2 * * *", "15,45 0 * * *", "0 9 * * 1-5", "0 0 L * *", "5 */3 1 * 5"]
        for round in 0..<400 {
            let zone = try Zone.named(Self.zones.randomElement(using: &random)!)
            let schedule =
                round % 3 == 0
                ? Schedule(cron: try Cron(crons.randomElement(using: &random)!), zone: zone)
                : Schedule(every: try Every(texts.randomElement(using: &random)!), zone: zone, calendar: .china)
            let start = Self.randomInstant(&random)
            let end = start.adding(seconds: Int64.random(in: 0...5_000_000, using: &random))
            let all = schedule.occurrences(in: (start, end), limit: 100_000)
            #expect(zip(all, all.dropFirst()).allSatisfy { $0 < $1 })
            #expect(schedule.last(notAfter: end, after: start) == all.last, "\(schedule) \(start) \(end)")
            let middle = start.adding(
                microseconds: Int64.random(in: 0...end.microseconds(since: start), using: &random))
            let next = all.first { $0 > middle }
            if let next { #expect(schedule.next(after: middle) == next, "\(schedule) \(middle)") }
        }
    }

    @Test func localTimesGoThereAndBack() throws {
        print("seed", Self.seed)
        var random = SeededGenerator(seed: Self.seed &+ 3)
        for _ in 0..<20_000 {
            let zone = try Zone.named(Self.zones.randomElement(using: &random)!)
            let instant = Self.randomInstant(&random)
            switch zone.reading(zone.local(instant)) {
            case .once(let back): #expect(back == instant)
            case .twice(let first, let second): #expect(first == instant || second == instant)
            case .gap: Issue.record("\(instant) in \(zone) has a local time that does not exist")
            }
        }
    }
}
