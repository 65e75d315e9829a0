import Almanac
import Synchronization

/// Counts wrong tokens by source. Past the limit a wrong token gets 429 instead of 401; a right one still passes, so
/// that nobody can lock out others who share an address (a proxy).
final class FailureThrottle: Sendable {
    static let limit = 10
    static let windowSeconds = 60
    static let mostSources = 4096

    private struct Window {
        var start: Instant
        var count: Int
    }

    private let windows = Mutex<[String: Window]>([:])

    /// True when this failure is past the limit.
    func failed(source: String, now: Instant) -> Bool {
        windows.withLock { windows in
            if windows.count >= FailureThrottle.mostSources, windows[source] == nil { windows = [:] }
            var window = windows[source] ?? Window(start: now, count: 0)
            if now >= window.start.adding(seconds: FailureThrottle.windowSeconds) {
                window = Window(start: now, count: 0)
            }
            window.count += 1
            windows[source] = window
            return window.count > FailureThrottle.limit
        }
    }
}
