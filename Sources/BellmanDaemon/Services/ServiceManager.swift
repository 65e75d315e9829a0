import Almanac
import BellmanTransport
import Glibc
import Synchronization

/// What the daemon tells the service manager that started it (`Type=notify`). Without one, every call does nothing.
public final class ServiceManager: Sendable {
    private struct State {
        var ticked = false
        var listening = false
        var isReady = false
        var isStopping = false
        var watchdog: Watchdog?
        var toldAt: Int64?
    }

    /// One wait of a start that takes long, and the time that each message asks for, microseconds.
    static let extensionPause: Int64 = 10_000_000
    static let extensionAsked: Int64 = 30_000_000
    /// A start that takes longer than this is not excused any more: one hour.
    static let longestStart: Int64 = 3_600_000_000
    /// Status is told this often without a watchdog, microseconds.
    private static let statusPause: Int64 = 60_000_000

    private let socket: NotifySocket?
    private let state: Mutex<State>
    /// Monotonic, microseconds.
    private let monotonic: @Sendable () -> Int64

    init(environment: [String: String], process: Int32, monotonic: @escaping @Sendable () -> Int64) {
        socket = NotifySocket(environment["NOTIFY_SOCKET"])
        let watchdog = socket == nil ? nil : Watchdog(environment: environment, process: process)
        state = Mutex(State(watchdog: watchdog))
        self.monotonic = monotonic
    }

    /// Takes the addresses out of the environment, so that no child speaks in the daemon's name.
    public static func ofProcess() -> ServiceManager {
        let clock = SystemClock()
        let manager = ServiceManager(
            environment: Workshop.processEnvironment, process: getpid(), monotonic: { clock.monotonicMicroseconds() })
        for name in ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"] { unsetenv(name) }
        return manager
    }

    var isPresent: Bool { socket != nil }

    // MARK: start

    /// For a start that has taken `elapsed` microseconds: asks for more time. False when it must not go on so.
    func stillStarting(elapsed: Int64) -> Bool {
        guard state.withLock({ !$0.isReady }), elapsed < ServiceManager.longestStart else { return false }
        socket?.send(["EXTEND_TIMEOUT_USEC=\(ServiceManager.extensionAsked)"])
        return true
    }

    /// Excuses a long start (a migration, an integrity check, a first tick over a large store) from a thread of its
    /// own, since the start may hold every other.
    func excuseLongStart() {
        guard isPresent else { return }
        let began = monotonic()
        _ = WorkerThread.start { [self] in
            repeat {
                _ = poll(nil, 0, Int32(ServiceManager.extensionPause / 1_000))
            } while stillStarting(elapsed: monotonic() - began)
        }
    }

    /// The server takes connections. Ready is told when a tick has finished too.
    func listening(status: String) { reach(status) { $0.listening = true } }

    private func reach(_ status: String, _ milestone: @Sendable (inout State) -> Void) {
        let becameReady = state.withLock { state -> Bool in
            milestone(&state)
            guard state.ticked, state.listening, !state.isReady else { return false }
            state.isReady = true
            state.toldAt = monotonic()
            return true
        }
        if becameReady { socket?.send(["READY=1", "STATUS=\(ServiceManager.line(status))"]) }
    }

    // MARK: running

    /// The instant until which the daemon may rest: the wish, or what the watchdog asks for.
    func rest(until wish: Instant, from now: Instant) -> Instant {
        guard let watchdog = state.withLock({ $0.watchdog }) else { return wish }
        return min(wish, now.adding(microseconds: watchdog.longestRest))
    }

    /// A tick came to its end. Pings where that is due.
    /// - Parameters:
    ///   - status: asked only when something is told.
    ///   - isStuck: asked only when a ping is due; true withholds it.
    func tickFinished(status: () -> String, isStuck: () -> Bool) {
        guard isPresent else { return }
        let now = monotonic()
        let (isFirst, pings, tells) = state.withLock { state -> (Bool, Bool, Bool) in
            let isFirst = !state.ticked
            let pings = state.watchdog?.tickFinished(at: now) ?? false
            let pause = state.watchdog.map { $0.interval / 4 } ?? ServiceManager.statusPause
            let tells = state.isReady && !state.isStopping && now - (state.toldAt ?? 0) >= pause
            if tells { state.toldAt = now }
            return (isFirst, pings, tells)
        }
        var lines = tells ? ["STATUS=\(ServiceManager.line(status()))"] : []
        if pings, !isStuck() { lines.append("WATCHDOG=1") }
        if !lines.isEmpty { socket?.send(lines) }
        if isFirst { reach(status()) { $0.ticked = true } }
    }

    /// Reading everything anew; `READY=1` follows. Synchronised by the monotonic time, as `Type=notify-reload` wants.
    func reloading() { socket?.send(["RELOADING=1", "MONOTONIC_USEC=\(monotonic())"]) }

    func reloaded(status: String) { socket?.send(["READY=1", "STATUS=\(ServiceManager.line(status))"]) }

    func stopping(status: String) {
        let isFirst = state.withLock { state -> Bool in
            defer { state.isStopping = true }
            return !state.isStopping
        }
        if isFirst { socket?.send(["STOPPING=1", "STATUS=\(ServiceManager.line(status))"]) }
    }

    /// One line, so that no text can forge another key.
    private static func line(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }
}
