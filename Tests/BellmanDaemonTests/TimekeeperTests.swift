import Almanac
import Synchronization
import Testing

@testable import BellmanDaemon

/// The kernel's own timers; nothing here waits longer than it must, and no time is asserted but "not before".
@Suite struct TimekeeperTests {
    private func keeper() throws -> Timekeeper { try #require(Timekeeper(clock: SystemClock())) }

    @Test func wakesAtTheInstantAndNotBefore() async throws {
        let (keeper, clock) = (try keeper(), SystemClock())
        for wait: Int64 in [0, 1, 500, 3_000, 20_000] {
            let target = clock.now().adding(microseconds: wait)
            try await keeper.sleep(until: target)
            #expect(clock.now() >= target)
        }
    }

    @Test func thePastIsNoWait() async throws {
        try await keeper().sleep(until: Instant(seconds: 0))
        try await SystemClock().sleep(until: .earliest)
    }

    @Test func aCancelledSleeperWakes() async throws {
        let keeper = try keeper()
        let sleeper = Task { try await keeper.sleep(until: .latest) }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        // Cancelled before it slept.
        let early = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await keeper.sleep(until: .latest)
        }
        await #expect(throws: CancellationError.self) { try await early.value }
    }

    @Test func manySleepersWakeEachInTime() async throws {
        let (keeper, clock) = (try keeper(), SystemClock())
        let start = clock.now()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in (0..<200).reversed() {
                group.addTask {
                    let target = start.adding(microseconds: Int64(index) * 150)
                    try await keeper.sleep(until: target)
                    return clock.now() >= target
                }
            }
            for try await inTime in group { #expect(inTime) }
        }
    }

    /// Somebody who sleeps for long does not hold back one who came later and sleeps shortly.
    @Test func anEarlierSleeperOvertakes() async throws {
        let (keeper, clock) = (try keeper(), SystemClock())
        let long = Task { try await keeper.sleep(until: .latest) }
        try await keeper.sleep(until: clock.now().adding(microseconds: 2_000))
        long.cancel()
        await #expect(throws: CancellationError.self) { try await long.value }
    }

    /// The kernel says that the clock was set: whoever sleeps looks again, however far away the instant is.
    @Test func aSetClockWakesAll() async throws {
        let keeper = try keeper()
        let sleepers = (0..<3).map { _ in Task { try await keeper.sleep(until: .latest) } }
        while keeper.sleeping < 3 { await Task.yield() }
        keeper.wake(all: false, wallRang: false)
        #expect(keeper.sleeping == 3)
        keeper.wake(all: true, wallRang: false)
        for sleeper in sleepers { try await sleeper.value }
        #expect(keeper.sleeping == 0)
    }

    /// Where the kernel's clock and the one that the process is shown differ, the bound goes on waking in time.
    @Test func aTimerThatRangTooEarlyIsNotTrustedAndNotNeeded() async throws {
        let (keeper, clock) = (try keeper(), SystemClock())
        let long = Task { try await keeper.sleep(until: .latest) }
        while keeper.sleeping < 1 { await Task.yield() }
        keeper.wake(all: false, wallRang: true)
        let target = clock.now().adding(microseconds: 2_000)
        try await keeper.sleep(until: target)
        #expect(clock.now() >= target)
        long.cancel()
        await #expect(throws: CancellationError.self) { try await long.value }
    }

    /// A timer in the past rings without end; one for a far instant must still be there to be cancelled.
    @Test(arguments: ["2027-03-01T00:00:00Z", "2199-12-31T00:00:00Z", "2201-01-01T00:00:00Z", "9000-01-01T00:00:00Z"])
    func whatTheTimerIsSetToIsNeverInThePast(text: String) throws {
        let now = try #require(Instant(iso: text))
        #expect(Timekeeper.target(nil, now: now) > now.microseconds)
        #expect(Timekeeper.target(.latest, now: now) > now.microseconds)
        let soon = now.adding(seconds: 60)
        #expect(Timekeeper.target(soon, now: now) == soon.microseconds)
        #expect(Timekeeper.target(.earliest, now: now) == 1)
    }

    @Test func anAlarmIsRungByOthers() async {
        let alarm = Alarm(clock: SystemClock())
        alarm.ring()
        await alarm.wait(until: .latest)
        let waiter = Task { await alarm.wait(until: .latest) }
        alarm.ring()
        await waiter.value
    }
}

@Suite struct PulseClockTests {
    @Test func heldItGoesOnByItsOwnTime() async throws {
        let pulse = PulseClock(SystemClock())
        let base = Instant(seconds: 1_000)
        pulse.hold(at: base)
        let first = pulse.now()
        #expect(first >= base && first < base.adding(seconds: 600))
        // A second doubt does not set it back.
        pulse.hold(at: Instant(seconds: 0))
        #expect(pulse.present >= first)
        // Waiting is by that time too, also where the machine's clock is far from it.
        let target = pulse.present.adding(microseconds: 2_000)
        try await pulse.sleep(until: target)
        #expect(pulse.present >= target)
        #expect(!pulse.isSettled(SystemClock().reading()))
        pulse.vouch(SystemClock().reading())
        #expect(!pulse.isHeld && pulse.present > Instant(seconds: 1_000_000_000))
        #expect(pulse.isSettled(SystemClock().reading()) && pulse.step(SystemClock().reading()) == 0)
    }
}
