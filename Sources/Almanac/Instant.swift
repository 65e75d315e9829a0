/// A point on the time line: whole microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
public struct Instant: Comparable, Hashable, Sendable {
    public let microseconds: Int64

    public init(microseconds: Int64) { self.microseconds = microseconds }
    public init(seconds: Int64) { microseconds = seconds.clampedMultiplied(by: Instant.microsecondsPerSecond) }

    public static let microsecondsPerSecond: Int64 = 1_000_000
    /// 0001-01-01T00:00:00Z.
    public static let earliest = Instant(seconds: Int64(CivilDate.earliest.daysSinceEpoch) * 86_400)
    /// 9999-12-31T23:59:59Z.
    public static let latest = Instant(seconds: Int64(CivilDate.latest.daysSinceEpoch) * 86_400 + 86_399)

    public static func < (a: Instant, b: Instant) -> Bool { a.microseconds < b.microseconds }

    /// Whole seconds since 1970, rounded down.
    public var seconds: Int64 { floorDiv(microseconds, Instant.microsecondsPerSecond) }

    /// Microseconds past the whole second, 0..<1,000,000.
    public var microsecondOfSecond: Int { Int(floorMod(microseconds, Instant.microsecondsPerSecond)) }

    public func adding(seconds: Int64) -> Instant {
        adding(microseconds: seconds.clampedMultiplied(by: Instant.microsecondsPerSecond))
    }

    public func adding(seconds: Int) -> Instant { adding(seconds: Int64(seconds)) }

    public func adding(microseconds: Int64) -> Instant {
        Instant(microseconds: self.microseconds.clampedAdding(microseconds))
    }

    /// Microseconds from `other` to this instant.
    public func microseconds(since other: Instant) -> Int64 {
        let (difference, overflow) = microseconds.subtractingReportingOverflow(other.microseconds)
        return overflow ? (self < other ? .min : .max) : difference
    }
}

extension Instant: CustomStringConvertible {
    /// RFC 3339 with an offset or `Z`; `T` may be lower case or a space, a fraction is kept to the microsecond, a leap
    /// second counts as the second after it.
    public init?(iso text: some StringProtocol) {
        var scan = ByteScanner(text)
        guard let date = scan.date(), scan.take(anyOf: [84, 116, 32]) != nil,
            let hour = scan.digits(2), hour < 24, scan.take(UInt8(ascii: ":")),
            let minute = scan.digits(2), minute < 60, scan.take(UInt8(ascii: ":")),
            let second = scan.digits(2), second <= 60
        else { return nil }
        var micro: Int64 = 0
        if scan.take(UInt8(ascii: ".")) {
            guard let value = scan.fraction() else { return nil }
            micro = value
        }
        guard let offset = Instant.offset(&scan), scan.atEnd else { return nil }
        let local = Int64(date.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        microseconds = (local - Int64(offset)) * Instant.microsecondsPerSecond + micro
    }

    private static func offset(_ scan: inout ByteScanner) -> Int? {
        if scan.take(anyOf: [90, 122]) != nil { return 0 }
        guard let sign = scan.take(anyOf: [43, 45]), let hours = scan.digits(2), hours < 24,
            scan.take(UInt8(ascii: ":")), let minutes = scan.digits(2), minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (sign == 45 ? -60 : 60)
    }

    /// RFC 3339 in UTC: `2026-10-01T01:00:00Z`; a fraction only where there is one.
    public var iso: String { "\(CivilDateTime(localSeconds: seconds))\(fractionText)Z" }

    /// RFC 3339 on the wall clock of a zone: `2026-10-01T09:00:00+08:00`. Offsets with seconds (before 1970) are
    /// printed to the minute, as RFC 3339 has no form for them.
    public func iso(in zone: Zone) -> String {
        let minutes = floorDiv(zone.offset(at: self), 60)
        let local = CivilDateTime(localSeconds: seconds.clampedAdding(Int64(minutes) * 60))
        return "\(local)\(fractionText)\(Zone.offsetText(minutes * 60))"
    }

    public var description: String { iso }

    private var fractionText: String {
        guard microsecondOfSecond != 0 else { return "" }
        var digits = padded(microsecondOfSecond, 6)
        while digits.last == "0" { digits.removeLast() }
        return "." + digits
    }
}

extension Instant: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let instant = Instant(iso: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an RFC 3339 instant: \(text)")
        }
        self = instant
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(iso)
    }
}
