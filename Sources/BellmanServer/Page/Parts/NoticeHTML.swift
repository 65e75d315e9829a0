import BellmanModel

/// A notice's text as HTML. Authored parts may hold `**bold**`, `[label](https://…)`, lists and line breaks; values are
/// text whatever they contain: they cannot open, close or continue a mark.
enum NoticeHTML {
    /// One code point of the author's, or a whole value.
    fileprivate enum Unit {
        case mark(Unicode.Scalar)
        case value(String)

        func isMark(_ scalar: Unicode.Scalar) -> Bool {
            if case .mark(scalar) = self { return true }
            return false
        }
    }

    static func render(_ parts: [TextPart]) -> HTML {
        var blocks = Blocks()
        var rest = parts[...]
        // A table is a block of its own between the lines.
        while let at = rest.firstIndex(where: \.isTable) {
            for line in lines(trimmedEnd(rest[..<at])) { blocks.add(line) }
            if case .report(let report) = rest[at] { blocks.add(table(report)) }
            rest = trimmedStart(rest[(at + 1)...])
        }
        for line in lines(Array(rest)) { blocks.add(line) }
        return blocks.finished()
    }

    private static func trimmedEnd(_ parts: ArraySlice<TextPart>) -> [TextPart] {
        var parts = Array(parts)
        if case .authored(let last)? = parts.last, last.hasSuffix("\n") {
            parts[parts.count - 1] = .authored(String(last.dropLast()))
        }
        return parts
    }

    private static func trimmedStart(_ parts: ArraySlice<TextPart>) -> ArraySlice<TextPart> {
        guard case .authored(let first)? = parts.first, first.hasPrefix("\n") else { return parts }
        return [.authored(String(first.dropFirst()))] + parts.dropFirst()
    }

    private static func table(_ report: Report) -> HTML {
        guard case .table(let titles, let rows) = report.body else { return .nothing }
        let head = HTML.each(titles) { "<th>\($0)</th>" }
        let body = HTML.each(rows) { row in "<tr>\(HTML.each(row) { "<td><bdi>\($0)</bdi></td>" })</tr>" }
        let rest: HTML = report.restWords.map { "<p>\($0)</p>" } ?? .nothing
        return "<table><thead><tr>\(head)</tr></thead><tbody>\(body)</tbody></table>\(rest)"
    }

    /// Only the author's line ends divide lines.
    private static func lines(_ parts: [TextPart]) -> [ArraySlice<Unit>] {
        var units: [Unit] = []
        for part in parts.plain {
            switch part {
            case .report: break
            case .authored(let text): units += text.unicodeScalars.filter { $0 != "\r" }.map(Unit.mark)
            case .value(let text): if !text.isEmpty { units.append(.value(text)) }
            }
        }
        return units.split(omittingEmptySubsequences: false) { $0.isMark("\n") }
    }

    /// Paragraphs and lists.
    private struct Blocks {
        private var html = HTML.nothing
        private var paragraph: [HTML] = []
        private var list: (isOrdered: Bool, items: [HTML])?

        mutating func add(_ line: ArraySlice<Unit>) {
            if let item = NoticeHTML.listItem(line) {
                closeParagraph()
                if let open = list, open.isOrdered != item.isOrdered { closeList() }
                list = (item.isOrdered, (list?.items ?? []) + [Inline.render(item.rest)])
                return
            }
            closeList()
            if line.allSatisfy({ $0.isMark(" ") || $0.isMark("\t") }) {
                closeParagraph()
            } else {
                paragraph.append(Inline.render(line))
            }
        }

        mutating func add(_ block: HTML) {
            closeList()
            closeParagraph()
            html += block
        }

        mutating func finished() -> HTML {
            closeList()
            closeParagraph()
            return html
        }

        private mutating func closeParagraph() {
            if let first = paragraph.first {
                html += "<p>\(first)\(HTML.each(paragraph.dropFirst()) { "<br>\($0)" })</p>"
            }
            paragraph = []
        }

