/// A day of the proleptic Gregorian calendar, years 0001 to 9999, without a time and without a zone.
///
/// Stored as whole days since 1970-01-01, so comparing and day arithmetic are integer operations.
public struct CivilDate: Comparable, Hashable, Sendable {
    /// Days since 1970-01-01; negative before it.
    public let daysSinceEpoch: Int32

    /// 0001-01-01.
    public static let earliest = CivilDate(unchecked: -719_162)
    /// 9999-12-31.
    public static let latest = CivilDate(unchecked: 2_932_896)
    /// 1970-01-01, a Thursday.
    public static let epoch = CivilDate(unchecked: 0)

    init(unchecked days: Int) { daysSinceEpoch = Int32(truncatingIfNeeded: days) }

    /// The day so many days after 1970-01-01, or the nearest end of the supported range.
    public init(clampingDays days: Int) {
        let low = Int(CivilDate.earliest.daysSinceEpoch)
        let high = Int(CivilDate.latest.daysSinceEpoch)
        self.init(unchecked: min(max(days, low), high))
    }

    /// Nil for a day that does not exist or lies outside years 0001–9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= CivilDate.daysInMonth(year: year, month: month)
        else { return nil }
        self.init(unchecked: CivilDate.dayNumber(year: year, month: month, day: day))
    }

    public static func < (a: CivilDate, b: CivilDate) -> Bool { a.daysSinceEpoch < b.daysSinceEpoch }

    public var year: Int { components.year }
    public var month: Int { components.month }
    public var day: Int { components.day }

    /// ISO 8601: 1 is Monday, 7 is Sunday.
    public var weekday: Int { floorMod(Int(daysSinceEpoch) + 3, 7) + 1 }

    /// 1 is 1 January.
    public var dayOfYear: Int {
        Int(daysSinceEpoch) - CivilDate.dayNumber(year: year, month: 1, day: 1) + 1
    }

    public var firstOfMonth: CivilDate { adding(days: 1 - day) }

    /// Whole days; past either end of the supported range the end is returned.
    public func adding(days: Int) -> CivilDate {
        let (sum, overflow) = Int(daysSinceEpoch).addingReportingOverflow(days)
        return overflow ? (days < 0 ? .earliest : .latest) : CivilDate(clampingDays: sum)
    }

    /// Calendar months; a day that the target month lacks becomes its last day (31 March − 1 month = 28 February).
    public func adding(months: Int) -> CivilDate {
        if months == 0 { return self }
        let parts = components
        let (index, overflow) = (parts.year * 12 + parts.month - 1).addingReportingOverflow(months)
        if overflow || index < 12 { return months < 0 ? .earliest : .latest }
        let (year, month) = (index / 12, index % 12 + 1)
        if year > 9999 { return .latest }
        let day = min(parts.day, CivilDate.daysInMonth(year: year, month: month))
        return CivilDate(unchecked: CivilDate.dayNumber(year: year, month: month, day: day))
    }

    /// Signed number of days from `other` to this day.
    public func days(since other: CivilDate) -> Int { Int(daysSinceEpoch) - Int(other.daysSinceEpoch) }

    public static func isLeap(year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    public static func daysInMonth(year: Int, month: Int) -> Int {
        switch month {
        case 2: isLeap(year: year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// ISO 8601 week: its number and the year that it belongs to.
    public var isoWeek: (year: Int, week: Int) {
        let thursday = adding(days: 4 - weekday)
        return (thursday.year, (thursday.dayOfYear - 1) / 7 + 1)
    }
}

extension CivilDate {
    /// Year, month and day in one computation.
    ///
    /// Counting years from 1 March puts the leap day last, so a month's start is a linear function of its number.
    public var components: (year: Int, month: Int, day: Int) {
        let shifted = Int(daysSinceEpoch) + 719_468
        let era = floorDiv(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// Days since 1970-01-01 of a valid year, month and day.
    static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month <= 2 ? year - 1 : year
        let era = floorDiv(marchYear, 400)
        let yearOfEra = marchYear - era * 400
        let marchMonth = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

extension CivilDate: CustomStringConvertible {
    /// Strictly `YYYY-MM-DD`, ASCII digits.
    public init?(iso text: some StringProtocol) {
        var scan = ByteScanner(text)
        guard let date = scan.date(), scan.atEnd else { return nil }
        self = date
    }

    public init?(_ text: some StringProtocol) { self.init(iso: text) }

    /// `YYYY-MM-DD`.
    public var description: String {
        let parts = components
        return String(unsafeUninitializedCapacity: 10) { bytes in
            var place = 0
            func put(_ value: Int, _ width: Int) {
                var (rest, at) = (value, place + width)
                while at > place {
                    at -= 1
                    bytes[at] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                    rest /= 10
                }
                place += width
            }
            put(parts.year, 4)
            bytes[4] = UInt8(ascii: "-")
            place = 5
            put(parts.month, 2)
            bytes[7] = UInt8(ascii: "-")
            place = 8
            put(parts.day, 2)
            return 10
        }
    }
}

extension CivilDate: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let date = CivilDate(iso: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a date: \(text)")
        }
        self = date
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
