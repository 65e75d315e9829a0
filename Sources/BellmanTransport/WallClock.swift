import Almanac

/// Where the present comes from. Only the daemon's system clock reads the machine's; tests set their own.
public protocol WallClock: Sendable {
    func now() -> Instant
}

/// Waiting for a moment. Ends early, by throwing, when the waiting task is cancelled.
public protocol Sleeper: Sendable {
    func sleep(until instant: Instant) async throws
}
