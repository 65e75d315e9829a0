import Digests

/// The tree of a MIME message (RFC 2046). Every leaf is base64, so that no line of it can end or smuggle a message.
indirect enum MailPart {
    /// Content-Type, further headers, content.
    case leaf(String, [String], [UInt8])
    /// Subtype of `multipart`.
    case several(String, [MailPart])

    static func text(_ subtype: String, _ text: String) -> MailPart {
        .leaf("text/\(subtype); charset=utf-8", [], Array(text.utf8))
    }

    /// Headers and content. `label` names the message; boundaries made of it cannot occur in base64, and none begins
    /// with another.
    func lines(_ label: String, depth: Int) -> [String] {
        switch self {
        case .leaf(let type, let headers, let bytes):
            return ["Content-Type: \(type)"] + headers + ["Content-Transfer-Encoding: base64", ""]
                + MailPart.base64Lines(bytes)
        case .several(let subtype, let parts):
            let boundary = "=_" + (depth == 0 ? "" : "\(depth)_") + label
            var lines = ["Content-Type: multipart/\(subtype); boundary=\"\(boundary)\"", ""]
            for part in parts { lines += ["--" + boundary] + part.lines(label, depth: depth + 1) }
            return lines + ["--\(boundary)--"]
        }
    }

    private static let lineLetters = 76

    private static func base64Lines(_ bytes: [UInt8]) -> [String] {
        let encoded = Array(TextCoding.base64(bytes).utf8)
        return stride(from: 0, to: encoded.count, by: lineLetters).map { start in
            String(decoding: encoded[start..<min(start + lineLetters, encoded.count)], as: UTF8.self)
        }
    }
}
