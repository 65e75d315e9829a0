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
        case .fieldCount(let count): "a cron expression has 5 fields, this one has \(count)"
        case .badValue(let field, let word): "\"\(word)\" is not a value for the \(field.name(.en))"
        case .outOfRange(let field, let value, let range):
            "the \(field.name(.en)) \(value) is not between \(range.lowerBound) and \(range.upperBound)"
        case .zeroStep(let field): "the step of the \(field.name(.en)) is 0"
        case .wrappedRange(let field, let range): "the \(field.name(.en)) range \"\(range)\" runs backwards"
        case .questionMark: "\"?\" belongs to another dialect of cron"
        case .nearestWeekday(let word): "\"\(word)\" belongs to another dialect of cron"
        case .nickname(let word): "\"\(word)\" is not accepted here"
        case .neverComes: "none of these months has such a day: it never rings"
        }
    }

    private var chinese: String {
        switch kind {
        case .fieldCount(let count): "cron 表达式有 5 个字段，这里有 \(count) 个"
        case .badValue(let field, let word): "“\(word)” 不是有效的\(field.name(.zh))"
        case .outOfRange(let field, let value, let range):
            "\(field.name(.zh))字段的 \(value) 不在 \(range.lowerBound) 到 \(range.upperBound) 之间"
        case .zeroStep(let field): "\(field.name(.zh))字段的步长为 0"
        case .wrappedRange(let field, let range): "\(field.name(.zh))字段的范围 “\(range)” 前大后小"
        case .questionMark: "“?” 是别的 cron 方言"
        case .nearestWeekday(let word): "“\(word)” 是别的 cron 方言"
        case .nickname(let word): "这里不能写 “\(word)”"
        case .neverComes: "这些月份没有这一天，永远不会响"
        }
    }
}
