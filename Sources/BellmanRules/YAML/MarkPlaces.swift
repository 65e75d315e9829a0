/// Leads from libyaml's lines and columns to byte offsets.
///
/// libyaml goes by YAML 1.1, where U+0085, U+2028 and U+2029 end a line too. Marks come in the order of the file, so each
/// look-up goes on from the one before: a file of one long line costs no more than one of many.
struct MarkPlaces {
    private let bytes: [UInt8]
    /// Offset of the first byte of every line.
    private let lineStarts: [Int]
    private var last = (line: 0, column: 1, offset: 0)

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        // A byte order mark is no column.
        var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
        var at = starts[0]
        while at < bytes.count {
            let length = MarkPlaces.lineBreak(bytes, at)
            at += max(length, 1)
            if length > 0 { starts.append(at) }
        }
        lineStarts = starts
    }

    /// Bytes of the line end that begins here, 0 when none does.
    static func lineBreak(_ bytes: [UInt8], _ at: Int) -> Int {
        switch bytes[at] {
        case 0x0A: return 1
        case 0x0D: return at + 1 < bytes.count && bytes[at + 1] == 0x0A ? 2 : 1
        case 0xC2: return at + 1 < bytes.count && bytes[at + 1] == 0x85 ? 2 : 0
        case 0xE2:
            guard at + 2 < bytes.count, bytes[at + 1] == 0x80 else { return 0 }
            return bytes[at + 2] & 0xFE == 0xA8 ? 3 : 0
        default: return 0
        }
    }

    /// Both from 1; the column in scalars.
    mutating func offset(line: Int, column: Int) -> Int {
        guard line <= lineStarts.count else { return bytes.count }
        if line != last.line || column < last.column { last = (line, 1, lineStarts[line - 1]) }
        while last.column < column, last.offset < bytes.count {
            last.offset += 1
            while last.offset < bytes.count, bytes[last.offset] & 0xC0 == 0x80 { last.offset += 1 }
            last.column += 1
        }
        return last.offset
    }
}
