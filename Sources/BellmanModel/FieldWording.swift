import Almanac

/// The words for `FieldProblem` and `JSONProblem`: what is wrong and the form that would be right.
extension FieldProblem {
    public func words(_ language: AlmanacLanguage) -> String {
        language.pick(en: english, zh: chinese)
    }

    private var english: String {
        switch self {
        case .brokenAddress(let text):
            "“\(TextNarrowing.printable(text))” has a line break inside an address; write one address on one line"
        case .notADate(let text): "“\(text)” is not a date; write it as 2026-11-30"
        case .impossibleDate(let text, let lastDay?): "“\(text)” does not exist: that month ends on \(lastDay)"
        case .impossibleDate(let text, nil): "“\(text)” does not exist: months go from 1 to 12; write 2026-11-30"
        case .ambiguousDate(let text):
            "“\(text)” can be read day first or month first; say which (--dates day-first or month-first), or write 2026-11-30"
        case .dateWithoutYear(let text): "“\(text)” has no year; write it as 2026-11-30"
        case .notAnInstant(let text): "“\(text)” is not a time; write 2026-11-30 18:00 or 2026-11-30T18:00:00+08:00"
        case .impossibleTime(let text): "“\(text)” has a time that does not exist; hours go to 23, minutes to 59"
        case .notANumber(let text): "“\(text)” is not a number"
        case .notWhole(let text): "“\(text)” is not a whole number"
        case .outOfRange(let text): "“\(text)” is too large"
        case .lostDigits(let text):
            "“\(text)” has lost digits in a spreadsheet; format that column as text and export again"
        case .notAShare(let text): "“\(text)” is not a share between 0 and 1; write 30% or 0.3"
        case .shareWithoutPercent(let text): "“\(text)” is above 1; write \(text)% or name the column so that it says %"
        case .notABool(let text): "“\(text)” is neither yes nor no; write yes/no, true/false or 1/0"
        case .notMoney(let text): "“\(text)” is not an amount of money; write 50000 or ¥50,000.00"
        case .notADuration(let text): "“\(text)” is not a duration; write 30 days, 3 months, 3 working days or P30D"
        case .notOneOf(let text, let words): "“\(text)” is not one of: \(words.joined(separator: ", "))"
        case .notAnObject(let text): "“\(text)” is not a JSON object of column names and values"
        case .derived: "the field is computed and cannot be written"
        case .wrongType(let expected, let found): "\(expected.englishName) is wanted, not a JSON \(found)"
        case .item(let number, let problem): "item \(number): \(problem.words(.en))"
        case .badJSON(let problem): problem.words(.en)
        }
    }

    private var chinese: String {
        switch self {
        case .brokenAddress(let text): "“\(TextNarrowing.printable(text))”的地址里有换行；请把一个地址写在一行里"
        case .notADate(let text): "“\(text)”不是日期；请写成 2026-11-30"
        case .impossibleDate(let text, let lastDay?): "“\(text)”不存在：该月最后一天是 \(lastDay)"
        case .impossibleDate(let text, nil): "“\(text)”不存在：月份只有 1 到 12；请写成 2026-11-30"
        case .ambiguousDate(let text):
            "“\(text)”分不清日在前还是月在前；请说明（--dates day-first 或 month-first），或写成 2026-11-30"
        case .dateWithoutYear(let text): "“\(text)”没有年份；请写成 2026-11-30"
        case .notAnInstant(let text): "“\(text)”不是时间；请写成 2026-11-30 18:00 或 2026-11-30T18:00:00+08:00"
        case .impossibleTime(let text): "“\(text)”中的时间不存在；小时到 23，分钟到 59"
        case .notANumber(let text): "“\(text)”不是数字"
        case .notWhole(let text): "“\(text)”不是整数"
        case .outOfRange(let text): "“\(text)”太大"
        case .lostDigits(let text): "“\(text)”在电子表格里丢了位数；请把该列设为文本后重新导出"
        case .notAShare(let text): "“\(text)”不是 0 到 1 之间的比例；请写 30% 或 0.3"
        case .shareWithoutPercent(let text): "“\(text)”大于 1；请写 \(text)%，或在列名里注明 %"
        case .notABool(let text): "“\(text)”既不是“是”也不是“否”；请写 是/否、true/false 或 1/0"
        case .notMoney(let text): "“\(text)”不是金额；请写 50000、¥50,000.00 或 5万"
        case .notADuration(let text): "“\(text)”不是时长；请写 30天、3个月、3个工作日 或 P30D"
        case .notOneOf(let text, let words): "“\(text)”不在可选值之内：\(words.joined(separator: "、"))"
        case .notAnObject(let text): "“\(text)”不是由列名和值组成的 JSON 对象"
        case .derived: "该字段是计算出来的，不能写入"
        case .wrongType(let expected, let found): "需要\(expected.chineseName)，而不是 JSON 的 \(found)"
        case .item(let number, let problem): "第 \(number) 项：\(problem.words(.zh))"
        case .badJSON(let problem): problem.words(.zh)
        }
    }
}

