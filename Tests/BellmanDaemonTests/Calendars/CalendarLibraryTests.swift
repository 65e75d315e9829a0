import Almanac
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite
import BellmanTesting
import Foundation
import SourceDiagnostics
import Testing

@testable import BellmanDaemon

/// Calendars by name and file: found, read again, kept when they break.
@Suite struct CalendarLibraryTests {
    private static let newYear = #"{"year": 2027, "days": [{"name": "元旦", "date": "2027-01-04", "isOffDay": true}]}"#
    private static let laterNewYear = newYear.replacing("01-04", with: "01-05")
    private static let day = CivilDate(iso: "2027-01-04") ?? .epoch

    private static func write(_ text: String, _ path: String) throws { try TextFile.write(text, to: path).get() }

    private static func refusal(_ lookup: CalendarLookup, _ names: String...) -> String {
        switch lookup(names) {
        case .success: "found"
        case .failure(let refusal): "\(refusal.entry ?? -1) \(refusal.english)"
        }
    }

    @Test func findsReadsAgainAndKeeps() throws {
        let folder = try TemporaryFolder()
        let library = CalendarLibrary(folder: folder.path)
        let file = folder.file("cn.json")
        try Self.write(Self.newYear, file)
        func calendar() -> WorkingCalendar { library.best(["CN", "cn.json"]) }
        #expect(!calendar().isWorkday(Self.day) && calendar().covers(year: 2027) && calendar().name == "CN + cn.json")
        #expect(!library.look(), "nothing changed")
        try Self.write(Self.laterNewYear, file)
        #expect(library.look() && calendar().isWorkday(Self.day))
        #expect(library.unsaved().map(\.text) == [Self.laterNewYear] && library.unsaved().isEmpty)
        // Broken: what it said last stays, and the problem is there to be shown.
        try Self.write("{", file)
        #expect(library.look() && calendar().covers(year: 2027) && library.reports.map(\.state) == [.kept])
        #expect(library.unsaved().isEmpty)
        try Self.write(Self.newYear, file)
        #expect(library.look() && !calendar().isWorkday(Self.day) && library.reports.map(\.state) == [.good])
    }

    @Test func whatWasGoodSurvivesARestart() throws {
        let folder = try TemporaryFolder()
        try Self.write("{", folder.file("cn.json"))
        let library = CalendarLibrary(folder: folder.path)
        #expect(Self.refusal(library.forRules, "CN", "cn.json").hasPrefix("1 cn.json:1:"))
        #expect(!library.best(["CN", "cn.json"]).covers(year: 2027))
        library.restore([(name: "cn.json", text: Self.newYear)])
        #expect(library.best(["CN", "cn.json"]).covers(year: 2027) && library.reports.map(\.state) == [.kept])
        #expect(Self.refusal(library.forRules, "CN", "cn.json") == "found")
    }

    @Test func refusesWhatIsNone() throws {
        let folder = try TemporaryFolder()
        let outer = try TemporaryFolder()
        try Self.write(Self.newYear, outer.file("out.json"))
        let library = CalendarLibrary(folder: folder.path)
        #expect(Self.refusal(library.forRules, "CN", "China") == "1 no calendar “China”")
        #expect(Self.refusal(library.forRules, "gone.json").contains("No such file"))
        #expect(Self.refusal(library.forRules, folder.path + "/") == "0 no calendar “\(folder.path)/”")
        let out = outer.file("out.json")
        #expect(Self.refusal(library.forRules, out) == "0 this path leads out of the configuration's folder")
        #expect(Self.refusal(library.forRules, "../x.json") == "0 this path leads out of the configuration's folder")
        #expect(Self.refusal(library.forConfiguration, out) == "found")
        let endless = outer.file("endless.json")
        try FileManager.default.createSymbolicLink(atPath: endless, withDestinationPath: "/dev/zero")
        #expect(Self.refusal(library.forConfiguration, endless).contains("no regular file"))
    }

