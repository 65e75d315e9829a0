import Almanac
import BellmanModel

/// Words of `bellman calendar`, in both languages.
enum CalendarWords {
    private static let english = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let chinese = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]

    static func weekday(_ date: CivilDate) -> String {
        Words.pick(english[date.weekday - 1], chinese[date.weekday - 1])
    }

    /// Programs get one form in every language.
    static func weekday(_ date: CivilDate, _ format: ListFormat) -> String {
        format == .table ? weekday(date) : english[date.weekday - 1]
    }

    static func holiday(_ name: String) -> String { HolidayName.text(name, Words.language) }

    static func source(_ source: String) -> String { source.isEmpty ? Words.pick("built in", "内置") : source }

    /// Why a day is a working day or not.
    static func why(_ reason: WorkingCalendar.Reason) -> String {
        switch reason {
        case .weekday: Words.pick("weekday", "平日")
        case .weekend: Words.pick("weekend", "周末")
        case .holiday("", _): Words.pick("day off", "放假")
        case .holiday(let name, _): Words.pick("day off: \(holiday(name))", "放假：\(name)")
        case .makeUp("", _): Words.pick("make-up workday", "调休上班")
        case .makeUp(let name, _): Words.pick("make-up workday: \(holiday(name))", "调休上班：\(name)")
        }
    }

    /// For programs.
    static func code(_ reason: WorkingCalendar.Reason) -> String {
        switch reason {
        case .weekday: "weekday"
        case .weekend: "weekend"
        case .holiday: "holiday"
        case .makeUp: "make-up"
        }
    }

    static func name(of reason: WorkingCalendar.Reason) -> String {
        switch reason {
        case .holiday(let name, _), .makeUp(let name, _): name
        default: ""
        }
    }

    static func yesNo(_ value: Bool) -> String { value ? Words.pick("yes", "是") : Words.pick("no", "否") }

    /// `2004–2026, 2028`
    static func years(_ years: [Int]) -> String {
        var spans: [ClosedRange<Int>] = []
        for year in years {
            if let last = spans.last, last.upperBound + 1 == year {
                spans[spans.count - 1] = last.lowerBound...year
            } else {
                spans.append(year...year)
            }
        }
        let texts = spans.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
        return texts.joined(separator: Words.pick(", ", "、"))
    }

    static func weekend(_ weekend: Weekend) -> String {
        let names = weekend.weekdays.map { Words.pick(english[$0 - 1], chinese[$0 - 1]) }
        return names.isEmpty ? Words.pick("none", "无") : names.joined(separator: Words.pick(", ", "、"))
    }

    static func uncovered(_ calendar: WorkingCalendar, _ year: Int) -> String {
        Words.pick("calendar \(calendar.name) has ", "日历 \(calendar.name) ")
            + calendar.uncoveredText(year: year, Words.language)
    }

    /// Behind what a row says of a day of an unknown year.
    static func noData(_ year: Int) -> String { Words.pick(" (\(unknown(year)))", "（\(unknown(year))）") }

    static func unknown(_ year: Int) -> String { Words.pick("no data for \(year)", "没有 \(year) 年的数据") }

    /// A date that people may write with one digit or slashes, too.
    static func date(_ text: String) throws -> CivilDate {
        if let date = optionalDate(text) { return date }
        throw Failure(.usage, "“\(text)” is no date; write 2026-10-01", "“\(text)”不是日期，请写成 2026-10-01")
    }

    static func optionalDate(_ text: String) -> CivilDate? {
        if let date = CivilDate(iso: text) { return date }
        guard case .date(let date)? = try? FieldParser(zone: .utc).value(text, as: .date) else { return nil }
        return date
    }

    /// A date, or a date with a time of day; without an offset it is one on the zone's wall clock.
    static func moment(_ text: String, zone: Zone) throws -> FieldValue {
        if let date = CivilDate(iso: text) { return .date(date) }
        switch try? FieldParser(zone: zone).value(text, as: .when) {
        case .date(let date)?: return .date(date)
        case .instant(let instant)?: return .instant(instant)
        default:
            throw Failure(
                .usage, "“\(text)” is no date; write 2026-10-01, or 2026-10-01T18:00 with a time",
                "“\(text)”不是日期，请写成 2026-10-01，有时刻的写成 2026-10-01T18:00")
        }
    }
}
