import Almanac

/// Instants on the wall clock of the configured zone, as the page writes them.
struct PageTime: Sendable {
    let zone: Zone

    /// `2026-10-01 09:00`.
    func minute(_ instant: Instant) -> String {
        let local = zone.local(instant)
        return "\(local.date) \(clock(instant))"
    }

    /// `09:00`.
    func clock(_ instant: Instant) -> String { String(zone.local(instant).time.description.prefix(5)) }

    func date(_ instant: Instant) -> CivilDate { zone.date(instant) }

    /// `Asia/Shanghai (+08:00)`, the offset in force at the instant.
    func zoneText(at instant: Instant) -> String {
        let iso = Instant(seconds: instant.seconds).iso(in: zone)
        let offset = iso.hasSuffix("Z") ? "+00:00" : String(iso.suffix(6))
        return zone.name == offset ? zone.name : "\(zone.name) (\(offset))"
    }
}
