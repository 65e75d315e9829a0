import Almanac
import BellmanModel
import CEL

/// A value as a group's tallies know it. Its code is its identity, and codes of one class stand in the order of their
/// values.
enum ShareValue: Hashable {
    case null
    case int(Int64)
    case double(Double)
    case money(units: Int64, currency: String)
    case period(Period)
    /// Nanoseconds.
    case duration(Int64)
    case timestamp(seconds: Int64, nanos: Int32)
    case date(CivilDate)
    /// Anything else has no more than an identity.
    case other(String)

    init(_ value: CELValue) {
        switch value {
        case .null: self = .null
        case .int(let number): self = .int(number)
        case .double(let number): self = .double(number == 0 ? 0 : number)
        case .duration(let span): self = .duration(span.nanoseconds)
        case .timestamp(let stamp): self = .timestamp(seconds: stamp.seconds, nanos: stamp.nanos)
        case .opaque(let money as MoneyValue):
            self = .money(units: money.amount.units, currency: money.currency)
        case .opaque(let date as DateValue): self = .date(date.date)
        case .opaque(let period as PeriodValue): self = .period(period.period)
        default: self = .other(ShareValue.identity(value))
        }
    }

    /// For `distinct`, where numbers of all types lie on one line.
    static func distinctCode(_ value: CELValue) -> String { identity(value) }

    private static func identity(_ value: CELValue) -> String {
        switch value {
        case .bool(let flag): return flag ? "b1" : "b0"
        case .uint(let number): return Int64(exactly: number).map { ShareValue.int($0).code } ?? "v\(number)"
        case .double(let number):
            return Int64(exactly: number).map { ShareValue.int($0).code } ?? ShareValue(value).code
        case .string(let text): return "s\(text)"
        case .bytes(let bytes): return "y" + bytes.bytes.map { "\($0)" }.joined(separator: ",")
        case .list(let list): return "l" + Netstring.join(list.elements.map(identity))
        case .map(let map):
            let entries = zip(map.keys, map.values).map { Netstring.join([identity($0), identity($1)]) }
            return "a" + Netstring.join(entries.sorted())
        case .type(let name): return "y:\(name)"
        case .optional(let optional): return "q" + (optional.value.map(identity) ?? "")
        case .object(let object as RecordObject): return "o\(object.record.ref)"
        case .object(let object): return "o\(object.typeName)"
        case .opaque(let opaque) where !(opaque is MoneyValue || opaque is DateValue || opaque is PeriodValue):
            return "h\(opaque.typeName):\(opaque.text)"
        default: return ShareValue(value).code
        }
    }

    // MARK: codes

    var code: String {
        switch self {
        case .null: "0"
        case .int(let number): "i" + ShareValue.ordered(number)
        case .double(let number): "d" + ShareValue.ordered(number)
        case .money(let units, let currency): "m" + ShareValue.ordered(units) + currency
        case .period(let period): "p" + period.canonical
        case .duration(let nanoseconds): "u" + ShareValue.ordered(nanoseconds)
        case .timestamp(let seconds, let nanos): "t" + ShareValue.ordered(seconds) + ShareValue.ordered(Int64(nanos))
        case .date(let date): "n" + ShareValue.ordered(Int64(date.daysSinceEpoch))
        case .other(let identity): identity
        }
    }

    init(code: String) {
        let rest = code.dropFirst()
        switch code.first {
        case "0" where rest.isEmpty: self = .null
        case "i": self = .int(ShareValue.number(rest))
        case "d": self = .double(ShareValue.double(rest))
        case "m": self = .money(units: ShareValue.number(rest.prefix(16)), currency: String(rest.dropFirst(16)))
        case "p": self = (try? Period.parse(String(rest))).map { .period($0) } ?? .other(code)
        case "u": self = .duration(ShareValue.number(rest))
        case "t":
            self = .timestamp(
                seconds: ShareValue.number(rest.prefix(16)), nanos: Int32(ShareValue.number(rest.dropFirst(16))))
        case "n": self = .date(CivilDate(clampingDays: Int(ShareValue.number(rest))))
        default: self = .other(code)
        }
    }

    /// Sixteen digits whose order as text is that of the numbers.
    private static func ordered(_ number: Int64) -> String { hex(UInt64(bitPattern: number) ^ (1 << 63)) }

    private static func number(_ digits: Substring) -> Int64 {
        Int64(bitPattern: (UInt64(digits, radix: 16) ?? 0) ^ (1 << 63))
    }

    /// The order of finite doubles is that of their bits, those of negative ones turned round.
    private static func ordered(_ number: Double) -> String {
        let bits = number.bitPattern
        return hex(bits >> 63 == 1 ? ~bits : bits | (1 << 63))
    }

    private static func double(_ digits: Substring) -> Double {
        let bits = UInt64(digits, radix: 16) ?? 0
        return Double(bitPattern: bits >> 63 == 1 ? bits ^ (1 << 63) : ~bits)
    }

    private static func hex(_ bits: UInt64) -> String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    var value: CELValue? {
        switch self {
        case .null: .null
        case .int(let number): .int(number)
        case .double(let number): .double(number)
        case .money(let units, let currency): .opaque(MoneyValue(Amount(units: units), currency))
        case .period(let period): .opaque(PeriodValue(period))
        case .duration(let nanoseconds): .duration(CELDuration(nanoseconds: nanoseconds))
        case .timestamp(let seconds, let nanos): CELTimestamp(seconds: seconds, nanos: nanos).map(CELValue.timestamp)
        case .date(let date): .opaque(DateValue(date))
        case .other: nil
        }
    }
}
