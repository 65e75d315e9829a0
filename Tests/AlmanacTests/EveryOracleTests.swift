import Testing

@testable import Almanac

/// Schedules in words against a reading of every single day.
@Suite struct EveryOracleTests {
    static let seed: UInt64 = 20_261_124

    private struct Oracle {
        let every: Every
        let from: CivilDate?
        let calendar: WorkingCalendar

        func rings(_ day: CivilDate) -> Bool {
            if let from, day < from { return false }
            let monday = CivilDate(iso: "1970-01-05")!
            switch every.cadence {
            case .minutes: return false
            case .days(let count): return floorMod(day.days(since: from ?? monday), count) == 0
            case .workingDay: return calendar.isWorkday(day)
            case .weeks(let count, let weekdays):
                var first = from ?? monday
                while first.weekday != 1 { first = first.adding(days: -1) }
                let weeks = floorDiv(day.days(since: first), 7)
                return floorMod(weeks, count) == 0 && weekdays.contains(day.weekday)
            case .months(let length, let step, let rule):
                return rule.members.contains { matches(day, $0, length: length, step: step) }
            }
        }

        /// Counts the days of the window one by one.
        private func matches(_ day: CivilDate, _ rule: Every.DayRule, length: Int, step: Int) -> Bool {
            let base = from ?? .epoch
            let start = base.year * 12 + (base.month - 1) / length * length
            let month = day.year * 12 + day.month - 1
            let window = start + floorDiv(month - start, step) * step
            guard month < window + length else { return false }
            let days = windowDays(window, length)
            func rank(_ nth: Int, _ holds: (CivilDate) -> Bool) -> Bool {
                let hits = days.filter(holds)
                let index = nth > 0 ? nth - 1 : hits.count + nth
                return hits.indices.contains(index) && hits[index] == day
            }
            switch rule {
            case .days(let list): return month == window && list.contains(day.day)
            case .nthDay(let nth): return rank(nth) { _ in true }
            case .nthWorkingDay(let nth): return rank(nth) { calendar.isWorkday($0) }
            case .nthWeekday(let nth, let weekday): return rank(nth) { $0.weekday == weekday }
            case .date(let month, let number): return day.month == month && day.day == number
            case .several: return false
            }
        }

        private func windowDays(_ window: Int, _ length: Int) -> [CivilDate] {
            var day = CivilDate(year: window / 12, month: window % 12 + 1, day: 1)!
            var days: [CivilDate] = []
            while day.year * 12 + day.month - 1 < window + length {
                days.append(day)
                day = day.adding(days: 1)
            }
            return days
        }
    }

    @Test func phrasesRingOnTheirDays() throws {
        print("seed", Self.seed)
        var random = SeededGenerator(seed: Self.seed)
        var tally = Tally()
        let zones = try ["Asia/Shanghai", "Africa/Cairo", "America/Havana", "Europe/Berlin"].map { try Zone.named($0) }
        let texts = EveryTests.accepted.map(\.0) + EveryPhrases.english.map(\.0) + EveryPhrases.chinese.map(\.0)
        for text in texts {
            let every = try Every(text)
            guard !every.isInterval else { continue }
            let from =
                random.chance(50)
                ? nil : CivilDate(iso: "2024-01-17")!.adding(days: Int.random(in: 0...200, using: &random))
            let oracle = Oracle(every: every, from: from, calendar: .china)
            let zone = random.pick(zones)
            let schedule = Schedule(every: every, zone: zone, calendar: .china, from: from)
            let start = CivilDate(iso: "2024-03-01")!.adding(days: Int.random(in: 0...300, using: &random))
            let days = (0..<500).map { start.adding(days: $0) }.filter { oracle.rings($0) }
            let wanted = days.map { zone.resolve($0, every.at ?? .nine) }
            let window = (zone.startOfDay(start).adding(microseconds: -1), zone.startOfDay(start.adding(days: 500)))
            let got = schedule.occurrences(in: window, limit: 1_000).filter { $0 < window.1 }
            let family = from == nil ? "from the fixed origin" : "from a date"
            tally.add(
                family, got == wanted, "\(text) from \(String(describing: from)): \(got.count) for \(wanted.count)")
        }
        print("every by days:", tally.report)
        #expect(tally.misses.isEmpty, "\(tally.misses.joined(separator: "\n"))")
    }
}
