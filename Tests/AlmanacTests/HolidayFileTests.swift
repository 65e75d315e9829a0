import Foundation
import Testing

@testable import Almanac

@Suite struct HolidayFileTests {
    /// A row: lines of one event (`;` and `:` as in the file, lines split at `|`), and what is read of it.
    struct Row: Sendable, CustomTestStringConvertible {
        let lines: String
        let days: String
        let problems: [HolidayProblem.Kind]
        var testDescription: String { lines }

        init(_ lines: String, _ days: String, _ problems: HolidayProblem.Kind...) {
            self.lines = lines
            self.days = days
            self.problems = problems
        }
    }

    /// Read beside another day off, so that an event without meaning leaves a good file.
    private static func read(_ event: String, end: String = "\r\n") -> HolidayReading {
        let text =
            "BEGIN:VCALENDAR|VERSION:2.0|BEGIN:VEVENT|DTSTART;VALUE=DATE:20260601|SUMMARY:放假|END:VEVENT|BEGIN:VEVENT|"
            + event + "|END:VEVENT|END:VCALENDAR|"
        return HolidayICS.read(Array(text.replacingOccurrences(of: "|", with: end).utf8), source: "a.ics")
    }

    private static func shown(_ reading: HolidayReading) -> String {
        reading.facts.days.sorted { $0.key < $1.key }.filter { $0.key.description != "2026-06-01" }
            .map { "\($0.key.description.dropFirst(5)) \($0.value.isWorkday ? "work" : "off") \($0.value.name)" }
            .joined(separator: ", ")
    }

    static let rows: [Row] = [
        Row("DTSTART;VALUE=DATE:20260215|SUMMARY:春节（休）", "02-15 off 春节"),
        Row("DTSTART;VALUE=DATE:20260214|SUMMARY:春节（班）", "02-14 work 春节"),
        Row("DTSTART;VALUE=DATE:20260214|SUMMARY:春节[班]", "02-14 work 春节"),
        Row("DTSTART;VALUE=DATE:20260214|SUMMARY:上班(补春节假期)", "02-14 work 春节"),
        Row("DTSTART;VALUE=DATE:20260214|SUMMARY:春节补班", "02-14 work 春节"),
        Row("DTSTART;VALUE=DATE:20260214|DTEND;VALUE=DATE:20260216|SUMMARY:春节假期", "02-14 off 春节, 02-15 off 春节"),
        Row("DTSTART;VALUE=DATE:20260214|DTEND;VALUE=DATE:20260214|SUMMARY:春节假期", "02-14 off 春节"),
        Row("DTSTART;VALUE=DATE:20260214|DURATION:P2D|SUMMARY:春节假期", "02-14 off 春节, 02-15 off 春节"),
        // Apple's property goes before the words, either way.
        Row("DTSTART;VALUE=DATE:20260214|SUMMARY:上班|X-APPLE-SPECIAL-DAY:WORK-HOLIDAY", "02-14 off 上班"),
        Row("DTSTART;VALUE=DATE:20260214|SUMMARY:假期|X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY", "02-14 work 假期"),
        Row("DTSTART;VALUE=DATE:20260214|SUMMARY:情人节", "", .ignored(1)),
        Row("DTSTART;VALUE=DATE:20260214|STATUS:CANCELLED|SUMMARY:春节（休）", ""),
        // Midnights stand for days, other times do not.
        Row(
            "DTSTART;TZID=Asia/Shanghai:20260214T000000|DTEND;TZID=Asia/Shanghai:20260215T000000|SUMMARY:假期",
            "02-14 off 假期"),
        Row("DTSTART:20260214T090000|SUMMARY:假期", "", .notAllDay),
        Row("DTSTART;VALUE=DATE:20260214|RRULE:FREQ=YEARLY|SUMMARY:假期", "", .repeats("RRULE")),
        Row("DTSTART;VALUE=DATE:20260230|SUMMARY:假期", "", .badDate("20260230")),
        Row("DTSTART;VALUE=DATE:2026-02-14|SUMMARY:假期", "", .badDate("2026-02-14")),
        Row("SUMMARY:假期", "", .noStart),
        Row("DTSTART;VALUE=DATE:20260214|DTEND;VALUE=DATE:20260213|SUMMARY:假期", "", .endsBeforeStart),
        Row("DTSTART;VALUE=DATE:20260214|DTEND;VALUE=DATE:20270301|SUMMARY:假期", "", .tooLong(days: 380)),
        // Folded in the middle of a word; a colon inside quotes; an alarm with a summary of its own.
        Row("DTSTART;VALUE=DATE:20260214|SUMMARY;ALTREP=\"cid:1;2\":春|  节（|\t休）", "02-14 off 春 节"),
        Row("DTSTART;VALUE=DATE:20260214|SUMMARY:假期|BEGIN:VALARM|SUMMARY:上班|END:VALARM", "02-14 off 假期"),
        Row("DTSTART;VALUE=DATE:20260601|SUMMARY:上班", "", .bothOffAndWork(CivilDate(iso: "2026-06-01")!)),
        Row("no colon here|DTSTART;VALUE=DATE:20260214|SUMMARY:假期", "02-14 off 假期", .badLine),
    ]

