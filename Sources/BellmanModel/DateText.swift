import Almanac

/// Which part of `03/04/2026` is the day.
public enum DateOrder: String, Sendable, CaseIterable {
    case dayFirst = "day-first"
    case monthFirst = "month-first"
}

extension DateOrder {
    /// What one cell proves about its column: `30/11/2026` is day first; nil where it proves nothing.
    public static func evidence(in text: String) -> DateOrder? {
        let parts = text.prefix(10).split(omittingEmptySubsequences: false) { "/.-".contains($0) }
        guard parts.count == 3, (1...2).contains(parts[0].utf8.count), let a = Int(parts[0]), let b = Int(parts[1])
        else { return nil }
        if a > 12, a <= 31, (1...12).contains(b) { return .dayFirst }
        return b > 12 && b <= 31 && (1...12).contains(a) ? .monthFirst : nil
    }
}

/// A date, perhaps with a time and an offset, read from people's and programs' spellings.
///
/// Dates: `2026-11-30`, `2026/11/30`, `2026.11.30`, `2026年11月30日`, `20261130`, `30 Nov 2026`, `Nov 30, 2026`,
/// `30/Oct/26`, and `30/11/2026` where the order is clear. Times: `18:00`, `18:00:30.5`, `6:00 PM`, `下午6:00`,
/// `18时30分`; offsets `Z`, `+08:00`, `+0800`, `GMT+8`. Thirteen digits are milliseconds since 1970.
struct DateText: Hashable {
    enum Moment: Hashable {
        case date(CivilDate)
        /// Without an offset: on the wall clock. `secondOfDay` may be 86,400 (`24:00`).
        case local(CivilDate, secondOfDay: Int, microseconds: Int)
        case instant(Instant)
    }

    /// Digits of an instant in milliseconds since 1970: from 2001 to 2286.
    static let millisecondDigits = 13

    static func parse(_ raw: String, order: DateOrder?) throws(FieldProblem) -> Moment {
        if let date = plain(raw) { return .date(date) }
        if let instant = Instant(iso: raw) { return .instant(instant) }
        var scan = DateScanner(raw)
        if let milliseconds = scan.milliseconds() { return .instant(Instant(microseconds: milliseconds * 1000)) }
        let date = try scan.date(order: order)
        if scan.atEnd { return .date(date) }
        guard let time = try scan.time() else { throw .notADate(raw) }
        let offset = scan.offset()
        guard scan.atEnd else { throw .notAnInstant(raw) }
        guard let offset else { return .local(date, secondOfDay: time.second, microseconds: time.micro) }
        let seconds = Int64(date.daysSinceEpoch) * 86_400 + Int64(time.second - offset)
        return .instant(Instant(seconds: seconds).adding(microseconds: Int64(time.micro)))
    }

    /// Exactly `YYYY-MM-DD` of a day that exists: what nearly every cell holds.
    private static func plain(_ text: String) -> CivilDate? {
        text.utf8.count == 10 ? CivilDate(iso: text) : nil
    }

    /// Two-digit years mean 1970–2069.
    static func fullYear(_ year: Int, digits: Int) -> Int {
        digits > 2 ? year : year < 70 ? 2000 + year : 1900 + year
    }
}

/// Reads the parts of a `DateText` one after another.
struct DateScanner {
    private let raw: String
    private let scalars: [Unicode.Scalar]
    private var position = 0

    init(_ raw: String) {
        self.raw = raw
        scalars = Array(TextNarrowing.trim(TextNarrowing.narrow(raw)).lowercased().unicodeScalars)
    }

    var atEnd: Bool { position >= scalars.count }
    private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func skipSpaces() { while peek == " " { position += 1 } }

    private mutating func take(_ any: String) -> Bool {
        guard let scalar = peek, any.unicodeScalars.contains(scalar) else { return false }
        position += 1
        return true
    }

    private mutating func number() -> (value: Int, digits: Int)? {
        var value = 0
        let start = position
        while let scalar = peek, (48...57).contains(scalar.value), position - start < 8 {
            value = value * 10 + Int(scalar.value - 48)
            position += 1
        }
        return position > start ? (value, position - start) : nil
    }

