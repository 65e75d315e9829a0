import Almanac
import BellmanTransport
import Synchronization

/// The clock that the dispatcher is given: it notes when it was last looked at, which is at every turn, and goes on from
/// the last good instant while the machine's clock is not believed.
final class PulseClock: WallClock, Sleeper {
    private struct State {
        var turnedAt: Int64
        /// While the machine's clock is not believed: an instant, and when it was (microseconds since the start).
        var own: (instant: Instant, sinceBoot: Int64)?
    }

    private let clock: SystemClock
    private let state: Mutex<State>

    init(_ clock: SystemClock) {
        self.clock = clock
        state = Mutex(State(turnedAt: clock.monotonicMicroseconds()))
    }

    func now() -> Instant {
        let turn = clock.monotonicMicroseconds()
        state.withLock { $0.turnedAt = turn }
        return present
    }

    /// The same without counting as a turn.
    var present: Instant {
        guard let own = state.withLock({ $0.own }) else { return clock.now() }
        return own.instant.adding(microseconds: clock.bootMicroseconds() - own.sinceBoot)
    }

    /// Goes by its own time from that instant on.
    func hold(at instant: Instant) {
        let boot = clock.bootMicroseconds()
        state.withLock { if $0.own == nil { $0.own = (instant, boot) } }
    }

    /// Goes by the machine's clock again.
    func release() { state.withLock { $0.own = nil } }

    var isHeld: Bool { state.withLock { $0.own != nil } }

    /// By this clock's own time; may return earlier.
    func sleep(until instant: Instant) async throws {
        try await clock.sleep(until: clock.now().adding(microseconds: instant.microseconds(since: present)))
    }

    /// Microseconds since the last turn.
    var sinceTurn: Int64 { clock.monotonicMicroseconds() - state.withLock { $0.turnedAt } }
}
