import Almanac
import BellmanTransport
import Glibc

/// The machine's clock: the only place that reads the time or waits for it.
public struct SystemClock: WallClock, Sleeper {
    public init() {}

    public func now() -> Instant { Instant(microseconds: SystemClock.microseconds(CLOCK_REALTIME)) }

    /// Time since the machine started without what it slept, which nobody can set. Microseconds.
    func monotonicMicroseconds() -> Int64 { SystemClock.microseconds(CLOCK_MONOTONIC) }

    /// Time since the machine started, sleep included, which nobody can set. Microseconds.
    func bootMicroseconds() -> Int64 { SystemClock.microseconds(CLOCK_BOOTTIME) }

    /// All three of one moment.
    func reading() -> ClockGuard.Reading {
        ClockGuard.Reading(wall: now(), sinceBoot: bootMicroseconds(), awake: monotonicMicroseconds())
    }

    private static func microseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }

    /// Longest single wait, so that a clock that was set is noticed in any case. Microseconds.
    static let longestWait: Int64 = 60_000_000

    /// Returns at the instant, or earlier: after a minute, or when somebody set the clock. The caller looks at the
    /// clock again.
    public func sleep(until instant: Instant) async throws {
        guard instant > now() else { return }
        if let keeper = Timekeeper.shared { return try await keeper.sleep(until: instant) }
        let left = min(instant.microseconds - now().microseconds, SystemClock.longestWait)
        guard left > 0 else { return }
        try await Task.sleep(for: .microseconds(left))
    }
}