    private mutating func word() -> String {
        var text = String.UnicodeScalarView()
        while let scalar = peek, (97...122).contains(scalar.value) {
            text.append(scalar)
            position += 1
        }
        return String(text)
    }

    mutating func milliseconds() -> Int64? {
        guard scalars.count == DateText.millisecondDigits, scalars.allSatisfy({ (48...57).contains($0.value) }) else {
            return nil
        }
        position = scalars.count
        return scalars.reduce(0) { $0 * 10 + Int64($1.value - 48) }
    }

    // MARK: the date

    mutating func date(order: DateOrder?) throws(FieldProblem) -> CivilDate {
        skipWeekday()
        guard let first = number() else { return try namedMonthFirst() }
        if first.digits == 8 { return try make(first.value / 10_000, first.value / 100 % 100, first.value % 100) }
        skipSpaces()
        if take("年") { return try chinese(year: DateText.fullYear(first.value, digits: first.digits)) }
        if take("月") { throw .dateWithoutYear(raw) }
        let separated = take("-/.")
        skipSpaces()
        guard let second = number() else { return try namedMonthSecond(first) }
        skipSpaces()
        guard separated else { throw .notADate(raw) }
        guard take("-/.") else { throw .dateWithoutYear(raw) }
        skipSpaces()
        guard let third = number() else { throw .notADate(raw) }
        if first.digits == 4 { return try make(first.value, second.value, third.value) }
        guard third.digits == 4 || third.digits == 2 else { throw .notADate(raw) }
        let year = DateText.fullYear(third.value, digits: third.digits)
        return try ordered(first.value, second.value, year: year, order: order)
    }

    private func ordered(_ a: Int, _ b: Int, year: Int, order: DateOrder?) throws(FieldProblem) -> CivilDate {
        if a > 12, b <= 12 { return try make(year, b, a) }
        if b > 12, a <= 12 { return try make(year, a, b) }
        if a == b { return try make(year, a, b) }
        switch order {
        case .dayFirst: return try make(year, b, a)
        case .monthFirst: return try make(year, a, b)
        case nil: throw .ambiguousDate(raw)
        }
    }

    private mutating func chinese(year: Int) throws(FieldProblem) -> CivilDate {
        skipSpaces()
        guard let month = number() else { throw .notADate(raw) }
        skipSpaces()
        guard take("月") else { throw .notADate(raw) }
        skipSpaces()
        guard let day = number() else { throw .notADate(raw) }
        let end = position
        skipSpaces()
        if !take("日号") { position = end }
        return try make(year, month.value, day.value)
    }

    /// `Nov 30, 2026`.
    private mutating func namedMonthFirst() throws(FieldProblem) -> CivilDate {
        guard let month = month() else { throw .notADate(raw) }
        skipSeparators()
        guard let day = number() else { throw .notADate(raw) }
        skipOrdinal()
        skipSeparators()
        guard let year = number(), year.digits == 4 || year.digits == 2 else { throw .dateWithoutYear(raw) }
        return try make(DateText.fullYear(year.value, digits: year.digits), month, day.value)
    }

    /// `30 Nov 2026`, `30/Oct/26`, `2026 January 02`.
    private mutating func namedMonthSecond(_ first: (value: Int, digits: Int)) throws(FieldProblem) -> CivilDate {
        skipOrdinal()
        skipSeparators()
        guard let month = month() else { throw .notADate(raw) }
        skipSeparators()
        guard let last = number() else { throw .dateWithoutYear(raw) }
        if first.digits == 4 { return try make(first.value, month, last.value) }
        guard last.digits == 4 || last.digits == 2 else { throw .notADate(raw) }
        return try make(DateText.fullYear(last.value, digits: last.digits), month, first.value)
    }

    private mutating func skipSeparators() { while take(" -/.,") {} }

    private mutating func skipOrdinal() {
        let start = position
        if !["st", "nd", "rd", "th"].contains(word()) { position = start }
    }

    private static let months = [
        "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
        "dec": 12,
    ]
    private static let longMonths = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    private mutating func month() -> Int? {
        let name = word()
        if let short = DateScanner.months[name] { return short }
        if name == "sept" { return 9 }
        return DateScanner.longMonths.firstIndex(of: name).map { $0 + 1 }
    }

    private static let weekdays: Set<String> = [
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday",
        "saturday", "sunday", "tues", "thur", "thurs",
    ]

