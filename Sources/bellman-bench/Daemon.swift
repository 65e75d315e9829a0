import Almanac
import Glibc

/// The real daemon, `bellman run`, seen from outside: start, reload, change to arrival, timers, rest.
struct DaemonBench {
    private let program: String
    private let folder: String
    private let rules: Int
    private let observer: Observer
    private let port: Int
    private let token: String

    private var log: String { "\(folder)/log" }

    /// The folder must exist; the store in it, `bellman.db`, may.
    private init(_ program: String, folder: String, rules: Int) throws {
        self.program = program
        self.folder = folder
        self.rules = rules
        observer = try Observer()
        let (descriptor, port) = try Sink.listening()
        close(descriptor)
        self.port = port
        try DaemonBench.write("\(folder)/bellman.yaml", DaemonBench.configuration(port, observer.port))
        mkdir("\(folder)/rules", 0o700)
        for number in 0..<rules {
            try DaemonBench.write("\(folder)/rules/bench-\(number).yaml", BenchRules.file(number))
        }
        try DaemonBench.write("\(folder)/rules/observed.yaml", DaemonBench.observedRules)
        token = try Child.output(
            of: [program, "-C", folder, "token", "create", "--role", "admin"], log: "\(folder)/log")
    }

    // MARK: Start

    static func start(_ program: String, folder: String, rules: Int, rounds: Int) throws {
        let bench = try DaemonBench(program, folder: folder, rules: rules)
        let (first, firstWall, _) = try bench.started()
        first.stop()
        var (walls, costs): ([Double], [Double]) = ([], [])
        for _ in 0..<rounds {
            let (child, wall, cpu) = try bench.started()
            walls.append(wall / 1_000)
            costs.append(cpu / 1_000)
            child.stop()
        }
        Meter.report("first_start_to_ready", firstWall / 1_000, "ms")
        Meter.report("start_to_ready", Meter.median(walls), "ms")
        Meter.report("start_to_ready_cpu", Meter.median(costs), "ms_cpu")
    }

    /// From exec to the first answer of 200 from /readyz.
    private func started() throws -> (child: Child, wall: Double, cpu: Double) {
        let begun = Meter.wallMicroseconds()
        let child = try Child.start([program, "-C", folder, "run"], log: log)
        while Meter.wallMicroseconds() - begun < 60_000_000 {
            if let client = Client(port: port) {
                defer { client.end() }
                if try client.ask("GET", "/readyz") == 200 {
                    return (child, Meter.wallMicroseconds() - begun, child.cpuMicroseconds)
                }
            }
            pause(microseconds: 500)
        }
        child.stop()
        throw BenchFailure(description: "the daemon did not get ready, see \(log)")
    }

    // MARK: At work

    static func run(_ program: String, folder: String, rules: Int, changes: Int, seconds: Int) throws {
        let bench = try DaemonBench(program, folder: folder, rules: rules)
        let (child, _, _) = try bench.started()
        defer { child.stop() }
        guard let client = Client(port: bench.port, token: bench.token) else {
            throw BenchFailure(description: "nobody listens")
        }
        try bench.changes(client, child, count: changes)
        try bench.timers(client, count: 60)
        let idle = bench.rest(child, seconds: seconds)
        try bench.reload(child, idleMicrosecondsPerSecond: idle)
        Meter.report("daemon_resident", child.residentMegabytes, "MB")
    }

