import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanRules
import SourceDiagnostics

struct CalendarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "Working days: what a calendar holds, why a day is off, when a schedule rings.",
        discussion: """
            CALENDAR is CN, MON-FRI, a .json or .ics file, or several of them with commas; without it the configuration's.

              bellman calendar show --year 2026
              bellman calendar check 2026-10-10
              bellman calendar check holidays/cn-2027.json
              bellman calendar next "每月最后一个工作日 10:00"
            """,
        subcommands: [Show.self, Check.self, Next.self], defaultSubcommand: Show.self)
}

/// What every verb of `calendar` takes.
struct CalendarOptions: ParsableArguments {
    @OptionGroup var global: GlobalOptions
    @OptionGroup var list: ListOptions

    /// The configuration as far as it can be read: neither store nor secrets are wanted here.
    func surroundings(calendar: String?, timezone: String? = nil) throws -> CalendarSurroundings {
        let reading = try Workshop.read(global.location(), needsSecrets: false)
        let configuration = reading.configuration
        if reading.file != nil { Words.choose(configuration.language) }
        Diagnose.show(reading.problems.filter { $0.fact.code.contains("calendar") })
        var zone = configuration.timing.zone
        if let timezone {
            do { zone = try Zone.named(timezone) } catch {
                throw Failure(.usage, error.message(.en), error.message(.zh))
            }
        }
        let names = calendar.map { $0.split(separator: ",").map { String($0).trimmed } } ?? configuration.calendarNames
        let library = configuration.calendars
        if calendar == nil {
            return CalendarSurroundings(
                calendar: library.best(names), names: names, library: library, zone: zone, at: configuration.timing.at)
        }
        switch library.forConfiguration(names) {
        case .success(let found):
            return CalendarSurroundings(
                calendar: found, names: names, library: library, zone: zone, at: configuration.timing.at)
        case .failure(let refusal):
            func text(_ words: String, _ help: String?, _ open: String) -> String {
                help.map { "\(words)\n\(open)\($0)" } ?? words
            }
            throw Failure(
                .wrong, text(refusal.english, refusal.englishHelp, "help: "),
                text(refusal.chinese, refusal.chineseHelp, "建议："))
        }
    }
}

/// What the verbs work with.
struct CalendarSurroundings {
    let calendar: WorkingCalendar
    let names: [String]
    let library: CalendarLibrary
    let zone: Zone
    let at: LocalTime

    var now: Instant { SystemClock().now() }
    var today: CivilDate { zone.date(now) }

    /// Warnings of the files that the calendar is made of.
    func showFileWarnings() {
        Diagnose.show(library.reports.filter { calendar.files.contains($0.path) }.flatMap(\.problems))
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
