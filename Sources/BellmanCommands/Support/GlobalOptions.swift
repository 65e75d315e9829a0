import ArgumentParser
import BellmanDaemon
import BellmanStoreSQLite
import Glibc

/// `-C DIR` and `--config FILE`, common to all commands.
struct GlobalOptions: ParsableArguments {
    @Option(name: .customShort("C"), help: ArgumentHelp("Work in this folder.", valueName: "dir"))
    var folder: String?

    @Option(
        name: .customLong("config"),
        help: ArgumentHelp("Configuration file (default ./bellman.yaml).", valueName: "file"))
    var configuration: String?

    /// Moves the options behind the verb, where the parser wants them.
    static func hoist(_ arguments: [String]) -> [String] {
        var rest = arguments[...]
        var moved: [String] = []
        while let first = rest.first {
            if first == "-C" || first == "--config", rest.count > 1 {
                moved += [first, rest[rest.startIndex + 1]]
                rest = rest.dropFirst(2)
            } else if first.hasPrefix("--config=") || (first.hasPrefix("-C") && first.count > 2) {
                moved += first.hasPrefix("-C") ? ["-C", String(first.dropFirst(2))] : [first]
                rest = rest.dropFirst()
            } else {
                break
            }
        }
        guard !moved.isEmpty, let verb = rest.first else { return arguments }
        // A verb with subverbs takes them before its options; an option in that place belongs to the default subverb.
        let hasSubverbs = [
            "records", "rules", "deliveries", "channel", "token", "calendar", "clock", "firings", "silence",
        ].contains(verb)
        let isNamed = rest.dropFirst().first.map { !$0.hasPrefix("-") } ?? false
        let nested = hasSubverbs && isNamed ? 2 : 1
        return Array(rest.prefix(nested)) + moved + Array(rest.dropFirst(nested))
    }

    func location() throws -> Location {
        if let folder {
            guard chdir(folder) == 0 else {
                throw Failure(.usage, "cannot work in \(folder): \(String(cString: strerror(errno)))", "无法进入 \(folder)")
            }
        }
        return Location(configuration: configuration)
    }

    /// Configuration read and checked; what is wrong ends the command.
    ///
    /// - Parameter needsSecrets: true for what sends. Credentials of a service are there only while it runs, and what
    ///   works on the store alone must work without.
    func workshop(needsSecrets: Bool = false) throws -> Workshop {
        let workshop = try Workshop(location(), needsSecrets: needsSecrets)
        Words.choose(workshop.configuration.language)
        return workshop
    }

    /// The store beside a daemon that may be running.
    func instance(needsSecrets: Bool = false) throws -> Instance {
        try Instance(workshop(needsSecrets: needsSecrets), role: .command)
    }
}
