/// A named text with an index of its lines. A line ends at LF, CR LF or a lone CR.
public struct SourceFile: Sendable {
    public let name: String
    public let bytes: [UInt8]
    /// Offset of the first byte of every line; the first entry is 0, or 3 behind a byte order mark.
    public let lineStarts: [Int]

    public init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
        // The mark that some editors write first is no character of line 1.
        var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
        for (index, byte) in bytes.enumerated() {
            if byte == 0x0A {
                starts.append(index + 1)
            } else if byte == 0x0D, index + 1 == bytes.count || bytes[index + 1] != 0x0A {
                starts.append(index + 1)
            }
        }
        lineStarts = starts
    }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The text of a range; offsets outside the file are pulled in.
    public func text(of range: SourceRange) -> String {
        String(decoding: bytes[clamped(range.start)..<max(clamped(range.start), clamped(range.end))], as: UTF8.self)
    }

    /// The range with the rest of the characters that it cuts.
    func wholeCharacters(_ range: SourceRange) -> SourceRange {
        func isInside(_ offset: Int) -> Bool {
            (1..<max(1, bytes.count)).contains(offset) && bytes[offset] & 0xC0 == 0x80
        }
        var (start, end) = (range.start, range.end)
        while isInside(start) { start -= 1 }
        while end > start, isInside(end) { end += 1 }
        return SourceRange(start, end)
    }

    /// Number (from 1) of the line that holds a byte offset.
    public func line(at offset: Int) -> Int {
        let target = clamped(offset)
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= target { low = middle } else { high = middle }
        }
        return low + 1
    }

    public func position(at offset: Int) -> SourcePosition {
        let number = line(at: offset)
        let before = bytes[lineStarts[number - 1]..<clamped(offset)]
        // A scalar is counted at its first byte, so every byte that is not a continuation counts one.
        return SourcePosition(line: number, column: before.count(where: { $0 & 0xC0 != 0x80 }) + 1)
    }

    /// The text of a line without its ending.
    public func lineText(_ line: Int) -> String { text(of: lineRange(line)) }

    public func lineRange(_ line: Int) -> SourceRange {
        guard line >= 1, line <= lineStarts.count else { return SourceRange(bytes.count, bytes.count) }
        let start = lineStarts[line - 1]
        var end = line < lineStarts.count ? lineStarts[line] : bytes.count
        while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        return SourceRange(start, end)
    }

    private func clamped(_ offset: Int) -> Int { min(max(offset, 0), bytes.count) }
}
