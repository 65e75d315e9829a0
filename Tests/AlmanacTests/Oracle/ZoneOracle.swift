import Foundation

@testable import Almanac

/// Starts `Tests/Oracles/zone_oracle.py` and reads what it expects. Python reads the same tz database.
enum ZoneOracle {
    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Oracles/zone_oracle.py").path

    static let absent = "python3 with zoneinfo, or the tz database with its list of names, is absent"
    static let isPresent = ZoneDirectory.root != nil && !Zone.knownNames().isEmpty && hasPython

    private static var hasPython: Bool {
        (try? run(["-c", "import zoneinfo"], input: "").status) == 0
    }

    struct Zones: Decodable {
        let names: [String]
        let changes: Int
    }

    /// The zones of one of `shards` parts and the numbers that follow, in the order of the script.
    static func expectations(shard: Int, of shards: Int) throws -> (zones: [Zones], numbers: Numbers) {
        let root = ZoneDirectory.root ?? ""
        let result = try run(
            [script, root, "\(shard)", "\(shards)"], input: Zone.knownNames().joined(separator: "\n"))
        guard result.status == 0, let line = result.output.firstIndex(of: 10) else {
            throw Failed(status: result.status)
        }
        let zones = try JSONDecoder().decode([Zones].self, from: result.output[..<line])
        let rest = result.output[result.output.index(after: line)...]
        var numbers = [Int64](repeating: 0, count: rest.count / 8)
        _ = numbers.withUnsafeMutableBytes { rest.copyBytes(to: $0) }
        return (zones, Numbers(all: numbers.map(Int64.init(littleEndian:))))
    }

    struct Failed: Error {
        let status: Int32
    }

    private static func run(_ arguments: [String], input: String) throws -> (status: Int32, output: Data) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        var environment = ProcessInfo.processInfo.environment
        environment["PYTHONTZPATH"] = ZoneDirectory.root
        process.environment = environment
        let (incoming, outgoing) = (Pipe(), Pipe())
        process.standardInput = incoming
        process.standardOutput = outgoing
        try process.run()
        // The script reads all its input before it writes, so that neither side waits for the other.
        try incoming.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try incoming.fileHandleForWriting.close()
        let output = try outgoing.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }
}

/// Numbers that are taken one after the other.
struct Numbers {
    private let all: [Int64]
    private var position = 0

    init(all: [Int64]) { self.all = all }

    var isAtEnd: Bool { position == all.count }

    mutating func next() -> Int64 {
        defer { position += 1 }
        return all[position]
    }

    mutating func instant() -> Instant { Instant(seconds: next()) }

    mutating func instants() -> [Instant] {
        let count = Int(next())
        defer { position += count }
        return all[position..<position + count].map { Instant(seconds: $0) }
    }
}