    /// A status is changed through the interface; how long until the notice is at its receiver.
    private func changes(_ client: Client, _ child: Child, count: Int) throws {
        // A project of its own: of one that an earlier run left the first write would be a change too.
        let project = "P\(Int64(Meter.realMicroseconds()))"
        _ = try client.ask("POST", "/v1/records/project", body: #"{"id":"\#(project)","name":"Bench","status":"0"}"#)
        let warm = 50
        var (arrivals, answers): ([Double], [Double]) = ([], [])
        var before = child.cpuMicroseconds
        for number in 1...(count + warm) {
            if number == warm + 1 { before = child.cpuMicroseconds }
            pause(microseconds: 2_000)
            let begun = Meter.wallMicroseconds()
            let status = try client.ask("PATCH", "/v1/records/project/\(project)", body: #"{"status":"\#(number)"}"#)
            guard status == 200 else { throw BenchFailure(description: "a change was answered with \(status)") }
            let answered = Meter.wallMicroseconds()
            let arrival = try observer.next(withinSeconds: 10)
            guard arrival.body.contains("Status: \(number)\\n") else {
                throw BenchFailure(description: "not the notice of change \(number): \(arrival.body)")
            }
            guard number > warm else { continue }
            arrivals.append(arrival.microseconds - begun)
            answers.append(answered - begun)
        }
        Meter.report("change_to_arrival_p50", Meter.percentile(arrivals, 50), "us")
        Meter.report("change_to_arrival_p99", Meter.percentile(arrivals, 99), "us")
        Meter.report("change_to_answer_p50", Meter.percentile(answers, 50), "us")
        Meter.report("change_whole", (child.cpuMicroseconds - before) / Double(count), "us_cpu")
    }

    /// Meetings that begin at odd instants of the next seconds; how late their notices arrive.
    private func timers(_ client: Client, count: Int) throws {
        let start = Int64(Meter.realMicroseconds()) + 3_000_000
        let due = (0..<count).map { start + Int64($0) * 150_000 + Int64($0 * 7_919 % 97_003) }
        let rows = due.enumerated().map { number, at in
            let instant = Instant(microseconds: at).iso
            return #"{"id":"\#(start)-\#(number)","title":"Bench","starts_at":"\#(instant)"}"#
        }
        let status = try client.ask("POST", "/v1/records/meeting", body: "[\(rows.joined(separator: ","))]")
        guard status == 200 else { throw BenchFailure(description: "meetings were answered with \(status)") }
        var late: [Double] = []
        for _ in due {
            let arrival = try observer.next(withinSeconds: 20)
            guard let place = arrival.body.firstRange(of: #""record":"meeting/\#(start)-"#),
                let number = Int(arrival.body[place.upperBound...].prefix { $0 != "\"" }), due.indices.contains(number)
            else { throw BenchFailure(description: "no meeting in \(arrival.body)") }
            late.append((arrival.wallMicroseconds - Double(due[number])) / 1_000)
        }
        Meter.report("timer_lag_p50", Meter.percentile(late, 50), "ms")
        Meter.report("timer_lag_p99", Meter.percentile(late, 99), "ms")
    }

    /// With nothing to do. Returns CPU in microseconds a second.
    private func rest(_ child: Child, seconds: Int) -> Double {
        sleep(2)
        let (wakes, cpu) = (child.wakes, child.cpuMicroseconds)
        sleep(UInt32(seconds))
        let idle = (child.cpuMicroseconds - cpu) / Double(seconds)
        // A thread that ended meanwhile took its count with it; one that began counts from nothing.
        let more = child.wakes.reduce(0) { $0 + $1.value - (wakes[$1.key] ?? 0) }
        Meter.report("idle_wakes", Double(more) * 60 / Double(seconds), "per_minute")
        Meter.report("idle_cpu", idle / 1_000, "ms_per_s")
        return idle
    }

    /// One rule file is changed; what that costs beyond rest.
    private func reload(_ child: Child, idleMicrosecondsPerSecond idle: Double) throws {
        let seconds = 4
        var costs: [Double] = []
        for round in 1...3 {
            let before = child.cpuMicroseconds
            let text = BenchRules.file(0) + "# changed \(round)\n"
            try DaemonBench.write("\(folder)/rules/bench-0.yaml", text)
            sleep(UInt32(seconds))
            costs.append((child.cpuMicroseconds - before - idle * Double(seconds)) / 1_000)
        }
        Meter.report("one_changed_file", Meter.median(costs), "ms_cpu")
    }

    // MARK: Files

    private static func write(_ path: String, _ text: String) throws {
        // Replaced as a whole, as editors do.
        guard let file = fopen("\(path).part", "w") else { throw BenchFailure(description: "cannot write \(path)") }
        fputs(text, file)
        fclose(file)
        rename("\(path).part", path)
    }

    /// Dates ring half a day from now, so that no minute of the bench has any.
    private static func configuration(_ port: Int, _ sink: Int) -> String {
        let hour = (Int(Meter.realMicroseconds() / 3_600_000_000) + 12) % 24
        return """
            language: en
            timezone: UTC
            at: "\(hour < 10 ? "0" : "")\(hour):30"
            listen: 127.0.0.1:\(port)
            channels:
              hook: {type: webhook, url: "http://127.0.0.1:\(sink)/hook", allow_private: true}

            """
    }

    private static let observedRules = """
        - id: observed-change
          when: {changes: project.status}
          then: [{notify: {via: hook}}]
        - id: observed-timer
          when: {before: meeting.starts_at, by: 0 minutes}
          then: [{notify: {via: hook}}]

        """
}

/// A measurement waits on purpose; nothing else in the tree does.
private func pause(microseconds: Int) {
    var time = timespec(tv_sec: 0, tv_nsec: microseconds * 1_000)
    nanosleep(&time, nil)
}
