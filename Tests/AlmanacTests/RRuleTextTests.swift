import Testing

@testable import Almanac

/// Texts of recurrence rules as people paste them, and what is said about wrong ones.
@Suite struct RRuleTextTests {
    static let zone = (try? Zone.named("Asia/Shanghai")) ?? .utc

    static func next(_ text: String, from: String? = "2026-01-01", count: Int = 3) throws -> [String] {
        let schedule = try Schedule(text: text, zone: zone, from: from.flatMap { CivilDate(iso: $0) })
        return schedule.occurrences(in: (.earliest, .latest), limit: count).map { $0.iso(in: zone) }
    }

    static let fridays = ["2026-01-02T09:00:00+08:00", "2026-01-09T09:00:00+08:00", "2026-01-16T09:00:00+08:00"]
    static let accepted: [(String, [String])] = [
        ("FREQ=WEEKLY;BYDAY=FR", fridays), ("RRULE:FREQ=WEEKLY;BYDAY=FR", fridays),
        ("rrule:freq=weekly;byday=fr", fridays),
        ("FREQ=WEEKLY; BYDAY=FR;", fridays), ("ＦＲＥＱ＝ＷＥＥＫＬＹ；ＢＹＤＡＹ＝ＦＲ", fridays),
        ("FREQ=WEEKLY;\r\n BYDAY=FR", fridays), ("FREQ=WEE\r\n KLY;BYDAY=FR\r\n", fridays),
        ("FREQ=WEEKLY;\nBYDAY=FR", fridays),
        ("RRULE:FREQ=WEEKLY;BYDAY=FR\nEXDATE:20260109T090000", [fridays[0], fridays[2], "2026-01-23T09:00:00+08:00"]),
        (
            "RRULE:FREQ=WEEKLY;BYDAY=FR EXDATE;VALUE=DATE:20260109,20260116",
            [fridays[0], "2026-01-23T09:00:00+08:00", "2026-01-30T09:00:00+08:00"]
        ),
        ("RRULE:FREQ=WEEKLY;BYDAY=FR\nEXDATE:20260109T010000Z", [fridays[0], fridays[2], "2026-01-23T09:00:00+08:00"]),
        (
            "RRULE:FREQ=WEEKLY;BYDAY=FR\nEXDATE;TZID=Asia/Tokyo:20260109T100000\nEXDATE;TZID=\"Asia/Shanghai\":20260102T090000",
            [fridays[2], "2026-01-23T09:00:00+08:00", "2026-01-30T09:00:00+08:00"]
        ),
        (
            "DTSTART;TZID=Asia/Shanghai:20260101T100000\nRRULE:FREQ=DAILY;COUNT=2",
            ["2026-01-01T10:00:00+08:00", "2026-01-02T10:00:00+08:00"]
        ),
        (
            "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY;UNTIL=20260102",
            ["2026-01-01T09:00:00+08:00", "2026-01-02T09:00:00+08:00"]
        ),
        ("DTSTART:20260101T100000\nRRULE:FREQ=DAILY;UNTIL=20260101T235959", ["2026-01-01T10:00:00+08:00"]),
        ("FREQ=DAILY;UNTIL=20260102", ["2026-01-01T09:00:00+08:00", "2026-01-02T09:00:00+08:00"]),
        ("FREQ=DAILY;UNTIL=20260102T010000Z", ["2026-01-01T09:00:00+08:00", "2026-01-02T09:00:00+08:00"]),
        (
            "FREQ=MONTHLY;BYDAY=+1MO,-1FR;BYHOUR=8,18;BYMINUTE=30",
            ["2026-01-05T08:30:00+08:00", "2026-01-05T18:30:00+08:00", "2026-01-30T08:30:00+08:00"]
        ),
        (
            "FREQ=DAILY;BYHOUR=9;BYMINUTE=0;BYSECOND=60",
            ["2026-01-01T09:00:59+08:00", "2026-01-02T09:00:59+08:00", "2026-01-03T09:00:59+08:00"]
        ),
    ]

