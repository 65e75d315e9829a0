import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import SourceDiagnostics

extension CalendarCommand {
    struct Next: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "When does a schedule ring next? Where does an offset of a date lead?",
            discussion: """
                SCHEDULE is what stands behind every:, cron: or rrule: in a rule, in English or Chinese. With --date it is an
                offset such as “3 working days”, and both directions are shown.

                Example: bellman calendar next "month on last working day at 10:00"
                Example: bellman calendar next "每个工作日 17:30" --from 2026-09-30 --count 3
                Example: bellman calendar next "0 9 * * 1-5" --timezone Asia/Shanghai --format json
                Example: bellman calendar next "3个工作日" --date 2026-10-10
                """)
        @OptionGroup var options: CalendarOptions
        @Argument(help: "A schedule, or an offset with --date.") var schedule: String
        @Option(name: .long, help: "How many.") var count = 5
        @Option(name: .long, help: ArgumentHelp("Count from this date or time (default: now).", valueName: "time"))
        var from: String?
        @Option(
            name: .long,
            help: ArgumentHelp("The rule's from: where “2 weeks” and rrule begin to count.", valueName: "date"))
        var start: String?
        @Option(name: .long, help: ArgumentHelp("The offset's date.", valueName: "date"))
        var date: String?
        @Option(name: .long, help: ArgumentHelp("Time of day where the text has none.", valueName: "hh:mm"))
        var at: String?
        @Option(name: .long, help: ArgumentHelp("CN, MON-FRI, files, or several with commas.", valueName: "calendar"))
        var calendar: String?
        @Option(name: .long, help: ArgumentHelp("IANA name (default: the configuration's).", valueName: "zone"))
        var timezone: String?

        private static let greatestCount = 1_000

        func run() async throws {
            let around = try options.surroundings(calendar: calendar, timezone: timezone)
            guard (1...Next.greatestCount).contains(count) else {
                throw Failure(
                    .usage, "--count is between 1 and \(Next.greatestCount)", "--count 在 1 到 \(Next.greatestCount) 之间")
            }
            around.showFileWarnings()
            if let date { return try showOffset(CalendarWords.date(date), around) }
            try showSchedule(around)
        }

        private func time(_ around: CalendarSurroundings) throws -> LocalTime {
            guard let at else { return around.at }
            if let time = LocalTime(at) { return time }
            throw Failure(.usage, "“\(at)” is no time of day; write 09:00", "“\(at)”不是时刻，请写成 09:00")
        }

        // MARK: schedules

        private func showSchedule(_ around: CalendarSurroundings) throws {
            let time = try time(around)
            let anchor = try start.map(CalendarWords.date)
            let made: Schedule
            do throws(Schedule.TextError) {
                made = try Schedule(
                    text: schedule, zone: around.zone, calendar: around.calendar, at: time, from: anchor)
            } catch {
                Diagnose.show([ScheduleFact(error: error, isOffset: isOffset).diagnostic(schedule)])
                throw ExitCode(1)
            }
            // A time that is given counts itself; now is over.
            let after = try from.map { try RunCommand.instant($0, zone: around.zone).adding(microseconds: -1) }
            var begin = after ?? around.now
            let notes = CalendarNotes(schedule: made, calendar: around.calendar)
            var listing = Next.listing
            var instants: [Instant] = []
            while instants.count < count, let instant = made.next(after: begin) {
                let day = around.zone.date(instant)
                listing.add([
                    .string(instant.shown(in: around.zone)), .string(CalendarWords.weekday(day, options.list.format)),
                    .string(notes.text(day)),
                ])
                instants.append(instant)
                begin = instant
            }
            guard let first = instants.first else {
                let shown = begin.shown(in: around.zone)
                throw Failure(.wrong, "it never rings after \(shown)", "\(shown) 之后不会再响")
            }
            listing.show(options.list.format)
            for year in made.coverageGap(through: begin, after: first) {
                Terminal.error(CalendarWords.uncovered(around.calendar, year))
            }
        }

        private var isOffset: Bool { (try? Period.parse(schedule)) != nil }

        private static var listing: Listing {
            Listing(
                [
                    .init("at", Words.pick("rings at", "响起时间")), .init("weekday", Words.pick("weekday", "星期")),
                    .init("note", Words.pick("note", "说明")),
                ], nothing: "")
        }

        // MARK: offsets

        private func showOffset(_ date: CivilDate, _ around: CalendarSurroundings) throws {
            let time = try time(around)
            let period: Period
            do throws(PeriodError) {
                period = try Period.parse(schedule)
            } catch {
                Diagnose.show([ScheduleFact(error: error).diagnostic(schedule)])
                throw ExitCode(1)
            }
            var listing = Listing(
                [
                    .init("direction", Words.pick("offset", "偏移")), .init("at", Words.pick("rings at", "响起时间")),
                    .init("weekday", Words.pick("weekday", "星期")), .init("note", Words.pick("note", "说明")),
                ], nothing: "")
            var gaps: Set<Int> = []
            let directions = period.isZero ? [period] : [period.magnitude.negated, period.magnitude]
            for period in directions {
                let rule = OffsetRule(period: period, at: time, zone: around.zone, calendar: around.calendar)
                let instant = rule.instant(for: date)
                let day = around.zone.date(instant)
                listing.add([
                    .string(period.isNegative ? Words.pick("before", "之前") : Words.pick("after", "之后")),
                    .string(instant.shown(in: around.zone)), .string(CalendarWords.weekday(day, options.list.format)),
                    .string(CalendarNotes.text(day, around.calendar)),
                ])
                gaps.formUnion(rule.coverageGap(for: date))
            }
            listing.show(options.list.format)
            for year in gaps.sorted() { Terminal.error(CalendarWords.uncovered(around.calendar, year)) }
        }
    }
}

