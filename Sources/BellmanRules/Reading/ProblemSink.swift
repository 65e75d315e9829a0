import SourceDiagnostics

/// Collects what is wrong with one file while it is read.
final class ProblemSink {
    let file: SourceFile
    private(set) var problems: [Diagnostic] = []

    init(_ file: SourceFile) { self.file = file }

    func report(_ fact: any DiagnosticFact, _ range: SourceRange) {
        problems.append(Diagnostic(fact: fact, file: file, range: range))
    }

    func report(_ fact: RuleProblem, _ range: SourceRange) { report(fact as any DiagnosticFact, range) }

    var hasErrors: Bool { problems.contains { $0.severity == .error } }
}
