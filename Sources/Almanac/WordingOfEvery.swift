extension EveryError {
    public func message(_ language: AlmanacLanguage) -> String {
        (language == .zh ? chinese : english) + Wording.hint(nearest, language)
    }

    private var english: String {
        switch kind {
        case .empty: "a schedule is missing"
        case .unknownWord(let word): "\"\(word)\" is not understood here"
        case .missingUnit: "a unit such as minutes, days or weeks is missing"
        case .missingDay: "the day is missing"
        case .badTime(let word): word.isEmpty ? "the time is missing" : "\"\(word)\" is not a time of day"
        case .badDay(let word): "\"\(word)\" is not a day here"
        case .badCount(let word): "the count \(word) is not possible here"
        case .neverComes: "there is no such day: it never rings"
        case .timeOnInterval: "an interval of minutes or hours has no time of day"
        case .leftover(let word): "\"\(word)\" does not belong here"
        case .severalTimes: "one schedule has one time of day; write another rule or a cron expression"
        }
    }

    private var chinese: String {
        switch kind {
        case .empty: "没有写周期"
        case .unknownWord(let word): "这里看不懂 “\(word)”"
        case .missingUnit: "缺少单位，例如分钟、天、周"
        case .missingDay: "没有写是哪一天"
        case .badTime(let word): word.isEmpty ? "没有写时间" : "“\(word)” 不是时间"
        case .badDay(let word): "“\(word)” 在这里不是日子"
        case .badCount(let word): "这里不能用 \(word)"
        case .neverComes: "没有这样的一天，永远不会响"
        case .timeOnInterval: "按分钟或小时重复时不能再写时间"
        case .leftover(let word): "“\(word)” 是多余的"
        case .severalTimes: "一个周期只能有一个时间；请再写一条规则或用 cron"
        }
    }
}
