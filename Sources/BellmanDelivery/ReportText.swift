import BellmanModel

/// Reports as message text: a list of lines, or a Markdown table where the vendor shows those.
enum ReportText {
    static func parts(_ parts: [TextPart], asTables: Bool) -> [TextPart] {
        guard asTables else { return parts.plain }
        return parts.flatMap { part -> [TextPart] in
            guard case .report(let report) = part else { return [part] }
            return table(report) ?? report.list
        }
    }

    /// Lines of its own, with an empty one before and after. A pipe in a cell is a value's, so it comes out escaped.
    private static func table(_ report: Report) -> [TextPart]? {
        guard case .table(let titles, let rows) = report.body, !rows.isEmpty else { return nil }
        var parts: [TextPart] = [.authored("\n\n")]
        func line(_ cells: [String]) {
            parts.append(.authored("|"))
            for cell in cells { parts += [.authored(" "), .value(cell), .authored(" |")] }
            parts.append(.authored("\n"))
        }
        line(titles)
        parts.append(.authored("|" + String(repeating: " --- |", count: titles.count) + "\n"))
        for row in rows { line(row) }
        if let rest = report.restWords { parts.append(.authored("\n" + rest + "\n")) }
        return parts
    }
}
