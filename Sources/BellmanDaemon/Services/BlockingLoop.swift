import BellmanTransport
import CLinux
import Glibc
import Synchronization

/// Ends a loop that blocks in `poll`. Such a loop has a thread of its own, and waits without a timeout: an idle daemon
/// wakes for nothing but its minute.
final class StopSignal: Sendable {
    private let flag = Mutex(false)
    private let descriptor: Int32

    init() { descriptor = bellman_event() }

    deinit { if descriptor >= 0 { close(descriptor) } }

    var isSet: Bool { flag.withLock { $0 } }

    func set() {
        flag.withLock { $0 = true }
        var one: UInt64 = 1
        _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// Waits until the descriptor can be read, the time is over (-1: no time) or the signal was set. True when it can
    /// be read. Where no event descriptor is to be had, looks once a second.
    func wait(for other: Int32, milliseconds: Int32) -> Bool {
        var polls = [
            pollfd(fd: other, events: Int16(POLLIN), revents: 0),
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        ]
        let patience = descriptor >= 0 ? milliseconds : 1_000
        guard poll(&polls, 2, patience) > 0 else { return false }
        return polls[0].revents & Int16(POLLIN) != 0
    }

    /// Runs on a thread of its own until the body ends; cancelling the task sets the signal.
    func loop(_ body: @escaping @Sendable (StopSignal) -> Void) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let started = WorkerThread.start {
                    body(self)
                    continuation.resume()
                }
                if !started { continuation.resume() }
            }
        } onCancel: {
            self.set()
        }
    }
}
