import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import BellmanRules
import SourceDiagnostics

extension CalendarCommand {
    struct Next: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "When does a schedule ring next? Where does an offset of a date lead?",
            discussion: """
                SCHEDULE is what stands behind every:, cron: or rrule: in a rule, in English or Chinese. With --date it is an
                offset such as “3 working days”, and both directions are shown; “3 working days before” shows one. A date
                with a time keeps its time.

                Example: bellman calendar next "month on last working day at 10:00"
                Example: bellman calendar next "每个工作日 17:30" --from 2026-09-30 --count 3
                Example: bellman calendar next "0 9 * * 1-5" --timezone Asia/Shanghai --format json
                Example: bellman calendar next "3个工作日" --date 2026-10-10
                Example: bellman calendar next "2 hours before" --date 2026-10-10T18:00
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
        @Option(name: .long, help: ArgumentHelp("The offset's date, also with a time.", valueName: "date"))
        var date: String?
        @Option(name: .long, help: ArgumentHelp("Time of day where the text has none.", valueName: "hh:mm"))
        var at: String?
        @Option(name: .long, help: ArgumentHelp("CN, MON-FRI, files, or several with commas.", valueName: "calendar"))
        var calendar: String?
        @Option(name: .long, help: ArgumentHelp("IANA name (default: the configuration's).", valueName: "zone"))
        var timezone: String?

        private static let greatestCount = 1_000

        func run() async throws {
            let around = try options.surroundings(
                calendar: calendar, timezone: timezone, needs: at == nil ? [.zone, .time] : [.zone])
            guard (1...Next.greatestCount).contains(count) else {
                throw Failure(
                    .usage, "--count is between 1 and \(Next.greatestCount)", "--count 在 1 到 \(Next.greatestCount) 之间")
            }
            around.showFileWarnings()
            if let date {
                try showOffset(CalendarWords.moment(date, zone: around.zone), around)
            } else {
                try showSchedule(around)
            }
            try around.end()
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
            let after = try from.map { try Next.instant($0, around.zone).adding(microseconds: -1) }
            var begin = after ?? around.now
            let notes = CalendarNotes(schedule: made, calendar: around.calendar)
            var listing = Listing(Next.columns(options.list.format), nothing: "")
            var instants: [Instant] = []
            while instants.count < count, let instant = made.next(after: begin) {
                let day = around.zone.date(instant)
                let note = notes.text(day)
                listing.add(cells(instant, around, note: note, covered: notes.covers(day)))
                instants.append(instant)
                begin = instant
            }
            guard let first = instants.first else {
                let shown = begin.shown(in: around.zone)
                throw Failure(.wrong, "it never rings after \(shown)", "\(shown) 之后不会再响")
            }
            listing.show(options.list.format)
            try remark(made, around)
            for year in made.coverageGap(through: begin, after: first) {
                Terminal.error(CalendarWords.uncovered(around.calendar, year))
            }
        }

        private var isOffset: Bool { DirectedPeriod(schedule) != nil || (try? Period.parse(schedule)) != nil }

        /// What a rule's author is warned of.
        private func remark(_ made: Schedule, _ around: CalendarSurroundings) throws {
            let unused = at == nil ? nil : made.unused(try time(around))
            let remarks: [RuleProblem] =
                (made.skippedDay.map { [.skipsShortMonths($0)] } ?? [])
                + (try unused.map { [.unusedTime(try time(around), $0)] } ?? [])
            let language: Language = Words.isChinese ? .zh : .en
            for problem in remarks {
                let help = problem.help(language).map { Words.pick("; ", "；") + $0 } ?? ""
                Terminal.error(Words.warning + problem.message(language) + help)
            }
        }

        private static func columns(_ format: ListFormat) -> [Listing.Column] {
            let when: [Listing.Column] = [
                .init("at", Words.pick("rings at", "响起时间")), .init("weekday", Words.pick("weekday", "星期")),
            ]
            // People read a note, programs what it is made of.
            return when
                + (format == .table
                    ? [.init("note", Words.pick("note", "说明"))]
                    : [.init("why", ""), .init("holiday", ""), .init("covered", "")])
        }

        private func cells(
            _ instant: Instant, _ around: CalendarSurroundings, note: String, covered: Bool
        ) -> [JSONValue] {
            let format = options.list.format
            let day = around.zone.date(instant)
            let when: [JSONValue] = [
                .string(instant.shown(in: around.zone)), .string(CalendarWords.weekday(day, format)),
            ]
            guard format != .table else { return when + [.string(note)] }
            let reason = around.calendar.reason(day)
            return when + [
                .string(CalendarWords.code(reason)), .string(CalendarWords.name(of: reason)), .bool(covered),
            ]
        }

        /// As the other verbs read dates; a date alone is its first moment.
        private static func instant(_ text: String, _ zone: Zone) throws -> Instant {
            switch try? CalendarWords.moment(text, zone: zone) {
            case .date(let date)?: zone.startOfDay(date)
            case .instant(let instant)?: instant
            default: try RunCommand.instant(text, zone: zone)
            }
        }

        // MARK: offsets

        private func showOffset(_ anchor: FieldValue, _ around: CalendarSurroundings) throws {
            let time = try time(around)
            let directed = DirectedPeriod(schedule)
            let period: Period
            do throws(PeriodError) {
                if let directed { period = directed.period } else { period = try Period.parse(schedule) }
            } catch {
                if (try? Schedule(text: schedule, zone: around.zone, calendar: around.calendar, at: time)) != nil {
                    throw Failure(
                        .wrong, "“\(schedule)” is a schedule, which rings by itself: leave out --date",
                        "“\(schedule)”是周期，不从某一天算起：请去掉 --date")
                }
                Diagnose.show([ScheduleFact(error: error).diagnostic(schedule)])
                throw ExitCode(1)
            }
            let format = options.list.format
            var listing = Listing(
                [.init("direction", Words.pick("offset", "偏移"))] + Next.columns(format), nothing: "")
            var gaps: Set<Int> = []
            let isOne = directed != nil || period.isZero
            for period in isOne ? [period] : [period.magnitude.negated, period.magnitude] {
                let rule = OffsetRule(period: period, at: time, zone: around.zone, calendar: around.calendar)
                let (instant, date) = Next.place(anchor, rule, around.zone)
                let day = around.zone.date(instant)
                let gap = rule.coverageGap(for: date)
                let unknown = gap.first ?? (around.calendar.covers(year: day.year) ? nil : day.year)
                let isBefore = directed?.isBefore ?? period.isNegative
                let own = CalendarNotes.text(day, around.calendar)
                let note = [unknown.map(CalendarWords.unknown) ?? "", own].filter { !$0.isEmpty }
                    .joined(separator: Words.pick(", ", "，"))
                let way = isBefore ? "before" : "after"
                let words = isBefore ? Words.pick("before", "之前") : Words.pick("after", "之后")
                // Programs get one form in every language.
                let shown = format == .table ? words : way
                listing.add([.string(shown)] + cells(instant, around, note: note, covered: unknown == nil))
                gaps.formUnion(gap)
            }
            listing.show(format)
            for year in gaps.sorted() { Terminal.error(CalendarWords.uncovered(around.calendar, year)) }
        }

        /// A date rings at the rule's time of day, a date with a time at its own.
        private static func place(
            _ anchor: FieldValue, _ rule: OffsetRule, _ zone: Zone
        ) -> (instant: Instant, date: CivilDate) {
            if case .instant(let timed) = anchor { return (rule.instant(for: timed), zone.date(timed)) }
            guard case .date(let date) = anchor else { return (rule.instant(for: CivilDate.epoch), .epoch) }
            return (rule.instant(for: date), date)
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
        if case .rrule(let rule) = error, case .wantsStart(let part) = rule.kind {
            // What is from: in a rule is another option than --from here.
            (english, chinese) = ScheduleFact.start(part)
        } else {
            english = error.message(.en)
            chinese = error.message(.zh)
        }
        offsetHelp = isOffset
        if case .every(let every) = error { place = every.range } else { place = nil }
    }

    private static func start(_ part: RRule.Part) -> (String, String) {
        part == .count
            ? ("COUNT counts from a start, and there is none; add --start DATE", "COUNT 要从开始数起，这里没有开始；请加 --start 日期")
            : (
                "the day comes from the start, and there is none; add \(part.rawValue), or --start DATE",
                "日子要从开始推出，这里没有开始；请加 \(part.rawValue)，或加 --start 日期"
            )
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
