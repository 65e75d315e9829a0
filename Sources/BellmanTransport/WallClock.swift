import Almanac

/// Where the present comes from. Only the daemon's system clock reads the machine's; tests set their own.
public protocol WallClock: Sendable {
    func now() -> Instant
}
