import Almanac

/// Times as people write them when they put something off.
public enum ActTimes {
    /// A length of time in the human or ISO form, or short: `3d`, `90m`, `2w`, `4h`. Nil for what is none, or nothing.
    public static func length(_ text: String) -> Period? {
        let units: [Character: String] = ["d": "days", "h": "hours", "m": "minutes", "w": "weeks"]
        var text = text
        if let last = text.last, let unit = units[last], let number = Int(text.dropLast()) {
            text = "\(number) \(unit)"
        }
        guard let period = try? Period.parse(text), !period.isNegative, !period.isZero else { return nil }
        return period
    }

    /// `day` says which instant of a date is meant. Nil for what is no time.
    public static func moment(_ text: String, zone: Zone, day: (CivilDate, Zone) -> Instant) -> Instant? {
        switch try? FieldParser(zone: zone).value(text, as: .when) {
        case .date(let date): day(date, zone)
        case .instant(let instant): instant
        default: nil
        }
    }
}
