import Almanac
import BellmanModel
import Testing

@Suite struct MeasuredTimesTests {
    private static func instant(_ seconds: Int) -> Instant { Instant(seconds: Int64(seconds)) }

    private static func times(_ seconds: [Int]) -> MeasuredTimes {
        var times = MeasuredTimes()
        for one in seconds { times.note(instant(one)) }
        return times
    }

    /// Gaps that have come about by many writes: no run claims less than its longest gap nor more, and the last gap that
    /// is longer than some length can be told for every length.
    @Test(arguments: 1...40) func whatWasLongerLast(_ seed: Int) {
        var state = UInt64(seed) &* 6_364_136_223_846_793_005 &+ 1
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var seconds = [1_000]
        for _ in 0..<(20 + random(400)) {
            let gap = random(10) == 0 ? 86_400 * (1 + random(40)) : 86_000 + random(800)
            seconds.append(seconds[seconds.count - 1] + gap)
        }
        let times = MeasuredTimesTests.times(seconds)
        #expect(times.runs.count <= MeasuredTimes.runsKept)
        #expect(times.runs.first?.first == MeasuredTimesTests.instant(1_000))
        #expect(times.runs.last?.last == MeasuredTimesTests.instant(seconds[seconds.count - 1]))
        let written = Set(seconds.map(MeasuredTimesTests.instant))
        for run in times.runs {
            #expect([run.first, run.last, run.gapStart, run.gapEnd].allSatisfy(written.contains))
            let inside = seconds.map(MeasuredTimesTests.instant).filter { run.first <= $0 && $0 <= run.last }
            let longest = zip(inside, inside.dropFirst()).map { $1.microseconds - $0.microseconds }.max() ?? 0
            #expect(run.gapEnd.microseconds - run.gapStart.microseconds == longest)
        }
        for days in [2, 3, 7, 20, 39] {
            let last = Array(zip(seconds, seconds.dropFirst())).last { $1 - $0 > days * 86_400 }?.1
            let kept = Array(zip(times.runs, times.runs.dropFirst())).last { before, after in
                after.first.microseconds - before.last.microseconds > Int64(days) * 86_400_000_000
            }
            #expect(kept?.1.first == last.map(MeasuredTimesTests.instant))
        }
    }

    /// Ever shorter gaps: all of them tell something, and the space stays bounded.
    @Test func everShorter() {
        var seconds = [0]
        for gap in stride(from: 4_000, to: 0, by: -10) { seconds.append(seconds[seconds.count - 1] + gap) }
        let times = MeasuredTimesTests.times(seconds)
        #expect(times.runs.count == MeasuredTimes.runsKept)
        #expect(times.runs.last?.first == MeasuredTimesTests.instant(seconds[seconds.count - 1]))
    }

    @Test func aClockSetBackTakesWhatItNotedWithIt() {
        var times = MeasuredTimesTests.times([0, 100, 200, 10_000])
        times.note(MeasuredTimesTests.instant(300))
        #expect(times == MeasuredTimesTests.times([0, 100, 200, 300]))
    }

    @Test func aClockSetBackIntoARun() {
        let long = Array(stride(from: 0, through: 100 * 60, by: 60))
        var times = MeasuredTimesTests.times(long)
        times.note(MeasuredTimesTests.instant(90))
        #expect(times.runs.last?.last == MeasuredTimesTests.instant(90))
        let gap = times.runs.last.map { $0.gapEnd.microseconds - $0.gapStart.microseconds } ?? 0
        #expect(gap <= 60_000_000)
    }
}
