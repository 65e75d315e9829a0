import BellmanModel
import Synchronization

/// Remembers what was promised before the power went: the state of the store after the last write that returned, and
/// the messages that left.
final class Witness: Sendable {
    private struct State {
        var reader: StoreReader?
        var promised: UInt64?
        var left: Set<String> = []
        var commits = 0
        var sends = 0
        var unread = 0
    }

    private let state = Mutex(State())

    /// The state that was promised; nil before the store was first open.
    var promised: UInt64? { state.withLock { $0.promised } }
    var commits: Int { state.withLock { $0.commits } }
    var sends: Int { state.withLock { $0.sends } }
    /// States that could not be read though the power was on.
    var unread: Int { state.withLock { $0.unread } }

    func watch(_ path: String) {
        let reader = StoreReader(path: path)
        state.withLock { $0.reader = reader }
        committed()
    }

    /// The connection goes before the files do.
    func lookAway() { state.withLock { $0.reader = nil } }

    /// A write returned to its caller: from now on it is promised.
    func committed() {
        state.withLock { state in
            guard !PowerStage.isOff else { return }
            state.commits += 1
            if let digest = state.reader?.digest { state.promised = digest } else { state.unread += 1 }
        }
    }

    /// Messages that left since this was last asked, by the id that their receiver knows.
    func takeLeft() -> Set<String> {
        state.withLock { state in
            defer { state.left = [] }
            return state.left
        }
    }

    /// What was found after a loss is the state to start from.
    func adopt(_ digest: UInt64) { state.withLock { $0.promised = digest } }

    /// A message goes out, and the power perhaps with it. False when the power was off before.
    func leaves(_ id: String) -> Bool {
        state.withLock { state in
            guard !PowerStage.isOff else { return false }
            state.left.insert(id)
            state.sends += 1
            return true
        }
    }
}
