import BellmanModel

/// Cuts message text to a number of bytes before markup is made, between characters as people see them.
enum Shortening {
    /// At most that many UTF-8 bytes.
    static func cut(_ text: String, bytes: Int) -> String {
        guard text.utf8.count > bytes else { return text }
        var result = ""
        var used = 0
        for character in text {
            used += character.utf8.count
            if used > bytes { break }
            result.append(character)
        }
        return result
    }

    static func cut(_ parts: [TextPart], bytes: Int) -> [TextPart] {
        var left = bytes
        var result: [TextPart] = []
        for part in parts where left > 0 {
            switch part {
            case .authored(let text): result.append(.authored(cut(text, bytes: left)))
            case .value(let text): result.append(.value(cut(text, bytes: left)))
            }
            left -= size(part)
        }
        return result
    }

    static func size(_ part: TextPart) -> Int {
        switch part {
        case .authored(let text), .value(let text): text.utf8.count
        }
    }

    /// The message, cut as far as `measure` (bytes of the wire form) asks, with a visible mark. Tries at most
    /// `rounds` times, then leaves only the title.
    static func fit(_ message: OutgoingMessage, limit: Int, measure: (OutgoingMessage) -> Int) -> OutgoingMessage {
        var size = measure(message)
        if size <= limit { return message }
        let mark = TextPart.authored("\n" + DeliveryWording(message.language).cut)
        let title = cut(message.title, bytes: longestTitle)
        var room = message.text.reduce(0) { $0 + Self.size($1) }
        for _ in 0..<rounds where room > 0 {
            // Escaping makes text longer, so cut in proportion.
            room = max(0, min(room - 1, Int(Double(room) * Double(limit) / Double(size) * 0.95) - 64))
            let shorter = message.with(title: title, text: cut(message.text, bytes: room) + [mark])
            size = measure(shorter)
            if size <= limit { return shorter }
        }
        return OutgoingMessage(
            id: message.id, title: title, text: [mark], links: [], recipients: Array(message.recipients.prefix(20)),
            language: message.language, notices: message.notices)
    }

    private static let rounds = 8
    private static let longestTitle = 300
}