    private mutating func skipWeekday() {
        let start = position
        if DateScanner.weekdays.contains(word()) {
            skipSeparators()
        } else {
            position = start
        }
    }

    private func make(_ year: Int, _ month: Int, _ day: Int) throws(FieldProblem) -> CivilDate {
        if let date = CivilDate(year: year, month: month, day: day) { return date }
        guard (1...9999).contains(year) else { throw .notADate(raw) }
        guard (1...12).contains(month) else { throw .impossibleDate(raw, lastDay: nil) }
        let last = CivilDate.daysInMonth(year: year, month: month)
        throw .impossibleDate(raw, lastDay: CivilDate(year: year, month: month, day: last))
    }

    // MARK: the time

    /// Nil when no time begins here.
    mutating func time() throws(FieldProblem) -> (second: Int, micro: Int)? {
        while take(" ,t") || skipBracket() {}
        var half = chineseHalf()
        skipSpaces()
        guard let hour = number() else { return nil }
        var minute = 0
        var second = 0
        var micro = 0
        if take(":") {
            guard let value = number(), value.digits == 2 else { return nil }
            minute = value.value
            if take(":") {
                guard let value = number(), value.digits == 2 else { return nil }
                second = value.value
                if take(".,") { micro = fraction() }
            }
        } else if take("时点") {
            if let value = number() {
                minute = value.value
                if take("分"), let value = number() {
                    second = value.value
                    _ = take("秒")
                }
            } else if take("半") {
                minute = 30
            }
        } else {
            half = half ?? latinHalf()
            guard half != nil else { return nil }
        }
        half = half ?? latinHalf()
        return (try clock(hour.value, minute, second, half: half), micro)
    }

    /// A weekday between date and time: `2026-11-30（周一）`, `星期一`.
    private mutating func skipBracket() -> Bool {
        let start = position
        _ = take("(")
        guard take("周") || (take("星") && take("期")), take("一二三四五六日天") else {
            position = start
            return false
        }
        _ = take(")")
        return true
    }

    private func clock(_ hour: Int, _ minute: Int, _ second: Int, half: Bool?) throws(FieldProblem) -> Int {
        var hour = hour
        if let afternoon = half, hour <= 12 { hour = hour % 12 + (afternoon ? 12 : 0) }
        let midnightAtEnd = hour == 24 && minute == 0 && second == 0
        guard midnightAtEnd || (hour < 24 && minute < 60 && second < 60) else { throw .impossibleTime(raw) }
        return hour * 3600 + minute * 60 + second
    }

    private mutating func fraction() -> Int {
        var value = 0
        var digits = 0
        while let scalar = peek, (48...57).contains(scalar.value) {
            if digits < 6 {
                value = value * 10 + Int(scalar.value - 48)
                digits += 1
            }
            position += 1
        }
        while digits < 6 {
            value *= 10
            digits += 1
        }
        return value
    }

    /// True for the afternoon.
    private mutating func chineseHalf() -> Bool? {
        for (text, afternoon) in [
            ("上午", false), ("早上", false), ("凌晨", false), ("下午", true), ("晚上", true), ("中午", true),
        ] {
            let word = Array(text.unicodeScalars)
            guard scalars[position...].starts(with: word) else { continue }
            position += word.count
            return afternoon
        }
        return nil
    }

    private mutating func latinHalf() -> Bool? {
        let start = position
        skipSpaces()
        switch word() {
        case "am": return false
        case "pm": return true
        default:
            position = start
            return nil
        }
    }

    /// Seconds east of UTC; nil when no offset is written.
    mutating func offset() -> Int? {
        skipSpaces()
        if take("z") { return 0 }
        let start = position
        let name = word()
        guard name.isEmpty || name == "gmt" || name == "utc" else {
            position = start
            return nil
        }
        guard peek == "+" || peek == "-" else { return name.isEmpty ? nil : 0 }
        let negative = peek == "-"
        position += 1
        guard let first = number() else { return nil }
        var seconds = first.digits > 2 ? first.value / 100 * 3600 + first.value % 100 * 60 : first.value * 3600
        if first.digits <= 2, take(":"), let minutes = number() { seconds += minutes.value * 60 }
        return negative ? -seconds : seconds
    }
}
