/// A time of day on the wall clock, whole seconds from 00:00:00 to 23:59:59.
public struct LocalTime: Comparable, Hashable, Sendable {
    public let secondOfDay: Int32

    public static let midnight = LocalTime(unchecked: 0)
    /// 09:00, the time that a date-only value rings at where nothing else is said.
    public static let nine = LocalTime(unchecked: 9 * 3600)

    init(unchecked seconds: Int) { secondOfDay = Int32(truncatingIfNeeded: seconds) }

    public init?(secondOfDay: Int) {
        guard (0..<86_400).contains(secondOfDay) else { return nil }
        self.init(unchecked: secondOfDay)
    }

    public init?(hour: Int, minute: Int, second: Int = 0) {
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second) else { return nil }
        self.init(unchecked: hour * 3600 + minute * 60 + second)
    }

    public var hour: Int { Int(secondOfDay) / 3600 }
    public var minute: Int { Int(secondOfDay) / 60 % 60 }
    public var second: Int { Int(secondOfDay) % 60 }

    public static func < (a: LocalTime, b: LocalTime) -> Bool { a.secondOfDay < b.secondOfDay }
}

extension LocalTime: CustomStringConvertible {
    /// `9:00`, `09:00` or `09:00:30`; a full-width colon or full-width digits are read as their ASCII forms.
    public init?(_ text: some StringProtocol) {
        var scan = ByteScanner(narrowed(String(text)))
        guard let hour = scan.number(upTo: 2), scan.take(UInt8(ascii: ":")), let minute = scan.digits(2)
        else { return nil }
        var second = 0
        if scan.take(UInt8(ascii: ":")) {
            guard let value = scan.digits(2) else { return nil }
            second = value
        }
        guard scan.atEnd else { return nil }
        self.init(hour: hour, minute: minute, second: second)
    }

    /// `09:00`, with seconds only where they are not zero.
    public var description: String {
        let base = "\(padded(hour, 2)):\(padded(minute, 2))"
        return second == 0 ? base : "\(base):\(padded(second, 2))"
    }
}

extension LocalTime: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let time = LocalTime(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a time of day: \(text)")
        }
        self = time
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// A date with a time of day on the wall clock, without a zone.
public struct CivilDateTime: Comparable, Hashable, Sendable, CustomStringConvertible {
    public let date: CivilDate
    public let time: LocalTime

    public init(date: CivilDate, time: LocalTime) {
        self.date = date
        self.time = time
    }

    /// Seconds since 1970-01-01T00:00:00 on the same wall clock.
    init(localSeconds: Int64) {
        let day = floorDiv(localSeconds, 86_400)
        date = CivilDate(clampingDays: Int(day))
        time = LocalTime(unchecked: Int(localSeconds - day * 86_400))
    }

    var localSeconds: Int64 { Int64(date.daysSinceEpoch) * 86_400 + Int64(time.secondOfDay) }

    /// `2026-10-01T09:00`, `2026-10-01T09:00:30` or with a space instead of the T.
    public init?(iso text: some StringProtocol) {
        var scan = ByteScanner(text)
        guard let date = scan.date(), scan.take(anyOf: [84, 116, 32]) != nil else { return nil }
        let rest = String(decoding: scan.bytes[scan.position...], as: UTF8.self)
        guard rest.utf8.count >= 5, let time = LocalTime(rest) else { return nil }
        self.init(date: date, time: time)
    }

    public static func < (a: CivilDateTime, b: CivilDateTime) -> Bool { a.localSeconds < b.localSeconds }

    /// `2026-10-01T09:00:00`.
    public var description: String { "\(date)T\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2))" }
}
