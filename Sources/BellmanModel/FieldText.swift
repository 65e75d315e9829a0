import Almanac

/// A typed value as text for tables and CSV; `FieldParser` reads it back to an equal value.
public enum FieldText {
    /// Times are on the wall clock of `zone`, with its offset.
    public static func text(_ value: FieldValue, zone: Zone) -> String {
        switch value {
        case .null: ""
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .double(let value): number(value)
        case .string(let text), .reference(let text): text
        case .date(let date): date.description
        case .instant(let instant): instant.iso(in: zone)
        case .period(let period): period.description
        case .money(let amount): MoneyText.text(amount)
        case .list(let items): ListText.join(items.map { text($0, zone: zone) })
        case .map: JSONText.write(JSONValue(value))
        }
    }

    /// Shortest form that reads back equal; without `.0` behind whole numbers.
    private static func number(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1.0e15 { return String(Int64(value)) }
        return value.description
    }
}
