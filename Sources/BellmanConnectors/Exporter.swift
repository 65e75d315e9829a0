import Almanac
import BellmanModel

/// Writes records of one kind so that `Importer` reads them back to equal fields.
///
/// Computed fields are left out. In CSV every free column stays in one `custom` column as JSON.
public struct Exporter {
    public enum Format: Sendable, Hashable {
        /// RFC 4180 with CRLF. `byteOrderMark` is what Excel needs to see UTF-8; `spreadsheetSafe` puts `'` before texts
        /// that a spreadsheet would run as formulas (undone by `Importer`).
        case csv(byteOrderMark: Bool = true, spreadsheetSafe: Bool = true)
        case jsonLines
        /// One array, one record a line.
        case json
    }

    private let format: Format
    private let zone: Zone
    private let sink: any ByteSink
    private let fields: [FieldDefinition]
    private var count = 0

    /// Writes the head. Throws what the sink throws.
    public init(kind: KindDefinition, format: Format, zone: Zone, sink: any ByteSink) throws {
        self.format = format
        self.zone = zone
        self.sink = sink
        fields = kind.fields.filter {
            if case .derived = $0.type { return false }
            return true
        }
        switch format {
        case .csv(let mark, _):
            try sink.write((mark ? [0xEF, 0xBB, 0xBF] : []) + CSVText.row(["id"] + fields.map(\.name)))
        case .json: try sink.write([UInt8(ascii: "[")])
        case .jsonLines: break
        }
    }

    public mutating func add(_ record: Record) throws {
        switch format {
        case .csv(_, let safe): try sink.write(CSVText.row(cells(record, safe: safe)))
        case .jsonLines: try sink.write(JSONText.bytes(Exporter.json(record, fields: fields)) + [10])
        case .json:
            try sink.write((count > 0 ? [44, 10] : [10]) + JSONText.bytes(Exporter.json(record, fields: fields)))
        }
        count += 1
    }

    /// Writes the tail.
    public mutating func finish() throws {
        if case .json = format { try sink.write([10, UInt8(ascii: "]"), 10]) }
    }

    private func cells(_ record: Record, safe: Bool) -> [String] {
        [guarded(record.ref.id, safe)]
            + fields.map { field in
                let text = FieldText.text(record[field.name], zone: zone)
                return Exporter.isText(field.type) ? guarded(text, safe) : text
            }
    }

    private func guarded(_ text: String, _ safe: Bool) -> String { safe ? CellGuard.closed(text) : text }

    private static func isText(_ type: FieldType) -> Bool {
        switch type {
        case .string, .text, .reference, .enumeration, .list, .custom: true
        default: false
        }
    }

    /// A record as a JSON object: `id`, then the fields that have a value in the kind's order.
    public static func json(_ record: Record, kind: KindDefinition) -> JSONValue {
        json(record, fields: kind.fields)
    }

    private static func json(_ record: Record, fields: [FieldDefinition]) -> JSONValue {
        var object = JSONObject()
        object["id"] = .string(record.ref.id)
        for field in fields where !record[field.name].isNull { object[field.name] = JSONValue(record[field.name]) }
        return .object(object)
    }
}
