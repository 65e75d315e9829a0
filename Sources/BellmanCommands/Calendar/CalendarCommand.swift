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

extension CalendarCommand {
    /// The verb that is meant where none is named shows a calendar; a slip in a verb must not be taken for its name.
    static func checkVerb(_ arguments: [String]) throws {
        guard arguments.count > 1, arguments[0] == configuration.commandName else { return }
        let word = arguments[1]
        let verbs = ["show", "check", "next"]
        let names = CalendarOptions.names(word)
        guard !word.hasPrefix("-"), !verbs.contains(word), !names.isEmpty else { return }
        guard !names.contains(where: { WorkingCalendar.named($0) != nil || CalendarFile.isCalendarFile($0) }) else {
            return
        }
        let near = nearest(word, among: verbs + WorkingCalendar.builtInNames)
        throw Failure(
            .usage,
            "calendar has no verb “\(word)”, and no calendar is called so"
                + (near.map { "; did you mean “\($0)”?" } ?? ": show, check, next"),
            "calendar 没有“\(word)”这个动词，也没有叫这个名字的日历" + (near.map { "；是不是想写“\($0)”？" } ?? "：show、check、next"))
    }
}

/// What every verb of `calendar` takes.
struct CalendarOptions: ParsableArguments {
    @OptionGroup var global: GlobalOptions
    @OptionGroup var list: ListOptions

    /// Problems of the configuration without which its zone, its time of day or its calendar is a guess.
    private static let weighty: Set<String> = [
        "config_unknown_key", "config_wanted_text", "config_wanted_mapping", "config_bad_language",
    ]

    /// What is asked of the configuration; what the command line says itself needs none.
    enum Need: Hashable { case zone, time, calendar }

    /// The configuration as far as it can be read: neither store nor secrets are wanted here. Its errors are shown, and
    /// where the answer depends on one, there is no answer; a broken calendar file alone is left out and named in
    /// `CalendarSurroundings.without`.
    func surroundings(
        calendar: String?, timezone: String? = nil, needs: Set<Need> = [.zone]
    ) throws -> CalendarSurroundings {
        let reading = try Workshop.read(global.location(), needsSecrets: false)
        let configuration = reading.configuration
        if reading.file != nil { Words.choose(configuration.language) }
        var needs = needs
        if timezone == nil { needs.insert(.zone) } else { needs.remove(.zone) }
        if calendar == nil { needs.insert(.calendar) }
        try report(reading.problems, needs)
        var zone = configuration.timing.zone
        if let timezone {
            do { zone = try Zone.named(timezone) } catch {
                throw Failure(.usage, error.message(.en), error.message(.zh))
            }
        }
        let library = configuration.calendars
        func made(_ found: WorkingCalendar, _ names: [String], without: [String] = []) -> CalendarSurroundings {
            CalendarSurroundings(
                calendar: found, names: names, without: without, library: library, zone: zone,
                at: configuration.timing.at)
        }
        guard let calendar else {
            let names = configuration.calendarNames
            let best = library.best(names)
            let left = names.filter { CalendarFile.isCalendarFile($0) && !best.files.contains($0) }
            return made(best, names, without: left)
        }
        let names = CalendarOptions.names(calendar)
        guard !names.isEmpty else {
            throw Failure(.usage, "name a calendar: CN, MON-FRI or a file", "请写日历的名字：CN、MON-FRI，或一个文件")
        }
        switch library.forConfiguration(names) {
        case .success(let found): return made(found, names)
        case .failure(let refusal): throw CalendarOptions.failure(refusal)
        }
    }

    /// The configuration for who asks about files alone: no answer depends on it.
    func bystander() throws -> Configuration {
        let reading = try Workshop.read(global.location(), needsSecrets: false)
        if reading.file != nil { Words.choose(reading.configuration.language) }
        return reading.configuration
    }

    private func report(_ problems: [Diagnostic], _ needs: Set<Need>) throws {
        Diagnose.show(problems.filter { $0.severity == .error || $0.fact.code.contains("calendar") })
        let isGuess = problems.contains { problem in
            guard problem.severity == .error, !needs.isEmpty else { return false }
            return switch problem.fact.code {
            case "config_bad_zone": needs.contains(.zone)
            case "config_bad_time": needs.contains(.time)
            case "config_bad_calendar": needs.contains(.calendar)
            case let code: CalendarOptions.weighty.contains(code) || !code.hasPrefix("config_")
            }
        }
        if isGuess { throw ExitCode(1) }
    }

    private static func failure(_ refusal: CalendarRefusal) -> Failure {
        func text(_ words: String, _ help: String?, _ open: String) -> String {
            help.map { "\(words)\n\(open)\($0)" } ?? words
        }
        return Failure(
            .wrong, text(refusal.english, refusal.englishHelp, "help: "),
            text(refusal.chinese, refusal.chineseHelp, "建议："))
    }

    /// The entries of a list with commas, in the width of either language.
    static func names(_ text: String) -> [String] {
        text.split { $0 == "," || $0 == "，" || $0 == "、" }.map { String($0).trimmed }.filter { !$0.isEmpty }
    }
}

/// What the verbs work with.
struct CalendarSurroundings {
    let calendar: WorkingCalendar
    let names: [String]
    /// Files of the configuration's calendar that cannot be used.
    let without: [String]
    let library: CalendarLibrary
    let zone: Zone
    let at: LocalTime

    var now: Instant { SystemClock().now() }
    var today: CivilDate { zone.date(now) }

    /// Warnings of the files that the calendar is made of.
    func showFileWarnings() {
        Diagnose.show(library.reports.filter { calendar.files.contains($0.path) }.flatMap(\.problems))
    }

    /// Ends an answer that a file is missing from: what is on the screen may not be what the daemon does.
    func end() throws {
        guard !without.isEmpty else { return }
        let files = without.joined(separator: Words.pick(", ", "、"))
        Terminal.error(
            Words.prefix
                + Words.pick(
                    "answered without \(files); a daemon may still use its last good version, which bellman status tells",
                    "以上结果没有用到 \(files)；守护进程可能仍在用它上一个正确的版本，请看 bellman status"))
        throw ExitCode(1)
    }
}

/// Lines of a name and a value above a table, aligned by the columns that they take on a screen.
struct CalendarHead {
    private var lines: [(name: String, value: String)] = []

    mutating func add(_ english: String, _ chinese: String, _ value: String) {
        lines.append((Words.pick(english, chinese), value))
    }

    func show() {
        let width = lines.map { DisplayWidth.of($0.name) }.max() ?? 0
        for (name, value) in lines {
            Terminal.line(name + String(repeating: " ", count: width - DisplayWidth.of(name) + 2) + value)
        }
        Terminal.line()
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
