import SourceDiagnostics

/// Collects what is wrong with one file while it is read.
final class ProblemSink {
    let file: SourceFile
    private(set) var problems: [Diagnostic] = []

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

    var hasErrors: Bool { problems.contains { $0.severity == .error } }
}
