import BellmanFuzz
import Foundation

/// The words of the command line.
struct Options {
    var command = "help"
    var target = FuzzTarget.lexer
    var targets = FuzzTarget.allCases
    /// Minutes of CPU time for each target.
    var minutes = 1.0
    var count: Int?
    var seed: UInt64 = 1
    var folder = ".build/fuzz"
    var root = "."
    var shared: String?
    var engine = "own"
    var files: [String] = []

    init?(_ words: [String]) {
        var words = words[...]
        guard let command = words.popFirst() else { return nil }
        self.command = command
        while let word = words.popFirst() {
            guard word.hasPrefix("--") else {
                files.append(word)
                continue
            }
            guard let value = words.popFirst(), set(word, value) else { return nil }
        }
    }

    private mutating func set(_ name: String, _ value: String) -> Bool {
        switch name {
        case "--target":
            if value == "all" { return true }
            targets = value.split(separator: ",").compactMap { FuzzTarget(rawValue: String($0)) }
            guard let first = targets.first else { return false }
            target = first
        case "--minutes":
            guard let number = Double(value), number > 0 else { return false }
            minutes = number
        case "--count": count = Int(value)
        case "--seed": seed = UInt64(value) ?? 1
        case "--folder": folder = value
        case "--root": root = value
        case "--shared": shared = value
        case "--engine": engine = value
        default: return false
        }
        return true
    }

    var corpus: Corpus {
        Corpus(root: URL(filePath: root), shared: shared.map { URL(filePath: $0) })
    }

    static let help = """
        bellman-fuzz run      [--target lexer,parser,…] [--minutes 30] [--seed 1] [--folder .build/fuzz]
                              [--root .] [--shared FOLDER] [--engine own|coverage]
        bellman-fuzz replay   --target NAME FILE…     run saved inputs again, each in a process of its own
        bellman-fuzz inputs   --target NAME [--seed 1] [--count 20]     show what the generator writes
        bellman-fuzz hostile  inputs made to use up time, memory or stack; a table of what each takes

        Minutes are of CPU time, so that a busy machine does not shorten the run.
        """
}
