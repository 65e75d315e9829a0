import BellmanModel

/// The one place where message text becomes a channel's syntax. `value` parts (record text) lose every power: no
/// markup, no links, no mentions, no invisible reordering.
public enum Markup {
    public enum Syntax: Sendable, Hashable { case plain, dingTalk, html }

    /// Authored text is read as a whole, so that emphasis may enclose a value; values are put in last, escaped.
    public static func render(_ parts: [TextPart], as syntax: Syntax) -> String {
        var text = ""
        var values: [String] = []
        for part in parts {
            switch part {
            case .authored(let words): text += words.filter { !isPlaceholder($0) }
            case .value(let value):
                text.append(placeholder(values.count))
                values.append(value)
            }
        }
        return fill(authored(text, values, as: syntax)) { escape(values[$0], as: syntax) }
    }

    // A private-use character stands for each value while authored text is read.
    private static let firstPlaceholder: UInt32 = 0xF0000
    private static let placeholders: UInt32 = 0xFFFD

    private static func placeholder(_ index: Int) -> Character {
        let number = firstPlaceholder + min(UInt32(clamping: index), placeholders)
        return Unicode.Scalar(number).map { Character($0) } ?? " "
    }

    private static func isPlaceholder(_ character: Character) -> Bool {
        character.unicodeScalars.contains {
            $0.value >= firstPlaceholder && $0.value <= firstPlaceholder + placeholders
        }
    }

    static func fill(_ text: String, _ value: (Int) -> String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.value >= firstPlaceholder, scalar.value <= firstPlaceholder + placeholders {
                result.append(contentsOf: value(Int(scalar.value - firstPlaceholder)).unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// Record text in that syntax.
    public static func escape(_ value: String, as syntax: Syntax) -> String {
        let visible = showInvisible(value)
        switch syntax {
        case .plain: return visible
        case .html: return escapeHTML(visible)
        case .dingTalk: return DingTalkMarkdown.escape(visible)
        }
    }

    private static func authored(_ text: String, _ values: [String], as syntax: Syntax) -> String {
        let url: (String) -> String = { fill($0) { values[$0] } }
        return switch syntax {
        case .plain: PlainText.render(authored: text, url)
        case .html: SimpleHTML.render(authored: text, url)
        case .dingTalk: DingTalkMarkdown.render(authored: text)
        }
    }

    static let linkMark = "↗"

    /// A link's target when it is one that may be followed: http, https or mailto, every byte harmless inside
    /// Markdown parentheses and HTML quotes.
    public static func safeURL(_ url: String) -> String? {
        let scheme = url.prefix { $0 != ":" }.lowercased()
        guard ["http", "https", "mailto"].contains(scheme), url.utf8.count <= longestURL else { return nil }
        var result = ""
        for byte in url.utf8 {
            if byte > 0x20, byte < 0x7F, !unsafeInURL.contains(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += "%" + hexDigits(byte)
            }
        }
        return result
    }

    private static let longestURL = 2_000
    private static let unsafeInURL = Set("()<>\"'[]\\`{}|^*_~!".utf8).subtracting("_~!".utf8)

    private static func hexDigits(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count < 2 ? "0" + digits : digits
    }

    static func escapeHTML(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Control characters, bidirectional controls and zero-width spaces as `⟦U+202E⟧`; every kind of line end as LF.
    static func showInvisible(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A where previous == "\r": break
            case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: result.append("\n")
            case 0x09: result.append(" ")
            case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF,
                0xFFF9...0xFFFB, 0xE0000...0xE007F:
                result.append(contentsOf: "⟦U+\(hexNumber(scalar.value))⟧".unicodeScalars)
            default: result.append(scalar)
            }
            previous = scalar
        }
        return String(result)
    }

    private static func hexNumber(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// One line for a header, a title or the terminal.
    static func oneLine(_ text: String) -> String {
        String(showInvisible(text).map { $0 == "\n" ? " " : $0 })
    }
}
