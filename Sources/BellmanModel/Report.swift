/// A table or a bar chart in a message. Its cells came from records: they are values, never markup.
public struct Report: Sendable, Hashable {
    public struct Bar: Sendable, Hashable {
        public let label: String
        /// Of the longest bar, 0…1; nil where the value is empty.
        public let share: Double?
        public let text: String

        public init(label: String, share: Double?, text: String) {
            self.label = label
            self.share = share
            self.text = text
        }
    }

    public enum Body: Sendable, Hashable {
        /// Titles of the columns, and one list of cells for each record.
        case table(titles: [String], rows: [[String]])
        case bars([Bar])
    }

    public let body: Body
    /// Records beyond those that are shown.
    public let rest: Int
    /// `zh` or `en`.
    public let language: String

    public init(_ body: Body, rest: Int, language: String) {
        self.body = body
        self.rest = rest
        self.language = language
    }

    public var count: Int {
        switch body {
        case .table(_, let rows): rows.count
        case .bars(let bars): bars.count
        }
    }

    /// With the first rows alone; the others are counted.
    public func first(_ count: Int) -> Report {
        guard count < self.count else { return self }
        let body: Body =
            switch body {
            case .table(let titles, let rows): .table(titles: titles, rows: Array(rows.prefix(count)))
            case .bars(let bars): .bars(Array(bars.prefix(count)))
            }
        return Report(body, rest: rest + self.count - count, language: language)
    }

    private var isChinese: Bool { language == "zh" }

    /// `… 5 more`; nil when all is shown.
    public var restWords: String? { rest > 0 ? (isChinese ? "……还有 \(rest) 条" : "… \(rest) more") : nil }
    public var nothing: String { isChinese ? "（没有记录）" : "(no records)" }
    public var isEmpty: Bool { count == 0 }

    /// Of a text bar, in blocks. Whatever is more than nothing shows.
    public static let barLength = 10

    public static func blocks(_ bar: Bar) -> String {
        guard let share = bar.share, share > 0 else { return "" }
        return String(repeating: "█", count: min(barLength, max(1, Int((share * Double(barLength)).rounded()))))
    }

    /// As a list that every channel shows: one record a line, the first cell in bold and the others behind their titles.
    public var list: [TextPart] {
        guard !isEmpty else { return [.authored(nothing)] }
        var parts: [TextPart] = []
        for index in 0..<count { parts += [.authored(index == 0 ? "- " : "\n- ")] + line(index) }
        if let restWords { parts.append(.authored("\n- " + restWords)) }
        return parts
    }

    private func line(_ index: Int) -> [TextPart] {
        switch body {
        case .bars(let bars):
            let blocks = Report.blocks(bars[index])
            return [
                .value(bars[index].label), .authored(blocks.isEmpty ? " " : " \(blocks) "), .value(bars[index].text),
            ]
        case .table(let titles, let rows):
            var line: [TextPart] = []
            for (column, cell) in rows[index].enumerated() {
                let title = column < titles.count ? titles[column] : ""
                line.append(.authored(column == 0 ? "**" : " · \(title)\(isChinese ? "：" : ": ")"))
                line.append(.value(cell))
                if column == 0 { line.append(.authored("**")) }
            }
            return line
        }
    }
}

extension TextPart {
    /// Its text, authored marks as they were written.
    public var words: String {
        switch self {
        case .authored(let text), .value(let text): text
        case .report(let report): report.list.map(\.words).joined()
        }
    }
}

extension [TextPart] {
    /// With reports as lists of authored and value parts.
    public var plain: [TextPart] {
        guard contains(where: { if case .report = $0 { true } else { false } }) else { return self }
        return flatMap { part in if case .report(let report) = part { report.list } else { [part] } }
    }
}

// MARK: the stored form

extension Report {
    public var stored: String {
        let body: [(String, JSONValue)] =
            switch body {
            case .table(let titles, let rows):
                [
                    ("titles", .array(titles.map(JSONValue.string))),
                    ("rows", .array(rows.map { .array($0.map(JSONValue.string)) })),
                ]
            case .bars(let bars):
                [
                    (
                        "bars",
                        .array(
                            bars.map {
                                .array([.string($0.label), $0.share.map(JSONValue.double) ?? .null, .string($0.text)])
                            })
                    )
                ]
            }
        return JSONText.write(.fields(body + [("rest", .int(Int64(rest))), ("language", .string(language))]))
    }

    /// nil for a text that is no report.
    public init?(stored text: String) {
        guard let object = try? JSONText.parse(text).objectValue, let rest = object["rest"]?.intValue,
            let language = object["language"]?.stringValue
        else { return nil }
        func texts(_ value: JSONValue) -> [String] { (value.arrayValue ?? []).compactMap(\.stringValue) }
        if let bars = object["bars"]?.arrayValue {
            self.init(
                .bars(
                    bars.compactMap { bar in
                        guard let parts = bar.arrayValue, parts.count == 3, let label = parts[0].stringValue,
                            let words = parts[2].stringValue
                        else { return nil }
                        return Bar(label: label, share: parts[1].doubleValue, text: words)
                    }), rest: Int(rest), language: language)
        } else if let titles = object["titles"], let rows = object["rows"]?.arrayValue {
            self.init(.table(titles: texts(titles), rows: rows.map(texts)), rest: Int(rest), language: language)
        } else {
            return nil
        }
    }
}
