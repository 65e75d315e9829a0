/// Diagnostics for programs: one JSON array, an object a finding, in order of position.
public struct JSONRenderer: Sendable {
    public var language: Language

    public init(language: Language) { self.language = language }

    public func render(_ diagnostics: [Diagnostic]) -> String {
        let rows = diagnostics.sortedByPosition().map(object)
        return rows.isEmpty ? "[]\n" : "[\n  " + rows.joined(separator: ",\n  ") + "\n]\n"
    }

    private func object(_ diagnostic: Diagnostic) -> String {
        let start = diagnostic.start
        let end = diagnostic.end
        let help = diagnostic.fact.help(language).map(JSONText.quoted) ?? "null"
        let fields = [
            "\"file\": \(JSONText.quoted(diagnostic.file.name))",
            "\"line\": \(start.line)", "\"column\": \(start.column)",
            "\"endLine\": \(end.line)", "\"endColumn\": \(end.column)",
            "\"severity\": \(JSONText.quoted(diagnostic.severity.rawValue))",
            "\"code\": \(JSONText.quoted(diagnostic.fact.code))",
            "\"message\": \(JSONText.quoted(diagnostic.fact.message(language)))",
            "\"help\": \(help)",
        ]
        return "{" + fields.joined(separator: ", ") + "}"
    }
}
