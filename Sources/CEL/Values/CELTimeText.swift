/// Reading and writing instants (RFC 3339) and spans, in integers throughout.
extension CELTimestamp {
    /// Why a text is no instant: its form, or a year outside 1…9999.
    public enum Refusal: Error { case malformed, outOfRange }

    /// RFC 3339 with upper-case `T` and an offset; second 60 is refused.
    public static func parse(_ text: String) -> Result<CELTimestamp, Refusal> {
        var reader = TimeReader(Array(text.utf8))
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), reader.take("T"), let hour = reader.number(2), reader.take(":"),
            let minute = reader.number(2), reader.take(":"), let second = reader.number(2),
            let nanos = reader.fraction(), let offset = reader.offset(), reader.atEnd,
            (1...12).contains(month), day >= 1, day <= CivilTime.daysInMonth(year, month),
            hour < 24, minute < 60, second < 60
        else { return .failure(.malformed) }
        let local = Int64(CivilTime.days(year, month, day)) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        guard let value = CELTimestamp(seconds: local - Int64(offset), nanos: nanos) else {
            return .failure(.outOfRange)
        }
        return .success(value)
    }

    /// UTC, with a fraction only where there is one.
    public var text: String {
        let civil = CivilTime(seconds: seconds)
        let date = "\(padded(civil.year, 4))-\(padded(civil.month, 2))-\(padded(civil.day, 2))"
        let time = "\(padded(civil.hour, 2)):\(padded(civil.minute, 2)):\(padded(civil.second, 2))"
        return "\(date)T\(time)\(fractionText(Int64(nanos)))Z"
    }
}

extension CELDuration {
    /// `[+-]? (number unit)+` with units h m s ms us ns, or a bare `0`; nil when malformed or too long.
    public static func parse(_ text: String) -> CELDuration? {
        var bytes = Array(text.utf8)[...]
        var negative = false
        if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            negative = sign == UInt8(ascii: "-")
            bytes = bytes.dropFirst()
        }
        if bytes.elementsEqual("0".utf8) { return CELDuration(nanoseconds: 0) }
        guard !bytes.isEmpty else { return nil }
        var total: UInt64 = 0
        while !bytes.isEmpty {
            guard let part = part(&bytes) else { return nil }
            let (sum, overflow) = total.addingReportingOverflow(part)
            guard !overflow, sum <= UInt64(1) << 63 else { return nil }
            total = sum
        }
        if negative { return CELDuration(nanoseconds: Int64(truncatingIfNeeded: 0 &- total)) }
        return Int64(exactly: total).map(CELDuration.init(nanoseconds:))
    }

    /// One `1.5h` off the front, in nanoseconds; digits finer than a nanosecond are cut.
    private static func part(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
        let whole = bytes.prefix { isDigit($0) }
        bytes = bytes.dropFirst(whole.count)
        var fraction: ArraySlice<UInt8> = []
        if bytes.first == UInt8(ascii: ".") {
            bytes = bytes.dropFirst()
            fraction = bytes.prefix { isDigit($0) }
            bytes = bytes.dropFirst(fraction.count)
        }
        guard !whole.isEmpty || !fraction.isEmpty, let unit = unit(&bytes) else { return nil }
        guard let count = whole.isEmpty ? 0 : UInt64(String(decoding: whole, as: UTF8.self)) else { return nil }
        let (nanos, overflow) = count.multipliedReportingOverflow(by: unit)
        let (sum, overflow2) = nanos.addingReportingOverflow(fraction.isEmpty ? 0 : exactFraction(fraction, unit))
        return overflow || overflow2 ? nil : sum
    }

    private static func exactFraction(_ digits: ArraySlice<UInt8>, _ unit: UInt64) -> UInt64 {
        var numerator: UInt64 = 0
        var denominator: UInt64 = 1
        for digit in digits.prefix(15) {
            numerator = numerator * 10 + UInt64(digit - 48)
            denominator *= 10
        }
        let (high, low) = numerator.multipliedFullWidth(by: unit)
        return denominator.dividingFullWidth((high, low)).quotient
    }

    private static func unit(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
        let name = String(decoding: bytes.prefix { !isDigit($0) && $0 != UInt8(ascii: ".") }, as: UTF8.self)
        bytes = bytes.dropFirst(name.utf8.count)
        switch name {
        case "h": return 3_600_000_000_000
        case "m": return 60_000_000_000
        case "s": return 1_000_000_000
        case "ms": return 1_000_000
        case "us": return 1000
        case "ns": return 1
        default: return nil
        }
    }

    /// Seconds with a trimmed fraction: `5405.5s`.
    public var text: String {
        let magnitude = nanoseconds.magnitude
        let fraction = Int64(magnitude % 1_000_000_000)
        return "\(nanoseconds < 0 ? "-" : "")\(magnitude / 1_000_000_000)\(fractionText(fraction))s"
    }
}

func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

/// `.12` for 120 000 000 nanoseconds, nothing for none.
private func fractionText(_ nanos: Int64) -> String {
    guard nanos != 0 else { return "" }
    var digits = Array(padded(Int(nanos), 9).utf8)
    while digits.last == 48 { digits.removeLast() }
    return "." + String(decoding: digits, as: UTF8.self)
}

/// A cursor for fixed-width time texts.
struct TimeReader {
    let bytes: [UInt8]
    var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var atEnd: Bool { at == bytes.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard at < bytes.count, UInt32(bytes[at]) == character.value else { return false }
        at += 1
        return true
    }

    mutating func number(_ digits: Int) -> Int? {
        guard at + digits <= bytes.count else { return nil }
        var value = 0
        for _ in 0..<digits {
            guard isDigit(bytes[at]) else { return nil }
            value = value * 10 + Int(bytes[at] - 48)
            at += 1
        }
        return value
    }

    /// Nanoseconds of an optional `.digits`; RFC 3339 allows any number of them, and what is finer is cut.
    mutating func fraction() -> Int32? {
        guard take(".") else { return 0 }
        var value: Int32 = 0
        var count = 0
        while at < bytes.count, isDigit(bytes[at]) {
            if count < 9 { value = value * 10 + Int32(bytes[at] - 48) }
            at += 1
            count += 1
        }
        guard count > 0 else { return nil }
        for _ in min(count, 9)..<9 { value *= 10 }
        return value
    }

    /// Seconds east of UTC: `Z` or `±HH:MM`.
    mutating func offset() -> Int? {
        if take("Z") { return 0 }
        let sign = take("-") ? -1 : (take("+") ? 1 : 0)
        guard sign != 0, let hours = number(2), take(":"), let minutes = number(2), hours < 24, minutes < 60 else {
            return nil
        }
        return sign * (hours * 3600 + minutes * 60)
    }
}
