import SourceDiagnostics

/// Shows diagnostics on standard error.
enum Diagnose {
    static func show(_ problems: [Diagnostic]) {
        guard !problems.isEmpty else { return }
        Terminal.error(TextRenderer(language: Words.isChinese ? .zh : .en, color: Terminal.usesColor).render(problems))
    }
}
