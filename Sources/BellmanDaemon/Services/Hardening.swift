import CLinux
import Glibc

/// What the daemon forbids itself before it opens anything, under systemd or not.
enum Hardening {
    /// New files for their owner alone; no core file; no process of the same user may look into the memory, where the
    /// channels' secrets are.
    static func apply() {
        umask(0o077)
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        _ = bellman_forbid_dumps()
    }
}
