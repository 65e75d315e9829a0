import Testing

@testable import Almanac

/// Named limits, at the limit and one past it; inputs at the ends of the number range.
@Suite struct LimitTests {
    @Test func periodNumbers() throws {
        #expect(try Period.parse("P999999999D").days == Period.largestNumber)
        #expect(try Period.parse("999999999 days").days == Period.largestNumber)
        #expect(throws: PeriodError.self) { try Period.parse("P1000000000D") }
        #expect(throws: PeriodError.self) { try Period.parse("1000000000 days") }
    }

    @Test func everyCounts() throws {
        #expect(try Every("\(Every.largestCount) days").cadence == .days(Every.largestCount))
        #expect(throws: EveryError.self) { try Every("\(Every.largestCount + 1) days") }
        #expect(throws: EveryError.self) { try Every("99999999999999999999 days") }
    }

    @Test func cronLength() {
        let longest = "0 0 * * *" + String(repeating: " ", count: CronParser.lengthLimit - 9)
        #expect(throws: Never.self) { try Cron(longest) }
        #expect(throws: CronError.self) { try Cron(longest + " ") }
    }

    @Test func farMilestonesStayInRange() throws {
        for text in ["P999999999D", "-P999999999D", "P999999999Y", "-P999999999WD", "PT999999999H"] {
            let rule = OffsetRule(period: try Period.parse(text), zone: .utc, calendar: .china)
            let early = rule.instant(for: CivilDate.earliest)
            let late = rule.instant(for: CivilDate.latest)
            #expect(early <= late)
            _ = rule.dateRange(firingIn: (Instant.earliest, Instant.latest))
            _ = rule.instantRange(firingIn: (Instant(microseconds: .min), Instant(microseconds: .max)))
        }
    }

    @Test func schedulesAtTheEndsOfTime() throws {
        for text in ["15 minutes", "36 hours", "day", "2 weeks on friday", "month on 31", "working day"] {
            let schedule = Schedule(every: try Every(text), zone: try Zone.named("Europe/Berlin"), calendar: .china)
            #expect(schedule.next(after: Instant(microseconds: .max)) == nil)
            #expect(schedule.next(after: .latest) == nil)
            #expect(schedule.next(after: Instant(microseconds: .min)) != nil)
            let all = (after: Instant(microseconds: .min), through: Instant(microseconds: .max))
            #expect(schedule.occurrences(in: all, limit: 100).count == 100)
            #expect(schedule.last(notAfter: all.through, after: all.after) != nil)
        }
    }

    @Test func cronAtAGapOfAWholeDay() throws {
        let apia = try Zone.named("Pacific/Apia")
        let cron = try Cron("0 9 30 12 *")
        let next = cron.next(after: Instant(iso: "2011-12-29T12:00:00-10:00")!, zone: apia)
        #expect(next?.iso(in: apia) == "2011-12-31T00:00:00+14:00")
    }
}
