extension RRuleError {
    public func message(_ language: AlmanacLanguage) -> String {
        (language == .zh ? chinese : english) + Wording.hint(nearest, language)
    }

    private static func span(_ range: ClosedRange<Int>, _ language: AlmanacLanguage) -> String {
        let ends = (range.lowerBound < 0 ? 1 : range.lowerBound, range.upperBound)
        if language == .zh {
            return "\(ends.0) 到 \(ends.1)" + (range.lowerBound < 0 ? "（倒数写 −1 到 −\(ends.1)）" : "")
        }
        return "between \(ends.0) and \(ends.1)" + (range.lowerBound < 0 ? ", or −1 to −\(ends.1) from the end" : "")
    }

    private var english: String {
        switch kind {
        case .empty: "a recurrence rule is missing"
        case .tooLong(let limit): "a recurrence rule has at most \(limit) bytes"
        case .noFrequency: "FREQ is missing: how often"
        case .notAPart(let text): "“\(text)” is not a part of a recurrence rule, which is NAME=value"
        case .unknownPart(let name): "a recurrence rule has no part “\(name)”"
        case .repeatedPart(let part): "\(part.rawValue) is given twice; put all its values into one list"
        case .noValue(let part): "\(part.rawValue) has no value"
        case .unknownFrequency(let word): "“\(word)” is not a frequency (YEARLY, MONTHLY, WEEKLY, DAILY …)"
        case .notANumber(let part, let word): "\(part.rawValue) wants whole numbers, not “\(word)”"
        case .outOfRange(let part, let word, let range):
            "\(part.rawValue) \(word) is not \(RRuleError.span(range, .en))"
        case .zero(let part): "\(part.rawValue) counts from 1, or from −1 at the end: there is no 0"
        case .tooMany(let part, let limit): "\(part.rawValue) has more than \(limit) values"
        case .tooManyTimes(let limit): "BYHOUR, BYMINUTE and BYSECOND make more than \(limit) times a day"
        case .unknownWeekday(let word): "“\(word)” is not a weekday (MO TU WE TH FR SA SU)"
        case .rankedWeekday(let frequency):
            "a ranked weekday goes with MONTHLY or YEARLY only, not with \(frequency.rawValue)"
        case .rankedWithWeeks: "with BYWEEKNO a weekday has no rank: each week has it once"
        case .notWith(let part, let frequency): RRuleError.notWith(part, frequency)
        case .positionAlone: "BYSETPOS picks from what another BY… part gives, and there is none"
        case .countAndUntil: "COUNT and UNTIL both end the rule; keep one of them"
        case .badMoment(let text): "“\(text)” is not a date or time of a calendar file"
        case .unknownZone(let name): "there is no time zone “\(name)” in the tz database"
        case .otherLine(let name): RRuleError.otherLine(name)
        case .repeatedLine(let name): "a second \(name) line; write a second trigger for it"
        case .tooManyExclusions(let limit):
            "more than \(limit) EXDATE values; end the rule with UNTIL and begin another"
        case .untilWantsTime: "the start is a time, so UNTIL must be a time in UTC"
        case .untilWantsDate: "the start is a date, so UNTIL must be a date"
        case .untilBeforeStart: "UNTIL is before the start: it never rings"
        case .subDaily(let frequency, let zone):
            "FREQ=\(frequency.rawValue) counts elapsed time and is for UTC only, the zone here is \(zone); "
                + "use `every: 2 hours` or cron, or timezone: UTC"
        case .wantsStart(let part):
            "\(part == .count ? "COUNT counts from a start" : "the day comes from the start"), and there is none; "
                + (part == .count ? "add from: DATE" : "add \(part.rawValue), or from: DATE")
        case .startZone(let own, let zone):
            "DTSTART is in \(own), the rule in \(zone); write timezone: \(own) beside it, or DTSTART in \(zone)"
        case .startTwice(let own, let from): "DTSTART says \(own) and the start beside it \(from); keep one of them"
        case .neverComes: "no day or time matches within \(Schedule.horizonYears) years: it never rings"
        }
    }

    private static func notWith(_ part: RRule.Part, _ frequency: RRule.Frequency) -> String {
        let way =
            switch part {
            case .byWeekNumber: "use FREQ=YEARLY"
            case .byMonthDay: "use FREQ=MONTHLY"
            default: "use FREQ=YEARLY, or BYMONTHDAY"
            }
        return "\(part.rawValue) does not go with FREQ=\(frequency.rawValue) (RFC 5545); \(way)"
    }

    private static func otherLine(_ name: String) -> String {
        switch name.uppercased() {
        case "RDATE": "RDATE lines are not read; write a second trigger for the further dates"
        case "EXRULE": "EXRULE is no longer part of RFC 5545; name the dates in EXDATE, or say it with if:"
        default: "only RRULE, EXDATE and DTSTART are read here; remove the line “\(name)”"
        }
    }

