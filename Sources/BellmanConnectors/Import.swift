import Almanac
import BellmanModel
import Failpoints

/// Turns a file into batches of writes. A row is taken whole or rejected whole; what was rejected is written to a CSV
/// with line and reason; a later row with an id that the file had already is rejected.
///
/// The same file imported again writes nothing new: equal values are no change.
public struct Importer {
    public typealias Write = ([RecordWrite]) throws -> [WriteResult]

    /// The most that memory holds of what was seen: one number an id.
    private var seen = SeenIDs()
    private var summary = ImportSummary()
    private var pending: [RecordWrite] = []
    private var derived = 0
    private var memberTimes: [ImportNote] = []
    private var memberTimesNotShown = 0
    private let plan: ImportPlan
    private let typer: RowTyper
    private let actor: String

    public init(_ plan: ImportPlan) {
        self.plan = plan
        typer = RowTyper(kind: plan.kind, parser: FieldParser(zone: plan.zone))
        actor = plan.actor
    }

    /// Imports the whole source. `write` gets batches of at most `plan.batch` rows, in the file's order, and answers
    /// one result for each. Throws `ImportProblem` before the first write when the header is wrong; later when the
    /// file turns out to be unreadable (what was handed over before stays); and what `write` throws.
    public static func run(
        _ plan: ImportPlan, source: any ByteSource, rejects: (any ByteSink)? = nil,
        progress: (ImportProgress) -> Void = { _ in }, write: Write
    ) throws -> ImportSummary {
        var importer = Importer(plan)
        switch plan.format {
        case .delimited(let delimiter):
            try importer.runTable(source, delimiter: delimiter, rejects: rejects, progress: progress, write: write)
        case .json:
            try importer.runJSON(source, rejects: rejects, progress: progress, write: write)
        }
        if importer.derived > 0 {
            let note = ImportNote.derivedIDs(rows: importer.derived, fields: importer.typer.identifyingFields)
            importer.summary.notes.append(note)
        }
        importer.summary.notes += importer.memberTimes
        if importer.memberTimesNotShown > 0 {
            importer.summary.notes.append(.moreMemberTimes(importer.memberTimesNotShown))
        }
        return importer.summary
    }

    private mutating func runTable(
        _ source: any ByteSource, delimiter: UInt8?, rejects: (any ByteSink)?, progress: (ImportProgress) -> Void,
        write: Write
    ) throws {
        var table = try TableOpening.open(source, plan: plan, delimiter: delimiter)
        summary.notes = table.mapping.notes
        summary.columns = table.mapping.columnsByField.map { .init(field: $0.field, column: $0.column) }
        var file = RejectsFile(sink: rejects, language: plan.language)
        var row = DelimitedRow()
        while true {
            do {
                guard try table.reader.next(into: &row) else { break }
                summary.rows += 1
                try take(typed(row, table: table), line: row.line)
            } catch let problem as ImportProblem {
                guard case .textAfterQuote = problem else { throw problem }
                summary.rows += 1
                try reject(.malformed(problem), line: row.line, cells: row.cells, header: table.header, file: &file)
            } catch let reason as RejectReason {
                try reject(reason, line: row.line, cells: row.cells, header: table.header, file: &file)
            }
            try flush(full: plan.batch, bytes: table.reader.bytesRead, source: source, progress: progress, write: write)
        }
        guard summary.rows > 0 else { throw ImportProblem.empty }
        try flush(full: 1, bytes: source.size, source: source, progress: progress, write: write)
    }

    /// Rows may be longer than the header by empty cells, which spreadsheets leave behind.
    private func typed(_ row: DelimitedRow, table: TableOpening) throws -> TypedRow {
        let wanted = table.header.count
        let tooMany = row.count > wanted && (wanted..<row.count).contains { !row.isEmpty($0) }
        guard row.count >= wanted, !tooMany else {
            throw RejectReason.ragged(expected: wanted, found: row.count)
        }
        return try typer.type(row, mapping: table.mapping)
    }

    private mutating func runJSON(
        _ source: any ByteSource, rejects: (any ByteSink)?, progress: (ImportProgress) -> Void, write: Write
    ) throws {
        var reader = try JSONRecordReader(try TextDecoder(source, setting: plan.encoding))
        var keys = KeyTargets(kind: plan.kind, explicit: plan.explicit)
        var file = RejectsFile(sink: rejects, language: plan.language)
        let header = ["json"]
        while let item = try reader.next() {
            summary.rows += 1
            switch item {
            case .rejected(let reason, let line, let text):
                try reject(
                    reason, line: line, cells: [String(decoding: text, as: UTF8.self)], header: header, file: &file)
            case .object(let object, let line, let text):
                do {
                    keys.learn(object)
                    try take(typer.type(object) { keys.target($0) }, line: line)
                } catch let reason as RejectReason {
                    let cells = [String(decoding: text, as: UTF8.self)]
                    try reject(reason, line: line, cells: cells, header: header, file: &file)
                }
            }
            try flush(full: plan.batch, bytes: reader.bytesRead, source: source, progress: progress, write: write)
        }
        guard summary.rows > 0 else { throw ImportProblem.empty }
        summary.columns = keys.columns
        try flush(full: 1, bytes: source.size, source: source, progress: progress, write: write)
    }

    private mutating func take(_ row: TypedRow, line: Int) throws {
        if let first = seen.first(StableHash.of(row.id), line: Int32(clamping: line)) {
            throw RejectReason.duplicate(id: row.id, firstLine: Int(first))
        }
        if row.derivedID { derived += 1 }
        if plan.kind.name == "member" { noteTimes(of: row, line: line) }
        let ref = RecordRef(kind: plan.kind.name, id: row.id)
        pending.append(RecordWrite(ref: ref, fields: row.fields, actor: actor, quiet: plan.quiet))
    }

    /// Times that nobody can read are worth a word; the rest of the row is as good as any.
    private mutating func noteTimes(of row: TypedRow, line: Int) {
        for problem in MemberTimeProblem.all(member: row.id, fields: row.fields) {
            if memberTimes.count < ImportSummary.shownExamples {
                memberTimes.append(.memberTime(line: line, problem))
            } else {
                memberTimesNotShown += 1
            }
        }
    }

    private mutating func reject(
        _ reason: RejectReason, line: Int, cells: [String], header: [String], file: inout RejectsFile
    ) throws {
        summary.rejected += 1
        if summary.examples.count < ImportSummary.shownExamples {
            summary.examples.append(.init(line: line, reason: reason))
        }
        try file.add(line: line, reason: reason, cells: cells, header: header)
    }

    private mutating func flush(
        full: Int, bytes: Int, source: any ByteSource, progress: (ImportProgress) -> Void, write: Write
    ) throws {
        guard pending.count >= full else { return }
        for result in try Failpoint.step(.importBatch, { try write(pending) }) {
            switch result {
            case .created: summary.created += 1
            case .updated: summary.updated += 1
            case .unchanged, .deleted, .missing, .conflict: summary.unchanged += 1
            }
        }
        pending.removeAll(keepingCapacity: true)
        progress(
            ImportProgress(
                bytes: min(bytes, source.size), totalBytes: source.size, rows: summary.rows, rejected: summary.rejected)
        )
    }
}
