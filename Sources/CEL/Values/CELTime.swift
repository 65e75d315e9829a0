/// An instant between 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999999999Z.
public struct CELTimestamp: Sendable, Hashable, Comparable {
    /// 0001-01-01T00:00:00Z in seconds since 1970.
    public static let minimumSeconds: Int64 = -62_135_596_800
    /// 9999-12-31T23:59:59Z in seconds since 1970.
    public static let maximumSeconds: Int64 = 253_402_300_799
    static let nanosPerSecond: Int64 = 1_000_000_000

    /// Since 1970-01-01T00:00:00Z.
    public let seconds: Int64
    /// 0..<1_000_000_000
    public let nanos: Int32

    /// nil outside the range.
    public init?(seconds: Int64, nanos: Int32 = 0) {
        guard seconds >= Self.minimumSeconds, seconds <= Self.maximumSeconds else { return nil }
        self.seconds = seconds
        self.nanos = nanos
    }

    /// Earlier.
    public static func < (a: CELTimestamp, b: CELTimestamp) -> Bool {
        a.seconds != b.seconds ? a.seconds < b.seconds : a.nanos < b.nanos
    }

    /// nil when the result leaves the range.
    func adding(_ duration: CELDuration) -> CELTimestamp? {
        let nanos = Int64(self.nanos) + duration.nanoseconds % Self.nanosPerSecond
        let carry = nanos < 0 ? -1 : nanos / Self.nanosPerSecond
        let (seconds, overflow) = seconds.addingReportingOverflow(duration.nanoseconds / Self.nanosPerSecond + carry)
        return overflow ? nil : CELTimestamp(seconds: seconds, nanos: Int32(nanos - carry * Self.nanosPerSecond))
    }

    /// nil when the difference does not fit 64 bits of nanoseconds.
    func since(_ other: CELTimestamp) -> CELDuration? {
        let (nanos, overflow) = (seconds - other.seconds).multipliedReportingOverflow(by: Self.nanosPerSecond)
        let (sum, overflow2) = nanos.addingReportingOverflow(Int64(self.nanos) - Int64(other.nanos))
        return overflow || overflow2 ? nil : CELDuration(nanoseconds: sum)
    }
}

/// A span of exact length, at most about 292 years either way.
public struct CELDuration: Sendable, Hashable, Comparable {
    /// Negative for a span backwards.
    public let nanoseconds: Int64

    /// Every number of nanoseconds is a span.
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// nil when the span is too long.
    public init?(seconds: Int64) {
        let (nanos, overflow) = seconds.multipliedReportingOverflow(by: CELTimestamp.nanosPerSecond)
        if overflow { return nil }
        nanoseconds = nanos
    }

    /// Shorter, or further back.
    public static func < (a: CELDuration, b: CELDuration) -> Bool { a.nanoseconds < b.nanoseconds }
}

/// A calendar reading of an instant at some offset from UTC (proleptic Gregorian).
struct CivilTime {
    var year: Int
    var month: Int
    var day: Int
    var hour: Int
    var minute: Int
    var second: Int
    /// 0 is Sunday.
    var weekday: Int
    /// 0 is January 1st.
    var dayOfYear: Int

    init(seconds: Int64) {
        let days = Int(floorDivide(seconds, 86_400))
        let rest = Int(seconds - Int64(days) * 86_400)
        (year, month, day) = CivilTime.civil(fromDays: days)
        (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60)
        weekday = ((days + 4) % 7 + 7) % 7
        dayOfYear = days - CivilTime.days(year, 1, 1)
    }

    /// Days since 1970-01-01, counted in 400-year eras that begin on March 1st.
    static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    static func civil(fromDays days: Int) -> (Int, Int, Int) {
        let z = days + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let m = (5 * dayOfYear + 2) / 153
        let month = m < 10 ? m + 3 : m - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * m + 2) / 5 + 1)
    }

    static func daysInMonth(_ year: Int, _ month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

func floorDivide(_ a: Int64, _ b: Int64) -> Int64 {
    let quotient = a / b
    return a % b < 0 ? quotient - 1 : quotient
}