    @Test(arguments: accepted) func reads(text: String, wanted: [String]) throws {
        let hasStart = text.contains("DTSTART")
        #expect(try Self.next(text, from: hasStart ? nil : "2026-01-01") == wanted, "\(text)")
    }

    /// Weeks of a year are those of its week years, also across New Year and with an interval.
    @Test func weeksAcrossNewYear() throws {
        let text = "FREQ=YEARLY;INTERVAL=2;BYWEEKNO=1;BYDAY=MO"
        let wanted = ["2025-12-29T09:00:00+08:00", "2028-01-03T09:00:00+08:00", "2029-12-31T09:00:00+08:00"]
        #expect(try Self.next(text, from: "2025-12-29") == wanted)
    }

    static let refused: [(String, String, String?)] = [
        ("RRULE:", "", "FREQ=WEEKLY;BYDAY=FR"), ("BYDAY=FR", "BYDAY=FR", "FREQ=WEEKLY"), ("FREQ=", "FREQ=", nil),
        ("FREQ=WEEK;BYDAY=FR", "WEEK", "WEEKLY"), ("FREQ=DALY", "DALY", "DAILY"),
        ("FREQ=DAILY;FREQ=WEEKLY", "FREQ", nil),
        ("FREQ=DAILY;INTERVALL=2", "INTERVALL", "INTERVAL"), ("FREQ=DAILY;2", "2", nil),
        ("FREQ=DAILY;INTERVAL=0", "0", nil),
        ("FREQ=DAILY;INTERVAL=-1", "-1", nil), ("FREQ=DAILY;INTERVAL=1.5", "1.5", nil),
        ("FREQ=DAILY;COUNT=0", "0", nil),
        ("FREQ=DAILY;COUNT=100001", "100001", nil), ("FREQ=DAILY;COUNT=+5", "+5", nil),
        ("FREQ=WEEKLY;BYDAY=FR,MON", "MON", "MO"), ("FREQ=WEEKLY;BYDAY=FR,", "", "MO"),
        ("FREQ=WEEKLY;BYDAY=周五", "周五", "MO"),
        ("FREQ=MONTHLY;BYDAY=0MO", "0", "1"), ("FREQ=MONTHLY;BYDAY=54MO", "54", nil),
        ("FREQ=WEEKLY;BYDAY=2MO,-1FR", "2MO,-1FR", "BYDAY=MO,FR"),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", "1MO", "BYDAY=MO"), ("FREQ=MONTHLY;BYMONTHDAY=32", "32", nil),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "0", "1"),
        ("FREQ=YEARLY;BYMONTH=13", "13", nil), ("FREQ=DAILY;BYHOUR=24", "24", nil),
        ("FREQ=DAILY;BYHOUR=8;BYMINUTE=60", "60", nil),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "1", nil), ("FREQ=MONTHLY;BYYEARDAY=1", "1", nil),
        ("FREQ=DAILY;BYWEEKNO=1", "1", nil),
        ("FREQ=MONTHLY;BYSETPOS=1", "1", nil), ("FREQ=DAILY;COUNT=3;UNTIL=20261231", "3", nil),
        ("FREQ=DAILY;UNTIL=2026-12-31", "2026-12-31", "20261231"),
        ("FREQ=DAILY;UNTIL=20260230", "20260230", "20261231T235959Z"),
        ("FREQ=DAILY;UNTIL=20261231T180000", "20261231T180000", "20261231T100000Z"),
        ("FREQ=DAILY;UNTIL=20251231", "20251231", nil),
        ("FREQ=HOURLY", "HOURLY", nil), ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "YEARLY", nil),
        ("RRULE:FREQ=DAILY\nRDATE:20260101", "RDATE", nil), ("RRULE:FREQ=DAILY\nEXRULE:FREQ=WEEKLY", "EXRULE", nil),
        ("RRULE:FREQ=DAILY\nSUMMARY:Weekly report", "SUMMARY", nil),
        ("RRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY", "RRULE", nil),
        ("RRULE:FREQ=DAILY\nEXDATE;TZID=China Standard Time:20260101T090000", "ChinaStandardTime", nil),
        ("DTSTART;TZID=Asia/Tokyo:20260101T090000\nRRULE:FREQ=DAILY", "20260101T090000", nil),
        ("DTSTART:20260101T010000Z\nRRULE:FREQ=DAILY", "20260101T010000Z", nil),
        ("DTSTART:20260201T090000\nRRULE:FREQ=DAILY", "20260201T090000", "20260101"),
        ("DTSTART:20260101T090000\nRRULE:FREQ=DAILY;UNTIL=20261231", "20261231", "20261231T155959Z"),
        ("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY;UNTIL=20261231T155959Z", "20261231T155959Z", "20261231"),
    ]

    @Test(arguments: refused) func refuses(text: String, place: String, nearest: String?) throws {
        do {
            _ = try Self.next(text)
            Issue.record("\(text) was read")
        } catch Schedule.TextError.rrule(let error) {
            let scalars = Array(text.unicodeScalars)[error.range].filter { !$0.properties.isWhitespace }
            #expect(String(String.UnicodeScalarView(scalars)) == place, "\(text): \(error.message(.en))")
            #expect(error.nearest == nearest, "\(text)")
            #expect(!error.message(.en).isEmpty && !error.message(.zh).isEmpty)
        }
    }

    static let startless: [(String, Bool)] = [
        ("FREQ=WEEKLY;BYDAY=FR", true), ("FREQ=DAILY", true), ("FREQ=MONTHLY;BYDAY=-1FR", true),
        ("FREQ=MONTHLY", false),
        ("FREQ=WEEKLY", false), ("FREQ=YEARLY;BYMONTH=3", false), ("FREQ=DAILY;COUNT=3", false),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", true),
    ]

    @Test(arguments: startless) func withoutStart(text: String, isEnough: Bool) {
        let schedule = try? Schedule(text: text, zone: Self.zone)
        #expect((schedule != nil) == isEnough)
    }

    @Test func limits() throws {
        let list = (1...RRule.listLimit + 1).map { String(($0 - 1) % 12 + 1) }.joined(separator: ",")
        #expect(throws: RRuleError.self) { try RRule("FREQ=YEARLY;BYMONTH=\(list)") }
        #expect(throws: Never.self) { try RRule("FREQ=YEARLY;BYMONTH=\(list.dropLast(2))") }
        #expect(throws: RRuleError.self) { try RRule("FREQ=DAILY;" + String(repeating: " ", count: RRule.lengthLimit)) }
        let dates = Array(repeating: "20260101", count: RRule.exclusionLimit).joined(separator: ",")
        #expect(throws: Never.self) { try RRule("RRULE:FREQ=DAILY\nEXDATE:\(dates)") }
        #expect(throws: RRuleError.self) { try RRule("RRULE:FREQ=DAILY\nEXDATE:\(dates),20260101") }
        let many = (0...59).map(String.init).joined(separator: ",")
        #expect(throws: RRuleError.self) { try RRule("FREQ=DAILY;BYMINUTE=\(many);BYSECOND=\(many)") }
        let longest = try RRule("FREQ=DAILY;COUNT=\(RRule.countLimit)")
        let series = try RRuleSeries(longest, zone: .utc, from: CivilDate(iso: "2026-01-01"))
        #expect(series.next(after: .earliest, through: .latest) != nil)
    }

    @Test func shortMonths() throws {
        func day(_ text: String, _ from: String = "2026-01-01") throws -> Int? {
            try RRuleSeries(try RRule(text), zone: .utc, from: CivilDate(iso: from)).dayOfLongMonths
        }
        #expect(try day("FREQ=MONTHLY;BYMONTHDAY=15,30") == 30)
        #expect(try day("FREQ=MONTHLY", "2026-01-31") == 31)
        #expect(try day("FREQ=MONTHLY;BYMONTHDAY=-1") == nil)
        #expect(try day("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1") == nil)
        #expect(try day("FREQ=YEARLY;BYMONTH=1,3;BYMONTHDAY=31") == nil)
        #expect(try day("FREQ=YEARLY", "2028-02-29") == 29)
    }
}
