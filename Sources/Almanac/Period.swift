/// A length of time as people say it: calendar months and days, working days, and an exact part.
///
/// `P1D` is a calendar day and not `PT24H`. All parts carry one common sign. Weeks are seven days and years twelve
/// months, so `2 weeks` equals `14 days` and `1 year` equals `12 months`.
public struct Period: Hashable, Sendable {
    /// Magnitudes, never negative; `isNegative` is the sign of all of them.
    public let months: Int
    public let days: Int
    public let workingDays: Int
    /// The exact part in microseconds.
    public let microseconds: Int64
    public let isNegative: Bool

    /// The largest number that a single part of a text may have.
    public static let largestNumber = 999_999_999

    /// Negative magnitudes count as zero; a period of nothing has no sign.
    public init(
        months: Int = 0, days: Int = 0, workingDays: Int = 0, seconds: Int64 = 0, microseconds: Int64 = 0,
        isNegative: Bool = false
    ) {
        self.months = max(0, months)
        self.days = max(0, days)
        self.workingDays = max(0, workingDays)
        let exact = max(0, seconds).clampedMultiplied(by: Instant.microsecondsPerSecond)
        self.microseconds = exact.clampedAdding(max(0, microseconds))
        let isZero = self.months == 0 && self.days == 0 && self.workingDays == 0 && self.microseconds == 0
        self.isNegative = isNegative && !isZero
    }

    public static let zero = Period()

    /// The exact part in whole seconds, rounded towards zero.
    public var seconds: Int64 { microseconds / Instant.microsecondsPerSecond }

    public var isZero: Bool { !hasCalendarPart && microseconds == 0 }

    /// Whether any part moves the date on the wall clock.
    public var hasCalendarPart: Bool { months != 0 || days != 0 || workingDays != 0 }

    /// Whether it is only an exact length, such as `90 minutes`.
    public var isExact: Bool { !hasCalendarPart }

    var sign: Int { isNegative ? -1 : 1 }

    /// The exact part with its sign.
    var signedMicroseconds: Int64 { isNegative ? -microseconds : microseconds }

    /// The same length in the other direction.
    public var negated: Period {
        Period(
            months: months, days: days, workingDays: workingDays, microseconds: microseconds, isNegative: !isNegative)
    }

    /// The length without its direction.
    public var magnitude: Period { isNegative ? negated : self }

    /// ISO 8601 or the human form in English or Chinese.
    public static func parse(_ text: some StringProtocol) throws(PeriodError) -> Period {
        let text = String(text)
        if text.isEmpty { throw PeriodError(.empty, in: text, nearest: "3 days") }
        if PeriodISO.looksLikeISO(text) { return try PeriodISO.parse(text) }
        do throws(PeriodError) { return try PeriodHuman.parse(text) } catch {
            guard let directed = DirectedPeriod(text) else { throw error }
            throw PeriodError(.direction(directed.word), in: text, nearest: directed.length)
        }
    }

    /// The date moved by the calendar parts: months with clamping, then days, then working days.
    public func moved(_ date: CivilDate, calendar: WorkingCalendar) -> CivilDate {
        let shifted = date.adding(months: sign * months).adding(days: sign * days)
        return workingDays == 0 ? shifted : calendar.adding(workingDays: sign * workingDays, to: shifted)
    }
}

extension Period: CustomStringConvertible {
    /// ISO 8601 with one more letter pair for working days: `P3D`, `-P1Y2M`, `PT1H30M`, `P3WD`. One text per value, fit
    /// for keys.
    public var canonical: String {
        var text = isNegative ? "-P" : "P"
        if months >= 12 { text += "\(months / 12)Y" }
        if months % 12 != 0 { text += "\(months % 12)M" }
        if days != 0 { text += "\(days)D" }
        if workingDays != 0 { text += "\(workingDays)WD" }
        if microseconds != 0 { text += "T" + exactText }
        return isZero ? "P0D" : text
    }

    private var exactText: String {
        let (hours, rest) = (seconds / 3600, seconds % 3600)
        var text = hours == 0 ? "" : "\(hours)H"
        if rest / 60 != 0 { text += "\(rest / 60)M" }
        let micro = Int(microseconds % Instant.microsecondsPerSecond)
        guard rest % 60 != 0 || micro != 0 else { return text }
        return text + "\(rest % 60)\(decimals(micro))S"
    }

    public var description: String { canonical }
}

/// `.5` for 500,000 millionths, nothing for none.
func decimals(_ millionths: Int) -> String {
    guard millionths != 0 else { return "" }
    var digits = padded(millionths, 6)
    while digits.last == "0" { digits.removeLast() }
    return "." + digits
}

extension Period: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do {
            self = try Period.parse(text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.message(.en))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(canonical)
    }
}
