import Almanac
import BellmanTransport
import Synchronization

/// Time as it goes on by itself from the last reading that the guard vouched for. Pure: readings of the wall clock and
/// of the time since the start (microseconds) come in.
struct PulseTime: Sendable, Hashable {
    private struct Anchor: Hashable {
        let wall: Instant
        let sinceBoot: Int64
    }

    private var anchor: Anchor?
    /// The guard does not believe the clock, whatever it says.
    private(set) var isHeld = false

    /// What the clock would say had nobody set it since it was vouched for; nil before that.
    private func own(_ sinceBoot: Int64) -> Instant? {
        anchor.map { $0.wall.adding(microseconds: sinceBoot - $0.sinceBoot) }
    }

    /// The wall clock, unless it was set and nobody has judged that yet, or it was judged to be wrong.
    func present(wall: Instant, sinceBoot: Int64) -> Instant {
        guard let own = own(sinceBoot) else { return wall }
        return isHeld || step(wall: wall, sinceBoot: sinceBoot) != 0 ? own : wall
    }

    /// How far the wall clock is ahead of the own time (or behind, below 0), microseconds; 0 up to the guard's limit.
    func step(wall: Instant, sinceBoot: Int64) -> Int64 {
        guard let own = own(sinceBoot) else { return 0 }
        let step = wall.microseconds(since: own)
        return abs(step) > ClockGuard.jumpLimit ? step : 0
    }

    /// The wall clock was vouched for, and was not set since.
    func isSettled(wall: Instant, sinceBoot: Int64) -> Bool {
        anchor != nil && !isHeld && step(wall: wall, sinceBoot: sinceBoot) == 0
    }

    /// Where nothing was vouched for yet, counts from that instant.
    mutating func assume(_ instant: Instant, sinceBoot: Int64) {
        if anchor == nil { anchor = Anchor(wall: instant, sinceBoot: sinceBoot) }
    }

    mutating func hold(at instant: Instant, sinceBoot: Int64) {
        assume(instant, sinceBoot: sinceBoot)
        isHeld = true
    }

    /// The reading is right, and everything that follows from it is written.
    mutating func vouch(wall: Instant, sinceBoot: Int64) {
        anchor = Anchor(wall: wall, sinceBoot: sinceBoot)
        isHeld = false
    }
}

/// The clock that the dispatcher is given: it notes when it was last looked at, which is at every turn. A clock that was
/// set is noticed here, before anybody goes by it: until the guard has judged the step, and while the machine's clock is
/// not believed, it goes on from the last good instant.
final class PulseClock: WallClock, Sleeper {
    private struct State {
        var turnedAt: Int64
        var time = PulseTime()
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
        state.withLock { $0.time.present(wall: clock.now(), sinceBoot: clock.bootMicroseconds()) }
    }

    /// Goes by its own time: on from where it is, or from that instant where nothing was vouched for yet.
    func hold(at instant: Instant) {
        state.withLock { $0.time.hold(at: instant, sinceBoot: clock.bootMicroseconds()) }
    }

    /// Where nothing was vouched for yet: at that reading the time was this one.
    func assume(_ instant: Instant, at reading: ClockGuard.Reading) {
        state.withLock { $0.time.assume(instant, sinceBoot: reading.sinceBoot) }
    }

    /// Goes by the machine's clock again.
    func vouch(_ reading: ClockGuard.Reading) {
        state.withLock { $0.time.vouch(wall: reading.wall, sinceBoot: reading.sinceBoot) }
    }

    /// Microseconds by which the reading is ahead of the own time; 0 where that is too little to tell.
    func step(_ reading: ClockGuard.Reading) -> Int64 {
        state.withLock { $0.time.step(wall: reading.wall, sinceBoot: reading.sinceBoot) }
    }

    func isSettled(_ reading: ClockGuard.Reading) -> Bool {
        state.withLock { $0.time.isSettled(wall: reading.wall, sinceBoot: reading.sinceBoot) }
    }

    var isHeld: Bool { state.withLock { $0.time.isHeld } }

    /// By this clock's own time; may return earlier.
    func sleep(until instant: Instant) async throws {
        try await clock.sleep(until: clock.now().adding(microseconds: instant.microseconds(since: present)))
    }

    /// Microseconds since the last turn.
    var sinceTurn: Int64 { clock.monotonicMicroseconds() - state.withLock { $0.turnedAt } }
}
