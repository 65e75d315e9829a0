/// Streams the rows of a CSV, TSV or semicolon text (RFC 4180), holding one piece of the text and one row.
///
/// Accepted beyond the RFC: any of LF, CRLF, CR as line end; blank lines (skipped); a quote inside an unquoted cell
/// (literal). Not accepted: text after a closing quote, and a quote that never closes.
public struct DelimitedReader {
    /// A row longer than this has a quote that was never closed.
    public static let maximumRowBytes = 4 * 1024 * 1024
    static let candidates: [UInt8] = [44, 9, 59, 124]

    public private(set) var delimiter: UInt8
    private let decoder: TextDecoder
    private var piece: [UInt8] = []
    private var position = 0
    private var line = 1
    private var skipLineFeed = false

    /// Without `delimiter` the first line tells: `sep=;`, else whichever of comma, tab, semicolon, bar it holds most of
    /// outside quotes. Throws `ImportProblem`.
    public init(_ decoder: TextDecoder, delimiter: UInt8? = nil) throws {
        self.decoder = decoder
        self.delimiter = delimiter ?? 44
        piece = try decoder.next() ?? []
        let sniffed = DelimiterSniffer.sniff(piece)
        if delimiter == nil { self.delimiter = sniffed.delimiter }
        if sniffed.directiveBytes > 0 {
            position = sniffed.directiveBytes
            line = 2
        }
    }

    public var bytesRead: Int { decoder.bytesRead }

    /// Fills `row` with the next row; false at the end. Throws `ImportProblem.quoteNeverCloses` (nothing more can be
    /// read), `.textAfterQuote` (the row is skipped; reading may go on) and what decoding throws.
    public mutating func next(into row: inout DelimitedRow) throws -> Bool {
        repeat {
            guard try fill() else { return false }
            row.clear()
            row.line = line
            try read(&row)
        } while row.count == 1 && row.bytes.isEmpty
        return true
    }

    /// True when there is a byte at `position`.
    private mutating func fill() throws -> Bool {
        while true {
            if position < piece.count {
                guard skipLineFeed else { return true }
                skipLineFeed = false
                if piece[position] != 0x0A { return true }
                position += 1
                continue
            }
            guard let next = try decoder.next() else { return false }
            piece = next
            position = 0
        }
    }

    private mutating func read(_ row: inout DelimitedRow) throws {
        var malformed: Int?
        while true {
            guard try fill() else {
                row.ends.append(row.bytes.count)
                break
            }
            if piece[position] == 34 {
                try quoted(&row, &malformed)
            }
            if try !unquoted(&row, &malformed) { break }
        }
        if let malformed { throw ImportProblem.textAfterQuote(line: row.line, column: malformed) }
    }

    /// Takes the rest of a cell up to a delimiter (true) or the row's end (false).
    private mutating func unquoted(_ row: inout DelimitedRow, _ malformed: inout Int?) throws -> Bool {
        while try fill() {
            let start = position
            let stop = plainEnd(from: start)
            if stop > start { row.bytes.append(contentsOf: piece[start..<stop]) }
            position = stop
            guard row.bytes.count <= DelimitedReader.maximumRowBytes else {
                throw ImportProblem.quoteNeverCloses(line: row.line)
            }
            guard stop < piece.count else { continue }
            row.ends.append(row.bytes.count)
            return !endsRow()
        }
        row.ends.append(row.bytes.count)
        return false
    }

    private func plainEnd(from start: Int) -> Int {
        piece.withUnsafeBufferPointer { bytes in
            var at = start
            let delimiter = delimiter
            while at < bytes.count {
                let byte = bytes[at]
                if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
                at += 1
            }
            return at
        }
    }

    /// Steps over a delimiter or line end; true for a line end.
    private mutating func endsRow() -> Bool {
        let byte = piece[position]
        position += 1
        guard byte != delimiter else { return false }
        line += 1
        skipLineFeed = byte == 0x0D
        return true
    }

    /// At an opening quote: takes the cell up to its closing quote.
    private mutating func quoted(_ row: inout DelimitedRow, _ malformed: inout Int?) throws {
        position += 1
        let opened = line
        // Line ends inside quotes belong to the cell: the flag must not swallow any.
        while true {
            guard try fillInsideQuotes() else { throw ImportProblem.quoteNeverCloses(line: opened) }
            let stop = quoteEnd(from: position)
            for byte in piece[position..<stop] where byte == 0x0A { line += 1 }
            row.bytes.append(contentsOf: piece[position..<stop])
            position = stop
            guard row.bytes.count <= DelimitedReader.maximumRowBytes else {
                throw ImportProblem.quoteNeverCloses(line: opened)
            }
            guard stop < piece.count else { continue }
            position += 1
            guard try fillInsideQuotes() else { return }
            guard piece[position] == 34 else { break }
            row.bytes.append(34)
            position += 1
        }
        let next = piece[position]
        if next != delimiter, next != 0x0A, next != 0x0D { malformed = malformed ?? row.ends.count + 1 }
    }

    private mutating func fillInsideQuotes() throws -> Bool {
        while position >= piece.count {
            guard let next = try decoder.next() else { return false }
            piece = next
            position = 0
        }
        return true
    }

    private func quoteEnd(from start: Int) -> Int {
        piece.withUnsafeBufferPointer { bytes in
            var at = start
            while at < bytes.count, bytes[at] != 34 { at += 1 }
            return at
        }
    }
}
