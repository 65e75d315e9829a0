import Almanac
import BellmanModel

/// What became of one row of a batch.
struct RowOutcome: Sendable {
    let row: Int
    let id: String?
    let result: RowResult
    var version: Int64?
    var problem: String?
    var faults: [FieldFault] = []

    /// The report of a whole batch: figures first, then each row.
    static func report(_ rows: [RowOutcome], language: AlmanacLanguage) -> Reply {
        let rejected = rows.count { $0.result == .rejected }
        var pairs: [(String, JSONValue)] = [("accepted", .int(Int64(rows.count - rejected)))]
        for result in RowResult.allCases {
            pairs.append((result.rawValue, .int(Int64(rows.count { $0.result == result }))))
        }
        pairs.append(("rows", .array(rows.map { $0.json(language) })))
        // 207 so that a script which looks at the status alone learns of rejected rows.
        return .json(.fields(pairs), status: rejected == 0 ? 200 : 207)
    }

    private func json(_ language: AlmanacLanguage) -> JSONValue {
        var pairs: [(String, JSONValue)] = [("row", .int(Int64(row)))]
        if let id { pairs.append(("id", .string(id))) }
        pairs.append(("result", .string(result.rawValue)))
        if let version { pairs.append((RecordJSON.versionKey, .int(version))) }
        if let problem { pairs.append(("detail", .string(problem))) }
        if !faults.isEmpty { pairs.append(("errors", ProblemDocument.errors(faults, language))) }
        return .fields(pairs)
    }
}
