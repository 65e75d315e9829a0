/// Microseconds since 1970-01-01T00:00Z.
typealias Micros = Int64

/// The model's own reading of time: days by counting, zones by their rule. It shares no code with the almanac.
enum PlainTime {
    static let second: Micros = 1_000_000
    static let minute = 60 * second
    static let hour = 60 * minute
    static let day = 24 * hour

    /// Rounds down, also below zero.
    static func floor(_ value: Micros, by unit: Micros) -> Micros {
        value >= 0 ? value / unit : -((unit - 1 - value) / unit)
    }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

    /// Year, month and day of a day number, by counting year after year. 0 is 1970-01-01.
    static func calendar(_ day: Int) -> (year: Int, month: Int, day: Int) {
        // 2000-01-01 is the day 10957, and 400 years have 146097 days; counting begins there.
        var rest = day - 10_957
        var year = 2000
        while rest < 0 {
            year -= 1
            rest += isLeap(year) ? 366 : 365
        }
        while rest >= (isLeap(year) ? 366 : 365) {
            rest -= isLeap(year) ? 366 : 365
            year += 1
        }
        for (index, plain) in lengths.enumerated() {
            let length = index == 1 && isLeap(year) ? 29 : plain
            if rest < length { return (year, index + 1, rest + 1) }
            rest -= length
        }
        return (year, 12, 31)
    }

    /// The day number of a date, by counting.
    static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
        var count = 10_957
        if year >= 2000 {
            for one in 2000..<year { count += isLeap(one) ? 366 : 365 }
        } else {
            for one in year..<2000 { count -= isLeap(one) ? 366 : 365 }
        }
        for index in 0..<(month - 1) { count += index == 1 && isLeap(year) ? 29 : lengths[index] }
        return count + day - 1
    }

    /// 1 is Monday; 1970-01-01 was a Thursday.
    static func weekday(_ day: Int) -> Int { ((day + 3) % 7 + 7) % 7 + 1 }

    static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    static func date(_ day: Int) -> String {
        let (year, month, date) = calendar(day)
        return "\(year)-\(two(month))-\(two(date))"
    }

    /// `2026-06-30T01:00:00Z`, whole seconds.
    static func text(_ at: Micros) -> String {
        let day = floor(at, by: PlainTime.day)
        let seconds = Int((at - day * PlainTime.day) / second)
        return "\(date(Int(day)))T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))Z"
    }
}

/// Zones by the rule that is in force since 2007.
enum PlainZone: String, CaseIterable, Sendable {
    case shanghai = "Asia/Shanghai"
    case newYork = "America/New_York"
    case utc = "UTC"

    private var standard: Micros {
        switch self {
        case .shanghai: 8 * PlainTime.hour
        case .newYork: -5 * PlainTime.hour
        case .utc: 0
        }
    }

    /// From the second Sunday of March, 2:00 standard time, to the first Sunday of November, 2:00 summer time.
    private func summer(_ year: Int) -> Range<Micros> {
        func sunday(_ month: Int, _ number: Int) -> Int {
            let first = PlainTime.number(year, month, 1)
            return first + (7 - PlainTime.weekday(first)) % 7 + 7 * (number - 1)
        }
        let start = Micros(sunday(3, 2)) * PlainTime.day + 7 * PlainTime.hour
        return start..<(Micros(sunday(11, 1)) * PlainTime.day + 6 * PlainTime.hour)
    }

    private func offset(_ at: Micros) -> Micros {
        guard self == .newYork else { return standard }
        let year = PlainTime.calendar(Int(PlainTime.floor(at, by: PlainTime.day))).year
        return summer(year).contains(at) ? standard + PlainTime.hour : standard
    }

    /// Microseconds of the local clock, counted as if it were UTC.
    func local(_ at: Micros) -> Micros { at + offset(at) }

    func day(_ at: Micros) -> Int { Int(PlainTime.floor(local(at), by: PlainTime.day)) }

    /// A local time that was left out counts as later by the gap, one that comes twice as the first.
    func instant(_ local: Micros) -> Micros {
        guard self == .newYork else { return local - standard }
        let early = local - standard - PlainTime.hour
        return offset(early) != standard ? early : local - standard
    }

    func instant(day: Int, _ timeOfDay: Micros) -> Micros { instant(Micros(day) * PlainTime.day + timeOfDay) }

    /// So many days on, at the same time of the local clock.
    func shifted(_ at: Micros, days: Int) -> Micros { instant(local(at) + Micros(days) * PlainTime.day) }
}
