import Glibc

/// A program of its own, measured from outside by what the kernel tells of it.
struct Child {
    let pid: pid_t
    private let output: Int32

    /// Standard output comes through a pipe, errors go to `log`.
    static func start(_ words: [String], log: String) throws -> Child {
        var pipe: [Int32] = [0, 0]
        guard Glibc.pipe(&pipe) == 0 else { throw BenchFailure(description: "no pipe") }
        for end in pipe { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, words[0], &actions, nil, &arguments, environ)
        close(pipe[1])
        guard code == 0 else { throw BenchFailure(description: "\(words[0]): \(String(cString: strerror(code)))") }
        return Child(pid: pid, output: pipe[0])
    }

    /// What a program that ends by itself prints, without the last line end.
    static func output(of words: [String], log: String) throws -> String {
        let child = try start(words, log: log)
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        while case let count = read(child.output, &piece, piece.count), count > 0 { text += piece[..<count] }
        guard child.wait() == 0 else { throw BenchFailure(description: "\(words) failed, see \(log)") }
        return String(decoding: text.prefix { $0 != 0x0A }, as: UTF8.self)
    }

    func stop() {
        kill(pid, SIGTERM)
        _ = wait()
    }

    private func wait() -> Int32 {
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        close(output)
        return status
    }

    /// User and system time of all its threads, ended ones too (clock_getcpuclockid(3)).
    var cpuMicroseconds: Double {
        var clock = clockid_t()
        var time = timespec()
        guard clock_getcpuclockid(pid, &clock) == 0, clock_gettime(clock, &time) == 0 else { return 0 }
        return Double(time.tv_sec) * 1_000_000 + Double(time.tv_nsec) / 1_000
    }

    /// How often each of its threads went to sleep by itself (proc(5), `voluntary_ctxt_switches`), by thread.
    var wakes: [String: Int] {
        let folder = "/proc/\(pid)/task"
        guard let directory = opendir(folder) else { return [:] }
        defer { closedir(directory) }
        var counts: [String: Int] = [:]
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            for line in Meter.lines("\(folder)/\(name)/status") where line.hasPrefix("voluntary_ctxt_switches:") {
                counts[name] = line.split(whereSeparator: { $0 == ":" || $0 == "\t" }).last.flatMap { Int($0) } ?? 0
            }
        }
        return counts
    }

    var residentMegabytes: Double { Meter.residentMegabytes(of: "\(pid)") }
}
