import BellmanFuzz
import Foundation

/// Runs every hostile input in a process of its own, on a thread of 512 KB, and tells what it took.
enum HostileTable {
    /// What an input may take: CPU seconds, and megabytes beside those of a process that does nothing.
    private static let greatestSeconds = 2.0
    private static let greatestMegabytes = 256.0

    static func run(_ options: Options) -> Int32 {
        let log = NSTemporaryDirectory() + "bellman-hostile-\(ProcessInfo.processInfo.processIdentifier)"
        defer { try? FileManager.default.removeItem(atPath: log) }
        guard let idle = System.run(["hostile-one", "-1"], log: log) else { return 2 }
        var failures = 0
        System.say(row("input", "CPU s", "MB", "outcome"))
        for (number, input) in HostileInput.all.enumerated() where wanted(input, options) {
            guard let ending = System.run(["hostile-one", "\(number)"], log: log) else { return 2 }
            let said = (try? String(contentsOfFile: log, encoding: .utf8))?.split(separator: "\n").first.map(
                String.init)
            let megabytes = max(0, ending.peakMegabytes - idle.peakMegabytes)
            let isGood =
                ending.code == 0 && ending.cpuSeconds <= greatestSeconds && megabytes <= greatestMegabytes
            if !isGood { failures += 1 }
            let outcome = ending.code == 0 ? said ?? "" : ending.words
            System.say(
                row(
                    input.name, String(format: "%.3f", ending.cpuSeconds), String(format: "%.0f", megabytes),
                    (isGood ? "" : "TOO MUCH: ") + outcome))
        }
        return failures == 0 ? 0 : 1
    }

    /// With words after the command only the inputs that contain one.
    private static func wanted(_ input: HostileInput, _ options: Options) -> Bool {
        options.files.isEmpty || options.files.contains { input.name.contains($0) }
    }

    private static func row(_ name: String, _ seconds: String, _ megabytes: String, _ outcome: String) -> String {
        pad(name, 44) + pad(seconds, 9) + pad(megabytes, 7) + outcome
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}
