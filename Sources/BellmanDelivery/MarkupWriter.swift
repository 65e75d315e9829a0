import BellmanModel

/// Writes message text in a syntax, byte by byte. While authored text is read, each value is four bytes that no UTF-8
/// text can hold, so nothing that somebody typed can be taken for one.
struct MarkupWriter {
    private let syntax: Syntax
    private let values: [String]
    private var out: [UInt8] = []

    private static let valueMark: UInt8 = 0xFE
    private static let open = UInt8(ascii: "[")
    private static let star = UInt8(ascii: "*")

    static func render(_ parts: [TextPart], as syntax: Syntax) -> String {
        var source: [UInt8] = []
        var values: [String] = []
        for part in ReportText.parts(parts, asTables: syntax.tables) {
            switch part {
            case .report: break
            case .authored(let text): source += text.utf8
            case .value(let value):
                let number = UInt32(clamping: values.count)
                source.append(valueMark)
                for shift in [12, 6, 0] as [UInt32] { source.append(0x80 | UInt8((number >> shift) & 0x3F)) }
                values.append(value)
            }
        }
        var writer = MarkupWriter(syntax: syntax, values: values)
        writer.out.reserveCapacity(source.count + values.reduce(64) { $0 + $1.utf8.count })
        writer.authored(source[...], links: true)
        return String(decoding: writer.out, as: UTF8.self)
    }

    static func escape(_ bytes: UnsafeBufferPointer<UInt8>, as syntax: Syntax) -> String {
        var writer = MarkupWriter(syntax: syntax, values: [])
        writer.out.reserveCapacity(bytes.count + 32)
        writer.escaped(bytes)
        return String(decoding: writer.out, as: UTF8.self)
    }

    // Authored text

    private init(syntax: Syntax, values: [String]) {
        self.syntax = syntax
        self.values = values
    }

    private mutating func authored(_ source: ArraySlice<UInt8>, links: Bool) {
        var stars = pairsOfStars(source)
        var isOpen = false
        var index = source.startIndex
        while index < source.endIndex {
            let byte = source[index]
            if byte == MarkupWriter.valueMark {
                value(number(source, index))
                index += 4
            } else if links, byte == MarkupWriter.open, let link = AuthoredLink(source, at: index) {
                write(link)
                index = link.end
            } else if byte == MarkupWriter.star, isPair(source, index), emphasis(&stars, &isOpen) {
                index += 2
            } else {
                if byte == 0x0A { out += syntax.lineEnd } else { one(byte) }
                index += 1
            }
        }
    }

    private mutating func one(_ byte: UInt8) {
        if let replacement = syntax.authored(byte) { out += replacement } else { out.append(byte) }
    }

    private func number(_ source: ArraySlice<UInt8>, _ index: Int) -> Int {
        (1...3).reduce(0) { $0 << 6 | Int(source[index + $1] & 0x3F) }
    }

    private mutating func value(_ number: Int) {
        guard number < values.count else { return }
        var text = values[number]
        text.withUTF8 { bytes in
            if syntax.changes(bytes) { escaped(bytes) } else { out += bytes }
        }
    }

    private func isPair(_ source: ArraySlice<UInt8>, _ index: Int) -> Bool {
        index + 1 < source.endIndex && source[index + 1] == MarkupWriter.star
    }

    /// Pairs of stars outside of links; not counted where they stay as they are.
    private func pairsOfStars(_ source: ArraySlice<UInt8>) -> Int {
        guard case .tags = syntax.bold else { return 0 }
        var count = 0
        var index = source.startIndex
        while index < source.endIndex {
            if source[index] == MarkupWriter.open, let link = AuthoredLink(source, at: index) {
                index = link.end
            } else if source[index] == MarkupWriter.star, isPair(source, index) {
                count += 1
                index += 2
            } else {
                index += 1
            }
        }
        return count
    }

    /// False when the stars stay: a pair that nothing closes.
    private mutating func emphasis(_ left: inout Int, _ isOpen: inout Bool) -> Bool {
        switch syntax.bold {
        case .asWritten: return false
        case .removed: return true
        case .tags(let opening, let closing):
            left -= 1
            if !isOpen, left < 1 { return false }
            out += isOpen ? closing : opening
            isOpen.toggle()
            return true
        }
    }

    private mutating func write(_ link: AuthoredLink) {
        let url = Markup.safeURL(raw(link.url))
        switch (syntax.links, url) {
        case (.asText, let url):
            if link.label.elementsEqual(Markup.linkMark.utf8) {
                out += (url ?? "").utf8
            } else {
                authored(link.label, links: false)
                if let url { out += " (\(url))".utf8 }
            }
        case (_, nil): authored(link.label, links: false)
        case (.markdown, let url?): wrap(link.label, "[", "](\(url))")
        case (.slack, let url?): wrap(link.label, "<\(Markup.escape(url, as: .slackText))|", ">")
        case (.html, let url?): wrap(link.label, "<a href=\"\(Markup.escape(url, as: .html))\">", "</a>")
        }
    }

