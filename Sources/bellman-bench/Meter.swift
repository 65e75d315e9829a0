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

    /// Memory of a process that is in RAM, in megabytes of 2^20 bytes (proc(5), `statm`, second field).
    static func residentMegabytes(of process: String = "self") -> Double {
        let pages = lines("/proc/\(process)/statm").first?.split(separator: " ").dropFirst().first.flatMap {
            Double($0)
        }
        return (pages ?? 0) * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_048_576
    }

    /// Of a small file; none when it cannot be read.
    static func lines(_ path: String) -> [String] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        var lines: [String] = []
        var line = [CChar](repeating: 0, count: 512)
        while fgets(&line, Int32(line.count), file) != nil {
            let bytes = line.prefix { $0 != 0 && $0 != 0x0A }.map(UInt8.init(bitPattern:))
            lines.append(String(decoding: bytes, as: UTF8.self))
        }
        return lines
    }

    static func percentile(_ values: [Double], _ percent: Int) -> Double {
        values.isEmpty ? 0 : values.sorted()[min(values.count - 1, values.count * percent / 100)]
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

    static func wallMicroseconds() -> Double { microseconds(of: CLOCK_MONOTONIC) }

    /// Since 1970.
    static func realMicroseconds() -> Double { microseconds(of: CLOCK_REALTIME) }

    private static func microseconds(of clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) * 1_000_000 + Double(time.tv_nsec) / 1_000
    }
}
