/// Every sentence that this target can say, in both languages.
extension ZoneError {
    public func message(_ language: AlmanacLanguage) -> String {
        let zh = language == .zh
        switch self {
        case .noDatabase:
            return zh ? "系统没有时区数据库；请安装 tzdata" : "the system has no time zone database; install tzdata"
        case .malformedName(let name):
            return zh ? "“\(name)” 不是时区名；例如 Asia/Shanghai" : "\"\(name)\" is not a time zone name; write for example Asia/Shanghai"
        case .unknown(let name, let nearest):
            return (zh ? "没有时区 “\(name)”" : "there is no time zone \"\(name)\"") + Wording.hint(nearest, language)
        case .damaged(let name):
            return zh ? "时区 “\(name)” 的文件已损坏" : "the file of time zone \"\(name)\" is damaged"
        }
    }
}

extension PeriodError {
    public func message(_ language: AlmanacLanguage) -> String {
        "\"\(text)\": " + reason(language) + Wording.hint(nearest, language)
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
        case .unknownUnit(let word): return zh ? "不认识单位 “\(word)”" : "there is no unit \"\(word)\""
        case .ambiguousUnit(let word):
            return zh ? "“\(word)” 可以是分钟，也可以是月" : "\"\(word)\" could be minutes or months"
        case .repeatedUnit: return zh ? "同一单位写了两次" : "a unit is given twice"
        case .zeroWorkingDays: return zh ? "不能是 0 个工作日" : "0 working days has no meaning"
        case .half: return zh ? "这个单位不能说半个" : "half of this unit has no fixed length"
        }
    }
}

enum Wording {
    static func hint(_ nearest: String?, _ language: AlmanacLanguage) -> String {
        guard let nearest else { return "" }
        return language == .zh ? "；可以写 “\(nearest)”" : "; write \"\(nearest)\""
    }
}
