import BellmanFuzz
import Foundation
import Glibc

/// Starts workers for one target until its time is used up, and keeps what ended them.
struct Supervisor {
    let options: Options
    private let board: Board
    private var cpu = 0.0
    private var inputs = 0
    private var peak = 0.0
    private var kinds: [String: Int] = [:]
    /// As many of one kind are saved; the rest is only counted.
    private static let savedOfAKind = 5

    private var boardPath: String { options.folder + "/" + options.target.rawValue + ".board" }
    private var logPath: String { options.folder + "/" + options.target.rawValue + ".log" }

    init?(_ options: Options) {
        self.options = options
        try? FileManager.default.createDirectory(atPath: options.folder, withIntermediateDirectories: true)
        guard let board = Board(path: options.folder + "/" + options.target.rawValue + ".board") else { return nil }
        self.board = board
    }

    /// Number of kinds of findings.
    mutating func run() -> Int {
        let budget = options.minutes * 60
        var seed = options.seed
        while cpu < budget, options.count.map({ inputs < $0 }) ?? true {
            board.count = 0
            guard let ending = System.run(words(seed: seed, budget: budget - cpu), log: logPath) else {
                System.say("\(options.target.rawValue): no worker could be started")
                return 1
            }
            cpu += max(ending.cpuSeconds, 0.01)
            inputs += board.count
            peak = max(peak, ending.peakMegabytes)
            if ending.code == 0 { break }
            keep(board.input, ending, message: board.message, seed: seed)
            seed &+= 1
        }
        report()
        return kinds.count
    }

    private func words(seed: UInt64, budget: Double) -> [String] {
        var words = [
            "worker", "--target", options.target.rawValue, "--seed", "\(seed)", "--minutes", "\(budget / 60)",
            "--folder", options.folder, "--root", options.root, "--engine", options.engine,
        ]
        if let shared = options.shared { words += ["--shared", shared] }
        if let count = options.count { words += ["--count", "\(count - inputs)"] }
        return words
    }

    private mutating func keep(_ input: [UInt8], _ ending: System.Ending, message: String, seed: UInt64) {
        let kind = Self.kind(ending, message)
        kinds[kind, default: 0] += 1
        guard kinds[kind, default: 0] <= Self.savedOfAKind else { return }
        let name = "\(options.folder)/\(options.target.rawValue)-seed\(seed)-\(board.count)"
        save(input, name)
        let small = Minimiser(target: options.target, folder: options.folder).smallest(input, like: kind)
        save(small, name + "-small")
        System.say("\(options.target.rawValue): \(ending.words) \(message)")
        System.say("  seed \(seed), input \(board.count): \(name) (\(input.count) bytes)")
        System.say(
            "  smallest: \(name)-small (\(small.count) bytes): \(String(decoding: small.prefix(300), as: UTF8.self).debugDescription)"
        )
    }

    /// How it ended, without the numbers of one input.
    static func kind(_ ending: System.Ending, _ message: String) -> String {
        ending.words + " " + String(message.filter { !$0.isNumber }.prefix(80))
    }

    private func save(_ input: [UInt8], _ name: String) {
        try? Data(input).write(to: URL(filePath: name))
    }

    private func report() {
        let rate = Int(Double(inputs) / max(cpu, 0.01))
        let found = kinds.isEmpty ? "nothing found" : "\(kinds.values.reduce(0, +)) findings of \(kinds.count) kinds"
        System.say(
            "\(options.target.rawValue): \(inputs) inputs in \(Int(cpu)) s of CPU, \(rate) a second, "
                + "peak \(Int(peak)) MB, seed \(options.seed): \(found)")
        for (kind, count) in kinds.sorted(by: { $0.value > $1.value }) { System.say("  \(count) × \(kind)") }
    }
}

/// Takes pieces away from an input for as long as it still ends the same way.
struct Minimiser {
    let target: FuzzTarget
    let folder: String
    private static let greatestTries = 300
    private static let greatestSeconds = 60.0

    func smallest(_ input: [UInt8], like kind: String) -> [UInt8] {
        var best = input
        var tries = 0
        var spent = 0.0
        var step = max(best.count / 2, 1)
        while step >= 1, tries < Self.greatestTries, spent < Self.greatestSeconds {
            var at = 0
            var shrank = false
            while at < best.count, tries < Self.greatestTries, spent < Self.greatestSeconds {
                let candidate = Array(best[..<at] + best[min(at + step, best.count)...])
                tries += 1
                let (found, seconds) = outcome(candidate)
                spent += seconds
                if found == kind {
                    best = candidate
                    shrank = true
                } else {
                    at += step
                }
            }
            if !shrank || step == 1 { step = step == 1 ? 0 : step / 2 }
        }
        return best
    }

    private func outcome(_ input: [UInt8]) -> (kind: String, seconds: Double) {
        let path = "\(folder)/\(target.rawValue).try"
        let log = path + "log"
        try? Data(input).write(to: URL(filePath: path))
        guard let ending = System.run(["one", "--target", target.rawValue, path], log: log) else { return ("", 0) }
        let isSaid = ending.code == Worker.violationCode
        let said =
            isSaid ? (try? Data(contentsOf: URL(filePath: log))).map { String(decoding: $0, as: UTF8.self) } : nil
        let message = said?.hasSuffix("\n") == true ? String(said?.dropLast() ?? "") : said ?? ""
        return (Supervisor.kind(ending, message), ending.cpuSeconds)
    }
}
