import Glibc

/// The kernel's part: limits, clocks, threads, processes.
enum System {
    /// Of a dispatch worker or any thread that is not the first.
    static let stackSize = 512 * 1_024
    /// Address space of a worker: what runs away fails instead of filling the machine.
    static let memoryLimit: rlim_t = 1 << 30
    /// CPU seconds one input may take.
    static let secondsPerInput = 2

    static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    static func limitMemory() {
        var limit = rlimit(rlim_cur: memoryLimit, rlim_max: memoryLimit)
        setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    }

    /// SIGPROF ends the process unless the next input begins before so much CPU time is spent.
    static func armWatchdog() {
        var timer = itimerval()
        timer.it_value.tv_sec = secondsPerInput
        setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
    }

    private final class Work {
        let body: () -> Void
        init(_ body: @escaping () -> Void) { self.body = body }
    }

    /// Runs on a thread with as little stack as any thread of the daemon has, and waits.
    static func onSmallStack(_ body: @escaping () -> Void) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, stackSize)
        var thread = pthread_t()
        let work = Unmanaged.passRetained(Work(body))
        let code = pthread_create(
            &thread, &attributes,
            { argument in
                if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
                return nil
            }, work.toOpaque())
        if code == 0 { pthread_join(thread, nil) } else { work.release() }
    }

    struct Ending {
        /// Exit code, or the negative number of the signal.
        let code: Int32
        let cpuSeconds: Double
        let peakMegabytes: Double

        var words: String {
            switch code {
            case 0: "ended well"
            case -SIGPROF, -SIGVTALRM: "hang: more than \(System.secondsPerInput) s of CPU"
            case Worker.violationCode: "broken promise"
            case ..<0: "crash by signal \(-code)"
            default: "crash with code \(code)"
            }
        }
    }

    /// Starts this program again with other words and waits; its output goes to `log`.
    static func run(_ words: [String], log: String) -> Ending? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, descriptor, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        }
        var arguments = ([CommandLine.arguments[0]] + words).map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        let given: [String] = ["SWIFT_BACKTRACE=enable=no", "TZ=UTC"]
        var variables = given.map { strdup($0) } + [nil]
        defer { for variable in variables { free(variable) } }
        var pid: pid_t = 0
        guard posix_spawn(&pid, "/proc/self/exe", &actions, nil, &arguments, &variables) == 0 else { return nil }
        var status: Int32 = 0
        var usage = rusage()
        while wait4(pid, &status, 0, &usage) < 0, errno == EINTR {}
        let signal = status & 0x7F
        let cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime)
        return Ending(
            code: signal == 0 ? status >> 8 & 0xFF : -signal, cpuSeconds: cpu,
            peakMegabytes: Double(usage.ru_maxrss) / 1_024)
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

    static func say(_ text: String) {
        let line = Array((text + "\n").utf8)
        _ = write(STDOUT_FILENO, line, line.count)
    }
}
