import Almanac
import BellmanTransport
import Synchronization

/// Time that a test moves. The handshake: await `nextAlarm()` until the code has set its timer, then `advance`.
public final class ManualClock: WallClock, Sleeper {
    private struct Alarm {
        let id: Int
        let at: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now: Instant
        var nextID = 0
        var alarms: [Alarm] = []
        var cancelled: Set<Int> = []
        var watchers: [CheckedContinuation<Instant, Never>] = []
    }

    private let state: Mutex<State>

    public init(_ now: Instant) { state = Mutex(State(now: now)) }

    public func now() -> Instant { state.withLock { $0.now } }

    public func sleep(until instant: Instant) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                set(Alarm(id: id, at: instant, continuation: continuation))
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func set(_ alarm: Alarm) {
        enum Result {
            case passed, cancelled
            case set([CheckedContinuation<Instant, Never>])
        }
        let result = state.withLock { state -> Result in
            if state.cancelled.remove(alarm.id) != nil { return .cancelled }
            if alarm.at <= state.now { return .passed }
            state.alarms.append(alarm)
            defer { state.watchers = [] }
            return .set(state.watchers)
        }
        switch result {
        case .passed: alarm.continuation.resume()
        case .cancelled: alarm.continuation.resume(throwing: CancellationError())
        case .set(let watchers): for watcher in watchers { watcher.resume(returning: alarm.at) }
        }
    }

    private func cancel(_ id: Int) {
        let alarm = state.withLock { state -> Alarm? in
            guard let index = state.alarms.firstIndex(where: { $0.id == id }) else {
                state.cancelled.insert(id)
                return nil
            }
            return state.alarms.remove(at: index)
        }
        alarm?.continuation.resume(throwing: CancellationError())
    }

    /// The earliest alarm that is set; waits until there is one.
    public func nextAlarm() async -> Instant {
        await withCheckedContinuation { continuation in
            let at = state.withLock { state -> Instant? in
                if let first = state.alarms.map(\.at).min() { return first }
                state.watchers.append(continuation)
                return nil
            }
            if let at { continuation.resume(returning: at) }
        }
    }

    /// Moves time and rings the alarms that are due.
    public func advance(to instant: Instant) {
        let due = state.withLock { state in
            state.now = max(state.now, instant)
            let due = state.alarms.filter { $0.at <= state.now }
            state.alarms.removeAll { $0.at <= state.now }
            return due
        }
        for alarm in due { alarm.continuation.resume() }
    }

    public func advance(seconds: Int64) { advance(to: now().adding(seconds: seconds)) }
}
