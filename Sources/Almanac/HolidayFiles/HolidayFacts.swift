/// What one source, the built-in table or a file, says of days off and make-up workdays.
public struct HolidayFacts: Hashable, Sendable {
    /// The file, as the configuration names it; empty for what is built in.
    public var source: String
    /// The calendar that the source says it belongs to (`"calendar": "CN"`); nil where it does not say.
    public var calendar: String?
    /// ISO weekdays without work; nil where the source does not say.
    public var weekend: Weekend?
    /// Years that the source holds whole: all that is known of them. Other days stand for themselves alone.
    public var years: Set<Int> = []
    public var days: [CivilDate: HolidayDay] = [:]

    public init(source: String, calendar: String? = nil) {
        self.source = source
        self.calendar = calendar
    }
}

/// A day on which work differs from its week, or might.
public struct HolidayDay: Hashable, Sendable {
    public let isWorkday: Bool
    /// The holiday, in the words of the source; may be empty.
    public let name: String

    public init(isWorkday: Bool, name: String) {
        self.isWorkday = isWorkday
        self.name = name
    }
}

/// The days of the week on which nobody works.
public struct Weekend: Hashable, Sendable {
    /// Bit 0 is Monday.
    private let bits: UInt8

    public static let saturdaySunday = Weekend([6, 7])

    /// - Parameter weekdays: ISO, 1 is Monday; others are left out.
    public init(_ weekdays: some Sequence<Int>) {
        bits = weekdays.reduce(0) { (1...7).contains($1) ? $0 | 1 << UInt8($1 - 1) : $0 }
    }

    private init(bits: UInt8) { self.bits = bits }

    public func contains(weekday: Int) -> Bool { bits >> UInt8(weekday - 1) & 1 == 1 }
    public func union(_ other: Weekend) -> Weekend { Weekend(bits: bits | other.bits) }
    /// ISO weekdays, ascending.
    public var weekdays: [Int] { (1...7).filter(contains(weekday:)) }
    /// Working days of a plain week.
    public var workdays: Int { 7 - bits.nonzeroBitCount }
}
