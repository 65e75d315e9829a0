import Almanac

/// Offsets of named zones for the language's own accessors (`t.getHours("Asia/Shanghai")`).
enum ZoneLookup {
    /// Seconds east of UTC at an instant in UTC seconds; `nil` for an unknown zone.
    static let offset: @Sendable (String, Int64) -> Int? = { name, seconds in
        guard let zone = Zone.find(name) else { return nil }
        return zone.offset(at: Instant(seconds: seconds))
    }
}
