import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel

extension CalendarCommand {
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Covered years, days off and make-up workdays, and where they come from.",
            discussion: """
                Without --year: this year, and the next one as far as it is known.

                Example: bellman calendar show --year 2026
                Example: bellman calendar show CN,holidays/company.ics --format csv
                """)
        @OptionGroup var options: CalendarOptions
        @Argument(help: ArgumentHelp("CN, MON-FRI, files, or several with commas.", valueName: "calendar"))
        var name: String?
        @Option(name: .long, help: ArgumentHelp("The same, as the other verbs take it.", valueName: "calendar"))
        var calendar: String?
        @Option(name: .long, help: ArgumentHelp("The days of this year.", valueName: "year"))
        var year: Int?

        /// Years of four digits: 26 is a slip.
        private static let years = 1000...9999

        func validate() throws {
            if name != nil, calendar != nil {
                throw ValidationError(
                    Words.pick("name the calendar once, with --calendar or without", "日历只写一次，用 --calendar 或直接写"))
            }
            guard let year, !Show.years.contains(year) else { return }
            throw ValidationError(Words.pick("“\(year)” is no year; write 2026", "“\(year)”不是年份，请写成 2026"))
        }

        func run() async throws {
            let around = try options.surroundings(calendar: name ?? calendar)
            let calendar = around.calendar
            let known = calendar.namedYears
            let years = year.map { [$0] } ?? [around.today.year, around.today.year + 1]
            let isTable = options.list.format == .table
            if isTable { CalendarCommand.summary(around) }
            around.showFileWarnings()
            var listing = CalendarCommand.dayListing(
                nothing: Words.pick("no day off and no make-up workday is known", "没有已知的放假日和补班日"))
            for year in years {
                guard let first = CivilDate(year: year, month: 1, day: 1),
                    let last = CivilDate(year: year, month: 12, day: 31)
                else { continue }
                for (date, reason) in calendar.namedDays(from: first, through: last) {
                    listing.add(CalendarCommand.row(date, reason, options.list.format))
                }
            }
            listing.show(options.list.format)
            for year in years where !calendar.covers(year: year) && (self.year != nil || !known.contains(year)) {
                Terminal.error(CalendarWords.uncovered(calendar, year))
            }
            try around.end()
        }
    }

    /// What the calendar is, above the table.
    private static func summary(_ around: CalendarSurroundings) {
        let calendar = around.calendar
        var head = CalendarHead()
        head.add("calendar", "日历", calendar.name)
        head.add("weekend", "周末", CalendarWords.weekend(calendar.weekend))
        head.add("covers", "覆盖", covered(calendar))
        head.show()
    }

    private static func covered(_ calendar: WorkingCalendar) -> String {
        guard let years = calendar.coveredYears else { return Words.pick("every year", "所有年份") }
        // Years by where they come from.
        var bySource: [(source: String, years: [Int])] = []
        for year in years {
            let source = calendar.sources(ofYear: year).map(CalendarWords.source).joined(separator: " + ")
            if bySource.last?.source == source {
                bySource[bySource.count - 1].years.append(year)
            } else {
                bySource.append((source, [year]))
            }
        }
        let spans = bySource.map {
            "\(CalendarWords.years($0.years))" + Words.pick(" (\($0.source))", "（\($0.source)）")
        }
        if spans.isEmpty { return Words.pick("no year", "没有一年") }
        return spans.joined(separator: Words.pick(", ", "，"))
    }

    static func dayListing(nothing: String) -> Listing {
        Listing(
            [
                .init("date", Words.pick("date", "日期")), .init("weekday", Words.pick("weekday", "星期")),
                .init("kind", Words.pick("day", "类别")), .init("holiday", Words.pick("holiday", "节日")),
                .init("source", Words.pick("source", "来源")),
            ], nothing: nothing)
    }

    /// Programs get codes, people words.
    static func row(_ date: CivilDate, _ reason: WorkingCalendar.Reason, _ format: ListFormat) -> [JSONValue] {
        let isTable = format == .table
        let (kind, source): (String, String) =
            switch reason {
            case .holiday(_, let source): (Words.pick("off", "放假"), source)
            case .makeUp(_, let source): (Words.pick("make-up workday", "补班"), source)
            case .weekday: (Words.pick("workday", "上班"), "")
            case .weekend: (Words.pick("weekend", "周末"), "")
            }
        let name = CalendarWords.name(of: reason)
        return [
            .string(date.description), .string(CalendarWords.weekday(date, format)),
            .string(isTable ? kind : CalendarWords.code(reason)),
            .string(isTable ? CalendarWords.holiday(name) : name),
            .string(isTable ? CalendarWords.source(source) : source),
        ]
    }
}