    private static let rule = """
        id: a
        when: {before: task.due, by: 1 working day}
        calendar: [CN, cn.json]
        then: [{notify: {via: inbox}}]
        """

    @Test func rulesFollowTheirCalendar() throws {
        let folder = try TemporaryFolder()
        let configuration = folder.file("bellman.yaml")
        try Self.write("store: sqlite:bellman.db\nlanguage: en\ncalendar: [CN, gone.ics]\n", configuration)
        _ = TextFile.makeFolder(folder.file("rules"))
        try Self.write(Self.rule, folder.file("rules/a.yaml"))
        try Self.write(Self.newYear, folder.file("cn.json"))
        // A configuration that names a broken calendar is an error for `check` and stops nothing.
        let workshop = try Workshop(Location(configuration: configuration))
        #expect(workshop.remarks.map(\.fact.code) == ["config_calendar_file"])
        #expect(workshop.configuration.timing.calendar == .china)
        let store = try Instance(workshop, role: .daemon).store
        var book = try RuleBook(workshop, documents: store)
        func worksOn(_ reading: RuleBook.Reading?) -> Bool? {
            reading?.outcome.rules.first?.timing.calendar.isWorkday(Self.day)
        }
        #expect(worksOn(try book.read(remember: true)) == false)
        #expect(try book.read(remember: true) == nil)
        try Self.write(Self.laterNewYear, folder.file("cn.json"))
        #expect(worksOn(try book.read(remember: true)) == true)
        // Broken and started anew: the store knows what it said.
        try Self.write("broken", folder.file("cn.json"))
        let later = try Workshop(Location(configuration: configuration))
        var second = try RuleBook(later, documents: store)
        #expect(worksOn(try second.read(remember: true)) == true)
        #expect(later.configuration.calendars.reports.map(\.state) == [.kept, .broken])
        try store.close()
    }

    @Test func coverageIsToldForCalendarsThatCount() throws {
        let folder = try TemporaryFolder()
        let configuration = folder.file("bellman.yaml")
        try Self.write("language: en\n", configuration)
        let workshop = try Workshop(Location(configuration: configuration))
        func rules(_ text: String) -> [Rule] { workshop.ruleReader.read(SourceFile(name: "a.yaml", text: text)).rules }
        func gaps(_ rules: [Rule], _ today: String) throws -> [String] {
            CalendarCoverage.gaps(rules, always: [], today: try #require(CivilDate(iso: today))).map { $0.words(.en) }
        }
        let then = "then: [{notify: {via: inbox}}]"
        let plain = rules("id: a\nwhen: {before: task.due, by: 3 days}\n" + then)
        let every = rules("id: a\nwhen: {every: month on last working day at 10:00}\n" + then)
        let offset = rules("id: a\nwhen: {before: task.due, by: 3 working days}\n" + then)
        let condition = rules("id: a\nwhen: {created: task}\nif: working_days_until(task.due) < 3\n" + then)
        let weekdays = rules("id: a\ncalendar: MON-FRI\nwhen: {before: task.due, by: 3 working days}\n" + then)
        let said = ["calendar CN has no data for 2027: Monday to Friday is used"]
        for list in [every, offset, condition] {
            #expect(list.count == 1)
            #expect(try gaps(list, "2026-09-30").isEmpty && gaps(list, "2026-10-01") == said)
            #expect(try gaps(list, "2027-01-01") == said)
            #expect(try gaps(list, "2027-10-01").count == 2)
        }
        #expect(try gaps(plain + weekdays, "2026-12-31").isEmpty)
        // A rule's next instants reach into a year without data before October, too.
        let yearly = "id: a\nwhen: {every: year on first working day at 10:00}\n" + then
        let now = try #require(Instant(iso: "2026-03-01T00:00:00Z"))
        let warnings = CalendarCoverage.warnings(rules(yearly), [("a.yaml", yearly)], now: now)
        #expect(warnings.map { "\($0.start.line) \($0.fact.message(.en))" }.first == "1 " + said[0])
    }
}
