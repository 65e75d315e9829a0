enum WeekdayNames {
    static let english = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    static let chinese = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
}

extension Every: CustomStringConvertible {
    /// The English form, one text per value: parsing it gives the value back.
    public var canonical: String { text(.en) }

    public var description: String { canonical }

    /// For people, in the form that the parser reads.
    public func text(_ language: AlmanacLanguage) -> String {
        let base = language == .en ? english : "每" + chinese
        guard let at else { return base }
        return language == .en ? "\(base) at \(at)" : "\(base) \(at)"
    }

    private func counted(_ count: Int, _ word: String) -> String { count == 1 ? word : "\(count) \(word)s" }

    private var english: String {
        switch cadence {
        case .minutes(let count):
            return count % 60 == 0 ? counted(count / 60, "hour") : counted(count, "minute")
        case .days(let count): return counted(count, "day")
        case .workingDay: return "working day"
        case .weeks(let count, let days):
            let names = days.map { WeekdayNames.english[$0 - 1] }.joined(separator: ", ")
            return count == 1 ? names : "\(count) weeks on \(names)"
        case .months(let length, let every, let rule):
            let unit = [1: "month", 3: "quarter", 6: "half year"][length] ?? "year"
            return "\(counted(every / length, unit)) on \(rule.english)"
        }
    }

    private var chinese: String {
        func number(_ count: Int, _ joint: String = "") -> String { count == 1 ? "" : "\(count)\(joint)" }
        switch cadence {
        case .minutes(let count): return count % 60 == 0 ? "\(number(count / 60))小时" : "\(number(count))分钟"
        case .days(let count): return number(count) + "天"
        case .workingDay: return "个工作日"
        case .weeks(let count, let days):
            let names = days.map { WeekdayNames.chinese[$0 - 1] }.joined(separator: "、")
            return count == 1 ? names : "\(count)周\(names)"
        case .months(let length, let every, let rule):
            let unit = [1: "月", 3: "季度", 6: "半年"][length] ?? "年"
            let joint = length >= 6 ? "" : "个"
            return number(every / length, joint) + unit + rule.chinese
        }
    }
}

extension Every.DayRule {
    private static let ordinals = ["first", "second", "third", "fourth", "fifth"]

    private static func english(_ nth: Int) -> String {
        if nth == -1 { return "last" }
        if nth < 0 { return "\(suffixed(-nth)) last" }
        return nth <= 5 ? ordinals[nth - 1] : suffixed(nth)
    }

    private static func suffixed(_ nth: Int) -> String {
        let ending = (11...13).contains(nth % 100) ? "th" : [1: "st", 2: "nd", 3: "rd"][nth % 10] ?? "th"
        return "\(nth)\(ending)"
    }

    private static func chinese(_ nth: Int) -> String {
        let digits = ["", "一", "二", "三", "四", "五"]
        if nth == -1 { return "最后一" }
        let size = abs(nth) <= 5 ? digits[abs(nth)] : "\(abs(nth))"
        return nth < 0 ? "倒数第\(size)" : "第\(size)"
    }

    var english: String {
        switch self {
        case .days(let days): days.map(String.init).joined(separator: ", ")
        case .nthDay(let nth): "\(Self.english(nth)) day"
        case .nthWorkingDay(let nth): "\(Self.english(nth)) working day"
        case .nthWeekday(let nth, let weekday): "\(Self.english(nth)) \(WeekdayNames.english[weekday - 1])"
        case .several(let rules): rules.map(\.english).joined(separator: ", ")
        case .date(let month, let day): "\(padded(month, 2))-\(padded(day, 2))"
        }
    }

    var chinese: String {
        switch self {
        case .days(let days): days.map { "\($0)日" }.joined(separator: "、")
        case .nthDay(let nth): Self.chinese(nth) + "天"
        case .nthWorkingDay(let nth): Self.chinese(nth) + "个工作日"
        case .nthWeekday(let nth, let weekday): "\(Self.chinese(nth))个\(WeekdayNames.chinese[weekday - 1])"
        case .several(let rules): rules.map(\.chinese).joined(separator: "、")
        case .date(let month, let day): "\(month)月\(day)日"
        }
    }
}
