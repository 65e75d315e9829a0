// Every sentence that this target can say, in both languages.

extension ZoneError {
    public func message(_ language: AlmanacLanguage) -> String {
        let zh = language == .zh
        switch self {
        case .noDatabase:
            return zh ? "系统没有时区数据库；请安装 tzdata" : "the system has no time zone database; install tzdata"
        case .malformedName(let name):
            return zh
                ? "“\(name)”不是时区名；例如 Asia/Shanghai"
                : "“\(name)” is not a time zone name; write for example Asia/Shanghai"
        case .unknown(let name, let nearest):
            return (zh ? "没有时区“\(name)”" : "there is no time zone “\(name)”") + Wording.hint(nearest, language)
        case .damaged(let name):
            return zh ? "时区“\(name)”的文件已损坏" : "the file of time zone “\(name)” is damaged"
        }
    }
}

extension PeriodError {
    public func message(_ language: AlmanacLanguage) -> String {
        "“\(text)”" + (language == .zh ? "：" : ": ") + reason(language) + Wording.hint(nearest, language)
    }

    private func reason(_ language: AlmanacLanguage) -> String {
        let zh = language == .zh
        switch kind {
        case .empty: return zh ? "没有写时长" : "a duration is missing"
        case .isoForm: return zh ? "不是 ISO 8601 时长" : "not an ISO 8601 duration"
        case .tooLarge: return zh ? "数字太大（最多九位）" : "the number is too large (at most nine digits)"
        case .fraction: return zh ? "时长不能用小数" : "a duration has no fractions"
        case .missingNumber: return zh ? "缺少数字" : "a number is missing"
        case .missingUnit: return zh ? "数字后缺少单位" : "a unit is missing after the number"
        case .unknownUnit(let word): return zh ? "不认识单位“\(word)”" : "there is no unit “\(word)”"
        case .ambiguousUnit(let word):
            return zh ? "“\(word)”可以是分钟，也可以是月" : "“\(word)” could be minutes or months"
        case .repeatedUnit: return zh ? "同一单位写了两次" : "a unit is given twice"
        case .zeroWorkingDays: return zh ? "不能是 0 个工作日" : "0 working days has no meaning"
        case .direction(let word):
            return zh
                ? "“\(word)”是多余的：时长不带方向，方向由 before 或 after 这个键来说"
                : "“\(word)” is surplus: a duration has no direction, the key before or after says it"
        case .half: return zh ? "这个单位不能说半个" : "half of this unit has no fixed length"
        }
    }
}

extension CronError.Field {
    func name(_ language: AlmanacLanguage) -> String {
        switch self {
        case .minute: language == .zh ? "分钟" : "minute"
        case .hour: language == .zh ? "小时" : "hour"
        case .dayOfMonth: language == .zh ? "日" : "day of the month"
        case .month: language == .zh ? "月" : "month"
        case .dayOfWeek: language == .zh ? "星期" : "day of the week"
        }
    }
}

extension CronError {
    public func message(_ language: AlmanacLanguage) -> String {
        (language == .zh ? chinese : english) + Wording.hint(nearest, language)
    }

    private var english: String {
        switch kind {
        case .fieldCount(let count):
            "a cron expression has 5 fields (minute hour day month weekday), this one has \(count)"
        case .badValue(let field, let word): "“\(word)” is not a value for the \(field.name(.en))"
        case .outOfRange(let field, let value, let range):
            "the \(field.name(.en)) \(value) is not between \(range.lowerBound) and \(range.upperBound)"
        case .zeroStep(let field): "the step of the \(field.name(.en)) is 0"
        case .wrappedRange(let field, let range): "the \(field.name(.en)) range “\(range)” runs backwards"
        case .questionMark: "“?” belongs to another dialect of cron"
        case .nearestWeekday(let word): "“\(word)” belongs to another dialect of cron"
        case .nickname(let word): "“\(word)” is not accepted here"
        case .secondsFirst(let count):
            "cron has 5 fields (minute hour day month weekday), this one has \(count): elsewhere the first is the "
                + "seconds; Bellman rings at whole minutes"
        case .yearLast(let word):
            "cron has 5 fields (minute hour day month weekday); the sixth, “\(word)”, is the year elsewhere"
        case .zonePrefix(let name):
            "the time zone does not stand in the cron text; write timezone: \(name) in a line of its own"
        case .neverComes: "none of these months has such a day: it never rings"
        }
    }

