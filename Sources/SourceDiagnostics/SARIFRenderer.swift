/// SARIF 2.1.0 (OASIS), the form code-scanning services read.
public struct SARIFRenderer: Sendable {
    public var language: Language
    public var toolName: String
    public var toolVersion: String

    public init(language: Language, toolName: String, toolVersion: String) {
        self.language = language
        self.toolName = toolName
        self.toolVersion = toolVersion
    }

    public func render(_ diagnostics: [Diagnostic]) -> String {
        let sorted = diagnostics.sortedByPosition()
        var codes: [String] = []
        for diagnostic in sorted where !codes.contains(diagnostic.fact.code) { codes.append(diagnostic.fact.code) }
        let rules = codes.map { "{\"id\": \(JSONText.quoted($0))}" }.joined(separator: ", ")
        let results = sorted.map(result).joined(separator: ",\n      ")
        return """
            {
              "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
              "version": "2.1.0",
              "runs": [{
                "tool": {"driver": {"name": \(JSONText.quoted(toolName)), "version": \(JSONText.quoted(toolVersion)), "rules": [\(rules)]}},
                "columnKind": "unicodeCodePoints",
                "results": [\(results.isEmpty ? "" : "\n      " + results + "\n    ")]
              }]
            }

            """
    }

    private func result(_ diagnostic: Diagnostic) -> String {
        var text = diagnostic.fact.message(language)
        if let help = diagnostic.fact.help(language) { text += "\n" + help }
        let start = diagnostic.start
        let end = diagnostic.end
        let region =
            "{\"startLine\": \(start.line), \"startColumn\": \(start.column), \"endLine\": \(end.line), \"endColumn\": \(end.column)}"
        let location =
            "{\"physicalLocation\": {\"artifactLocation\": {\"uri\": \(JSONText.quoted(uri(diagnostic.file.name)))}, \"region\": \(region)}}"
        return
            "{\"ruleId\": \(JSONText.quoted(diagnostic.fact.code)), \"level\": \(JSONText.quoted(diagnostic.severity.rawValue)), "
            + "\"message\": {\"text\": \(JSONText.quoted(text))}, \"locations\": [\(location)]}"
    }

    /// File names may hold blanks and Chinese; a URI reference may not (RFC 3986).
    private func uri(_ name: String) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
        var out = ""
        for byte in name.utf8 {
            if plain.contains(byte) {
                out.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                out += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return out
    }
}
