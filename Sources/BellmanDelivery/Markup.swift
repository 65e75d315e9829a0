import BellmanModel

/// The one place where message text becomes a channel's syntax. `value` parts (record text) lose every power: no
/// markup, no links, no mentions, no invisible reordering. What differs between channels is data: see `Syntax`.
public enum Markup {
    /// Authored text is read as a whole, so that emphasis and links may enclose a value; values come out escaped.
    public static func render(_ parts: [TextPart], as syntax: Syntax) -> String {
        if parts.count == 1, case .value(let value) = parts[0] { return escape(value, as: syntax) }
        return MarkupWriter.render(parts, as: syntax)
    }

    /// Record text in that syntax: the text itself where nothing in it is special.
    public static func escape(_ value: String, as syntax: Syntax) -> String {
        var value = value
        return value.withUTF8 { bytes in syntax.changes(bytes) ? MarkupWriter.escape(bytes, as: syntax) : nil } ?? value
    }

    /// `[label](url)` or what stands for it; the label alone where the target may not be followed.
    static func link(_ link: Link, as syntax: Syntax) -> String {
        let label = escape(oneLine(link.label), as: syntax)
        guard let url = safeURL(link.url) else { return label }
        switch syntax.links {
        case .asText: return "\(label): \(url)"
        case .markdown: return "[\(label)](\(url))"
        case .slack: return "<\(escape(url, as: .slackText))|\(label)>"
        case .html: return "<a href=\"\(escape(url, as: .html))\">\(label)</a>"
        }
    }

    static let linkMark = "↗"

    /// A link's target when it is one that may be followed: http or https, every byte harmless inside Markdown
    /// parentheses and HTML quotes.
    public static func safeURL(_ url: String) -> String? {
        let bytes = url.utf8
        guard bytes.count <= longestURL, isWeb(bytes.prefix(8)) else { return nil }
        if bytes.allSatisfy({ isSafeInURL($0) }) { return url }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 32)
        for byte in bytes {
            if isSafeInURL(byte) {
                result.append(byte)
            } else {
                result += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return result.count <= longestURL ? String(decoding: result, as: UTF8.self) : nil
    }

    /// As it is sent; vendors refuse whole messages for longer ones.
    private static let longestURL = 2_000
    private static let hex = Array("0123456789ABCDEF".utf8)
    private static let safeInURL: [Bool] = {
        let unsafe = Set("()<>\"'[]\\`{}|^*".utf8)
        return (0...255).map { $0 > 0x20 && $0 < 0x7F && !unsafe.contains(UInt8($0)) }
    }()

    private static func isSafeInURL(_ byte: UInt8) -> Bool { safeInURL[Int(byte)] }

    private static func isWeb(_ start: Substring.UTF8View) -> Bool {
        let lowered = start.map { $0 | 0x20 }
        return lowered.starts(with: "http://".utf8) || lowered.starts(with: "https://".utf8)
    }

    static func escapeHTML(_ text: String) -> String {
        var text = text
        // Only the five characters: line ends and the rest stay, unlike in `escape`.
        return text.withUTF8 { bytes in
            guard bytes.contains(where: { Syntax.html.authored($0) != nil }) else { return nil }
            var result: [UInt8] = []
            for byte in bytes {
                if let entity = Syntax.html.authored(byte) { result += entity } else { result.append(byte) }
            }
            return String(decoding: result, as: UTF8.self)
        } ?? text
    }

    /// Control characters, bidirectional controls and zero-width spaces as `⟦U+202E⟧`; every kind of line end as LF.
    static func showInvisible(_ text: String) -> String { escape(text, as: .visible) }

    /// One line for a header, a title or the terminal.
    static func oneLine(_ text: String) -> String { escape(text, as: .oneLine) }
}
