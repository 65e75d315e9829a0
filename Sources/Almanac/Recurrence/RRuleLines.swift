/// Scalars of a text that belong together, each with its place in that text: what is left when folds are opened and
/// spaces dropped.
struct RRuleSpan {
    struct Item {
        let scalar: Unicode.Scalar
        let place: Int
    }

    var items: ArraySlice<Item>
    /// Where the span would begin; for empty ones.
    var origin: Int

    var isEmpty: Bool { items.isEmpty }

    var range: Range<Int> {
        guard let first = items.first, let last = items.last else { return origin..<origin }
        return first.place..<last.place + 1
    }

    /// As it was written, full-width forms levelled.
    var string: String {
        var view = String.UnicodeScalarView()
        for item in items { view.append(item.scalar) }
        return String(view)
    }

    /// In capitals, as names and values are compared.
    var upper: String {
        var view = String.UnicodeScalarView()
        for item in items {
            let value = item.scalar.value
            view.append((97...122).contains(value) ? Unicode.Scalar(value - 32) ?? item.scalar : item.scalar)
        }
        return String(view)
    }

    func split(_ separator: Unicode.Scalar) -> [RRuleSpan] {
        var spans: [RRuleSpan] = []
        var start = items.startIndex
        var origin = self.origin
        for index in items.indices where items[index].scalar == separator {
            spans.append(RRuleSpan(items: items[start..<index], origin: origin))
            start = index + 1
            origin = items[index].place + 1
        }
        spans.append(RRuleSpan(items: items[start...], origin: origin))
        return spans
    }

    /// The two sides of the first separator, or nil where there is none.
    func cut(_ separator: Unicode.Scalar) -> (RRuleSpan, RRuleSpan)? {
        guard let index = items.firstIndex(where: { $0.scalar == separator }) else { return nil }
        return (
            RRuleSpan(items: items[..<index], origin: origin),
            RRuleSpan(items: items[(index + 1)...], origin: items[index].place + 1)
        )
    }
}

/// One content line: `EXDATE;TZID=Asia/Shanghai:20260101T090000`. A text that begins with a part has no name.
struct RRuleLine {
    let name: RRuleSpan?
    let parameters: [RRuleSpan]
    let value: RRuleSpan

    /// Cuts a text into content lines.
    ///
    /// A line end before a space is a fold (RFC 5545, 3.1). YAML folds line ends to spaces, so a word that begins with
    /// the name of a property starts a line too, and all other spaces mean nothing.
    static func lines(_ text: String) -> [RRuleLine] {
        var lines: [[RRuleSpan.Item]] = []
        for word in words(text) {
            let endsOpen = lines.last?.last.map { ";,=".unicodeScalars.contains($0.scalar) } ?? false
            if lines.isEmpty || beginsProperty(word.items) || (word.startsLine && !endsOpen) {
                lines.append(word.items)
            } else {
                lines[lines.count - 1] += word.items
            }
        }
        return lines.map { line(RRuleSpan(items: $0[...], origin: $0.first?.place ?? 0)) }
    }

    private struct Word {
        var items: [RRuleSpan.Item] = []
        var startsLine = false
    }

    private static func words(_ text: String) -> [Word] {
        var words: [Word] = []
        var current = Word()
        var (afterBreak, afterSpace) = (false, false)
        for (place, raw) in text.unicodeScalars.enumerated() {
            let scalar = narrowed(raw)
            if scalar.properties.isWhitespace {
                if !current.items.isEmpty { words.append(current) }
                current = Word()
                if scalar == "\n" || scalar == "\r" {
                    (afterBreak, afterSpace) = (true, false)
                } else {
                    afterSpace = true
                }
                continue
            }
            if current.items.isEmpty {
                current.startsLine = afterBreak && !afterSpace
                (afterBreak, afterSpace) = (false, false)
            }
            current.items.append(RRuleSpan.Item(scalar: scalar, place: place))
        }
        if !current.items.isEmpty { words.append(current) }
        return words
    }

    private static let properties: Set<String> = ["RRULE", "EXDATE", "DTSTART", "RDATE", "EXRULE", "DTEND", "DURATION"]

    private static func beginsProperty(_ items: [RRuleSpan.Item]) -> Bool {
        guard let end = items.firstIndex(where: { $0.scalar == ":" || $0.scalar == ";" }) else { return false }
        return properties.contains(RRuleSpan(items: items[..<end], origin: 0).upper)
    }

    private static func line(_ span: RRuleSpan) -> RRuleLine {
        guard let (head, value) = span.cut(":") else {
            return RRuleLine(name: nil, parameters: [], value: span)
        }
        let pieces = head.split(";")
        return RRuleLine(name: pieces[0], parameters: Array(pieces.dropFirst()), value: value)
    }
}