    private var chinese: String {
        switch kind {
        case .empty: "没有写重复规则"
        case .tooLong(let limit): "重复规则最多 \(limit) 字节"
        case .noFrequency: "缺少 FREQ：多久一次"
        case .notAPart(let text): "“\(text)”不是重复规则的一项，每一项写成 名称=值"
        case .unknownPart(let name): "重复规则没有“\(name)”这一项"
        case .repeatedPart(let part): "\(part.rawValue) 写了两次；请把值合成一个列表"
        case .noValue(let part): "\(part.rawValue) 没有值"
        case .unknownFrequency(let word): "“\(word)”不是频率（YEARLY、MONTHLY、WEEKLY、DAILY……）"
        case .notANumber(let part, let word): "\(part.rawValue) 要写整数，不能是“\(word)”"
        case .outOfRange(let part, let word, let range):
            "\(part.rawValue) 的 \(word) 不在 \(RRuleError.span(range, .zh)) 之间"
        case .zero(let part): "\(part.rawValue) 从 1 数起，倒数从 −1 数起，没有 0"
        case .tooMany(let part, let limit): "\(part.rawValue) 的值超过 \(limit) 个"
        case .tooManyTimes(let limit): "BYHOUR、BYMINUTE、BYSECOND 合起来每天超过 \(limit) 个时刻"
        case .unknownWeekday(let word): "“\(word)”不是星期（MO TU WE TH FR SA SU）"
        case .rankedWeekday(let frequency): "“第几个星期几”只能和 MONTHLY 或 YEARLY 一起用，不能用于 \(frequency.rawValue)"
        case .rankedWithWeeks: "有 BYWEEKNO 时星期不能带序号：每周只有一个"
        case .notWith(let part, let frequency): RRuleError.notWithChinese(part, frequency)
        case .positionAlone: "BYSETPOS 要从别的 BY… 项给出的日子里挑，这里没有"
        case .countAndUntil: "COUNT 和 UNTIL 都是结束条件；请只留一个"
        case .badMoment(let text): "“\(text)”不是日历文件里的日期或时间"
        case .unknownZone(let name): "时区数据库里没有“\(name)”"
        case .otherLine(let name): RRuleError.otherLineChinese(name)
        case .repeatedLine(let name): "\(name) 写了两行；请另写一个触发条件"
        case .tooManyExclusions(let limit): "EXDATE 超过 \(limit) 个；请用 UNTIL 结束这条，再写一条"
        case .untilWantsTime: "开始是时间，UNTIL 也必须是 UTC 时间"
        case .untilWantsDate: "开始是日期，UNTIL 也必须是日期"
        case .untilBeforeStart: "UNTIL 早于开始，永远不会响"
        case .subDaily(let frequency, let zone):
            "FREQ=\(frequency.rawValue) 按实际经过的时间计，只能用于 UTC，这里的时区是 \(zone)；"
                + "请改用 `every: 2 hours` 或 cron，或写 timezone: UTC"
        case .wantsStart(let part):
            (part == .count ? "COUNT 要从开始数起" : "日子要从开始推出") + "，这里没有开始；"
                + (part == .count ? "请加 from: 日期" : "请加 \(part.rawValue)，或加 from: 日期")
        case .startZone(let own, let zone):
            "DTSTART 的时区是 \(own)，规则的时区是 \(zone)；请在规则里写 timezone: \(own)，或把 DTSTART 换成 \(zone)"
        case .startTwice(let own, let from): "DTSTART 是 \(own)，旁边写的开始是 \(from)；请只留一个"
        case .neverComes: "\(Schedule.horizonYears) 年内没有符合的日子或时间，永远不会响"
        }
    }

    private static func notWithChinese(_ part: RRule.Part, _ frequency: RRule.Frequency) -> String {
        let way =
            switch part {
            case .byWeekNumber: "请用 FREQ=YEARLY"
            case .byMonthDay: "请用 FREQ=MONTHLY"
            default: "请用 FREQ=YEARLY，或 BYMONTHDAY"
            }
        return "\(part.rawValue) 不能和 FREQ=\(frequency.rawValue) 一起用（RFC 5545）；\(way)"
    }

    private static func otherLineChinese(_ name: String) -> String {
        switch name.uppercased() {
        case "RDATE": "不读 RDATE；多出来的日子请另写一个触发条件"
        case "EXRULE": "RFC 5545 已取消 EXRULE；请用 EXDATE 列出日子，或写成 if:"
        default: "这里只读 RRULE、EXDATE、DTSTART；请去掉“\(name)”这一行"
        }
    }
}
