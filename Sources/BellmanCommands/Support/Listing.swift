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
        init(_ key: String, _ title: String) {
            self.key = key
            self.title = title
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

    /// The last column gives way first where the terminal is narrow.
    private func table(width: Int?) -> String {
        guard !rows.isEmpty else { return nothing + "\n" }
        let cells = rows.map { $0.map { Listing.oneLine(Listing.text($0)) } }
        var widths = columns.map { DisplayWidth.of($0.title) }
        for row in cells {
            for (index, cell) in row.enumerated() { widths[index] = max(widths[index], DisplayWidth.of(cell)) }
        }
        if let width, let last = widths.indices.last {
            let others = widths.dropLast().reduce(0) { $0 + $1 + 2 }
            widths[last] = max(12, min(widths[last], width - others))
        }
        var text = Listing.row(columns.map(\.title), widths) + "\n"
        text += widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ") + "\n"
        for row in cells { text += Listing.row(row, widths) + "\n" }
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
