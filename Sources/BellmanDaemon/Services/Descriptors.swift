import Glibc

/// How many files, sockets and timers the process may have open.
public enum Descriptors {
    /// The store, its readers, the server's threads and a delivery or two; with fewer, libraries below us end the process
    /// in the middle of its work.
    public static let least = 64
    /// Many receivers and many open pages; more would only make a leak last longer.
    static let wanted: rlim_t = 4_096

    /// Takes what the system allows up to `wanted`, and says how many there are now.
    public static func ensure() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return least }
        let aim = min(wanted, limit.rlim_max)
        if limit.rlim_cur < aim {
            var more = rlimit(rlim_cur: aim, rlim_max: limit.rlim_max)
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &more) == 0 { return Int(clamping: aim) }
        }
        return Int(clamping: limit.rlim_cur)
    }
}
