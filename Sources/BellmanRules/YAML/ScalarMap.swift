import SourceDiagnostics

/// Leads from a place in a scalar's text back to the place in the file.
///
/// libyaml tells only where a scalar begins, so the source is walked beside the cooked text: equal bytes pair up,
/// escapes pair with what they stand for, and the white space that folding or indentation removed is passed over.
struct ScalarMap: Sendable {
    /// File offset of each cooked byte; one more entry for the end.
    private let offsets: [Int32]
    private let start: Int

    /// `begin` is the file offset of the scalar's first source byte (a quote, `|`, `>` or the text itself).
    init(cooked: String, style: YAMLScalar.Style, source: [UInt8], begin: Int) {
        start = begin
        var walk = Walk(
            source: source, at: ScalarMap.contentStart(style: style, source: source, begin: begin), style: style)
        var found: [Int32] = []
        found.reserveCapacity(cooked.utf8.count + 1)
        for byte in cooked.utf8 { found.append(Int32(walk.pair(with: byte))) }
        found.append(Int32(walk.end))
        offsets = found
    }

    func fileRange(_ range: SourceRange) -> SourceRange {
        let lower = offset(range.start)
        guard range.end > range.start else { return SourceRange(lower, lower) }
        // The end is one past the last byte, so that a range never swallows the indentation after it.
        return SourceRange(lower, max(lower, offset(range.end - 1) + 1))
    }

    /// One past the scalar's last source byte that is text.
    var end: Int { Int(offsets.last ?? Int32(start)) }

    private func offset(_ index: Int) -> Int {
        offsets.isEmpty ? start : Int(offsets[min(max(index, 0), offsets.count - 1)])
    }

    private static func contentStart(style: YAMLScalar.Style, source: [UInt8], begin: Int) -> Int {
        switch style {
        case .plain: return begin
        case .single, .double: return begin + 1
        case .literal, .folded:
            var at = begin
            while at < source.count, MarkPlaces.lineBreak(source, at) == 0 { at += 1 }
            return at < source.count ? at + MarkPlaces.lineBreak(source, at) : at
        }
    }

    private struct Walk {
        let source: [UInt8]
        var at: Int
        let style: YAMLScalar.Style
        /// Bytes that one escape still stands for (`\u8d77` is three bytes of text).
        private var pendingEscape: (offset: Int, left: Int)?
        private(set) var end: Int

        init(source: [UInt8], at: Int, style: YAMLScalar.Style) {
            self.source = source
            self.at = at
            self.style = style
            end = at
        }

        mutating func pair(with byte: UInt8) -> Int {
            if let escape = pendingEscape, escape.left > 0 {
                pendingEscape = (escape.offset, escape.left - 1)
                return escape.offset
            }
            while at < source.count {
                let here = source[at]
                if style == .double, here == UInt8(ascii: "\\") {
                    if let offset = takeEscape(first: byte) { return offset }
                    continue
                }
                if here == byte { return take(length: here == UInt8(ascii: "'") && style == .single ? 2 : 1) }
                guard let blank = blankLength() else { return at }
                if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") { return take(length: blank) }
                at += blank
            }
            return max(end - 1, 0)
        }

        private mutating func take(length: Int) -> Int {
            let offset = at
            at += length
            end = at
            return offset
        }

        /// Handles `\` in a double-quoted scalar; `nil` when it only continues a line.
        private mutating func takeEscape(first byte: UInt8) -> Int? {
            let offset = at
            guard at + 1 < source.count else {
                at += 1
                return offset
            }
            let kind = source[at + 1]
            if kind == UInt8(ascii: "\n") {
                at += 2
                return nil
            }
            let digits: [UInt8: Int] = [UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8]
            at += 2 + (digits[kind] ?? 0)
            end = at
            pendingEscape = (offset, ScalarMap.followers(of: byte))
            return offset
        }

        /// Bytes of the blank or line end at this place; nil when here is something else.
        private func blankLength() -> Int? {
            if source[at] == 0x20 || source[at] == 0x09 || source[at] == 0x0D { return 1 }
            let length = MarkPlaces.lineBreak(source, at)
            return length > 0 ? length : nil
        }
    }

    /// How many UTF-8 bytes follow a lead byte.
    private static func followers(of lead: UInt8) -> Int {
        if lead >= 0xF0 { return 3 }
        if lead >= 0xE0 { return 2 }
        return lead >= 0xC0 ? 1 : 0
    }
}
