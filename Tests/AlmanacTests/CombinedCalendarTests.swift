import Testing

@testable import Almanac

/// The one rule by which several sources make one calendar.
@Suite struct CombinedCalendarTests {
    private static func day(_ text: String) -> CivilDate { CivilDate(iso: text) ?? .epoch }

    /// - Parameter days: `2027-01-01 off, 2027-01-02 work`.
    private static func facts(
        _ source: String, calendar: String? = nil, weekend: [Int]? = nil, years: Set<Int> = [], _ days: String
    ) -> HolidayFacts {
        var facts = HolidayFacts(source: source, calendar: calendar)
        facts.weekend = weekend.map { Weekend($0) }
        facts.years = years
        for entry in days.split(separator: ",") {
            let words = entry.split(separator: " ")
            facts.days[day(String(words[0]))] = HolidayDay(isWorkday: words[1] == "work", name: source)
        }
        return facts
    }

    private static func combined(_ parts: WorkingCalendar.Part...) throws -> WorkingCalendar {
        try WorkingCalendar.combining(parts, name: "test")
    }

    private static let newYear = facts("2027.json", years: [2027], "2027-01-01 off, 2027-01-09 work, 2026-12-31 off")

    @Test func nextYearsNoticeIsAddedToTheBuiltIn() throws {
        // With or without CN before it, in either order.
        for parts in [
            [.builtIn("CN"), .file(Self.newYear)], [.file(Self.newYear)], [.file(Self.newYear), .builtIn("CN")],
        ]
            as [[WorkingCalendar.Part]]
        {
            let calendar = try WorkingCalendar.combining(parts, name: "test")
            #expect(calendar.covers(year: 2027) && calendar.covers(year: 2026) && !calendar.covers(year: 2028))
            #expect(!calendar.isWorkday(Self.day("2027-01-01")) && calendar.isWorkday(Self.day("2027-01-09")))
            // A day beside its whole year is told too, and the rest of 2026 is untouched.
            #expect(!calendar.isWorkday(Self.day("2026-12-31")) && calendar.isWorkday(Self.day("2026-10-10")))
            #expect(calendar.sources(ofYear: 2027) == ["2027.json"] && calendar.sources(ofYear: 2026) == [""])
        }
    }

    @Test func aNewEditionOfAYearReplacesIt() throws {
        let edition = Self.facts("2026.json", years: [2026], "2026-01-01 off, 2026-10-12 off")
        let calendar = try Self.combined(.builtIn("CN"), .file(edition))
        // What only the built-in knew is gone.
        #expect(calendar.isWorkday(Self.day("2026-10-01")) && !calendar.isWorkday(Self.day("2026-10-10")))
        #expect(!calendar.isWorkday(Self.day("2026-10-12")) && !calendar.isWorkday(Self.day("2025-10-01")))
    }

    @Test func companyDaysLieOnTop() throws {
        let company = Self.facts("company.ics", "2026-12-24 off, 2026-10-01 work, 2027-03-01 off, 2026-12-26 work")
        for parts in [[.builtIn("CN"), .file(company)], [.file(company), .builtIn("CN")]] as [[WorkingCalendar.Part]] {
            let calendar = try WorkingCalendar.combining(parts, name: "test")
            #expect(!calendar.isWorkday(Self.day("2026-12-24")) && calendar.isWorkday(Self.day("2026-10-01")))
            #expect(calendar.isWorkday(Self.day("2026-12-26")) && !calendar.isWorkday(Self.day("2026-10-02")))
            // They cover nothing.
            #expect(!calendar.covers(year: 2027) && !calendar.isWorkday(Self.day("2027-03-01")))
            #expect(calendar.reason(Self.day("2026-12-24")) == .holiday(name: "company.ics", source: "company.ics"))
        }
    }

    @Test func ofTwoFilesTheLaterCounts() throws {
        let first = Self.facts("a", "2026-12-24 off")
        let second = Self.facts("b", "2026-12-24 work")
        #expect(try Self.combined(.builtIn("CN"), .file(first), .file(second)).isWorkday(Self.day("2026-12-24")))
        #expect(try !Self.combined(.builtIn("CN"), .file(second), .file(first)).isWorkday(Self.day("2026-12-24")))
    }

