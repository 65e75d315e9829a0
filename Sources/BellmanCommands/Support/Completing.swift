import ArgumentParser
import BellmanDaemon
import BellmanDelivery
import BellmanModel
import BellmanRules
import Glibc
import SourceDiagnostics

/// What a shell offers for an argument: read from configuration and rules folder when the key is pressed. The store is
/// neither opened nor made, and whatever goes wrong offers nothing.
enum Completing {
    static let rules = CompletionKind.custom { words, _, _ in names(words, Completing.ruleIDs) }
    static let kinds = CompletionKind.custom { words, _, _ in names(words) { $0.language.schema.kindNames } }
    static let channels = CompletionKind.custom { words, _, _ in
        names(words) { $0.channels.policies.keys.sorted() }
    }

    private static func names(_ words: [String], _ read: (Workshop) -> [String]) -> [String] {
        if let folder = value(of: ["-C"], words), chdir(folder) != 0 { return [] }
        let location = Location(configuration: value(of: ["--config"], words))
        guard let workshop = try? Workshop(location, needsSecrets: false) else { return [] }
        return read(workshop)
    }

    private static func ruleIDs(_ workshop: Workshop) -> [String] {
        guard case .success(let found) = workshop.rulesFolder.scan() else { return [] }
        return found.files.flatMap { file in
            workshop.ruleReader.read(SourceFile(name: file.path, text: file.text)).rules.map(\.id)
        }.sorted()
    }

    /// What the command line says so far: `-C DIR`, `--config FILE` or `--config=FILE`.
    private static func value(of names: [String], _ words: [String]) -> String? {
        for (index, word) in words.enumerated() {
            if names.contains(word), index + 1 < words.count { return words[index + 1] }
            if let name = names.first(where: { word.hasPrefix($0 + "=") }) {
                return String(word.dropFirst(name.count + 1))
            }
        }
        return nil
    }
}
