/// Authored Markdown for readers without it: links as `label (url)`, emphasis without its stars.
enum PlainText {
    static func render(authored text: String, _ target: (String) -> String) -> String {
        AuthoredLinks.split(text).map { piece in
            switch piece {
            case .text(let text): text.replacing("**", with: "")
            case .link(let label, let url):
                label == Markup.linkMark
                    ? Markup.safeURL(target(url)) ?? "" : "\(label) (\(Markup.safeURL(target(url)) ?? ""))"
            }
        }.joined()
    }
}

/// Authored Markdown as the little HTML that every mail reader shows: bold, links, line ends.
enum SimpleHTML {
    static func render(authored text: String, _ target: (String) -> String) -> String {
        AuthoredLinks.split(text).map { piece in
            switch piece {
            case .text(let text): bold(Markup.escapeHTML(text))
            case .link(let label, let url): anchor(label, target(url))
            }
        }.joined()
    }

    static func anchor(_ label: String, _ url: String) -> String {
        guard let safe = Markup.safeURL(url) else { return Markup.escapeHTML(label) }
        return "<a href=\"\(Markup.escapeHTML(safe))\">\(Markup.escapeHTML(label))</a>"
    }

    private static func bold(_ text: String) -> String {
        let pieces = text.split(separator: "**", omittingEmptySubsequences: false)
        guard pieces.count > 1 else { return text }
        var result = ""
        for (index, piece) in pieces.enumerated() {
            let opensAndCloses = index % 2 == 1 && index < pieces.count - 1
            result += opensAndCloses ? "<b>\(piece)</b>" : (index % 2 == 1 ? "**" : "") + String(piece)
        }
        return result
    }
}

/// DingTalk's subset of Markdown: a line end needs two spaces before it.
enum DingTalkMarkdown {
    static func render(authored text: String) -> String {
        text.replacing("\n", with: "  \n")
    }

    /// Characters of Markdown get a backslash; an `@` becomes its full-width form, so that nobody is called.
    static func escape(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var lineStart = true
        var digitsOnly = true
        for scalar in text.unicodeScalars {
            switch scalar {
            case "@":
                result.append("＠")
            case "\n":
                result.append(contentsOf: "  \n".unicodeScalars)
            case "\\", "`", "*", "_", "{", "}", "[", "]", "<", ">", "#", "!", "|", "~", "&":
                result.append("\\")
                result.append(scalar)
            case _ where isBlockMark(scalar, lineStart: lineStart, afterNumber: digitsOnly && !lineStart):
                result.append("\\")
                result.append(scalar)
            case " " where lineStart:
                break  // Indented text would become a code block.
            default:
                result.append(scalar)
            }
            let isBreak = scalar == "\n"
            digitsOnly = isBreak || (digitsOnly && (("0"..."9").contains(scalar) || (lineStart && scalar == " ")))
            lineStart = isBreak || (lineStart && scalar == " ")
        }
        return String(result)
    }

    /// What would begin a list or underline a heading.
    private static func isBlockMark(_ scalar: Unicode.Scalar, lineStart: Bool, afterNumber: Bool) -> Bool {
        switch scalar {
        case "+", "-", "=": lineStart
        case ".", ")": afterNumber
        default: false
        }
    }
}

/// Finds `[label](url)` in authored text.
enum AuthoredLinks {
    enum Piece: Hashable {
        case text(String)
        case link(label: String, url: String)
    }

    static func split(_ text: String) -> [Piece] {
        var pieces: [Piece] = []
        var plain = ""
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "[") {
            plain += rest[..<open]
            guard let (label, url, end) = link(rest[open...]) else {
                plain.append("[")
                rest = rest[rest.index(after: open)...]
                continue
            }
            if !plain.isEmpty { pieces.append(.text(plain)) }
            plain = ""
            pieces.append(.link(label: label, url: url))
            rest = rest[end...]
        }
        plain += rest
        if !plain.isEmpty { pieces.append(.text(plain)) }
        return pieces
    }

    private static let longest = 4_000

    private static func link(_ text: Substring) -> (String, String, String.Index)? {
        let window = text.prefix(longest)
        guard let close = window.firstIndex(of: "]") else { return nil }
        let label = text[text.index(after: text.startIndex)..<close]
        let open = text.index(after: close)
        guard !label.contains("["), open < window.endIndex, window[open] == "(",
            let end = window[open...].firstIndex(of: ")")
        else { return nil }
        return (String(label), String(text[text.index(after: open)..<end]), text.index(after: end))
    }
}
