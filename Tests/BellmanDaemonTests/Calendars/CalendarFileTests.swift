import Almanac
import SourceDiagnostics
import Testing

@testable import BellmanDaemon

/// What calendar files in JSON say, and what is said of wrong ones.
@Suite struct CalendarFileTests {
    private static func shown(_ text: String, _ name: String = "a.json") -> String {
        let file = CalendarFile.read(Array(text.utf8), name: name)
        let problems = file.problems.map { "\($0.start.line):\($0.start.column) \($0.fact.message(.en))" }
        guard let facts = file.facts else { return problems.joined(separator: "; ") }
        let days = facts.days.sorted { $0.key < $1.key }.map { "\($0) \($1.isWorkday ? "work" : "off") \($1.name)" }
        let weekend = facts.weekend.map { "weekend \($0.weekdays)" }
        let whole = facts.years.sorted().map { "whole \($0)" }
        return ([facts.calendar, weekend].compactMap(\.self) + whole + days + problems).joined(separator: ", ")
    }

    static let rows: [(String, String)] = [
        // The own shape, in all its parts.
        (
            #"{"calendar": "CN", "weekend": [6, 7], "years": {"2027": {"off": {"2027-01-01": "元旦"}, "work": {"2027-01-09": "元旦"}}}}"#,
            "CN, weekend [6, 7], whole 2027, 2027-01-01 off 元旦, 2027-01-09 work 元旦"
        ),
        (#"{"off": ["2026-12-24"], "work": {"2026-12-26": "盘点"}}"#, "2026-12-24 off , 2026-12-26 work 盘点"),
        (#"{"source": "x", "note": 1, "off": ["2026-12-24", "2026-12-24"]}"#, "2026-12-24 off "),
        (#"{"calendar": "AE", "weekend": [5, 6]}"#, "AE, weekend [5, 6]"),
        // holiday-cn, alone and in a list; a day of the year before stands for itself.
        (
            #"{"$schema": "x", "year": 2027, "papers": [], "days": [{"name": "元旦", "date": "2026-12-31", "isOffDay": true}, {"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}"#,
            "whole 2027, 2026-12-31 off 元旦, 2027-01-01 off 元旦"
        ),
        (
            #"[{"year": 2027, "days": [{"name": "", "date": "2027-01-01", "isOffDay": true}]}, {"year": 2028, "days": [{"name": "", "date": "2028-01-08", "isOffDay": false}, {"name": "", "date": "2028-01-01", "isOffDay": true}]}]"#,
            "whole 2027, whole 2028, 2027-01-01 off , 2028-01-01 off , 2028-01-08 work "
        ),
        // Next year's file before its notice.
        (#"{"year": 2027, "days": []}"#, "1:1 the file names no day off of 2027 yet"),
        // Make-up workdays alone are half of a notice; a year that stands empty beside another is not known yet.
        (#"{"years": {"2027": {"work": {"2027-01-02": ""}}}}"#, "1:12 the file names no day off of 2027 yet"),
        (
            #"{"year": 2027, "days": [{"date": "2027-01-02", "isOffDay": false}]}"#,
            "1:2 the file names no day off of 2027 yet"
        ),
        (
            #"{"years": {"2026": {"off": ["2026-01-01"]}, "2027": {"off": {}, "work": []}}}"#,
            "whole 2026, 2026-01-01 off "
        ),
        // What contradicts itself, each date once, at its last place.
        (#"{"off": ["2026-12-24"], "work": ["2026-12-24"]}"#, "1:34 2026-12-24 is both a day off and a workday"),
        (
            #"{"years": {"2027": {"work": {"2027-01-01": ""}, "off": {"2027-01-01": "", "2027-01-02": ""}}}}"#,
            "1:57 2027-01-01 is both a day off and a workday"
        ),
        (
            #"{"years": {"2027": {"off": ["2027-01-01"]}}, "work": ["2027-01-01"], "off": ["2027-01-01"]}"#,
            "1:78 2027-01-01 is both a day off and a workday"
        ),
        (
            #"{"year": 2027, "days": [{"date": "2027-01-01", "isOffDay": true}, {"date": "2027-01-01", "isOffDay": false}]}"#,
            "1:76 2027-01-01 is both a day off and a workday"
        ),
        // The built-in calendars have their weekend.
        (
            #"{"calendar": "cn", "weekend": [5, 6], "off": ["2026-12-24"]}"#,
            "1:20 CN has the weekend [6, 7], and this file gives it another"
        ),
        (
            #"{"calendar": "MON-FRI", "weekend": [7]}"#,
            "1:25 MON-FRI has the weekend [6, 7], and this file gives it another"
        ),
        (#"{"calendar": "CN", "weekend": [7, 6], "off": ["2026-12-24"]}"#, "CN, weekend [6, 7], 2026-12-24 off "),
        ("{}", "1:1 the file holds no day off and no make-up workday"),
        ("[1]", "1:1 “a.json” wants dates with names"),
        ("{\"year\": 2027,\n \"days\": [}", "2:11 no JSON: “}” is not expected here"),
        ("{\"off\":\n {\"2027-02-29\": \"\"}}", "2:3 “2027-02-29” is no date"),
        ("{\"years\":\n {\"27x\": {}}}", "2:3 “27x” is no year"),
        (#"{"years": {"2027": {"off": {"2028-01-01": ""}}}}"#, "1:29 2028-01-01 stands under the year 2027"),
        (#"{"years": {"2027": {"of": {}}}}"#, "1:21 unknown key “of”"),
        (#"{"yeers": {"2027": {"off": {}}}}"#, "1:2 unknown key “yeers”"),
        (#"{"weekend": [6, 8], "off": ["2026-12-24"]}"#, "1:2 “weekend” wants days of the week, 1 is Monday"),
        (#"{"weekend": [1,2,3,4,5,6,7]}"#, "1:2 “weekend” wants days of the week, 1 is Monday"),
        (#"{"off": "2026-12-24"}"#, "1:2 “off” wants dates with names"),
        (#"{"year": 2027, "days": [{"date": "2027-01-01"}]}"#, "1:34 a day wants “date” and “isOffDay”"),
    ]

    @Test(arguments: rows) func reads(_ text: String, _ wanted: String) {
        #expect(CalendarFileTests.shown(text) == wanted)
    }

    /// A weekend without a calendar's name is right behind a calendar of its own, and wrong alone.
    @Test func weekendsWithoutACalendar() throws {
        func own(_ text: String) -> String? {
            let file = CalendarFile.read(Array(text.utf8), name: "a.json")
            #expect(file.facts != nil)
            return file.ownWeekend.map { "\($0.start.line):\($0.start.column) \($0.fact.message(.en))" }
        }
        #expect(
            own(#"{"weekend": [5, 6], "off": ["2026-12-24"]}"#)
                == "1:2 CN has the weekend [6, 7], and this file gives it another")
        #expect(own(#"{"weekend": [6, 7], "off": ["2026-12-24"]}"#) == nil)
        #expect(own(#"{"calendar": "AE", "weekend": [5, 6]}"#) == nil)
    }

    @Test func encodings() {
        let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260215\r\nSUMMARY:"
        let end: [UInt8] = Array("\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".utf8)
        // 放假 in GB18030.
        let national = Array(text.utf8) + [0xB7, 0xC5, 0xBC, 0xD9] + end
        let marked = [0xEF, 0xBB, 0xBF] + Array((text + "放假").utf8) + end
        for bytes in [national, marked] {
            let file = CalendarFile.read(bytes, name: "a.ics")
            #expect(file.facts?.days.count == 1 && file.problems.isEmpty)
        }
        #expect(CalendarFile.read([0xFF, 0xFE, 0x00], name: "a.json").facts == nil)
        #expect(CalendarFile.read([0x50, 0x4B, 3, 4], name: "a.json").facts == nil)
        // Options of other commands are not offered.
        let binary = CalendarFile.read([0x42, 0x81, 0xFF, 0xFF], name: "a.ics").problems.first
        for language in [Language.en, .zh] {
            let words = (binary?.fact.message(language) ?? "--") + (binary?.fact.help(language) ?? "--")
            #expect(words.contains("UTF-8") && !words.contains("--"))
        }
    }

    @Test func namesThatAreFiles() {
        #expect(CalendarFile.isCalendarFile("a.JSON") && CalendarFile.isCalendarFile("holidays/x.ics"))
        // A path alone is none: it may lead to a secret.
        #expect(!CalendarFile.isCalendarFile("secrets/dingtalk") && !CalendarFile.isCalendarFile("./.env"))
        #expect(!CalendarFile.isCalendarFile("CN") && !CalendarFile.isCalendarFile("China"))
    }

    /// Whatever the bytes are: a file is read or refused with a problem, and what it gives makes a calendar.
    @Test func damagedFilesAreReadOrRefused() {
        let samples = [
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260101\r\nDTEND;VALUE=DATE:20260104\r\n"
                + "SUMMARY:元旦（休）\r\nDURATION:P3D\r\nX-APPLE-SPECIAL-DAY:WORK-HOLIDAY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            CalendarFileTests.rows[0].0, CalendarFileTests.rows[5].0,
        ]
        var state: UInt64 = 20_260_101
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for round in 0..<3_000 {
            var bytes = Array(samples[round % samples.count].utf8)
            for _ in 0...random(4) where !bytes.isEmpty {
                let place = random(bytes.count)
                switch random(4) {
                case 0: bytes[place] = UInt8(random(256))
                case 1: bytes.remove(at: place)
                case 2:
                    bytes.insert(
                        contentsOf: bytes[place..<min(bytes.count, place + random(20))], at: random(bytes.count))
                default: bytes[place] = UInt8(ascii: "9")
                }
            }
            let file = CalendarFile.read(bytes, name: round % 3 == 0 ? "a.ics" : "a.json")
            guard let facts = file.facts else {
                #expect(file.problems.contains { $0.severity == .error }, "refused without a word")
                continue
            }
            guard let made = try? WorkingCalendar.combining([.file(facts)], name: "a") else { continue }
            let day = made.adding(workingDays: 5, to: CivilDate(iso: "2026-01-01") ?? .epoch)
            #expect(made.isWorkday(day))
        }
    }
}