    private mutating func wrap(_ label: ArraySlice<UInt8>, _ before: String, _ after: String) {
        out += before.utf8
        authored(label, links: false)
        out += after.utf8
    }

    /// Text with its values as they are: for a target, which `safeURL` makes harmless.
    private func raw(_ source: ArraySlice<UInt8>) -> String {
        var bytes: [UInt8] = []
        var index = source.startIndex
        while index < source.endIndex {
            if source[index] == MarkupWriter.valueMark {
                let number = number(source, index)
                if number < values.count { bytes += values[number].utf8 }
                index += 4
            } else {
                bytes.append(source[index])
                index += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    // Values

    private mutating func escaped(_ bytes: UnsafeBufferPointer<UInt8>) {
        var index = 0
        var line = LineState()
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x80 {
                index += wide(bytes, index, &line)
                continue
            }
            switch byte {
            case 0x0A, 0x0D:
                if byte == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
                breakLine(&line)
            case 0x09: plain(0x20, &line)
            case 0..<0x20, 0x7F: show(UInt32(byte), &line)
            case UInt8(ascii: "_") where syntax.keepsInnerUnderscore && isInsideWord(bytes, index):
                out.append(byte)
                line.step(byte)
            default: plain(byte, &line)
            }
            index += 1
        }
    }

    /// Where in its line a value is.
    private struct LineState {
        var atStart = true
        var onlyDigits = true

        mutating func step(_ byte: UInt8) {
            onlyDigits = onlyDigits && ((48...57).contains(byte) || (atStart && byte == 0x20))
            atStart = atStart && byte == 0x20
        }
    }

    private mutating func breakLine(_ line: inout LineState) {
        out += syntax.lineEnd
        line = LineState()
    }

    private mutating func plain(_ byte: UInt8, _ line: inout LineState) {
        defer { line.step(byte) }
        let endsNumber = byte == UInt8(ascii: ".") || byte == UInt8(ascii: ")")
        if line.atStart && syntax.isLineStart(byte)
            || (syntax.numbered && endsNumber && line.onlyDigits && !line.atStart)
        {
            disarm(byte)
        } else if let replacement = syntax.value(byte) {
            out += replacement
        } else if !(byte == 0x20 && line.atStart && syntax.dropsIndent) {
            out.append(byte)
        }
    }

    private mutating func disarm(_ byte: UInt8) {
        switch syntax.mark {
        case .backslash: out += [UInt8(ascii: "\\"), byte]
        case .entity: out += "&#\(byte);".utf8
        case .wide: out += String(Character(Unicode.Scalar(UInt32(byte) + 0xFEE0) ?? " ")).utf8
        }
    }

    private mutating func wide(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ line: inout LineState) -> Int {
        let (scalar, length) = Invisible.decode(bytes, index)
        if Invisible.length(bytes, index) == 0 {
            out += bytes[index..<index + length]
            line.step(bytes[index])
        } else if scalar == 0x85 || scalar == 0x2028 || scalar == 0x2029 {
            breakLine(&line)
        } else {
            show(scalar, &line)
        }
        return length
    }

    private mutating func show(_ scalar: UInt32, _ line: inout LineState) {
        let digits = String(scalar, radix: 16, uppercase: true)
        out += "⟦U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)⟧".utf8
        line.step(0xFF)
    }

    private func isInsideWord(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        func isWord(_ index: Int) -> Bool {
            guard index >= 0, index < bytes.count else { return false }
            let byte = bytes[index]
            return (48...57).contains(byte) || (65...90).contains(byte & 0xDF)
        }
        return isWord(index - 1) && isWord(index + 1)
    }
}

/// `[label](url)` in authored text.
struct AuthoredLink {
    let label: ArraySlice<UInt8>
    let url: ArraySlice<UInt8>
    let end: Int

    private static let longest = 4_000

    /// `nil` where no link begins at that bracket.
    init?(_ source: ArraySlice<UInt8>, at index: Int) {
        let window = source[index..<min(source.endIndex, index + AuthoredLink.longest)]
        guard let close = window.firstIndex(of: UInt8(ascii: "]")), close + 1 < window.endIndex,
            window[close + 1] == UInt8(ascii: "("),
            let end = AuthoredLink.closing(window[(close + 1)...])
        else { return nil }
        label = source[(index + 1)..<close]
        url = source[(close + 2)..<end]
        self.end = end + 1
        if label.contains(UInt8(ascii: "[")) { return nil }
    }

    /// The parenthesis that closes the first one; addresses may hold pairs of their own.
    private static func closing(_ text: ArraySlice<UInt8>) -> Int? {
        var depth = 0
        for (index, byte) in zip(text.indices, text) {
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }
}
