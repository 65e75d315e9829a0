import BellmanModel
import BellmanRules
import BellmanStoreSQLite
import SourceDiagnostics

/// Which words the records of the store have in an open word list, so that `check` can name one that was never used.
public struct SeenWords {
    private let workshop: Workshop

    public init(_ workshop: Workshop) { self.workshop = workshop }

    /// Warnings for words that no record has. A store that is not there, or cannot be read, warns of nothing: the
    /// rules are asked about, not the store.
    public func warnings(_ uses: [WordUse]) -> [Diagnostic] {
        let path = workshop.configuration.resolve(workshop.configuration.storePath)
        guard !uses.isEmpty, TextFile.exists(path), let instance = try? Instance(workshop, role: .command) else {
            return []
        }
        var known: [String: [String]] = [:]
        return uses.compactMap { use in
            let key = "\(use.kind).\(use.field)"
            let words = known[key] ?? ((try? instance.store.words(kind: use.kind, field: use.field)) ?? [])
            known[key] = words
            let closed = workshop.language.schema.kind(use.kind)?.closedWords ?? []
            // A word that means closed may well wait for its first record.
            return closed.contains(use.word.lowercased()) ? nil : use.warning(seen: words)
        }
    }
}
