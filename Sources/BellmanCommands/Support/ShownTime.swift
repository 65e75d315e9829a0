import Almanac

extension Instant {
    /// Local time with its offset, in whole seconds: what people are shown.
    func shown(in zone: Zone) -> String { Instant(seconds: seconds).iso(in: zone) }
}
