import ArgumentParser
import BellmanModel
import SourceDiagnostics

/// How a list is printed.
enum ListFormat: String, ExpressibleByArgument, CaseIterable {
    case table, json, csv
}

struct ListOptions: ParsableArguments {
    @Option(name: .long, help: "table, json or csv.")
    var format: ListFormat = .table
}

/// A list described once, printed as table, JSON or CSV.
struct Listing {
    struct Column {
        /// Key in JSON and CSV.
        let key: String
        let title: String
        /// Above 0: a narrow table does without it, the highest first.
        let rank: Int
        init(_ key: String, _ title: String, rank: Int = 0) {
            self.key = key
            self.title = title
            self.rank = rank
        }
    }

    let columns: [Column]
    private(set) var rows: [[JSONValue]] = []
    /// What a table says when there are no rows.
    let nothing: String

    init(_ columns: [Column], nothing: String) {
        self.columns = columns
        self.nothing = nothing
    }

    mutating func add(_ cells: [JSONValue]) { rows.append(cells) }

    func show(_ format: ListFormat) {
        switch format {
        case .table: Terminal.write(table(width: Terminal.isInteractive ? Terminal.width : nil))
        case .json: Terminal.line(json)
        case .csv: Terminal.write(csv)
        }
    }

    /// One thing, as names and values: in a table's place lines of which none is cut, and a text keeps its own lines.
    func showLines(_ format: ListFormat) {
        guard format == .table else { return show(format) }
        let names = rows.map { Listing.text($0.first ?? .null) }
        let width = names.map { DisplayWidth.of($0) }.max() ?? 0
        var out = ""
        for (name, row) in zip(names, rows) {
            let lines = row.dropFirst().map(Listing.text).joined(separator: "  ").split(
                omittingEmptySubsequences: false, whereSeparator: \.isNewline
            ).map { Listing.oneLine(String($0)) }
            if lines.count > 1 {
                out += name + "\n" + lines.map { $0.isEmpty ? "\n" : "  \($0)\n" }.joined()
            } else {
                out +=
                    name + String(repeating: " ", count: width - DisplayWidth.of(name) + TableFit.gap)
                    + (lines.first ?? "") + "\n"
            }
        }
        Terminal.write(out)
    }

    private var json: String {
        let items = rows.map { row in
            JSONValue.fields(zip(columns, row).map { ($0.key, $1) })
        }
        return BellmanModel.JSONText.write(.array(items))
    }

    private var csv: String {
        let head = columns.map(\.key).joined(separator: ",")
        let lines = rows.map { $0.map { Listing.quoted(Listing.text($0)) }.joined(separator: ",") }
        return ([head] + lines).joined(separator: "\n") + "\n"
    }

    private static func quoted(_ text: String) -> String {
        let needs = text.contains { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
        return needs ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }

    static func text(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        default: BellmanModel.JSONText.write(value)
        }
    }

    // MARK: table

    /// On a terminal no wider than that, as far as it goes.
    private func table(width: Int?) -> String {
        guard !rows.isEmpty else { return nothing + "\n" }
        let cells = rows.map { $0.map { Listing.oneLine(Listing.text($0)) } }
        var widths = columns.map { DisplayWidth.of($0.title) }
        for row in cells {
            for (index, cell) in row.enumerated() { widths[index] = max(widths[index], DisplayWidth.of(cell)) }
        }
        let shown = TableFit.fit(widths, ranks: columns.map(\.rank), into: width ?? Int.max)
        let fitted = shown.map(\.width)
        var text = Listing.row(shown.map { columns[$0.index].title }, fitted) + "\n"
        text += fitted.map { String(repeating: "─", count: $0) }.joined(separator: "  ") + "\n"
        for row in cells { text += Listing.row(shown.map { row[$0.index] }, fitted) + "\n" }
        return text
    }

    private static func row(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (index, cell) in cells.enumerated() {
            let cut = DisplayWidth.cut(cell, to: widths[index])
            line += cut
            if index < cells.count - 1 {
                line += String(repeating: " ", count: max(0, widths[index] - DisplayWidth.of(cut)) + 2)
            }
        }
        return line
    }

    private static func oneLine(_ text: String) -> String {
        String(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : Character($0) })
    }
}
