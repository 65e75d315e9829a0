import Almanac
import BellmanTransport
import Glibc

/// The machine's clock: the only place that reads the time or waits for it.
public struct SystemClock: WallClock, Sleeper {
    public init() {}

    public func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }

    /// Time since the machine started, which nobody can set. Microseconds.
    func monotonicMicroseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }

    /// Longest single wait, so that a clock that was set is noticed. Microseconds.
    static let longestWait: Int64 = 60_000_000

    /// Returns at the instant, or earlier: the caller looks at the clock again.
    public func sleep(until instant: Instant) async throws {
        let left = min(instant.microseconds - now().microseconds, SystemClock.longestWait)
        guard left > 0 else { return }
        try await Task.sleep(for: .microseconds(left))
    }
}