    private var chinese: String {
        switch kind {
        case .fieldCount(let count): "cron 表达式有 5 个字段（分 时 日 月 星期），这里有 \(count) 个"
        case .badValue(let field, let word): "“\(word)”不是有效的\(field.name(.zh))"
        case .outOfRange(let field, let value, let range):
            "\(field.name(.zh))字段的 \(value) 不在 \(range.lowerBound) 到 \(range.upperBound) 之间"
        case .zeroStep(let field): "\(field.name(.zh))字段的步长为 0"
        case .wrappedRange(let field, let range): "\(field.name(.zh))字段的范围“\(range)”前大后小"
        case .questionMark: "“?”是别的 cron 方言"
        case .nearestWeekday(let word): "“\(word)”是别的 cron 方言"
        case .nickname(let word): "这里不能写“\(word)”"
        case .secondsFirst(let count):
            "cron 有 5 个字段（分 时 日 月 星期），这里有 \(count) 个：别处的第一个字段是秒，而更夫只按整分钟响"
        case .yearLast(let word): "cron 有 5 个字段（分 时 日 月 星期）；第六个“\(word)”在别处是年"
        case .zonePrefix(let name): "cron 里不写时区，请另起一行写 timezone: \(name)"
        case .neverComes: "这些月份没有这一天，永远不会响"
        }
    }
}

extension EveryError {
    public func message(_ language: AlmanacLanguage) -> String {
        (language == .zh ? chinese : english) + Wording.hint(nearest, language, also: also)
    }

    private var english: String {
        switch kind {
        case .empty: "a schedule is missing"
        case .unknownWord(let word): "“\(word)” is not understood here"
        case .missingUnit: "a unit such as minutes, days or weeks is missing"
        case .missingDay: "the day is missing"
        case .badTime(let word): word.isEmpty ? "the time is missing" : "“\(word)” is not a time of day"
        case .badDay(let word): "“\(word)” is not a day here"
        case .badCount(let word): "the count \(word) is not possible here"
        case .neverComes: "there is no such day: it never rings"
        case .timeOnInterval: "an interval of minutes or hours has no time of day"
        case .leftover(let word): "“\(word)” does not belong here"
        case .rankAlone: "of the month, the quarter or the year? A rank needs one of them"
        case .ambiguousSkip(let phrase):
            "“\(phrase)” has two meanings: the number may be the rhythm or what is left out between"
        case .severalWorkingDays(let count):
            "a schedule rings on every working day, it cannot count \(count) of them; to wait so long use by: or for:"
        case .singleDate(let date):
            "a schedule recurs, “\(date)” comes once; put the date into a record and use before: or after: with "
                + "by: 0 days"
        case .rankTooHigh(let most): "a month has at most \(most) of them: it never rings"
        case .severalTimes: "one schedule has one time of day; write another rule or a cron expression"
        }
    }

    private var chinese: String {
        switch kind {
        case .empty: "没有写周期"
        case .unknownWord(let word): "这里看不懂“\(word)”"
        case .missingUnit: "缺少单位，例如分钟、天、周"
        case .missingDay: "没有写是哪一天"
        case .badTime(let word): word.isEmpty ? "没有写时间" : "“\(word)”不是时间"
        case .badDay(let word): "“\(word)”在这里不是日子"
        case .badCount(let word): "这里不能用 \(word)"
        case .neverComes: "没有这样的一天，永远不会响"
        case .timeOnInterval: "按分钟或小时重复时不能再写时间"
        case .leftover(let word): "“\(word)”是多余的"
        case .rankAlone: "没有说是每月、每季度还是每年的第几个"
        case .ambiguousSkip(let phrase): "“\(phrase)”有两种理解：这个数是周期，还是中间空出的数"
        case .severalWorkingDays(let count): "周期只能是每个工作日，不能是每 \(count) 个；要等 \(count) 个工作日，请用 by: 或 for:"
        case .singleDate(let date): "周期是反复的，“\(date)”只来一次；请把日期写进记录，再用 before: 或 after: 加 by: 0 days"
        case .rankTooHigh(let most): "一个月最多 \(most) 个，永远不会响"
        case .severalTimes: "一个周期只能有一个时间；请再写一条规则或用 cron"
        }
    }
}

enum Wording {
    static func hint(_ nearest: String?, _ language: AlmanacLanguage, also: String? = nil) -> String {
        guard let nearest else { return "" }
        guard let also else { return language == .zh ? "；可以写“\(nearest)”" : "; write “\(nearest)”" }
        return language == .zh ? "；可以写“\(nearest)”或“\(also)”" : "; write “\(nearest)” or “\(also)”"
    }
}
