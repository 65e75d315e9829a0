import Almanac
import BellmanTransport
import Synchronization

/// Work that may end by itself after a stop, but not for ever: exchanges with receivers that are under way.
struct Grace: Sendable {
    /// HTTP exchanges end within 30 seconds; a mail transaction that takes longer is left to the next start, which
    /// gives its notice back.
    static let seconds: Int64 = 35

    enum End: Sendable, Hashable { case finished, abandoned }

    let clock: any WallClock
    let sleeper: any Sleeper

    /// Runs `work` until it ends. When this task is cancelled, `work` is cancelled too and has `seconds` left.
    func run(_ work: @escaping @Sendable () async -> Void) async -> End {
        let first = FirstWord()
        let task = Task {
            await work()
            first.say(.finished)
        }
        return await withTaskCancellationHandler {
            await first.wait()
        } onCancel: {
            task.cancel()
            Task {
                try? await sleeper.sleep(until: clock.now().adding(seconds: Grace.seconds))
                first.say(.abandoned)
            }
        }
    }

    private final class FirstWord: Sendable {
        private struct State {
            var end: End?
            var waiter: CheckedContinuation<End, Never>?
        }
        private let state = Mutex(State())

        func say(_ end: End) {
            let waiter = state.withLock { state -> CheckedContinuation<End, Never>? in
                if state.end == nil { state.end = end }
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume(returning: end)
        }

        func wait() async -> End {
            await withCheckedContinuation { continuation in
                let end = state.withLock { state -> End? in
                    if state.end == nil { state.waiter = continuation }
                    return state.end
                }
                if let end { continuation.resume(returning: end) }
            }
        }
    }
}