        private mutating func closeList() {
            guard let list else { return }
            let items = HTML.each(list.items) { "<li>\($0)</li>" }
            html += list.isOrdered ? "<ol>\(items)</ol>" : "<ul>\(items)</ul>"
            self.list = nil
        }
    }

    /// `- `, `* ` or `1. ` at the start of a line.
    private static func listItem(_ line: ArraySlice<Unit>) -> (isOrdered: Bool, rest: ArraySlice<Unit>)? {
        var rest = line.drop { $0.isMark(" ") }
        if let first = rest.first, first.isMark("-") || first.isMark("*"), rest.dropFirst().first?.isMark(" ") == true {
            return (false, rest.dropFirst(2))
        }
        let digits = rest.prefix { unit in
            if case .mark(let scalar) = unit { return ("0"..."9").contains(scalar) }
            return false
        }
        guard (1...3).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        guard rest.first?.isMark(".") == true, rest.dropFirst().first?.isMark(" ") == true else { return nil }
        return (true, rest.dropFirst(2))
    }

    /// Bold and links within one line.
    private enum Inline {
        static func render(_ units: ArraySlice<Unit>) -> HTML {
            var html = HTML.nothing
            var rest = units
            while let unit = rest.first {
                if let (inner, after) = bold(rest) {
                    html += "<strong>\(render(inner))</strong>"
                    rest = after
                } else if let link = link(rest) {
                    html += link.html
                    rest = link.after
                } else {
                    html += text(unit)
                    rest = rest.dropFirst()
                }
            }
            return html
        }

        private static func text(_ unit: Unit) -> HTML {
            switch unit {
            case .mark(let scalar): return "\(String(scalar))"
            // Isolated, so that right-to-left marks in a value cannot reorder the author's words.
            case .value(let text):
                let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                return "<bdi>\(lines[0])\(HTML.each(lines.dropFirst()) { "<br>\($0)" })</bdi>"
            }
        }

        private static func bold(_ units: ArraySlice<Unit>) -> (ArraySlice<Unit>, ArraySlice<Unit>)? {
            guard opensBold(units) else { return nil }
            var rest = units.dropFirst(2)
            while !rest.isEmpty {
                if opensBold(rest) {
                    let inner = units[(units.startIndex + 2)..<rest.startIndex]
                    return inner.isEmpty ? nil : (inner, rest.dropFirst(2))
                }
                rest = rest.dropFirst()
            }
            return nil
        }

        private static func opensBold(_ units: ArraySlice<Unit>) -> Bool {
            units.first?.isMark("*") == true && units.dropFirst().first?.isMark("*") == true
        }

        private static func link(_ units: ArraySlice<Unit>) -> (html: HTML, after: ArraySlice<Unit>)? {
            guard units.first?.isMark("[") == true, let close = units.firstIndex(where: { $0.isMark("]") }),
                units.index(after: close) < units.endIndex, units[units.index(after: close)].isMark("("),
                let end = units[close...].firstIndex(where: { $0.isMark(")") })
            else { return nil }
            let label = units[units.index(after: units.startIndex)..<close]
            let url = units[(close + 2)..<end].map { unit in
                switch unit {
                case .mark(let scalar): String(scalar)
                case .value(let text): text
                }
            }.joined()
            let after = units[(end + 1)...]
            let words = HTML.each(label, text)
            // An address that is refused is shown as text: nothing is lost, nothing can be clicked.
            guard let safe = SafeLink.checked(url) else { return ("\(words) (\(url))", after) }
            return ("<a href=\"\(safe)\" rel=\"noopener noreferrer\">\(words)</a>", after)
        }
    }
}

extension TextPart {
    fileprivate var isTable: Bool {
        if case .report(let report) = self, case .table = report.body { return !report.isEmpty }
        return false
    }
}
