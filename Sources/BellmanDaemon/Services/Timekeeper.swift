import Almanac
import BellmanTransport
import CLinux
import Glibc
import Synchronization

/// Wakes everybody who waits for an instant, from one thread that blocks in the kernel.
///
/// The wall-clock timer is absolute and is cancelled when the clock is set or the machine resumes (timerfd_create(2),
/// TFD_TIMER_CANCEL_ON_SET): then all wake and look again. A second timer, on the time since the start, bounds every
/// wait, so nothing depends on the first one alone.
final class Timekeeper: Sendable {
    /// Nil where the system gives no such timers or no thread.
    static let shared = Timekeeper(clock: SystemClock())

    private struct Sleeper {
        let until: Instant
        /// Since the machine started, microseconds.
        let bound: Int64
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var sleepers: [UInt64: Sleeper] = [:]
        var lastID: UInt64 = 0
        /// The kernel's wall clock and the one that this process is shown agree.
        var trustsWall = true
        var armedFor: (until: Instant, bound: Int64)?
    }

    private let clock: SystemClock
    private let wall: Int32
    private let boot: Int32
    private let state = Mutex(State())

    /// The bound lies this far behind the instant, so that it does not wake a second time. Microseconds.
    private static let boundSlack: Int64 = 20_000
    /// Keeps the cancelling in force while the wall timer's own time is of no use: 100 years from now, whenever that is,
    /// microseconds. It must never lie in the past, where the timer would ring without end.
    private static let farAway: Int64 = 100 * 366 * 86_400_000_000

    /// What the wall timer is set to: the instant that somebody waits for, where that is of use; above 0.
    static func target(_ until: Instant?, now: Instant) -> Int64 {
        let far = now.adding(microseconds: farAway)
        return max(min(until ?? far, far).microseconds, 1)
    }

    init?(clock: SystemClock) {
        self.clock = clock
        wall = bellman_wall_timer()
        boot = bellman_boot_timer()
        guard wall >= 0, boot >= 0, WorkerThread.start({ [self] in keep() }) else {
            for timer in [wall, boot] where timer >= 0 { close(timer) }
            return nil
        }
    }

    /// Until the instant, a minute, or a set clock, whichever comes first; throws when the task is cancelled.
    func sleep(until instant: Instant) async throws {
        let id = state.withLock { state -> UInt64 in
            state.lastID += 1
            return state.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let (boot, now) = (clock.bootMicroseconds(), clock.now())
                let left = min(max(instant.microseconds - now.microseconds, 0), SystemClock.longestWait)
                let bound = boot + min(left + Timekeeper.boundSlack, SystemClock.longestWait)
                state.withLock { state in
                    state.sleepers[id] = Sleeper(until: instant, bound: bound, continuation: continuation)
                }
                if Task.isCancelled { return cancel(id) }
                arm()
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func cancel(_ id: UInt64) {
        state.withLock { $0.sleepers.removeValue(forKey: id) }?.continuation.resume(throwing: CancellationError())
    }

    /// Runs for the life of the process.
    private func keep() {
        while true {
            var polls = [
                pollfd(fd: wall, events: Int16(POLLIN), revents: 0),
                pollfd(fd: boot, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&polls, 2, -1) > 0 else { continue }
            let answer = Int(bellman_timer_read(wall))
            _ = bellman_timer_read(boot)
            wake(all: answer == BELLMAN_TIMER_CLOCK_SET, wallRang: answer == BELLMAN_TIMER_DUE)
            arm()
        }
    }

    /// Who sleeps now.
    var sleeping: Int { state.withLock { $0.sleepers.count } }

    /// Wakes whoever is due; all of them when the clock was set.
    func wake(all: Bool, wallRang: Bool) {
        let (now, boot) = (clock.now(), clock.bootMicroseconds())
        let due = state.withLock { state -> [Sleeper] in
            let due = state.sleepers.filter { all || $0.value.until <= now || $0.value.bound <= boot }
            for id in due.keys { state.sleepers[id] = nil }
            // A timer that rings before its time goes by another clock (a shifted one, in tests): by the bound, then.
            if wallRang, due.isEmpty, let armed = state.armedFor, armed.until > now { state.trustsWall = false }
            if all { state.trustsWall = true }
            state.armedFor = nil
            return Array(due.values)
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    /// Sets both timers for the earliest sleeper; leaves them where they are set for it already.
    private func arm() {
        let isSet = state.withLock { state -> Bool in
            guard let until = state.sleepers.values.map(\.until).min(),
                let bound = state.sleepers.values.map(\.bound).min()
            else {
                state.armedFor = nil
                _ = bellman_timer_in(boot, 0)
                _ = bellman_timer_at(wall, Timekeeper.target(nil, now: clock.now()))
                return false
            }
            if let armed = state.armedFor, armed == (until, bound) { return false }
            state.armedFor = (until, bound)
            let left = max(bound - clock.bootMicroseconds(), 1)
            _ = bellman_timer_in(boot, left)
            let target = Timekeeper.target(state.trustsWall ? until : nil, now: clock.now())
            return Int(bellman_timer_at(wall, target)) == BELLMAN_TIMER_CLOCK_SET
        }
        if isSet { wake(all: true, wallRang: false) }
    }
}
