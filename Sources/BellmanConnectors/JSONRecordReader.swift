import BellmanModel

/// Streams the objects of JSON lines, or takes those of one JSON array.
///
/// Told apart by the first character that is no space: `[` begins an array, which is held in memory whole and so
/// has a limit; anything else is read line by line.
struct JSONRecordReader {
    static let maximumLine = 4 * 1024 * 1024
    static let maximumDocument = 64 * 1024 * 1024

    /// What one line, or one item of an array, gave. For arrays `line` is the number of the item, from 1.
    enum Item {
        case object(JSONObject, line: Int, text: [UInt8])
        case rejected(RejectReason, line: Int, text: [UInt8])
    }

    private let decoder: TextDecoder
    private var piece: [UInt8] = []
    private var position = 0
    private var line = 0
    private var array: [JSONValue]?

    init(_ decoder: TextDecoder) throws {
        self.decoder = decoder
        piece = try decoder.next() ?? []
        let first = piece.first { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }
        if first == UInt8(ascii: "[") { array = try wholeArray() }
    }

    var bytesRead: Int { decoder.bytesRead }

    mutating func next() throws -> Item? {
        if let array {
            guard line < array.count else { return nil }
            line += 1
            return item(array[line - 1], text: JSONText.bytes(array[line - 1]))
        }
        while let text = try nextLine() {
            line += 1
            if text.allSatisfy({ $0 <= 0x20 }) { continue }
            do throws(JSONProblem) {
                return item(try JSONText.parse(utf8: text), text: text)
            } catch {
                return .rejected(.malformed(.badJSON(line: line, error)), line: line, text: text)
            }
        }
        return nil
    }

    private func item(_ value: JSONValue, text: [UInt8]) -> Item {
        guard let object = value.objectValue else { return .rejected(.notAnObject, line: line, text: text) }
        return .object(object, line: line, text: text)
    }

    private mutating func nextLine() throws -> [UInt8]? {
        var text: [UInt8] = []
        while true {
            if position >= piece.count {
                guard let next = try decoder.next() else { return text.isEmpty ? nil : text }
                (piece, position) = (next, 0)
            }
            let end = piece[position...].firstIndex(of: 0x0A) ?? piece.count
            text.append(contentsOf: piece[position..<end])
            guard text.count <= JSONRecordReader.maximumLine else {
                throw ImportProblem.lineTooLong(line: line + 1, limit: JSONRecordReader.maximumLine)
            }
            position = min(piece.count, end + 1)
            if end < piece.count { return text }
        }
    }

    private mutating func wholeArray() throws -> [JSONValue] {
        var bytes = piece
        while let next = try decoder.next() {
            bytes += next
            guard bytes.count <= JSONRecordReader.maximumDocument else {
                throw ImportProblem.tooLargeForOneDocument(limit: JSONRecordReader.maximumDocument)
            }
        }
        let document: JSONValue
        do throws(JSONProblem) {
            document = try JSONText.parse(utf8: bytes)
        } catch {
            throw ImportProblem.badJSON(line: error.line, error)
        }
        guard let items = document.arrayValue else { throw ImportProblem.notRecords }
        return items
    }
}
