import BellmanModel

/// The body of a `POST` to a kind, before typing.
enum RecordBody: Sendable {
    case single(JSONObject)
    case batch([Row])
    case table([UInt8])

    struct Row: Sendable {
        /// Item of the array, or line of the text, from 1.
        let number: Int
        let value: Result<JSONValue, JSONProblem>
    }

    static let mostRows = 50_000
    static let types = ["application/json", "application/x-ndjson", "text/csv"]
    private static let lineTypes: Set<String> = [
        "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines",
    ]
    private static let tableTypes: Set<String> = ["text/csv", "text/tab-separated-values"]

    /// Told by `Content-Type`; `application/json` may hold one object or an array.
    static func read(_ bytes: [UInt8], mediaType: String?) throws(ServerFailure) -> RecordBody {
        guard let mediaType else { throw .mediaType(nil, good: types) }
        if tableTypes.contains(mediaType) { return .table(bytes) }
        if lineTypes.contains(mediaType) { return .batch(try lines(bytes)) }
        guard isJSON(mediaType) else { throw .mediaType(mediaType, good: types) }
        switch try document(bytes) {
        case .object(let object): return .single(object)
        case .array(let items):
            guard items.count <= mostRows else { throw .tooManyRows(limit: mostRows) }
            return .batch(items.enumerated().map { Row(number: $0.offset + 1, value: .success($0.element)) })
        default: throw .notAnObject
        }
    }

    static func isJSON(_ type: String) -> Bool { type == "application/json" || type.hasSuffix("+json") }

    static func document(_ bytes: [UInt8]) throws(ServerFailure) -> JSONValue {
        guard bytes.contains(where: { $0 > 0x20 }) else { throw .emptyBody }
        do throws(JSONProblem) {
            return try JSONText.parse(utf8: bytes)
        } catch {
            throw .badJSON(error)
        }
    }

    /// Empty lines are passed over; a line that is no JSON is that row's problem alone.
    private static func lines(_ bytes: [UInt8]) throws(ServerFailure) -> [Row] {
        var rows: [Row] = []
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            guard line.contains(where: { $0 > 0x20 }) else { continue }
            guard rows.count < mostRows else { throw .tooManyRows(limit: mostRows) }
            do throws(JSONProblem) {
                rows.append(Row(number: index + 1, value: .success(try JSONText.parse(utf8: Array(line)))))
            } catch {
                rows.append(Row(number: index + 1, value: .failure(error)))
            }
        }
        guard !rows.isEmpty else { throw .emptyBody }
        return rows
    }
}