/// What is to be said of a day on which something rings.
struct CalendarNotes {
    let schedule: Schedule
    let calendar: WorkingCalendar

    /// Days that a holiday can push a working day along.
    private static let farthest = 16

    /// Of a schedule that keeps to working days: the holiday that the day comes after, or before where days are
    /// counted from the end; of any other: whether the day is off.
    func text(_ day: CivilDate) -> String {
        guard
            !schedule.coverageGap(through: schedule.zone.startOfDay(day), after: schedule.zone.startOfDay(day)).isEmpty
        else { return CalendarNotes.text(day, calendar) + moved(day) }
        return Words.pick("no data for \(day.year)", "没有 \(day.year) 年的数据")
    }

    private func moved(_ day: CivilDate) -> String {
        guard case .every(let every) = schedule.recurrence, every.needsCalendar, calendar.isWorkday(day) else {
            return ""
        }
        var step = -1
        if case .months(_, _, .nthWorkingDay(let nth)) = every.cadence, nth < 0 { step = 1 }
        var names: [String] = []
        for distance in 1...CalendarNotes.farthest {
            let other = day.adding(days: step * distance)
            if calendar.isWorkday(other) { break }
            let name = CalendarWords.name(of: calendar.reason(other))
            if !name.isEmpty, !names.contains(name) { names.append(name) }
        }
        guard !names.isEmpty else { return "" }
        let list = names.map(CalendarWords.holiday).joined(separator: Words.pick(", ", "、"))
        let words = step < 0 ? Words.pick("after \(list)", "在\(list)之后") : Words.pick("before \(list)", "在\(list)之前")
        let own = CalendarNotes.text(day, calendar)
        return own.isEmpty ? words : Words.pick(", ", "，") + words
    }

    /// Nothing for ordinary days of the week.
    static func text(_ day: CivilDate, _ calendar: WorkingCalendar) -> String {
        let reason = calendar.reason(day)
        return switch reason {
        case .weekday: ""
        default: CalendarWords.why(reason)
        }
    }
}

/// What is wrong with a text on the command line, with its place where that is known.
private struct ScheduleFact: DiagnosticFact {
    let code: String
    private let english: String
    private let chinese: String
    private let offsetHelp: Bool
    /// Unicode scalars.
    private let place: Range<Int>?

    init(error: Schedule.TextError, isOffset: Bool) {
        code = "schedule"
        english = error.message(.en)
        chinese = error.message(.zh)
        offsetHelp = isOffset
        if case .every(let every) = error { place = every.range } else { place = nil }
    }

    init(error: PeriodError) {
        code = "offset"
        english = error.message(.en)
        chinese = error.message(.zh)
        offsetHelp = false
        place = nil
    }

    func message(_ language: Language) -> String { language == .zh ? chinese : english }

    func help(_ language: Language) -> String? {
        guard offsetHelp else { return nil }
        return language == .zh ? "这是一段时长，请用 --date 说明从哪一天算起" : "this is an offset: --date says of which date"
    }

    func diagnostic(_ text: String) -> Diagnostic {
        let file = SourceFile(name: Words.pick("SCHEDULE", "周期"), text: text)
        let scalars = Array(text.unicodeScalars)
        func offset(_ index: Int) -> Int { scalars.prefix(index).reduce(0) { $0 + String($1).utf8.count } }
        let range = place.map { SourceRange(offset($0.lowerBound), offset($0.upperBound)) }
        return Diagnostic(fact: self, file: file, range: range ?? SourceRange(0, text.utf8.count))
    }
}
