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

        func run() async throws {
            let around = try options.surroundings(calendar: calendar)
            let files = subjects.filter { CivilDate(iso: $0) == nil && CalendarFile.isCalendarFile($0) }
            let dates = try subjects.filter { !files.contains($0) }.map(CalendarWords.date)
            if !dates.isEmpty { showDates(dates, around) }
            var isBroken = false
            for file in files { isBroken = try !CalendarCommand.showFile(file, options.list.format) || isBroken }
            if isBroken { throw ExitCode(1) }
        }

        private func showDates(_ dates: [CivilDate], _ around: CalendarSurroundings) {
            let calendar = around.calendar
            let isTable = options.list.format == .table
            // People read the holiday's name in the reason.
            let holiday: [Listing.Column] = isTable ? [] : [.init("holiday", "")]
            var listing = Listing(
                [
                    .init("date", Words.pick("date", "日期")), .init("weekday", Words.pick("weekday", "星期")),
                    .init("workday", Words.pick("working day", "工作日")), .init("why", Words.pick("why", "原因")),
                    .init("previous", Words.pick("working day before", "上一个工作日")),
                    .init("next", Words.pick("working day after", "下一个工作日")),
                    .init("from_today", Words.pick("working days from today", "距今工作日")),
                ] + holiday, nothing: "")
            for date in dates {
                let works = calendar.isWorkday(date)
                let reason = calendar.reason(date)
                let cells: [JSONValue] = [
                    .string(date.description), .string(CalendarWords.weekday(date, options.list.format)),
                    isTable ? .string(CalendarWords.yesNo(works)) : .bool(works),
                    .string(isTable ? CalendarWords.why(reason) : CalendarWords.code(reason)),
                    .string(calendar.adding(workingDays: -1, to: date).description),
                    .string(calendar.adding(workingDays: 1, to: date).description),
                    .int(Int64(calendar.workdays(from: around.today, to: date))),
                ]
                listing.add(cells + (isTable ? [] : [.string(CalendarWords.name(of: reason))]))
            }
            listing.show(options.list.format)
            let gaps = dates.flatMap { calendar.coverageGap(from: around.today, to: $0) }
            // What is asked about is told, not the years on the way to a far date.
            let years = Set(dates.map(\.year) + gaps.filter { $0 == around.today.year }).sorted()
            for year in years where !calendar.covers(year: year) {
                Terminal.error(CalendarWords.uncovered(calendar, year))
            }
        }
    }

    /// False where the file cannot be used.
    fileprivate static func showFile(_ path: String, _ format: ListFormat) throws -> Bool {
        let file: CalendarFile
        switch TextFile.read(path, limit: CalendarFile.sizeLimit) {
        case .success(let bytes): file = CalendarFile.read(bytes, name: path)
        case .failure(let failure):
            throw Failure(
                .wrong, "cannot read \(path): \(failure.text)", "读不到 \(path)：\(failure.text)")
        }
        Diagnose.show(file.problems)
        guard let facts = file.facts else { return false }
        let ground = facts.calendar.flatMap { WorkingCalendar.named($0) } ?? .china
        let isOfGround = facts.calendar == nil || WorkingCalendar.named(facts.calendar ?? "") != nil
        if format == .table { summary(facts, ground: isOfGround ? ground : nil) }
        var listing = Listing(
            [
                .init("date", Words.pick("date", "日期")), .init("weekday", Words.pick("weekday", "星期")),
                .init("file", Words.pick("the file says", "文件")),
                .init("built_in", Words.pick("built in", "内置")),
                .init("holiday", Words.pick("holiday", "节日")),
            ],
            nothing: Words.pick("no day differs from what is built in", "没有哪一天与内置数据不同"))
        for date in differences(facts, ground: isOfGround ? ground : nil) {
            let day = facts.days[date]
            let own = day?.isWorkday ?? !(facts.weekend ?? .saturdaySunday).contains(weekday: date.weekday)
            listing.add([
                .string(date.description), .string(CalendarWords.weekday(date, format)), .string(word(own)),
                isOfGround && ground.covers(year: date.year) ? .string(word(ground.isWorkday(date))) : .null,
                .string(day.map { CalendarWords.holiday($0.name) } ?? ""),
            ])
        }
        listing.show(format)
        return true
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
        let belongs =
            facts.calendar.map { Words.pick("calendar \($0)", "日历 \($0)") }
            ?? Words.pick("the calendar before it in the list, else CN", "列表中它前面的日历，没有则为 CN")
        Terminal.line(Words.pick("file      ", "文件    ") + facts.source)
        Terminal.line(Words.pick("belongs to ", "属于    ") + belongs)
        Terminal.line(
            Words.pick(
                "holds     \(Words.count(off, "day")) off, \(Words.count(work, "make-up workday"))",
                "内容    \(off) 个放假日，\(work) 个补班日"))
        let years = facts.years.sorted()
        Terminal.line(
            years.isEmpty
                ? Words.pick(
                    "covers    no whole year: its days lie on top of the calendar", "覆盖    没有完整的年份：这些日子叠加在日历之上")
                : Words.pick("covers    ", "覆盖    ") + CalendarWords.years(years))
        if let ground {
            let replaced = years.filter(ground.covers)
            let new = years.filter { !ground.covers(year: $0) }
            if !new.isEmpty {
                Terminal.line(Words.pick("new       ", "新增    ") + CalendarWords.years(new))
            }
            if !replaced.isEmpty {
                Terminal.line(Words.pick("replaces  ", "取代    ") + CalendarWords.years(replaced))
            }
        }
        Terminal.line()
    }
}
