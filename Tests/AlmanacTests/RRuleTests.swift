import Testing

@testable import Almanac

@Suite struct RRuleTests {
    struct Case: Decodable {
        let id, dtstart, tz, rrule, family: String
        let exdate: [String]?
        let first: [String]
        let finite: Bool
        let gap, overlap: Bool?
    }

    /// Dates of the data as an EXDATE line.
    static func exdate(_ local: String) -> String { local.filter { $0 != "-" && $0 != ":" } }

    @Test(.enabled(if: SharedData.isPresent, "\(SharedData.absent)"))
    func sharedOccurrences() throws {
        var tally = Tally()
        for item in try SharedData.records("rrule.jsonl", as: Case.self) {
            let zone = try Zone.named(item.tz)
            let start = try #require(CivilDateTime(iso: item.dtstart))
            var text = "RRULE:" + item.rrule
            if let dates = item.exdate { text += "\nEXDATE:" + dates.map(Self.exdate).joined(separator: ",") }
            let wanted = item.first.map { Instant(iso: $0)! }
            var got: [Instant] = []
            var note = ""
            do {
                let rule = try RRule(text)
                let schedule = try Schedule(rrule: rule, zone: zone, at: start.time, from: start.date)
                let limit = item.finite ? 1_000 : wanted.count
                got = schedule.occurrences(in: (Instant(seconds: start.localSeconds - 200_000), .latest), limit: limit)
                // The data keep at most ten of what is finite.
                if item.finite, wanted.count == 10 { got = Array(got.prefix(10)) }
            } catch { note = "\(error)" }
            let right = got == wanted
            let line =
                "\(item.rrule) \(item.tz) \(item.dtstart): got \(got.map { $0.iso(in: zone) }), want \(item.first) \(note)"
            tally.add(item.family, right, line)
            if item.gap == true { tally.add("at a gap", right, line) }
            if item.overlap == true { tally.add("at an overlap", right, line) }
        }
        print("rrule.jsonl:", tally.report)
        #expect(tally.misses.isEmpty, "\(tally.misses.joined(separator: "\n"))")
    }

    /// Asked between the end of a gap and a time that was moved out of it, and where moved times change their order.
    static let behindGaps: [(String, String, String, [String])] = [
        (
            "FREQ=DAILY;BYHOUR=2;BYMINUTE=30", "America/New_York", "2026-03-08T03:10:00-04:00",
            ["2026-03-08T03:30:00-04:00", "2026-03-09T02:30:00-04:00"]
        ),
        (
            "FREQ=DAILY;BYHOUR=2;BYMINUTE=15,30", "Australia/Lord_Howe", "2026-10-03T16:00:00+10:30",
            ["2026-10-04T02:30:00+11:00", "2026-10-04T02:45:00+11:00", "2026-10-05T02:15:00+11:00"]
        ),
        (
            "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=30", "Europe/Berlin", "2026-03-28T12:00:00+01:00",
            ["2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00"]
        ),
        (
            "FREQ=DAILY;BYHOUR=2;BYMINUTE=30", "Europe/Berlin", "2026-10-25T02:10:00+01:00",
            ["2026-10-26T02:30:00+01:00"]
        ),
        ("day at 02:30", "America/New_York", "2026-03-08T03:10:00-04:00", ["2026-03-08T03:30:00-04:00"]),
        (
            "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=30", "Pacific/Apia", "2011-12-29T12:00:00-10:00",
            ["2011-12-31T09:00:00+14:00"]
        ),
        (
            "FREQ=DAILY", "Pacific/Apia", "2011-12-31T08:00:00+14:00",
            ["2011-12-31T09:00:00+14:00", "2012-01-01T09:00:00+14:00"]
        ),
    ]

    @Test(arguments: behindGaps) func aroundGaps(text: String, zone: String, after: String, wanted: [String]) throws {
        let zone = try Zone.named(zone)
        let schedule = try Schedule(text: text, zone: zone, from: CivilDate(iso: "2011-01-01"))
        let window = (after: try #require(Instant(iso: after)), through: Instant.latest)
        #expect(schedule.occurrences(in: window, limit: wanted.count).map { $0.iso(in: zone) } == wanted)
    }
}
