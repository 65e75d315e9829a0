import CEL
import SourceDiagnostics

/// Text with `{{ expression }}` inside, every part checked when the rule was loaded.
public struct Template: Sendable {
    enum Part: Sendable {
        case text(String)
        case value(Expression)
    }

    let parts: [Part]

    /// A value that is exactly one `{{ … }}` keeps its type.
    var single: Expression? {
        if parts.count == 1, case .value(let expression) = parts[0] { return expression }
        return nil
    }

    /// Text without any expression.
    var constant: String? {
        if parts.isEmpty { return "" }
        if parts.count == 1, case .text(let text) = parts[0] { return text }
        return nil
    }
}

/// Cuts a text at its `{{ }}`. Braces and quotes inside an expression are followed, so that a map literal or a
/// string that holds `}}` does not end it.
enum TemplateScanner {
    enum Piece: Equatable {
        case text(String)
        /// The expression's text and its UTF-8 range in the whole.
        case expression(String, SourceRange)
        /// `{{` without an end, at the offset.
        case open(Int)
    }

    static func scan(_ text: String) -> [Piece] {
        let bytes = Array(text.utf8)
        var pieces: [Piece] = []
        var literal: [UInt8] = []
        var at = 0
        while at < bytes.count {
            guard opens(bytes, at) else {
                literal.append(bytes[at])
                at += 1
                continue
            }
            guard let end = closing(bytes, from: at + 2) else {
                flush(&literal, &pieces)
                return pieces + [.open(at)]
            }
            flush(&literal, &pieces)
            pieces.append(.expression(String(decoding: bytes[(at + 2)..<end], as: UTF8.self), SourceRange(at + 2, end)))
            at = end + 2
        }
        flush(&literal, &pieces)
        return pieces
    }

    private static func flush(_ literal: inout [UInt8], _ pieces: inout [Piece]) {
        guard !literal.isEmpty else { return }
        pieces.append(.text(String(decoding: literal, as: UTF8.self)))
        literal.removeAll()
    }

    private static func opens(_ bytes: [UInt8], _ at: Int) -> Bool {
        at + 1 < bytes.count && bytes[at] == UInt8(ascii: "{") && bytes[at + 1] == UInt8(ascii: "{")
    }

    /// Where the `}}` of an expression stands.
    private static func closing(_ bytes: [UInt8], from start: Int) -> Int? {
        var depth = 0
        var quote: UInt8?
        var at = start
        while at < bytes.count {
            let byte = bytes[at]
            if let open = quote {
                if byte == UInt8(ascii: "\\") { at += 1 } else if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: "{") {
                depth += 1
            } else if byte == UInt8(ascii: "}") {
                if depth == 0 { return at + 1 < bytes.count && bytes[at + 1] == UInt8(ascii: "}") ? at : nil }
                depth -= 1
            }
            at += 1
        }
        return nil
    }
}
