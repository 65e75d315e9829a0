import Glibc

/// When the service manager is told that the daemon lives. Pings come from finished ticks alone, never from a timer
/// of their own, so a daemon that decides nothing any more falls silent and is started anew.
struct Watchdog: Sendable {
    /// `WATCHDOG_USEC`: silence after which the manager acts, microseconds.
    let interval: Int64
    private var pingedAt: Int64?

    /// - Parameter interval: microseconds.
    init(interval: Int64) { self.interval = interval }

    /// `nil` where no watchdog is set, or it is set for another process (`WATCHDOG_PID`; sd_watchdog_enabled(3)).
    init?(environment: [String: String], process: Int32) {
        guard let interval = environment["WATCHDOG_USEC"].flatMap(Int64.init), interval > 0 else { return nil }
        if let owner = environment["WATCHDOG_PID"], Int32(owner) != process { return nil }
        self.init(interval: interval)
    }

    /// The daemon must tick at least this often, microseconds: half the interval, as sd_notify(3) recommends.
    var longestRest: Int64 { interval / 2 }

    /// A tick finished at the monotonic instant: whether to ping. Ticks that follow each other closely ping once a
    /// quarter of the interval, so the gap between pings stays below three quarters.
    mutating func tickFinished(at now: Int64) -> Bool {
        if let pingedAt, now - pingedAt < interval / 4 { return false }
        pingedAt = now
        return true
    }
}

/// Whether delivery moves: a due notice that nobody has even looked at for minutes means a wedged dispatcher. A slow,
/// resting or refused channel is none: there the dispatcher turns, and waits on purpose.
struct DeliveryWatch: Sendable {
    /// Microseconds.
    static let bound: Int64 = 300_000_000

    /// - Parameters:
    ///   - overdue: for how long the oldest notice has been due, microseconds; `nil` when none is.
    ///   - sinceTurn: for how long the dispatcher has not looked, microseconds.
    static func isStuck(overdue: Int64?, sinceTurn: Int64) -> Bool {
        guard let overdue else { return false }
        return overdue > bound && sinceTurn > bound
    }
}
