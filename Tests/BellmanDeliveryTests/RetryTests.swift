import BellmanDelivery
import Testing

/// When a failed message is tried again, and when no more.
@Suite struct RetryTests {
    static let schedules: [(name: String, schedule: RetrySchedule)] = [("standard", .standard), ("mail", .mail)]

    /// Each wait lies within its own step, and waits are spread over it: what failed together does not come back together.
    @Test(arguments: schedules) func waitsAreSpreadOverTheirStep(_ name: String, _ schedule: RetrySchedule) {
        var random = SeededGenerator(seed: 7)
        for tries in 1...schedule.seconds.count + 3 {
            let bound = schedule.seconds[min(tries, schedule.seconds.count) - 1]
            let floor = max(1, Int64(Double(bound) * schedule.floorShare))
            let waits = (0..<300).map { _ in schedule.wait(afterTries: tries, using: &random) }
            #expect(waits.allSatisfy { (floor...bound).contains($0) }, "\(name), after \(tries) tries")
            let (least, most) = (waits.min() ?? 0, waits.max() ?? 0)
            #expect(most - floor >= (bound - floor) * 9 / 10, "\(name), after \(tries) tries")
            #expect(least - floor <= (bound - floor) / 10 + 1, "\(name), after \(tries) tries")
        }
    }
}
