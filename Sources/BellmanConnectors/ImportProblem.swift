import BellmanModel

/// Why a table cannot be read or written at all. Worded in `ConnectorWording.swift`.
public enum ImportProblem: Error, Sendable, Hashable {
    case cannotRead(path: String, why: String)
    case cannotWrite(path: String, why: String)
    case badBytes(encoding: TextEncoding, line: Int)
    case encodingUnavailable(TextEncoding)
    /// .xls or a file protected by a password.
    case oldSpreadsheet
    case zippedSpreadsheet
    case quoteNeverCloses(line: Int)
    case textAfterQuote(line: Int, column: Int)
    case empty
    case tooLargeForOneDocument(limit: Int)
    case lineTooLong(line: Int, limit: Int)
    case badJSON(line: Int, JSONProblem)
    case notRecords
    case noKnownColumn(kind: String, header: [String])
    case twoColumns(field: String, columns: [String])
    case unknownField(String, kind: String, nearest: String?)
    case unknownColumn(String, nearest: String?)
    case fieldNotWritable(String)
    /// Everything that is wrong with a header at once.
    case several([ImportProblem])
}

/// Why one row was left out. Worded in `ConnectorWording.swift`.
public enum RejectReason: Error, Sendable, Hashable {
    case ragged(expected: Int, found: Int)
    case field(column: String, FieldProblem)
    case duplicate(id: String, firstLine: Int)
    /// Nothing in the row says which record it is.
    case noIdentity(fields: [String])
    case badID(String)
    case twoValues(field: String)
    case malformed(ImportProblem)
    case notAnObject
    case several([RejectReason])
}

/// What an import concluded by itself and says. Worded in `ConnectorWording.swift`.
public enum ImportNote: Sendable, Hashable {
    case encoding(TextEncoding)
    /// The column went to `custom` because a better one gives the field.
    case passedOver(column: String, field: String, taken: String)
    case toCustom([String])
    case computed(column: String)
    case dateOrder(DateOrder)
    case skippedBeforeHeader(lines: Int)
    case derivedIDs(rows: Int, fields: [String])
    /// A member's own time that cannot be read. The row is taken all the same.
    case memberTime(line: Int, MemberTimeProblem)
    case moreMemberTimes(Int)
}
