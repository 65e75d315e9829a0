/// Texts in one text, each behind its length in UTF-8 bytes: `3:abc2:de`.
enum Netstring {
    static func join(_ texts: [String]) -> String {
        var joined = ""
        for text in texts { joined += "\(text.utf8.count):\(text)" }
        return joined
    }

    /// What was joined; nothing of a text that is not such a one.
    static func split(_ joined: String) -> [String] {
        var texts: [String] = []
        var rest = joined.utf8[...]
        while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
            guard let length = Int(Substring(rest[..<colon])), length >= 0 else { return [] }
            let start = rest.index(after: colon)
            guard let end = rest.index(start, offsetBy: length, limitedBy: rest.endIndex) else { return [] }
            texts.append(String(Substring(rest[start..<end])))
            rest = rest[end...]
        }
        return texts
    }
}
