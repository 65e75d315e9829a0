import GRDB
import GRDBSQLite

/// One statement on SQLite's own calls, bound by position.
///
/// GRDB opens, pools and caches; values are bound and read here without its boxes, because an import steps about eight
/// statements for every row. Valid only inside the database access that made it; a query must be read to its end (or
/// `reset`) before the same text is asked again.
final class Query {
    private let db: Database
    private let statement: Statement
    private let raw: OpaquePointer
    private var position: Int32 = 0

    /// Tells SQLite to copy the bytes before the call returns.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    init(_ db: Database, _ sql: String) throws {
        self.db = db
        statement = try db.cachedStatement(sql: sql)
        raw = statement.sqliteStatement
        reset()
    }

    func reset() {
        sqlite3_reset(raw)
        position = 0
    }

    // MARK: Binding

    @discardableResult
    func bind(_ value: Int64) -> Query {
        position += 1
        sqlite3_bind_int64(raw, position, value)
        return self
    }

    @discardableResult
    func bind(_ value: Int64?) -> Query {
        guard let value else { return bindNull() }
        return bind(value)
    }

    @discardableResult
    func bind(_ value: Int) -> Query { bind(Int64(value)) }

    @discardableResult
    func bind(_ value: Bool) -> Query { bind(value ? Int64(1) : 0) }

    @discardableResult
    func bindNull() -> Query {
        position += 1
        sqlite3_bind_null(raw, position)
        return self
    }

    @discardableResult
    func bind(_ text: String) -> Query {
        position += 1
        var text = text
        text.withUTF8 { bytes in
            bindBytes(UnsafeRawBufferPointer(bytes))
        }
        return self
    }

    @discardableResult
    func bind(_ text: String?) -> Query {
        guard let text else { return bindNull() }
        return bind(text)
    }

    /// Binds UTF-8 bytes as text.
    @discardableResult
    func bind(utf8 bytes: [UInt8]) -> Query {
        position += 1
        bytes.withUnsafeBytes { bindBytes($0) }
        return self
    }

    private func bindBytes(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else {
            sqlite3_bind_text(raw, position, "", 0, Query.transient)
            return
        }
        let start = base.assumingMemoryBound(to: CChar.self)
        sqlite3_bind_text(raw, position, start, Int32(clamping: bytes.count), Query.transient)
    }

    // MARK: Running

    /// True while there is a row to read.
    func step() throws -> Bool {
        let code = sqlite3_step(raw)
        if code == SQLITE_ROW { return true }
        guard code == SQLITE_DONE else {
            let message = String(cString: sqlite3_errmsg(db.sqliteConnection))
            let extended = sqlite3_extended_errcode(db.sqliteConnection)
            sqlite3_reset(raw)
            throw DatabaseError(resultCode: ResultCode(rawValue: extended), message: message)
        }
        return false
    }

    /// Runs a statement that gives no rows; returns how many rows it changed.
    @discardableResult
    func run() throws -> Int {
        _ = try step()
        let changed = sqlite3_changes(db.sqliteConnection)
        reset()
        return Int(changed)
    }

    func all<T>(_ read: (Query) throws -> T) throws -> [T] {
        var rows: [T] = []
        defer { reset() }
        while try step() { rows.append(try read(self)) }
        return rows
    }

    func first<T>(_ read: (Query) throws -> T) throws -> T? {
        defer { reset() }
        return try step() ? try read(self) : nil
    }

    // MARK: Reading the row

    /// The storage class, such as `SQLITE_TEXT`.
    func type(_ column: Int32) -> Int32 { sqlite3_column_type(raw, column) }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(raw, column) == SQLITE_NULL }

    func int(_ column: Int32) -> Int64 { sqlite3_column_int64(raw, column) }

    func optionalInt(_ column: Int32) -> Int64? { isNull(column) ? nil : int(column) }

    func bool(_ column: Int32) -> Bool { int(column) != 0 }

    func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }

    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    /// Valid until the next step.
    func bytes(_ column: Int32) -> UnsafeBufferPointer<UInt8> {
        let start = sqlite3_column_text(raw, column)
        return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(raw, column)))
    }
}

/// Statements of one access that are asked again and again: finding one by its whole text costs as much as a step.
final class Statements {
    private let db: Database
    /// By where the name stands in the program.
    private var known: [UnsafePointer<UInt8>: Query] = [:]

    init(_ db: Database) { self.db = db }

    /// `name` stands for one text only.
    func query(_ name: StaticString, _ sql: @autoclosure () -> String) throws -> Query {
        if let query = known[name.utf8Start] {
            query.reset()
            return query
        }
        let query = try Query(db, sql())
        known[name.utf8Start] = query
        return query
    }
}

extension Database {
    func query(_ sql: String) throws -> Query { try Query(self, sql) }
}
