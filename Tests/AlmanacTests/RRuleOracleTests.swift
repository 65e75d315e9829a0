import Testing

@testable import Almanac

/// Rules made at random against a reading of the table day by day.
@Suite struct RRuleOracleTests {
    static let seed: UInt64 = 20_261_122
    static let zones = [
        "UTC", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/Havana",
    ]

    @Test func randomRulesAgree() throws {
        print("seed", Self.seed)
        var random = SeededGenerator(seed: Self.seed)
        var tally = Tally()
        var (never, ringing) = (0, 0)
        for _ in 0..<160 {
            let text = random.rrule()
            let zone = try Zone.named(random.pick(Self.zones))
            let date = CivilDate(year: 2023, month: 1, day: 1)!.adding(days: Int.random(in: 0..<1_500, using: &random))
            let time = LocalTime(secondOfDay: random.pick([0, 1800, 7200 + 900, 9000, 32_400, 63_000]))!
            var rule = try RRule(text)
            let start = CivilDateTime(date: date, time: time)
            let end = date.adding(days: 365 * 6)
            let bare = RRuleOracle(rule: rule, start: start, zone: zone).instants(through: end)
            // Take out some of what rings.
            let gone = bare.isEmpty || random.chance(70) ? [] : (0..<2).map { _ in zone.local(random.pick(bare)) }
            if !gone.isEmpty {
                rule = try RRule("RRULE:\(text)\nEXDATE:" + gone.map(RRuleParser.rfc).joined(separator: ","))
            }
            let wanted = RRuleOracle(rule: rule, start: start, zone: zone).instants(through: end)
            guard let schedule = try? Schedule(rrule: rule, zone: zone, at: time, from: date) else {
                never += 1
                tally.add("never rings", wanted.isEmpty, "\(rule.text) from \(start): refused, but \(wanted.prefix(3))")
                continue
            }
            ringing += 1
            let through = zone.resolve(end, LocalTime(hour: 23, minute: 59)!)
            let got = schedule.occurrences(in: (.earliest, through), limit: 100_000)
            let family = rule.positions.isEmpty ? rule.frequency.rawValue : rule.frequency.rawValue + " BYSETPOS"
            let note = "\(rule.text) from \(start) \(zone): got \(difference(got, wanted))"
            tally.add(family, got == wanted.filter { $0 <= through }, note)
            try compareInside(schedule, wanted.filter { $0 <= through }, through, &random, &tally)
        }
        print("random rules:", tally.report, "; never:", never, "ringing:", ringing)
        #expect(tally.misses.isEmpty, "\(tally.misses.joined(separator: "\n"))")
        #expect(ringing > 100)
    }

    private func difference(_ got: [Instant], _ wanted: [Instant]) -> String {
        let (a, b) = (Set(got), Set(wanted))
        return "surplus \(a.subtracting(b).sorted().prefix(3)) missing \(b.subtracting(a).sorted().prefix(3))"
    }

    /// Any instant in between must give the same next and last as the list, without walking from the start.
    private func compareInside(
        _ schedule: Schedule, _ wanted: [Instant], _ through: Instant, _ random: inout SeededGenerator,
        _ tally: inout Tally
    ) throws {
        for _ in 0..<6 {
            let low = Instant(iso: "2023-01-01T00:00:00Z")!.seconds
            let at = Instant(seconds: Int64.random(in: low...through.seconds, using: &random))
            let next = schedule.next(after: at, through: through)
            tally.add("next inside", next == wanted.first { $0 > at }, "\(schedule.recurrence) next after \(at)")
            let last = schedule.last(notAfter: at, after: .earliest)
            tally.add("last inside", last == wanted.last { $0 <= at }, "\(schedule.recurrence) last before \(at)")
        }
    }

    @Test func subDailyRulesAgree() throws {
        print("seed", Self.seed &+ 1)
        var random = SeededGenerator(seed: Self.seed &+ 1)
        var tally = Tally()
        for _ in 0..<60 {
            let unit = random.pick([("HOURLY", 3600), ("MINUTELY", 60), ("SECONDLY", 1)])
            var parts = ["FREQ=\(unit.0)", "INTERVAL=\(random.pick([1, 1, 2, 5, 7, 25, 90, 1_000]))"]
            if random.chance(30) { parts.append("BYHOUR=" + random.list(0...23, most: 4)) }
            if random.chance(30) { parts.append("BYMINUTE=" + random.list(0...59, most: 4)) }
            if random.chance(20) { parts.append("BYSECOND=" + random.list(0...59, most: 3)) }
            if random.chance(20) { parts.append("BYDAY=" + random.pick(RRuleParser.dayNames)) }
            if random.chance(20) { parts.append("BYYEARDAY=" + random.list(1...20, most: 12)) }
            let text = parts.joined(separator: ";")
            let start = Instant(iso: "2026-01-02T03:04:05Z")!
            let local = Zone.utc.local(start)
            let wanted = Self.shortOnes(try RRule(text), start, unit.1)
            let schedule = try? Schedule(rrule: try RRule(text), zone: .utc, at: local.time, from: local.date)
            let end = start.adding(seconds: 3 * 86_400)
            let got = schedule?.occurrences(in: (.earliest, end), limit: 2_000_000) ?? []
            tally.add(unit.0, got == wanted, "\(text): \(difference(got, wanted))")
        }
        print("random rules below a day:", tally.report)
        #expect(tally.misses.isEmpty, "\(tally.misses.joined(separator: "\n"))")
    }

    /// Three days, second by second.
    private static func shortOnes(_ rule: RRule, _ start: Instant, _ unit: Int) -> [Instant] {
        var found: [Instant] = []
        for second in start.seconds...start.seconds + 3 * 86_400 {
            let periods = floorDiv(second, Int64(unit)) - floorDiv(start.seconds, Int64(unit))
            guard periods % Int64(rule.interval) == 0 else { continue }
            let time = Int(second % 86_400)
            func has(_ list: [Int], _ value: Int, _ own: Int, expands: Bool) -> Bool {
                list.isEmpty ? !expands || value == own : list.contains(value)
            }
            guard has(rule.hours, time / 3600, 0, expands: false),
                has(rule.minutes, time / 60 % 60, 4, expands: unit == 3600),
                has(rule.seconds, time % 60, 5, expands: unit > 1)
            else { continue }
            let date = CivilDateTime(localSeconds: second).date
            guard
                rule.weekdays.isEmpty || rule.weekdays.contains(where: { $0.weekday == date.weekday }),
                rule.yearDays.isEmpty || rule.yearDays.contains(date.dayOfYear)
            else { continue }
            found.append(Instant(seconds: second))
        }
        return found
    }
}
