import SourceDiagnostics

/// Collects what is wrong with one file while it is read.
final class ProblemSink {
    let file: SourceFile
    private(set) var problems: [Diagnostic] = []
    private(set) var words: [WordUse] = []

    init(_ file: SourceFile) { self.file = file }

    /// Errors of one file; whoever has mended these may ask again. As many warnings are kept.
    static let greatestCount = 200
    private var errors = 0

    /// Nothing more is read.
    var isFull: Bool { errors >= ProblemSink.greatestCount }

    func report(_ fact: any DiagnosticFact, _ range: SourceRange) {
        let isError = fact.severity == .error
        guard !isFull, isError || problems.count - errors < ProblemSink.greatestCount else { return }
        if isError { errors += 1 }
        let shown: any DiagnosticFact = isFull ? RuleProblem.moreProblems(limit: ProblemSink.greatestCount) : fact
        problems.append(Diagnostic(fact: shown, file: file, range: range))
    }

    func report(_ fact: RuleProblem, _ range: SourceRange) { report(fact as any DiagnosticFact, range) }

    /// Keeps a word that a status is compared with.
    /// - Parameter beside: all words of the list that it stands in.
    func note(_ word: String, kind: String, field: String, beside: [String] = [], _ range: SourceRange) {
        guard field == "status" else { return }
        words.append(WordUse(word: word, kind: kind, field: field, beside: beside, file: file, range: range))
    }

    var errorCount: Int { problems.count { $0.severity == .error } }
}

/// A word that a rule expects in an open word list. Only whoever knows the records can say whether it was ever used.
public struct WordUse: Sendable {
    public let word: String
    public let kind: String
    public let field: String
    /// The other words of its list: a rule for several languages or tools names more words than one team uses.
    let beside: [String]
    let file: SourceFile
    let range: SourceRange

    /// A warning when `seen`, the words that records had, has others but not this one.
    public func warning(seen: [String]) -> Diagnostic? {
        guard !seen.isEmpty, !seen.contains(word), !seen.contains(where: beside.contains) else { return nil }
        let fact = RuleProblem.unknownWord(
            word: word, field: "\(kind).\(field)", nearest: nearest(word, among: seen), seen: seen)
        return Diagnostic(fact: fact, file: file, range: range)
    }
}
