import BellmanModel

/// A message in Markdown; a tap opens the first link.
enum GotifyBody {
    /// The server names no bound; this is Bellman's.
    private static let limit = 20_000
    private static let titleLimit = 250

    static func draft(_ message: OutgoingMessage) -> Draft {
        let isRich = message.style == .rich
        let names = message.recipients.prefix(Mentions.most).map { Markup.oneLine($0.name) }
        let text = ChatText(message, as: isRich ? .commonMark : .plain, names: names)
        let links = text.links.joined(separator: isRich ? "  \n" : "\n")
        let whole = ChatText.paragraphs([text.body, links, text.people])
        var extras: [JSONText.Member] = [
            .init(
                "client::display",
                .object([.init("contentType", .string(isRich ? "text/markdown" : "text/plain"))]))
        ]
        if isRich, let url = message.links.first.flatMap({ Markup.safeURL($0.url) }) {
            let click = JSONText.object([.init("url", .string(url))])
            extras.append(.init("client::notification", .object([.init("click", click)])))
        }
        let bytes = JSONText.object([
            .init("title", .string(Shortening.field(message.title, titleLimit, as: .oneLine))),
            .init("message", .string(whole.isEmpty ? text.title : whole)),
            .init("priority", .int(priority(Urgency(message)))), .init("extras", .object(extras)),
        ]).bytes
        return Draft(bytes: bytes, measures: [Measure(bytes.count, of: message.limit(limit))])
    }

    private static func priority(_ urgency: Urgency) -> Int64 {
        switch urgency {
        case .low: 2
        case .normal: 5
        case .high: 8
        case .urgent: 10
        }
    }
}
