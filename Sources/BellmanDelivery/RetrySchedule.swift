import Almanac

/// Waits between tries.
public struct RetrySchedule: Sendable, Hashable {
    /// Upper bound of the wait after the first, second, … failed try, in seconds; the last repeats until the
    /// channel's `max_age`.
    public let seconds: [Int64]
    /// Share of each wait that is never jittered away: 0 is full jitter.
    public let floorShare: Double

    public init(seconds: [Int64], floorShare: Double) {
        self.seconds = seconds
        self.floorShare = floorShare
    }

    /// The example schedule of Standard Webhooks: 75 h 35 min 5 s in all. Full jitter spreads a herd.
    public static let standard = RetrySchedule(
        seconds: [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400], floorShare: 0)
    /// Greylisting relays want at least five minutes before the second try.
    public static let mail = RetrySchedule(
        seconds: [600, 1_200, 2_400, 7_200, 14_400, 28_800, 43_200, 86_400], floorShare: 0.5)

    /// Seconds to wait after so many failed tries (1 is the first). At least one second.
    public func wait(afterTries tries: Int, using random: inout some RandomNumberGenerator) -> Int64 {
        let bound = seconds[min(max(0, tries - 1), seconds.count - 1)]
        let floor = Int64(Double(bound) * floorShare)
        return max(1, Int64.random(in: floor...bound, using: &random))
    }
}

/// A small generator that a core can hold by value (SplitMix64); seeded by the shell, or by a test.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64
    public init(seed: UInt64) { state = seed }
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
