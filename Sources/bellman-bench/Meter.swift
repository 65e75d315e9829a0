import Glibc

/// What a piece of work cost.
struct Cost {
    /// User and system time of this process, all threads.
    let cpuMicroseconds: Double
    let wallMicroseconds: Double
}

/// Measures by the kernel's own counts and writes the figures down.
enum Meter {
    static func measure<T>(_ work: () throws -> T) rethrows -> (T, Cost) {
        let (cpu, wall) = (cpuMicroseconds(), wallMicroseconds())
        let result = try work()
        return (result, Cost(cpuMicroseconds: cpuMicroseconds() - cpu, wallMicroseconds: wallMicroseconds() - wall))
    }

    static func measureAwaiting<T>(_ work: () async throws -> T) async rethrows -> (T, Cost) {
        let (cpu, wall) = (cpuMicroseconds(), wallMicroseconds())
        let result = try await work()
        return (result, Cost(cpuMicroseconds: cpuMicroseconds() - cpu, wallMicroseconds: wallMicroseconds() - wall))
    }

    /// Of an even number the upper of the two in the middle; 0 of none.
    static func median(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.sorted()[values.count / 2]
    }

    /// Memory of this process that is in RAM, in megabytes of 2^20 bytes (proc(5), `statm`, second field).
    static func residentMegabytes() -> Double {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
        let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0
        return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_048_576
    }

    /// The most that was in RAM so far (getrusage(2), `ru_maxrss` in kilobytes).
    static func peakMegabytes() -> Double { Double(usage().ru_maxrss) / 1_024 }

    /// One line a figure: `name value unit`.
    static func report(_ name: String, _ value: Double, _ unit: String) {
        let line = Array("\(name) \(rounded(value)) \(unit)\n".utf8)
        _ = write(STDOUT_FILENO, line, line.count)
    }

    /// Three figures that count; a whole number as it is.
    private static func rounded(_ value: Double) -> String {
        if value == value.rounded() || value.magnitude >= 100 { return String(Int64(value.rounded())) }
        let scale = value.magnitude >= 10 ? 10.0 : value.magnitude >= 1 ? 100.0 : 1_000.0
        return String((value * scale).rounded() / scale)
    }

    private static func usage() -> rusage {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage
    }

    private static func cpuMicroseconds() -> Double {
        let usage = usage()
        return microseconds(usage.ru_utime) + microseconds(usage.ru_stime)
    }

    private static func microseconds(_ time: timeval) -> Double {
        Double(time.tv_sec) * 1_000_000 + Double(time.tv_usec)
    }

    private static func wallMicroseconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) * 1_000_000 + Double(time.tv_nsec) / 1_000
    }
}
