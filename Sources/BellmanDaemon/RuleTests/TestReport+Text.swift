import Almanac
import BellmanRules
import SourceDiagnostics

extension RuleTestReport {
    /// For people: a line for each file, the differences side by side, and the summary last.
    /// - Parameter width: columns of the terminal.
    public func text(_ language: AlmanacLanguage, width: Int, color: Bool) -> String {
        RuleTestTextReport(words: RuleTestWording(language), width: width, color: color).render(self)
    }
}

struct RuleTestTextReport {
    let words: RuleTestWording
    let width: Int
    let color: Bool

    private enum Paint: String {
        case good = "32"
        case bad = "31"
        case faint = "2"
    }

    private var renderer: TextRenderer { TextRenderer(language: words.language == .zh ? .zh : .en, color: color) }

    func render(_ report: RuleTestReport) -> String {
        var text = ""
        for trouble in report.unreadable { text += words.unreadable(trouble.path, trouble.why) + "\n" }
        if !report.ruleProblems.isEmpty { text += renderer.render(report.ruleProblems) + "\n" }
        for (file, results) in byFile(report.results) { text += block(file, results) }
        return text + "\(report.summary)\n"
    }

    /// In the order of the first test of each.
    private func byFile(_ results: [RuleTestResult]) -> [(file: String, results: [RuleTestResult])] {
        var files: [(file: String, results: [RuleTestResult])] = []
        for result in results {
            if files.last?.file == result.place.file {
                files[files.count - 1].results.append(result)
            } else {
                files.append((result.place.file, [result]))
            }
        }
        return files
    }

    private func block(_ file: String, _ results: [RuleTestResult]) -> String {
        let passed = results.count(where: \.hasPassed)
        let isWell = passed == results.count
        let mark = isWell ? paint("✓", .good) : paint("✗", .bad)
        let count = isWell ? "\(passed)" : words.share(passed, of: results.count)
        var text = "\(mark) \(file) (\(count))\n"
        for result in results {
            if !result.hasPassed {
                text += "\n  \(paint("✗", .bad)) \(result.place.file):\(result.place.line)  \(result.name)\n"
            }
            text += body(of: result)
        }
        return isWell ? text : text + "\n"
    }

    /// All that is to be said of one test.
    func body(of result: RuleTestResult) -> String {
        var text = ""
        for trouble in result.troubles { text += "    \(words.trouble(trouble))\n" }
        var problems = result.remarks
        switch result.state {
        case .passed: break
        case .wrong(let errors): problems += errors
        case .failed(let differences): for difference in differences { text += self.text(difference) }
        }
        return problems.isEmpty ? text : text + "\n" + renderer.render(problems)
    }

    // MARK: side by side

    private func text(_ difference: TestDifference) -> String {
        var text = "\n    \(words.heading(difference))\n"
        if !difference.rows.isEmpty { text += table(difference) }
        if !difference.reason.isEmpty {
            let label = difference.rows.isEmpty ? "" : "\(words.whyNot)\(words.colon)"
            for (index, line) in TextWrap.lines(label + difference.reason, width: max(20, width - 8)).enumerated() {
                text += (index == 0 ? "      " : "        ") + line + "\n"
            }
        }
        return text
    }

    private static let indent = 6
    private static let narrowest = 16

    private func table(_ difference: TestDifference) -> String {
        let rows = difference.rows
        let names = ([""] + rows.map(\.field)).map { DisplayWidth.of($0) }.max() ?? 0
        let left =
            rows.map { longest(cell($0.expected, difference.kind, isExpected: true)) } + [
                DisplayWidth.of(words.expected)
            ]
        let room = max(2 * RuleTestTextReport.narrowest, width - RuleTestTextReport.indent - names - 7)
        let first = max(RuleTestTextReport.narrowest, min(left.max() ?? 0, room / 2))
        let second = max(RuleTestTextReport.narrowest, room - first)
        var text = line(" ", "", words.expected, words.came, names, first, .faint)
        for row in rows {
            let expected = TextWrap.lines(cell(row.expected, difference.kind, isExpected: true), width: first)
            let came = TextWrap.lines(cell(row.came, difference.kind, isExpected: false), width: second)
            let marked = row.differs
            for index in 0..<max(expected.count, came.count) {
                text += line(
                    index == 0 && marked ? "≠" : " ", index == 0 ? row.field : "",
                    index < expected.count ? expected[index] : "", index < came.count ? came[index] : "", names, first,
                    marked ? .bad : nil)
            }
        }
        return text
    }

    private func cell(_ text: String, _ kind: TestDifference.Kind, isExpected: Bool) -> String {
        if !text.isEmpty { return text }
        if isExpected { return kind == .unexpected ? words.nothing : words.anything }
        return words.nothing
    }

    private func longest(_ text: String) -> Int {
        text.split(separator: "\n").map { DisplayWidth.of($0) }.max() ?? 0
    }

    private func line(
        _ mark: String, _ name: String, _ left: String, _ right: String, _ names: Int, _ first: Int, _ style: Paint?
    ) -> String {
        let cells = "\(mark) \(padded(name, names))  \(padded(left, first)) │ \(right)"
        return "    " + (style.map { paint(cells, $0) } ?? cells).withoutTrailingBlanks + "\n"
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
    }

    private func paint(_ text: String, _ style: Paint) -> String {
        color ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}

/// Breaks text into lines of so many columns: at blanks, and where there is none, anywhere.
enum TextWrap {
    static func lines(_ text: String, width: Int) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { wrap(printable($0), width) }
    }

    private static func wrap(_ text: String, _ width: Int) -> [String] {
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        var columns = 0
        var lastBlank: (index: String.UnicodeScalarView.Index, columns: Int)?
        for scalar in text.unicodeScalars {
            let size = DisplayWidth.of(String(scalar))
            if columns + size > width, !line.isEmpty {
                if let blank = lastBlank, scalar != " " {
                    lines.append(String(String.UnicodeScalarView(line[..<blank.index])))
                    line = String.UnicodeScalarView(line[line.index(after: blank.index)...])
                    columns -= blank.columns
                } else {
                    lines.append(String(line))
                    line = String.UnicodeScalarView()
                    columns = 0
                }
                lastBlank = nil
                if scalar == " ", line.isEmpty { continue }
            }
            line.append(scalar)
            columns += size
            if scalar == " " { lastBlank = (line.index(before: line.endIndex), columns) }
        }
        return lines + [String(line)]
    }

    /// Texts of records must not move the cursor.
    private static func printable(_ text: Substring) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) ? " " : $0 }))
    }
}

extension String {
    fileprivate var withoutTrailingBlanks: String {
        var text = self
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}
