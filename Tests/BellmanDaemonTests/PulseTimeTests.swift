import Almanac
import Testing

@testable import BellmanDaemon

/// Delivery's time: what a set clock says is not gone by until the guard has judged it.
@Suite struct PulseTimeTests {
    private static let start = Instant(seconds: 1_804_000_000)
    private static let year: Int64 = 365 * 86_400

    /// Vouched for at `start`, when the machine was up for 1,000 seconds.
    private static var vouched: PulseTime {
        var time = PulseTime()
        time.vouch(wall: start, sinceBoot: 1_000_000_000)
        return time
    }

    private static func boot(_ seconds: Int64) -> Int64 { (1_000 + seconds) * 1_000_000 }
    private static func wall(_ seconds: Int64) -> Instant { start.adding(seconds: seconds) }

    static let steps: [Int64] = [75 * year, 400 * 86_400, 3_600, 301, -301, -7_200, -20 * year]

    @Test(arguments: steps)
    func aStepIsNotGoneByBeforeItIsJudged(set: Int64) {
        var time = PulseTimeTests.vouched
        let (now, boot) = (PulseTimeTests.wall(60 + set), PulseTimeTests.boot(60))
        #expect(time.present(wall: now, sinceBoot: boot) == PulseTimeTests.wall(60))
        #expect(time.step(wall: now, sinceBoot: boot) == set * 1_000_000)
        #expect(!time.isSettled(wall: now, sinceBoot: boot) && !time.isHeld)
        // Asking changes nothing: a store that refuses to write loses no step.
        #expect(time.step(wall: now.adding(seconds: 5), sinceBoot: PulseTimeTests.boot(65)) == set * 1_000_000)
        time.vouch(wall: now, sinceBoot: boot)
        #expect(time.present(wall: now, sinceBoot: boot) == now && time.isSettled(wall: now, sinceBoot: boot))
    }

    @Test(arguments: [Int64(0), 299, -299]) func whatTimeDaemonsDoIsNoStep(set: Int64) {
        let time = PulseTimeTests.vouched
        let (now, boot) = (PulseTimeTests.wall(60 + set), PulseTimeTests.boot(60))
        #expect(time.present(wall: now, sinceBoot: boot) == now)
        #expect(time.step(wall: now, sinceBoot: boot) == 0 && time.isSettled(wall: now, sinceBoot: boot))
    }

    @Test func sleepIsNoStep() {
        let now = PulseTimeTests.wall(86_400)
        #expect(PulseTimeTests.vouched.present(wall: now, sinceBoot: PulseTimeTests.boot(86_400)) == now)
    }

    @Test func heldItGoesOnFromWhatWasVouchedFor() {
        var time = PulseTimeTests.vouched
        time.hold(at: Instant(seconds: 5), sinceBoot: PulseTimeTests.boot(30))
        for set: Int64 in [0, 75 * PulseTimeTests.year] {
            let now = PulseTimeTests.wall(90 + set)
            #expect(time.present(wall: now, sinceBoot: PulseTimeTests.boot(90)) == PulseTimeTests.wall(90))
            #expect(!time.isSettled(wall: now, sinceBoot: PulseTimeTests.boot(90)))
        }
    }

    @Test func atAStartItCountsFromWhatTheStoreKnows() {
        var time = PulseTime()
        let wall = Instant(seconds: 946_684_800)
        #expect(time.present(wall: wall, sinceBoot: 0) == wall && !time.isSettled(wall: wall, sinceBoot: 0))
        time.assume(PulseTimeTests.start, sinceBoot: 0)
        #expect(time.present(wall: wall, sinceBoot: 7_000_000) == PulseTimeTests.start.adding(seconds: 7))
        #expect(time.step(wall: wall, sinceBoot: 0) == wall.microseconds(since: PulseTimeTests.start))
        // Only the first word counts.
        time.assume(wall, sinceBoot: 0)
        #expect(time.present(wall: wall, sinceBoot: 0) == PulseTimeTests.start)
    }
}

/// What follows from a good clock is owed until it is written.
@Suite struct ClockDebtsTests {
    private struct Busy: Error {}

    private static func verdict(jump: Int64? = nil, ended: Bool = false) -> ClockGuard.Verdict {
        var verdict = ClockGuard.Verdict()
        (verdict.jump, verdict.doubtEnded) = (jump, ended)
        return verdict
    }

    @Test func whatCouldNotBeWrittenIsOwedStill() throws {
        var debts = ClockDebts()
        debts.take(ClockDebtsTests.verdict(jump: 3_600_000_000, ended: true))
        #expect(throws: Busy.self) { try debts.pay(jumped: { _ in throw Busy() }, ended: {}) }
        debts.take(ClockDebtsTests.verdict())
        var told: [Int64] = []
        #expect(throws: Busy.self) { try debts.pay(jumped: { told.append($0) }, ended: { throw Busy() }) }
        var ends = 0
        for _ in 0..<2 { try debts.pay(jumped: { told.append($0) }, ended: { ends += 1 }) }
        #expect(told == [3_600_000_000] && ends == 1)
        #expect(debts == ClockDebts())
    }

    @Test func stepsAddUpAndANewDoubtOwesNothing() throws {
        var debts = ClockDebts()
        debts.take(ClockDebtsTests.verdict(jump: 3_600_000_000))
        debts.take(ClockDebtsTests.verdict(jump: -3_600_000_000))
        var told = 0
        try debts.pay(jumped: { _ in told += 1 }, ended: {})
        #expect(told == 0)
        debts.take(ClockDebtsTests.verdict(jump: 3_600_000_000, ended: true))
        var doubt = ClockDebtsTests.verdict()
        doubt.doubt = .beforeRelease(.earliest)
        debts.take(doubt)
        #expect(debts == ClockDebts())
    }
}

@Suite struct DailyLookTests {
    @Test func onceADayAndAgainWhenSomethingChanged() throws {
        let day = try #require(CivilDate(iso: "2027-10-01"))
        var look = DailyLook()
        let first = try #require(look.ticket(day))
        // A look that failed is to be done again.
        #expect(look.ticket(day) == first)
        look.done(first)
        #expect(look.ticket(day) == nil && look.ticket(day.adding(days: 1)) != nil)
        look.again()
        let second = try #require(look.ticket(day))
        // Rules changed while it was under way.
        look.again()
        look.done(second)
        #expect(look.ticket(day) != nil)
    }
}
