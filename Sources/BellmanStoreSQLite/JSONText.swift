import Almanac
import BellmanModel

/// Appends JSON to a byte buffer. Made by hand because every write of a record passes here.
struct JSONText {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int = 256) { bytes.reserveCapacity(capacity) }

    mutating func clear() { bytes.removeAll(keepingCapacity: true) }

    mutating func raw(_ byte: UInt8) { bytes.append(byte) }

    mutating func raw(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func string(_ text: String) {
        bytes.append(0x22)
        var text = text
        text.withUTF8 { source in
            if source.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) {
                for byte in source { escaped(byte) }
            } else {
                bytes.append(contentsOf: source)
            }
        }
        bytes.append(0x22)
    }

    private mutating func escaped(_ byte: UInt8) {
        switch byte {
        case 0x22, 0x5C:
            bytes.append(0x5C)
            bytes.append(byte)
        case 0x0A: raw("\\n")
        case 0x0D: raw("\\r")
        case 0x09: raw("\\t")
        case 0..<0x20:
            raw("\\u00")
            bytes.append(byte < 0x10 ? 0x30 : 0x31)
            let low = byte & 0x0F
            bytes.append(low < 10 ? 0x30 + low : 0x57 + low)
        default: bytes.append(byte)
        }
    }

    mutating func int(_ value: Int64) {
        if value < 0 { bytes.append(0x2D) }
        digits(value.magnitude, atLeast: 1)
    }

    private mutating func digits(_ value: UInt64, atLeast width: Int) {
        var value = value
        let start = bytes.count
        repeat {
            bytes.append(0x30 + UInt8(truncatingIfNeeded: value % 10))
            value /= 10
        } while value > 0 || bytes.count - start < width
        bytes[start...].reverse()
    }

    /// JSON has no infinity and no "not a number": both become null.
    mutating func double(_ value: Double) {
        guard value.isFinite else { return raw("null") }
        bytes.append(contentsOf: value.description.utf8)
    }

    /// `12.5`: at most four decimals, no trailing zeros.
    mutating func amount(_ value: Amount) {
        let one = UInt64(Amount.unitsPerOne)
        let magnitude = value.units.magnitude
        if value.units < 0 { bytes.append(0x2D) }
        digits(magnitude / one, atLeast: 1)
        guard magnitude % one != 0 else { return }
        bytes.append(0x2E)
        digits(magnitude % one, atLeast: 4)
        while bytes.last == 0x30 { bytes.removeLast() }
    }

    mutating func date(_ date: CivilDate) {
        bytes.append(0x22)
        dateDigits(date)
        bytes.append(0x22)
    }

    private mutating func dateDigits(_ date: CivilDate) {
        let parts = date.components
        digits(UInt64(parts.year), atLeast: 4)
        bytes.append(0x2D)
        digits(UInt64(parts.month), atLeast: 2)
        bytes.append(0x2D)
        digits(UInt64(parts.day), atLeast: 2)
    }

    /// RFC 3339 in UTC, a fraction only where there is one.
    mutating func instant(_ instant: Instant) {
        let perDay: Int64 = 86_400
        let days = instant.seconds >= 0 ? instant.seconds / perDay : -((perDay - 1 - instant.seconds) / perDay)
        let second = UInt64(instant.seconds - days * perDay)
        bytes.append(0x22)
        dateDigits(CivilDate(clampingDays: Int(days)))
        bytes.append(0x54)
        digits(second / 3600, atLeast: 2)
        bytes.append(0x3A)
        digits(second / 60 % 60, atLeast: 2)
        bytes.append(0x3A)
        digits(second % 60, atLeast: 2)
        if instant.microsecondOfSecond != 0 {
            bytes.append(0x2E)
            digits(UInt64(instant.microsecondOfSecond), atLeast: 6)
        }
        bytes.append(0x5A)
        bytes.append(0x22)
    }
}
