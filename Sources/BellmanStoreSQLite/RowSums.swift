import BellmanStore
import GRDB
import GRDBSQLite

/// The tables whose rows change: each row carries a hash over its own content. A row that a bad disk or another
/// program has changed is found by it; that a row is gone, only the chains can tell.
enum SummedTable: String, CaseIterable {
    case record, outbox, step, level, progress, armed, document, acknowledgement, silence, invitation, slot, actor

    /// What a sum covers.
    var columns: [String] {
        switch self {
        case .record: ["key", "kind", "id", "version", "created_at", "updated_at", "body", "touched"]
        case .outbox:
            [
                "sequence", "state", "not_before", "attempts", "reason", "detail", "bundle", "created_at",
                "finished_at",
                "claim", "lease",
            ]
        case .step:
            [
                "firing", "step", "rule", "subject", "occurrence", "due_at", "state", "reason", "detail", "context",
            ]
        case .level: ["rule", "subject", "is_true", "since", "rise", "rung", "check_at"]
        case .progress: ["id", "watermark", "sequence"]
        case .armed: ["rule", "trigger", "since", "sequence"]
        case .document: ["name", "text"]
        case .acknowledgement: ["firing", "by", "at", "comment", "fresh"]
        case .silence:
            [
                "id", "rule", "tag", "kind", "record", "condition", "begins_at", "ends_at", "every", "length", "zone",
                "by", "at", "reason", "ended_at", "ended_by", "over_at",
            ]
        case .invitation: ["rule", "subject", "step", "uid", "sequence", "firing", "body"]
        case .slot: ["number", "kind", "field", "shape"]
        case .actor: ["number", "name"]
        }
    }

    /// The columns as SQL names them: some are words of the language.
    var names: [String] { columns.map { "\"\($0)\"" } }

    /// What names a row.
    var key: [String] {
        switch self {
        case .record: ["key"]
        case .outbox: ["sequence"]
        case .step: ["firing", "step"]
        case .level: ["rule", "subject"]
        case .progress, .silence: ["id"]
        case .armed: ["rule", "trigger"]
        case .document: ["name"]
        case .acknowledgement: ["firing"]
        case .invitation: ["rule", "subject", "step"]
        case .slot, .actor: ["number"]
        }
    }

    /// Records are written in great numbers, so their writer sums them itself.
    var isSummedByTrigger: Bool { self != .record }
}

/// Sums of single rows. Except for records they are kept by triggers that every writing connection makes for itself,
/// so that no statement can forget them.
enum RowSums {
    private static let function = "bellman_sum"

    /// Makes the function that the triggers call known to a connection.
    static func register(_ db: Database) throws {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC
        let code = sqlite3_create_function_v2(
            db.sqliteConnection, function, -1, flags, nil,
            { context, count, values in
                var text = ChainText()
                for index in 0..<Int(count) { text.add(values?[index]) }
                sqlite3_result_int64(context, text.link)
            }, nil, nil, nil)
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }

    /// For a connection that writes; the tables must be there. They live as long as it does.
    static func watch(_ db: Database) throws {
        for table in SummedTable.allCases where table.isSummedByTrigger {
            let place = table.key.map { "\"\($0)\" = NEW.\"\($0)\"" }.joined(separator: " AND ")
            let sum = "\(function)(\(table.columns.map { "NEW.\"\($0)\"" }.joined(separator: ", ")))"
            for (event, name) in [("INSERT", "new"), ("UPDATE OF \(table.names.joined(separator: ", "))", "set")] {
                try db.execute(
                    sql: """
                        CREATE TEMP TRIGGER IF NOT EXISTS sum_\(name)_\(table.rawValue)
                        AFTER \(event) ON main.\(table.rawValue)
                        BEGIN UPDATE \(table.rawValue) SET sum = \(sum) WHERE \(place); END
                        """)
            }
        }
    }

    /// Sums all rows as they stand.
    static func renew(_ db: Database) throws {
        for table in SummedTable.allCases {
            try db.execute(
                sql: "UPDATE \(table.rawValue) SET sum = \(function)(\(table.names.joined(separator: ", ")))")
        }
    }

    static func record(
        key: Int64, kind: Int64, id: String, version: Int64, createdAt: Int64, updatedAt: Int64, body: [UInt8],
        touched: String?
    ) -> Int64 {
        var text = ChainText()
        text.add(key)
        text.add(kind)
        text.add(id)
        text.add(version)
        text.add(createdAt)
        text.add(updatedAt)
        text.add(utf8: body)
        if let touched { text.add(touched) } else { text.addNull() }
        return text.link
    }

    /// Rows that do not fit their sum, `limit` at most, each named by its key.
    static func faults(_ db: Database, _ table: SummedTable, limit: Int) throws -> [RowFault] {
        let columns = table.names + ["sum"] + table.key.map { "\"\($0)\"" }
        let query = try db.query("SELECT \(columns.joined(separator: ", ")) FROM \(table.rawValue)")
        defer { query.reset() }
        var faults: [RowFault] = []
        let width = Int32(table.columns.count)
        while faults.count < limit, try query.step() {
            var text = ChainText()
            for column in 0..<width { text.add(query, column) }
            guard query.int(width) != text.link else { continue }
            let key = (1...Int32(table.key.count)).map { query.text(width + $0) }.joined(separator: "/")
            faults.append(RowFault(table: table.rawValue, key: key))
        }
        return faults
    }
}

/// A row that is not what was written.
public struct RowFault: Sendable, Hashable {
    public let table: String
    public let key: String

    public init(table: String, key: String) {
        self.table = table
        self.key = key
    }
}

extension SQLiteStore {
    /// Looks at every row that carries a sum, `limit` faults at most.
    public func rowFaults(limit: Int = 20) throws -> [RowFault] {
        try connection.read { db in
            var faults: [RowFault] = []
            for table in SummedTable.allCases where faults.count < limit {
                faults += try RowSums.faults(db, table, limit: limit - faults.count)
            }
            return faults
        }
    }
}
