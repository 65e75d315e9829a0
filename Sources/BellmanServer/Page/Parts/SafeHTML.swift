/// Escaping for HTML text and double-quoted attribute values.
///
/// It goes by code points, as HTML is parsed: by graphemes a quote with a combining mark behind it would be another
/// character, stay as it is, and end an attribute all the same.
enum SafeHTML {
    static func escape(_ text: String) -> String {
        var output = ""
        output.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\"": output += "&quot;"
            case "'": output += "&#39;"
            case "`": output += "&#96;"
            case "\n", "\t": output.unicodeScalars.append(scalar)
            // Control characters have no place in HTML; what is left out could hide something, so it is shown.
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): output += "\u{FFFD}"
            // Marks that turn the order of what follows: an unclosed one reaches beyond the element it stands in.
            case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": output += "\u{FFFD}"
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output
    }
}

/// Addresses that may stand behind a link.
enum SafeLink {
    static let longest = 2048

    /// The address itself when it is http or https with a host, in visible ASCII or letters; else nil.
    static func checked(_ url: String) -> String? {
        let lower = url.lowercased()
        guard url.utf8.count <= longest, let scheme = ["https://", "http://"].first(where: lower.hasPrefix) else {
            return nil
        }
        let isClean = url.unicodeScalars.allSatisfy { scalar in
            scalar.value > 0x20 && !(0x7F...0xA0).contains(scalar.value) && !"\"'<>`\\".unicodeScalars.contains(scalar)
                && !scalar.properties.isWhitespace
        }
        let host = url.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return isClean && !host.isEmpty && !host.contains("@") ? url : nil
    }
}
