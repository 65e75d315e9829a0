/// Reads fixed-form ASCII texts (dates, times, ISO durations, zone rules) byte by byte.
struct ByteScanner {
    let bytes: [UInt8]
    var position = 0

    init(_ text: some StringProtocol) { bytes = Array(text.utf8) }
    init(bytes: [UInt8]) { self.bytes = bytes }

    var atEnd: Bool { position >= bytes.count }
    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    mutating func take(anyOf set: [UInt8]) -> UInt8? {
        guard let byte = peek, set.contains(byte) else { return nil }
        position += 1
        return byte
    }

    /// A run of at most `limit` digits, at least one; nil leaves the position where it was.
    mutating func number(upTo limit: Int) -> Int? {
        var value = 0
        let start = position
        while let byte = peek, (48...57).contains(byte), position - start < limit {
            value = value * 10 + Int(byte - 48)
            position += 1
        }
        return position > start ? value : nil
    }

    /// Exactly `count` digits.
    mutating func digits(_ count: Int) -> Int? {
        let start = position
        guard let value = number(upTo: count), position - start == count else {
            position = start
            return nil
        }
        return value
    }

    /// `YYYY-MM-DD`.
    mutating func date() -> CivilDate? {
        guard let year = digits(4), take(UInt8(ascii: "-")), let month = digits(2), take(UInt8(ascii: "-")),
            let day = digits(2)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    /// The digits after a decimal point as microseconds; further digits are dropped.
    mutating func fraction() -> Int64? {
        var value: Int64 = 0
        var count = 0
        while let byte = peek, (48...57).contains(byte) {
            if count < 6 { value = value * 10 + Int64(byte - 48) }
            count += 1
            position += 1
        }
        guard count > 0 else { return nil }
        for _ in min(count, 6)..<6 { value *= 10 }
        return value
    }
}
