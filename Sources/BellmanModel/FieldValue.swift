import Almanac

/// The value of one field of a record, after typing.
///
/// `null` is "no value"; a reference keeps the text that was written and is resolved when it is followed,
/// so that it finds its target also when that arrives later.
public enum FieldValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case date(CivilDate)
    case instant(Instant)
    case period(Period)
    case money(Amount)
    case reference(String)
    case list([FieldValue])
    case map([String: FieldValue])

    public var isNull: Bool { self == .null }
}

/// An amount of money without its currency (the record's `currency` field gives it), in ten-thousandths.
public struct Amount: Sendable, Hashable, Comparable {
    public static let unitsPerOne: Int64 = 10_000
    public let units: Int64

    public init(units: Int64) { self.units = units }

    /// `nil` when the number is not finite or too large.
    public init?(_ value: Double) {
        let scaled = (value * Double(Amount.unitsPerOne)).rounded()
        guard scaled.isFinite, abs(scaled) < 9.0e18 else { return nil }
        units = Int64(scaled)
    }

    public var value: Double { Double(units) / Double(Amount.unitsPerOne) }
    public static func < (a: Amount, b: Amount) -> Bool { a.units < b.units }
}
