/// The lines between nodes: comments and blank lines.
struct LineGaps {
    struct Line: Equatable {
        /// Without indentation and trailing blanks; empty for a blank line.
        let text: String
        let column: Int
        /// Where the next line begins.
        let end: Int

        var isBlank: Bool { text.isEmpty }
        /// An entry of a list that was commented out.
        var isEntry: Bool { text.drop { $0 == "#" || $0 == " " }.hasPrefix("- ") }
    }

    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func lineStart(_ offset: Int) -> Int {
        var at = min(offset, bytes.count)
        while at > 0, bytes[at - 1] != UInt8(ascii: "\n") { at -= 1 }
        return at
    }

    func lineEnd(_ offset: Int) -> Int {
        var at = offset
        while at < bytes.count, bytes[at] != UInt8(ascii: "\n") { at += 1 }
        return at
    }

    /// Where the line after that of `offset` begins.
    func nextLine(_ offset: Int) -> Int { min(lineEnd(offset) + 1, bytes.count) }

    func column(_ offset: Int) -> Int { offset - lineStart(offset) }

    /// Comments and blank lines from a line's start up to the line at `limit`; anything else is a doubt.
    func lines(from start: Int, to limit: Int) throws(LayoutDoubt) -> [Line] {
        var found: [Line] = []
        var at = start
        while at < limit {
            let line = line(at)
            guard line.isBlank || line.text.hasPrefix("#") else { throw LayoutDoubt(at: at) }
            found.append(line)
            at = line.end
        }
        return found
    }

    /// Every line to the end of the text.
    func rest(from start: Int) -> [Line] {
        var found: [Line] = []
        var at = start
        while at < bytes.count {
            let line = line(at)
            found.append(line)
            at = line.end
        }
        return found
    }

    /// The comments after a block that belong to it: indented at least as far as the block, and farther than what
    /// follows. Blank lines come along only between such comments.
    ///
    /// A list may begin in the column of its key (`isUnindented`); there only what looks like an entry is one.
    func tail(from start: Int, column: Int, isUnindented: Bool = false) -> [Line] {
        let rest = rest(from: start, whileEmpty: true)
        var taken = 0
        for (index, line) in rest.lines.enumerated() where !line.isBlank {
            let isEdge = isUnindented && line.column == column
            guard isEdge ? line.isEntry : line.column >= column && line.column > rest.next else { break }
            taken = index + 1
        }
        return Array(rest.lines.prefix(taken))
    }

    /// Comments and blank lines up to the next line of another sort, and that line's column; −1 at the end.
    private func rest(from start: Int, whileEmpty: Bool) -> (lines: [Line], next: Int) {
        var found: [Line] = []
        var at = start
        while at < bytes.count {
            let line = line(at)
            guard line.isBlank || line.text.hasPrefix("#") else { return (found, line.column) }
            found.append(line)
            at = line.end
        }
        return (found, -1)
    }

    private func line(_ start: Int) -> Line {
        let end = lineEnd(start)
        var first = start
        while first < end, bytes[first] == UInt8(ascii: " ") || bytes[first] == UInt8(ascii: "\t") { first += 1 }
        var last = end
        while last > first, bytes[last - 1] == UInt8(ascii: " ") || bytes[last - 1] == UInt8(ascii: "\t") { last -= 1 }
        return Line(
            text: String(decoding: bytes[first..<last], as: UTF8.self), column: first - start,
            end: min(end + 1, bytes.count))
    }
}

extension [LineGaps.Line] {
    /// The texts, several blank lines made one.
    var squeezed: [String] {
        var result: [String] = []
        for line in self where !(line.isBlank && result.last?.isEmpty == true) { result.append(line.text) }
        return result
    }
}