    @Test(arguments: rows) func event(_ row: Row) {
        for end in ["\r\n", "\n", "\r"] {
            let reading = HolidayFileTests.read(row.lines, end: end)
            #expect(HolidayFileTests.shown(reading) == row.days)
            #expect(reading.problems.map(\.kind) == row.problems)
        }
    }

    @Test func problemsTellTheirLine() {
        let reading = HolidayFileTests.read("UID:1|SUMMARY:假期|DTSTART;VALUE=DATE:20261399")
        #expect(reading.problems.map(\.line) == [10])
    }

    @Test func wholeFilesThatAreNone() {
        func kinds(_ text: String) -> [HolidayProblem.Kind] {
            HolidayICS.read(Array(text.utf8), source: "").problems.map(\.kind)
        }
        #expect(kinds("") == [.notACalendar])
        #expect(kinds("<html>") == [.notACalendar])
        #expect(kinds("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101\n") == [.endsEarly("VEVENT")])
        #expect(kinds("BEGIN:VCALENDAR\nEND:VCALENDAR\n") == [.nothingFound(ignored: 0)])
    }

    @Test(
        .enabled(if: SharedData.isPresent, "\(SharedData.absent)"),
        arguments: ["cn-2026-apple-style.ics", "cn-2026-perday-style.ics", "cn-2026-span-style.ics"])
    func dialectsTellTheSameFacts(_ name: String) throws {
        let bytes = try [UInt8](SharedData.bytes("ics-samples/" + name))
        let reading = HolidayICS.read(bytes, source: name)
        #expect(!reading.hasErrors && reading.facts.years == [2026])
        let china = ChinaHolidays.facts.days.filter { $0.key.year == 2026 }
        #expect(reading.facts.days.mapValues(\.isWorkday) == china.mapValues(\.isWorkday))
        // One of them calls its days by fuller names.
        for (date, day) in reading.facts.days {
            #expect(day.name.hasPrefix(china[date]?.name.prefix(2) ?? "-"), "\(date)")
        }
    }

    @Test(.enabled(if: SharedData.isPresent, "\(SharedData.absent)"))
    func builtInNamesAreThoseOfTheFacts() throws {
        let facts = try JSONDecoder().decode(
            WorkingCalendarTests.Facts.self, from: SharedData.bytes("cn-holidays.json"))
        for (_, year) in facts.years {
            for (day, name) in year.off.merging(year.work, uniquingKeysWith: { $1 }) {
                let own = ChinaHolidays.facts.days[try #require(CivilDate(iso: day))]
                #expect(own?.name == (name.hasPrefix("中国人民抗日战争") ? "抗战胜利纪念日" : name))
                #expect(own?.isWorkday == (year.work[day] != nil))
            }
        }
    }
}
