import SourceDiagnostics

/// Writes the nodes of a text anew, taking scalars and comments from the text itself.
///
/// It walks the nodes in source order with `cursor` at the first line that is not yet written; whatever it passes must be
/// a node, a comment or blank, else it gives up.
struct LayoutWriter {
    /// One entry of a mapping or sequence. `body` has its first line without indentation, the others with it.
    private struct Chunk {
        var leading: [String]
        var body: String
    }

    private let bytes: [UInt8]
    private let gaps: LineGaps
    private let flow: FlowLayout
    private var cursor = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        gaps = LineGaps(bytes)
        flow = FlowLayout(bytes: bytes)
    }

    static func write(_ root: YAMLNode, _ bytes: [UInt8]) throws(LayoutDoubt) -> [UInt8] {
        var writer = LayoutWriter(bytes)
        return Array(try writer.document(root).utf8)
    }

    private mutating func document(_ root: YAMLNode) throws(LayoutDoubt) -> String {
        guard !root.isFlow, !root.isScalar else { throw LayoutDoubt(at: root.range.start) }
        var header = try start(of: root)
        let (chunks, after) =
            root.items == nil
            ? try mapping(root, 0, KeyRanks.owner(ofRoot: root.pairs ?? []))
            : try sequence(root, 0, root.items?.first?.pairs.flatMap { KeyRanks.owner(ofRoot: $0) })
        var tail = after + (try gaps.lines(from: cursor, to: bytes.count).squeezed)
        while header.first?.isEmpty == true { header.removeFirst() }
        while tail.last?.isEmpty == true { tail.removeLast() }
        return lines(header, 0) + text(chunks, 0) + lines(tail, 0)
    }

    /// Comments at the head of a file stay there; so does a `---`.
    private mutating func start(of root: YAMLNode) throws(LayoutDoubt) -> [String] {
        var at = 0
        let first = gaps.lineStart(root.range.start)
        var header: [String] = []
        while at < first {
            let end = gaps.lineEnd(at)
            let text = String(decoding: bytes[at..<end], as: UTF8.self).trimmed
            if text == "---", !header.contains("---") {
                header.append(text)
            } else {
                header += try gaps.lines(from: at, to: min(end + 1, first)).map(\.text)
            }
            at = end + 1
        }
        cursor = first
        var squeezed: [String] = []
        for line in header where !(line.isEmpty && squeezed.last?.isEmpty == true) { squeezed.append(line) }
        return squeezed
    }

    // MARK: blocks

    private mutating func mapping(
        _ node: YAMLNode, _ indent: Int, _ owner: KeyOwner?
    ) throws(LayoutDoubt) -> (chunks: [Chunk], tail: [String]) {
        guard let pairs = node.pairs, let first = pairs.first else { throw LayoutDoubt(at: node.range.start) }
        let column = gaps.column(first.key.range.start)
        var chunks: [Chunk] = []
        for pair in pairs {
            guard gaps.column(pair.key.range.start) == column else { throw LayoutDoubt(at: pair.key.range.start) }
            let leading = try gap(to: pair.key.range.start)
            chunks.append(Chunk(leading: leading, body: try entry(pair, column, indent, owner)))
        }
        let tail = gaps.tail(from: cursor, column: column)
        cursor = tail.last?.end ?? cursor
        let keys = pairs.map { $0.key.scalar?.text ?? "" }
        if let ranks = KeyRanks(owner, keys: keys) { chunks = ranks.sorted(keys).map { chunks[$0] } }
        return (chunks, tail.squeezed)
    }

    /// - Parameter parent: the column of the key that holds the list.
    private mutating func sequence(
        _ node: YAMLNode, _ indent: Int, _ owner: KeyOwner?, parent: Int? = nil
    ) throws(LayoutDoubt) -> (chunks: [Chunk], tail: [String]) {
        guard let items = node.items, let first = items.first else { throw LayoutDoubt(at: node.range.start) }
        let column = gaps.column(try dash(first))
        var chunks: [Chunk] = []
        for item in items {
            let dash = try dash(item)
            guard gaps.column(dash) == column else { throw LayoutDoubt(at: dash) }
            var chunk = Chunk(leading: try gap(to: dash), body: "- ")
            cursor = dash + 1
            if item.pairs != nil, !item.isFlow {
                let deeper = indent + RuleFormatter.indentation
                var (entries, tail) = try mapping(item, deeper, owner)
                // What stood over a key that is now the first cannot stand between it and the dash.
                chunk.leading += entries[0].leading.filter { !$0.isEmpty }
                entries[0].leading = []
                chunk.body += text(entries, deeper, isNested: true)
                if !tail.isEmpty { chunk.body += "\n" + trimmedEnd(lines(tail, deeper)) }
            } else if item.isFlow || item.isScalar, !isBlockText(item) {
                chunk.body += try value(item, indent, gaps.column(dash), owner, taken: "- ")
            } else {
                throw LayoutDoubt(at: item.range.start)
            }
            chunks.append(chunk)
        }
        let tail = gaps.tail(from: cursor, column: column, isUnindented: column == parent)
        cursor = tail.last?.end ?? cursor
        return (chunks, tail.squeezed)
    }

    private func isBlockText(_ node: YAMLNode) -> Bool {
        node.scalar?.style == .literal || node.scalar?.style == .folded
    }

    /// The dash of a sequence's item, first on its line.
    private func dash(_ item: YAMLNode) throws(LayoutDoubt) -> Int {
        let start = gaps.lineStart(item.range.start)
        var at = start
        while at < item.range.start, bytes[at] == UInt8(ascii: " ") { at += 1 }
        guard at < item.range.start, bytes[at] == UInt8(ascii: "-"),
            bytes[(at + 1)..<item.range.start].allSatisfy({ $0 == UInt8(ascii: " ") })
        else { throw LayoutDoubt(at: item.range.start) }
        return at
    }

    // MARK: entries

    private mutating func entry(
        _ pair: YAMLNode.Pair, _ column: Int, _ indent: Int, _ owner: KeyOwner?
    ) throws(LayoutDoubt) -> String {
        let keyEnd = try ScalarEnds(bytes).end(of: pair.key)
        let key = String(decoding: bytes[pair.key.range.start..<keyEnd], as: UTF8.self)
        var at = keyEnd
        while at < bytes.count, bytes[at] == UInt8(ascii: " ") { at += 1 }
        guard at < bytes.count, bytes[at] == UInt8(ascii: ":"), !key.contains("\n") else { throw LayoutDoubt(at: at) }
        let colon = at + 1
        let inner = KeyRanks.owner(under: pair.key.scalar?.text ?? "", of: owner)
        let node = pair.value
        if node.range.length == 0, node.isEmpty { return key + ":" + (try lineRest(colon)) }
        guard gaps.lineStart(node.range.start) > pair.key.range.start else {
            if isBlockText(node) { return "\(key): " + (try blockText(node, column, indent)) }
            guard node.isScalar || node.isFlow else { throw LayoutDoubt(at: node.range.start) }
            return "\(key): " + (try value(node, indent, column, inner, taken: "\(key): "))
        }
        let head = key + ":" + (try lineRest(colon))
        let deeper = indent + RuleFormatter.indentation
        if node.isScalar || node.isFlow {
            guard try gap(to: node.range.start).isEmpty, !isBlockText(node) else { throw LayoutDoubt(at: colon) }
            return head + "\n" + spaces(deeper) + (try value(node, indent, column, inner, taken: ""))
        }
        let (chunks, tail) =
            node.items == nil ? try mapping(node, deeper, inner) : try sequence(node, deeper, inner, parent: column)
        return trimmedEnd(head + "\n" + text(chunks, deeper) + lines(tail, deeper))
    }

    /// A scalar or flow collection and what follows on its line.
    private mutating func value(
        _ node: YAMLNode, _ indent: Int, _ column: Int, _ owner: KeyOwner?, taken: String
    ) throws(LayoutDoubt) -> String {
        let end = node.isScalar ? try ScalarEnds(bytes).end(of: node) : try flow.end(of: node)
        let raw = bytes[node.range.start..<end]
        let rest = try lineRest(end)
        if node.isFlow, !flow.hasComment(node, to: end), let text = flow.oneLine(node, owner) {
            let fits = DisplayWidth.of(spaces(indent) + taken + text + rest) <= RuleFormatter.lineWidth
            if fits || !raw.contains(UInt8(ascii: "\n")) { return text + rest }
        }
        guard raw.contains(UInt8(ascii: "\n")) else { return String(decoding: raw, as: UTF8.self) + rest }
        return shifted(raw, node, indent, column) + rest
    }

    /// Several lines, those after the first moved along with the block they stand in.
    private func shifted(_ raw: ArraySlice<UInt8>, _ node: YAMLNode, _ indent: Int, _ column: Int) -> String {
        let isDouble = node.scalar?.style == .double
        var result: [String] = []
        for (index, line) in raw.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let old = line.prefix { $0 == UInt8(ascii: " ") }.count
            var text = line.dropFirst(index == 0 ? 0 : old)
            // A blank before the end of a line in double quotes may be escaped.
            while !isDouble || node.isFlow, let last = text.last, last == UInt8(ascii: " ") { text = text.dropLast() }
            let place = node.isFlow ? max(indent, indent + old - column) : indent + RuleFormatter.indentation
            result.append(
                (index == 0 || text.isEmpty ? "" : spaces(place)) + String(decoding: text, as: UTF8.self))
        }
        return result.joined(separator: "\n")
    }

    /// `|` and `>`: the lines as they are, moved to stand under their key.
    private mutating func blockText(_ node: YAMLNode, _ column: Int, _ indent: Int) throws(LayoutDoubt) -> String {
        let headEnd = gaps.lineEnd(node.range.start)
        let head = String(decoding: bytes[node.range.start..<headEnd], as: UTF8.self)
        let marks = head.prefix { $0 != " " }
        let step = marks.compactMap(\.wholeNumberValue).first
        var at = gaps.nextLine(node.range.start)
        var body: [(blanks: Int, text: String)] = []
        var own = step.map { column + $0 }
        while at < bytes.count {
            let end = gaps.lineEnd(at)
            let line = bytes[at..<end]
            let blanks = line.prefix { $0 == UInt8(ascii: " ") }.count
            if blanks < line.count {
                guard blanks > column, blanks >= own ?? 0 else { break }
                own = own ?? blanks
            }
            body.append((blanks, String(decoding: line.dropFirst(blanks), as: UTF8.self)))
            at = min(end + 1, bytes.count)
            if end == bytes.count { break }
        }
        guard let own else { throw LayoutDoubt(at: node.range.start) }
        if !marks.contains("+") {
            while let last = body.last, last.text.isEmpty, last.blanks <= own {
                body.removeLast()
                at = gaps.lineStart(at - 1)
            }
        }
        cursor = at
        let place = step.map { indent + $0 } ?? indent + RuleFormatter.indentation
        let lines = body.map { line in
            let blanks =
                line.text.isEmpty ? (line.blanks > own ? place + line.blanks - own : 0) : place + line.blanks - own
            return spaces(blanks) + line.text
        }
        return ([trimmedEnd(head)] + lines).joined(separator: "\n")
    }

    // MARK: lines

    /// What follows on the line: nothing, or a comment with the blanks before it. The cursor goes to the next line.
    private mutating func lineRest(_ offset: Int) throws(LayoutDoubt) -> String {
        let end = gaps.lineEnd(offset)
        let rest = trimmedEnd(String(decoding: bytes[offset..<end], as: UTF8.self))
        guard rest.isEmpty || (rest.hasPrefix(" ") && rest.trimmed.hasPrefix("#")) else {
            throw LayoutDoubt(at: offset)
        }
        cursor = gaps.nextLine(offset)
        return rest
    }

    /// Comments and blank lines before the line of a node; none where the cursor is on that line already.
    private mutating func gap(to offset: Int) throws(LayoutDoubt) -> [String] {
        let start = gaps.lineStart(offset)
        guard start > cursor else { return [] }
        let found = try gaps.lines(from: cursor, to: start)
        cursor = start
        return found.squeezed
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

    private func lines(_ texts: [String], _ indent: Int) -> String {
        texts.map { ($0.isEmpty ? "" : spaces(indent) + $0) + "\n" }.joined()
    }

    /// Entries one under another. Nothing blank stands before the first of a block. Nested in a list's item the first
    /// line has no indentation, and the last no line end.
    private func text(_ chunks: [Chunk], _ indent: Int, isNested: Bool = false) -> String {
        var out = ""
        for (index, chunk) in chunks.enumerated() {
            var leading = chunk.leading
            while index == 0, leading.first?.isEmpty == true { leading.removeFirst() }
            out += lines(leading, indent)
            out += (index == 0 && isNested ? "" : spaces(indent)) + chunk.body + "\n"
        }
        return isNested ? String(out.dropLast()) : out
    }

    private func trimmedEnd(_ text: String) -> String {
        var view = text[...].unicodeScalars
        while let last = view.last, last == " " || last == "\t" || last == "\n" { view.removeLast() }
        return String(view)
    }
}
