import Almanac
import BellmanModel

/// The words that several pages use. What one page alone says stands there, in both languages side by side.
struct PageWords: Sendable {
    let language: AlmanacLanguage

    var isChinese: Bool { language == .zh }

    /// One of two wordings.
    func callAsFunction(_ en: String, _ zh: String) -> String { isChinese ? zh : en }

    var brand: String { self("Bellman", "更夫") }
    var rule: String { self("Rule", "规则") }
    var channel: String { self("Channel", "通道") }
    var state: String { self("State", "状态") }
    var time: String { self("Time", "时间") }
    var older: String { self("Older", "更早") }
    var further: String { self("Further", "后面") }
    var first: String { self("First page", "第一页") }
    var urgent: String { self("urgent", "紧急") }
    var late: String { self("late", "迟到") }

    /// Names joined as the language does.
    func list(_ names: [String]) -> String { names.joined(separator: isChinese ? "、" : ", ") }

    func count(_ bounded: (count: Int, isCut: Bool)) -> String {
        PageNumbers.grouped(bounded.count) + (bounded.isCut ? "+" : "")
    }

    /// `3 tasks`, `1 task`; in Chinese the number with its measure word.
    func number(_ count: Int, _ one: String, _ many: String, _ zh: String, isCut: Bool = false) -> String {
        "\(self.count((count, isCut))) \(isChinese ? zh : count == 1 && !isCut ? one : many)"
    }

    // MARK: Days

    func weekday(_ date: CivilDate) -> String {
        let names =
            isChinese
            ? ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
            : ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        return names[(date.weekday - 1) % names.count]
    }

    /// A day by its name, where it has one, and its date.
    func day(_ date: CivilDate, today: CivilDate) -> String {
        let name = weekday(date)
        switch date.days(since: today) {
        case 0: return self("Today · \(name) \(date)", "今天 · \(date) \(name)")
        case 1: return self("Tomorrow · \(name) \(date)", "明天 · \(date) \(name)")
        case -1: return self("Yesterday · \(name) \(date)", "昨天 · \(date) \(name)")
        default: return self("\(name) \(date)", "\(date) \(name)")
        }
    }

    /// How far off a date is.
    func distance(_ days: Int) -> String {
        switch days {
        case 0: return self("today", "今天")
        case 1: return self("tomorrow", "明天")
        case -1: return self("yesterday", "昨天")
        case ..<0: return self("\(-days) days ago", "\(-days) 天前")
        default: return self("in \(days) days", "\(days) 天后")
        }
    }
}

/// Numbers for people.
enum PageNumbers {
    /// `1,234,567`.
    static func grouped(_ number: Int) -> String { (number < 0 ? "−" : "") + grouped(String(number.magnitude)) }

    /// `480,000.50 CNY`; whole amounts without decimals.
    static func money(_ amount: Amount, _ currency: String) -> String {
        let plain = MoneyText.text(Amount(units: amount.units == .min ? .max : abs(amount.units)))
        let parts = plain.split(separator: ".")
        var text = grouped(String(parts.first ?? "0"))
        if parts.count > 1 { text += "." + parts[1] + (parts[1].count == 1 ? "0" : "") }
        return (amount.units < 0 ? "−" : "") + text + (currency.isEmpty ? "" : "\u{A0}" + currency)
    }

    /// `62%`.
    static func share(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e6 else { return "–" }
        return "\(Int((value * 100).rounded()))%"
    }

    private static func grouped(_ digits: String) -> String {
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }
}
