import Synchronization

/// Where wake-ups and answers of the transports meet: any thread posts, one task takes.
final class EventBox: Sendable {
    private struct State {
        var events: [DispatcherEvent] = []
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func post(_ event: DispatcherEvent) {
        let waiter = state.withLock { state in
            state.events.append(event)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Everything that came since the last call; waits while there is nothing.
    func take() async -> [DispatcherEvent] {
        await withCheckedContinuation { continuation in
            let ready = state.withLock { state in
                if state.events.isEmpty {
                    state.waiter = continuation
                    return false
                }
                return true
            }
            if ready { continuation.resume() }
        }
        return takePresent()
    }

    /// Everything that came since the last call, without waiting.
    func takePresent() -> [DispatcherEvent] {
        state.withLock { state in
            defer { state.events = [] }
            return state.events
        }
    }
}