extension FieldType {
    /// With its article, for use inside a sentence.
    public var englishName: String {
        switch self {
        case .string, .text: "text"
        case .int: "a whole number"
        case .double: "a number"
        case .share: "a share between 0 and 1"
        case .bool: "true or false"
        case .date: "a date"
        case .when: "a date or a time"
        case .instant: "a time"
        case .duration: "a duration"
        case .money: "an amount of money"
        case .list: "a list"
        case .reference(let kind): "the id or name of a \(kind)"
        case .enumeration(let words): "one of \(words.joined(separator: ", "))"
        case .derived: "nothing (the field is computed)"
        case .custom: "an object"
        }
    }

    public var chineseName: String {
        switch self {
        case .string, .text: "文字"
        case .int: "整数"
        case .double: "数字"
        case .share: "0 到 1 之间的比例"
        case .bool: "是或否"
        case .date: "日期"
        case .when: "日期或时间"
        case .instant: "时间"
        case .duration: "时长"
        case .money: "金额"
        case .list: "列表"
        case .reference(let kind): "\(kind) 的编号或名称"
        case .enumeration(let words): "以下之一：\(words.joined(separator: "、"))"
        case .derived: "空（该字段是计算出来的）"
        case .custom: "对象"
        }
    }
}

extension JSONProblem {
    public func words(_ language: AlmanacLanguage) -> String {
        language.pick(
            en: "JSON, line \(line), column \(column): \(english)", zh: "JSON 第 \(line) 行第 \(column) 列：\(chinese)")
    }

    /// Without the place, for who shows that already.
    public func reason(_ language: AlmanacLanguage) -> String {
        language.pick(en: "no JSON: \(english)", zh: "不是 JSON：\(chinese)")
    }

    private var english: String {
        switch fact {
        case .endsEarly: "the text ends too early"
        case .unexpected(let found): "“\(found)” is not expected here"
        case .textAfterValue: "there is more text after the value"
        case .badNumber: "not a JSON number"
        case .numberTooLarge: "the number is too large"
        case .badEscape: "not a JSON escape"
        case .loneSurrogate: "half of a surrogate pair"
        case .controlCharacter(let byte): "control character \(byte) must be escaped"
        case .notUTF8: "the text is not UTF-8"
        case .duplicateKey(let key): "the key “\(key)” occurs twice"
        case .tooDeep(let limit): "nested deeper than \(limit) levels"
        }
    }

    private var chinese: String {
        switch fact {
        case .endsEarly: "文本过早结束"
        case .unexpected(let found): "此处不应出现“\(found)”"
        case .textAfterValue: "值之后还有多余的文字"
        case .badNumber: "不是 JSON 数字"
        case .numberTooLarge: "数字太大"
        case .badEscape: "不是 JSON 转义"
        case .loneSurrogate: "代理对只有一半"
        case .controlCharacter(let byte): "控制字符 \(byte) 必须转义"
        case .notUTF8: "文本不是 UTF-8"
        case .duplicateKey(let key): "键“\(key)”出现了两次"
        case .tooDeep(let limit): "嵌套超过 \(limit) 层"
        }
    }
}
