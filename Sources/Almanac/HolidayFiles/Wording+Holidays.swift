// What is said of holidays and holiday files, in both languages.

extension HolidayProblem {
    public func message(_ language: AlmanacLanguage) -> String { language == .zh ? chinese.0 : english.0 }
    /// How to mend it.
    public func help(_ language: AlmanacLanguage) -> String? { language == .zh ? chinese.1 : english.1 }

    private var english: (String, String?) {
        switch kind {
        case .notACalendar:
            (
                "this is no iCalendar file: it does not begin with BEGIN:VCALENDAR",
                "download the calendar's .ics file again"
            )
        case .endsEarly(let name): ("the file ends inside BEGIN:\(name)", "the download was cut off; fetch it again")
        case .badLine: ("this line is no iCalendar line", "lines look like SUMMARY:春节（休）; END closes what BEGIN opened")
        case .noStart: ("this event has no DTSTART", "add a line such as DTSTART;VALUE=DATE:20270101")
        case .badDate(let text): ("“\(text)” is not a date", "write for example 20270101")
        case .endsBeforeStart: ("this event ends before it begins", "DTEND is the day after its last day")
        case .tooLong(let days):
            ("this event lasts \(days) days", "a holiday lasts \(HolidayICS.longestEntry) days at most; check DTEND")
        case .tooManyEntries(let limit): ("more than \(limit) events", "keep the holidays alone in the file")
        case .nothingFound(let ignored):
            (
                ignored == 0
                    ? "the file holds no day off and no make-up workday"
                    : "none of the \(ignored) entries is a day off or a make-up workday",
                "days off say 休, 假期 or 放假 in their summary, make-up workdays 补班, 上班 or （班）; or use a JSON file"
            )
        case .repeats(let name):
            ("\(name) repeats this event; it is left out", "write each year's days as events of their own")
        case .notAllDay:
            ("this event has a time of day; it is left out", "holidays are all-day events: DTSTART;VALUE=DATE:20270101")
        case .bothOffAndWork(let date):
            ("\(date) is both a day off and a workday; it counts as a workday", "keep one of the two")
        case .ignored(1): ("1 entry is neither a day off nor a make-up workday; it is left out", nil)
        case .ignored(let count):
            ("\(count) entries are neither days off nor make-up workdays; they are left out", nil)
        }
    }

    private var chinese: (String, String?) {
        switch kind {
        case .notACalendar: ("这不是 iCalendar 文件：开头不是 BEGIN:VCALENDAR", "请重新下载日历的 .ics 文件")
        case .endsEarly(let name): ("文件在 BEGIN:\(name) 之内就结束了", "下载不完整，请重新下载")
        case .badLine: ("这一行不是 iCalendar 的格式", "每行形如 SUMMARY:春节（休）；END 与 BEGIN 要成对")
        case .noStart: ("这个日程没有 DTSTART", "请加上一行，例如 DTSTART;VALUE=DATE:20270101")
        case .badDate(let text): ("“\(text)”不是日期", "请写成 20270101")
        case .endsBeforeStart: ("这个日程的结束早于开始", "DTEND 是最后一天的次日")
        case .tooLong(let days): ("这个日程长达 \(days) 天", "一个假期最多 \(HolidayICS.longestEntry) 天，请检查 DTEND")
        case .tooManyEntries(let limit): ("日程超过 \(limit) 个", "文件里请只留节假日")
        case .nothingFound(let ignored):
            (
                ignored == 0 ? "文件里没有放假日，也没有补班日" : "\(ignored) 个条目里没有放假日，也没有补班日",
                "放假日的标题要有“休”“假期”或“放假”，补班日要有“补班”“上班”或“（班）”；也可以改用 JSON 文件"
            )
        case .repeats(let name): ("\(name) 让这个日程重复，已略过", "请把每一年的日子分别写成日程")
        case .notAllDay: ("这个日程有具体时刻，已略过", "节假日要写成全天日程：DTSTART;VALUE=DATE:20270101")
        case .bothOffAndWork(let date): ("\(date) 既放假又上班，按上班计算", "请只留一个")
        case .ignored(let count): ("\(count) 个条目既不是放假日也不是补班日，已略过", nil)
        }
    }
}

extension WorkingCalendar.CombiningError {
    public func message(_ language: AlmanacLanguage) -> String {
        let zh = language == .zh
        switch self {
        case .noWorkdays:
            return zh ? "这些日历合起来，一周没有一天上班" : "together these calendars leave no day of the week for work"
        case .builtInWeekend(let calendar, let source):
            return zh
                ? "\(source) 给 \(calendar) 写了另一种周末；请在文件的 \"calendar\" 里换一个名字"
                : "\(source) gives \(calendar) another weekend; let the file name a calendar of its own: \"calendar\""
        }
    }
}

/// Names of holidays, which are data in the words of their source.
public enum HolidayName {
    private static let english = [
        "元旦": "New Year's Day", "春节": "Spring Festival", "清明": "Qingming", "清明节": "Qingming", "劳动节": "Labour Day",
        "端午": "Dragon Boat Festival", "端午节": "Dragon Boat Festival", "中秋": "Mid-Autumn Festival",
        "中秋节": "Mid-Autumn Festival", "国庆": "National Day", "国庆节": "National Day", "抗战胜利纪念日": "Victory Day",
        "国庆节、中秋节": "National Day and Mid-Autumn Festival",
    ]

    /// In English where the name is known, else as it stands.
    public static func text(_ name: String, _ language: AlmanacLanguage) -> String {
        language == .zh ? name : english[name] ?? name
    }
}

extension WorkingCalendar {
    /// `2027` has no data: what that means for who reads it.
    public func uncoveredText(year: Int, _ language: AlmanacLanguage) -> String {
        let isUsual = weekend == .saturdaySunday
        if language == .zh {
            return "没有 \(year) 年的数据，" + (isUsual ? "按周一至周五计算" : "只按周末计算")
        }
        return "no data for \(year): " + (isUsual ? "Monday to Friday is used" : "only the weekend is off")
    }
}
