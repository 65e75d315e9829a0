import BellmanModel

/// A delimited table whose header was found, mapped and surveyed; the reader stands before the first data row.
struct TableOpening {
    /// Lines among which the header is looked for: some exports put a title above it.
    static let preamble = 10

    var reader: DelimitedReader
    var mapping: ColumnMapping
    let detected: DetectedEncoding
    let header: [String]

    /// Reads the source whole for its encoding, its beginning for the survey, and then stands before the rows.
    static func open(_ source: any ByteSource, plan: ImportPlan, delimiter: UInt8?) throws -> TableOpening {
        let found = try EncodingDetection.detect(source, setting: plan.encoding)
        var first = try start(source, found, plan: plan, delimiter: delimiter)
        let survey = try survey(&first.reader, mapping: first.mapping)
        var opening = try start(source, found, plan: plan, delimiter: delimiter)
        opening.apply(survey, plan: plan)
        return opening
    }

    private static func start(
        _ source: any ByteSource, _ found: DetectedEncoding, plan: ImportPlan, delimiter: UInt8?
    ) throws -> TableOpening {
        let skip = try headerOffset(source, found, plan: plan, delimiter: delimiter)
        let decoder = try TextDecoder(source, detected: found)
        var reader = try DelimitedReader(decoder, delimiter: delimiter)
        var row = DelimitedRow()
        for _ in 0...skip { guard try reader.next(into: &row) else { throw ImportProblem.empty } }
        let header = row.cells.map { TextNarrowing.trim($0) }
        var mapping = try ColumnMapping.resolve(header: header, kind: plan.kind, explicit: plan.explicit)
        if skip > 0 { mapping.notes.insert(.skippedBeforeHeader(lines: skip), at: 0) }
        if decoder.detected.encoding != .utf8 { mapping.notes.insert(.encoding(decoder.detected.encoding), at: 0) }
        return TableOpening(reader: reader, mapping: mapping, detected: decoder.detected, header: header)
    }

    /// How many rows stand above the header: 0 unless the first row has no known title and a later one two.
    private static func headerOffset(
        _ source: any ByteSource, _ found: DetectedEncoding, plan: ImportPlan, delimiter: UInt8?
    ) throws -> Int {
        guard plan.explicit.isEmpty else { return 0 }
        var reader = try DelimitedReader(try TextDecoder(source, detected: found), delimiter: delimiter)
        var row = DelimitedRow()
        for offset in 0..<preamble {
            guard try reader.next(into: &row) else { return 0 }
            let known = ColumnMapping.knownColumns(row.cells, kind: plan.kind)
            if known >= (offset == 0 ? 1 : 2) { return offset }
        }
        return 0
    }

    private static func survey(_ reader: inout DelimitedReader, mapping: ColumnMapping) throws -> TableSurvey {
        var survey = TableSurvey()
        var row = DelimitedRow()
        for _ in 0..<TableSurvey.sample {
            do {
                guard try reader.next(into: &row) else { break }
            } catch ImportProblem.textAfterQuote {
                continue
            } catch ImportProblem.quoteNeverCloses {
                break
            }
            survey.add(row, mapping: mapping)
        }
        return survey
    }

    private mutating func apply(_ survey: TableSurvey, plan: ImportPlan) {
        let order = plan.dateOrder ?? survey.dateOrder
        if plan.dateOrder == nil, let order { mapping.notes.append(.dateOrder(order)) }
        for (index, target) in mapping.targets.enumerated() {
            guard case .field(let field, var hints) = target, TableSurvey.isMoment(field.type) else { continue }
            hints.dateOrder = order
            hints.serialDates = plan.serialDates
            hints.midnightIsDate = survey.holdsDates(column: index)
            mapping.targets[index] = .field(field, hints)
        }
    }
}