    @Test func twoCountriesWorkWhereBothDo() throws {
        let germany = Self.facts("de.json", calendar: "DE", years: [2025, 2026], "2026-10-03 off, 2026-12-25 off")
        let calendar = try Self.combined(.builtIn("CN"), .file(germany))
        #expect(!calendar.isWorkday(Self.day("2026-12-25")) && !calendar.isWorkday(Self.day("2026-10-02")))
        // A make-up Saturday of one country is a weekend in the other.
        #expect(!calendar.isWorkday(Self.day("2026-10-10")) && WorkingCalendar.china.isWorkday(Self.day("2026-10-10")))
        #expect(calendar.coveredYears == [2025, 2026])
        #expect(calendar.sources(ofYear: 2026) == ["", "de.json"])
        // The same by Monday to Friday: make-up days are left out, nothing else changes.
        let plain = try Self.combined(.builtIn("CN"), .builtIn("MON-FRI"))
        #expect(!plain.isWorkday(Self.day("2026-10-10")) && !plain.isWorkday(Self.day("2026-10-01")))
        #expect(plain.coveredYears == WorkingCalendar.china.coveredYears)
    }

    @Test func otherWeekends() throws {
        let gulf = Self.facts(
            "ae.json", calendar: "AE", weekend: [5, 6], years: [2026], "2026-12-02 off, 2026-12-11 work")
        let calendar = try Self.combined(.file(gulf))
        let days = (0..<60).map { Self.day("2026-11-20").adding(days: $0) }
        func works(_ date: CivilDate) -> Bool {
            switch date.description {
            case "2026-12-02": false
            case "2026-12-11": true
            default: ![5, 6].contains(date.weekday)
            }
        }
        for date in days { #expect(calendar.isWorkday(date) == works(date), "\(date)") }
        // Counting agrees with walking, there and back.
        for date in days.prefix(30) {
            for count in 1...15 {
                var walk = date
                for _ in 0..<count { repeat { walk = walk.adding(days: 1) } while !works(walk) }
                #expect(calendar.adding(workingDays: count, to: date) == walk)
                var back = walk
                for _ in 0..<count { repeat { back = back.adding(days: -1) } while !works(back) }
                #expect(calendar.adding(workingDays: -count, to: walk) == back)
            }
        }
        // Far ahead and far back, too.
        #expect(calendar.workdays(from: days[0], to: calendar.adding(workingDays: 100_000, to: days[0])) == 100_000)
    }

    @Test func whatMakesNoCalendar() {
        let noWork = Self.facts("x", calendar: "X", weekend: [1, 2, 3, 4, 5, 6, 7], "")
        #expect(throws: WorkingCalendar.CombiningError.noWorkdays) { try Self.combined(.file(noWork)) }
        let strange = Self.facts("x", calendar: "cn", weekend: [5, 6], "")
        #expect(throws: WorkingCalendar.CombiningError.builtInWeekend(calendar: "CN", source: "x")) {
            try Self.combined(.file(strange))
        }
    }

    @Test func reasonsAndNames() {
        let china = WorkingCalendar.china
        #expect(china.reason(Self.day("2026-10-10")) == .makeUp(name: "国庆节", source: ""))
        #expect(china.reason(Self.day("2026-10-01")) == .holiday(name: "国庆节", source: ""))
        #expect(china.reason(Self.day("2026-10-11")) == .weekend && china.reason(Self.day("2026-10-12")) == .weekday)
        let named = china.namedDays(from: Self.day("2026-10-01"), through: Self.day("2026-10-31"))
        #expect(named.count == 8)
        #expect(HolidayName.text("国庆节", .en) == "National Day" && HolidayName.text("年会", .en) == "年会")
    }

    @Test func fingerprintsFollowTheDays() throws {
        let china = WorkingCalendar.china
        #expect(try Self.combined(.builtIn("CN")).fingerprint == china.fingerprint)
        #expect(WorkingCalendar.mondayToFriday.fingerprint != china.fingerprint)
        let one = Self.facts("a", "2027-03-01 off")
        let other = Self.facts("a", "2027-03-02 off")
        let prints = try [one, other].map { try Self.combined(.builtIn("CN"), .file($0)).fingerprint }
        #expect(Set(prints + [china.fingerprint]).count == 3)
        // What a day is called, or a day off on a weekend, makes no other calendar.
        #expect(
            try Self.combined(.builtIn("CN"), .file(Self.facts("b", "2027-03-06 off"))).fingerprint == china.fingerprint
        )
    }
}
