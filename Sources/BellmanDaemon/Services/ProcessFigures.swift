import Glibc

/// What the kernel says of this process, by the names that Prometheus' client libraries give these figures.
enum ProcessFigures {
    /// Bytes of memory that are resident.
    static var residentBytes: Int {
        guard case .success(let bytes) = TextFile.read("/proc/self/statm", limit: 4_096) else { return 0 }
        let words = String(decoding: bytes, as: UTF8.self).split(separator: " ")
        return words.count > 1 ? (Int(words[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE)) : 0
    }

    /// User and system time together, seconds.
    static var cpuSeconds: Double {
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }

    /// Open file descriptors, without the one that is needed to count them.
    static var openDescriptors: Int {
        guard let folder = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(folder) }
        var count = -1
        while let entry = readdir(folder) {
            if entry.pointee.d_type == UInt8(DT_LNK) { count += 1 }
        }
        return max(0, count)
    }

    static var mostDescriptors: Int {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return Int(clamping: limit.rlim_cur)
    }
}
