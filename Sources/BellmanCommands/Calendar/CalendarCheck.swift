import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import SourceDiagnostics

extension CalendarCommand {
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Is a date a working day, and why? Is a holiday file right, and what does it change?",
            discussion: """
                For a FILE: what it holds, what was left out, and each day on which it differs from what is built in; exit
                code 1 when it cannot be used.

                Example: bellman calendar check 2026-10-10 2026-12-31
                Example: bellman calendar check holidays/cn-2027.ics
                """)
        @OptionGroup var options: CalendarOptions
        @Argument(help: ArgumentHelp("Dates such as 2026-10-10, or .json and .ics files.", valueName: "date-or-file"))
        var subjects: [String]
        @Option(name: .long, help: ArgumentHelp("CN, MON-FRI, files, or several with commas.", valueName: "calendar"))
        var calendar: String?

        private enum Subject {
            case date(CivilDate)
            case file(String)
        }

        func run() async throws {
            let asked = try subjects.map(Check.subject)
            let dates = asked.compactMap { if case .date(let date) = $0 { date } else { nil } }
            let files = asked.compactMap { if case .file(let file) = $0 { file } else { nil } }
            if dates.isEmpty { return try showFiles(files, names: options.bystander().calendarNames) }
            let around = try options.surroundings(calendar: calendar)
            guard options.list.format == .table || files.isEmpty else {
                // One document, whatever was asked.
                var listing = CheckTable(dates: true, files: true)
                for date in dates { listing.add(Check.row(date, around, options.list.format)) }
                let isWell = try CalendarCommand.add(files, names: around.names, options.list.format, &listing)
                listing.show(options.list.format)
                tellGaps(dates, around)
                try around.end()
                if !isWell { throw ExitCode(1) }
                return
            }
            showDates(dates, around)
            if !files.isEmpty { try showFiles(files, names: around.names) }
            try around.end()
        }

        private static func subject(_ text: String) throws -> Subject {
            let name = text.lowercased()
            if name.hasSuffix(".json") || name.hasSuffix(".ics") { return .file(text) }
            if let date = CalendarWords.optionalDate(text) { return .date(date) }
            let last = name.split(separator: "/").last ?? ""
            let isOther = TextFile.isFolder(text) || last.contains(".") || !name.contains("/")
            guard TextFile.exists(text) || name.contains("/") else { return .date(try CalendarWords.date(text)) }
            guard !isOther else {
                throw Failure(
                    .wrong, "\(text): a .json or .ics file is wanted, or a date such as 2026-10-01",
                    "\(text)：这里要写 .json 或 .ics 文件，或者日期，例如 2026-10-01")
            }
            return .file(text)
        }

        private func showDates(_ dates: [CivilDate], _ around: CalendarSurroundings) {
            var listing = CheckTable(dates: true, files: false)
            for date in dates { listing.add(Check.row(date, around, options.list.format)) }
            listing.show(options.list.format)
            tellGaps(dates, around)
        }

        private static func row(
            _ date: CivilDate, _ around: CalendarSurroundings, _ format: ListFormat
        ) -> [String: JSONValue] {
            let calendar = around.calendar
            let isTable = format == .table
            let works = calendar.isWorkday(date)
            let reason = calendar.reason(date)
            let covered = calendar.covers(year: date.year)
            let why = CalendarWords.why(reason) + (covered ? "" : CalendarWords.noData(date.year))
            return [
                "date": .string(date.description), "weekday": .string(CalendarWords.weekday(date, format)),
                "workday": isTable ? .string(CalendarWords.yesNo(works)) : .bool(works),
                "why": .string(isTable ? why : CalendarWords.code(reason)),
                "previous": .string(calendar.adding(workingDays: -1, to: date).description),
                "next": .string(calendar.adding(workingDays: 1, to: date).description),
                "from_today": .int(Int64(calendar.workdays(from: around.today, to: date))),
                "holiday": .string(CalendarWords.name(of: reason)), "covered": .bool(covered),
            ]
        }

        private func tellGaps(_ dates: [CivilDate], _ around: CalendarSurroundings) {
            let calendar = around.calendar
            let gaps = dates.flatMap { calendar.coverageGap(from: around.today, to: $0) }
            // What is asked about is told, and where its neighbours lie, not the years on the way to a far date.
            let near = dates.flatMap { date in [-1, 0, 1].map { calendar.adding(workingDays: $0, to: date).year } }
            let years = Set(near + gaps.filter { $0 == around.today.year }).sorted()
            for year in years where !calendar.covers(year: year) {
                Terminal.error(CalendarWords.uncovered(calendar, year))
            }
        }

        private func showFiles(_ files: [String], names: [String]) throws {
            let format = options.list.format
            var isWell = true
            if format == .table {
                // Each file has its head and its table.
                for (index, file) in files.enumerated() {
                    if index > 0 || !subjects.elementsEqual(files) { Terminal.line() }
                    var listing = CheckTable(dates: false, files: true)
                    guard try CalendarCommand.add([file], names: names, format, &listing) else {
                        isWell = false
                        continue
                    }
                    listing.show(format)
                }
            } else {
                var listing = CheckTable(dates: false, files: true)
                isWell = try CalendarCommand.add(files, names: names, format, &listing)
                listing.show(format)
            }
            if !isWell { throw ExitCode(1) }
        }
    }

    /// Adds what the files change; false where one of them cannot be used.
    fileprivate static func add(
        _ paths: [String], names: [String], _ format: ListFormat, _ listing: inout CheckTable
    ) throws -> Bool {
        var isWell = true
        for path in paths {
            let file = try read(path)
            // A file that lists its own weekend belongs to a calendar of its own; the list may name that before it.
            let index = names.firstIndex(of: path)
            let alone = index.map { $0 == 0 || WorkingCalendar.named(names[$0 - 1]) != nil } ?? true
            let misplaced = alone ? file.ownWeekend.map { [$0] } ?? [] : []
            Diagnose.show(file.problems + misplaced)
            guard let facts = file.facts, misplaced.isEmpty else {
                isWell = false
                continue
            }
            add(facts, format, &listing)
        }
        return isWell
    }

    private static func read(_ path: String) throws -> CalendarFile {
        switch TextFile.read(path, limit: CalendarFile.sizeLimit) {
        case .success(let bytes): return CalendarFile.read(bytes, name: path)
        case .failure(let failure):
            throw Failure(
                .wrong, "cannot read \(path): \(failure.text)", "读不到 \(path)：\(failure.text)")
        }
    }

    private static func add(_ facts: HolidayFacts, _ format: ListFormat, _ listing: inout CheckTable) {
        let isTable = format == .table
        let ground = facts.calendar.map { WorkingCalendar.named($0) } ?? .china
        if isTable { summary(facts, ground: ground) }
        for date in differences(facts, ground: ground) {
            let day = facts.days[date]
            let own = day?.isWorkday ?? !(facts.weekend ?? .saturdaySunday).contains(weekday: date.weekday)
            func word(_ works: Bool) -> JSONValue {
                .string(isTable ? CalendarCommand.word(works) : works ? "work" : "off")
            }
            let name = day?.name ?? ""
            listing.add([
                "path": .string(facts.source), "date": .string(date.description),
                "weekday": .string(CalendarWords.weekday(date, format)), "file": word(own),
                "built_in": ground.flatMap { $0.covers(year: date.year) ? word($0.isWorkday(date)) : nil } ?? .null,
                "holiday": .string(isTable ? CalendarWords.holiday(name) : name),
            ])
        }
    }

    private static func word(_ works: Bool) -> String { works ? Words.pick("work", "上班") : Words.pick("off", "放假") }

    /// Days on which the file and the built-in calendar disagree; all its days where nothing is built in.
    private static func differences(_ facts: HolidayFacts, ground: WorkingCalendar?) -> [CivilDate] {
        guard let ground else { return facts.days.keys.sorted() }
        var dates = Set(facts.days.keys)
        for year in facts.years where ground.covers(year: year) {
            guard let first = CivilDate(year: year, month: 1, day: 1),
                let last = CivilDate(year: year, month: 12, day: 31)
            else { continue }
            // A day that the file's whole year no longer names.
            for day in ground.namedDays(from: first, through: last) { dates.insert(day.date) }
        }
        return dates.filter { date in
            let week = !Weekend.saturdaySunday.contains(weekday: date.weekday)
            return (facts.days[date]?.isWorkday ?? week) != ground.isWorkday(date)
                || (facts.days[date] != nil && !ground.covers(year: date.year))
        }.sorted()
    }

    private static func summary(_ facts: HolidayFacts, ground: WorkingCalendar?) {
        let off = facts.days.values.count { !$0.isWorkday }
        let work = facts.days.count - off
        let years = facts.years.sorted()
        var head = CalendarHead()
        head.add("file", "文件", facts.source)
        head.add(
            "belongs to", "属于",
            facts.calendar.map { Words.pick("calendar \($0)", "日历 \($0)") }
                ?? Words.pick("the calendar before it in the list, else CN", "列表中它前面的日历，没有则为 CN"))
        if let weekend = facts.weekend { head.add("weekend", "周末", CalendarWords.weekend(weekend)) }
        head.add(
            "holds", "内容",
            Words.pick(
                "\(Words.count(off, "day")) off, \(Words.count(work, "make-up workday"))", "\(off) 个放假日，\(work) 个补班日"))
        head.add(
            "covers", "覆盖",
            years.isEmpty
                ? Words.pick("no whole year: its days lie on top of the calendar", "没有完整的年份：这些日子叠加在日历之上")
                : CalendarWords.years(years))
        if let ground {
            let replaced = years.filter(ground.covers)
            let new = years.filter { !ground.covers(year: $0) }
            if !new.isEmpty { head.add("new", "新增", CalendarWords.years(new)) }
            if !replaced.isEmpty { head.add("replaces", "取代", CalendarWords.years(replaced)) }
        }
        head.show()
    }
}
