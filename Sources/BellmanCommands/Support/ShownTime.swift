import Almanac

extension Instant {
    /// Local time with its offset, in whole seconds: what people are shown.
    func shown(in zone: Zone) -> String { Instant(seconds: seconds).iso(in: zone) }

    /// In a table to the minute and without the offset: it is the configured zone's.
    func shown(in zone: Zone, _ format: ListFormat) -> String {
        guard format == .table else { return shown(in: zone) }
        let local = zone.local(self)
        return "\(local.date) \(String(local.time.description.prefix(5)))"
    }
}
