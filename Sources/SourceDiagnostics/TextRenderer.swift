/// `file:line:column: error: message`, the line, a caret under the place, and the remedy.
public struct TextRenderer: Sendable {
    public var language: Language
    public var color: Bool

    public init(language: Language, color: Bool = false) {
        self.language = language
        self.color = color
    }

    public func render(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.sortedByPosition().map(render).joined(separator: "\n")
    }

    /// One diagnostic; every line ends in a newline.
    public func render(_ diagnostic: Diagnostic) -> String {
        var out = head(diagnostic) + snippet(diagnostic.file, diagnostic.range)
        for related in diagnostic.related {
            let place = diagnostic.file.position(at: related.range.start)
            out +=
                "\(diagnostic.file.name):\(place.line):\(place.column): \(paint(word(.note), .note)): \(related.label)\n"
            out += snippet(diagnostic.file, related.range)
        }
        if let help = diagnostic.fact.help(language) {
            out += language == .en ? "help: \(help)\n" : "建议：\(help)\n"
        }
        return out
    }

    private func head(_ diagnostic: Diagnostic) -> String {
        let place = diagnostic.start
        let severity = paint(word(diagnostic.severity), diagnostic.severity)
        return
            "\(diagnostic.file.name):\(place.line):\(place.column): \(severity): \(diagnostic.fact.message(language))\n"
    }

    private func snippet(_ file: SourceFile, _ range: SourceRange) -> String {
        let lineNumber = file.line(at: range.start)
        let line = window(file.lineRange(lineNumber), file, range)
        let source = file.text(of: line)
        let before = file.text(of: SourceRange(line.start, min(range.start, line.end)))
        let marked = file.text(of: SourceRange(min(range.start, line.end), min(range.end, line.end)))
        let indent = DisplayWidth.of(before)
        let width = max(1, DisplayWidth.of(marked, from: indent))
        let caret = "^" + String(repeating: "~", count: width - 1)
        return
            "  \(DisplayWidth.expandingTabs(source))\n  \(String(repeating: " ", count: indent))\(paint(caret, .note))\n"
    }

    /// A line of so many bytes is shown whole; of a longer one the part around the place.
    private static let longestLine = 1_000
    private static let bytesBefore = 200

    private func window(_ line: SourceRange, _ file: SourceFile, _ range: SourceRange) -> SourceRange {
        guard line.length > Self.longestLine else { return line }
        var start = max(line.start, min(range.start, line.end) - Self.bytesBefore)
        var end = min(line.end, start + Self.longestLine)
        while start > line.start, file.bytes[start] & 0xC0 == 0x80 { start -= 1 }
        while end < line.end, file.bytes[end] & 0xC0 == 0x80 { end += 1 }
        return SourceRange(start, end)
    }

    private func word(_ severity: Severity) -> String {
        switch (severity, language) {
        case (_, .en): severity.rawValue
        case (.error, .zh): "错误"
        case (.warning, .zh): "警告"
        case (.note, .zh): "说明"
        }
    }

    private func paint(_ text: String, _ severity: Severity) -> String {
        guard color else { return text }
        let code =
            switch severity {
            case .error: "31"
            case .warning: "33"
            case .note: "36"
            }
        return "\u{1B}[1;\(code)m\(text)\u{1B}[0m"
    }
}
