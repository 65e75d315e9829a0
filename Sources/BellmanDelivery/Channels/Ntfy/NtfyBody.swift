import BellmanModel

/// The JSON form: headers would need encodings of their own. Phones show no Markdown, so the text is plain; links
/// are actions.
enum NtfyBody {
    /// Bytes of the message; a longer one silently becomes an attachment.
    private static let limit = 4_096
    /// Bytes of the whole body.
    private static let bodyLimit = 8_192
    private static let titleLimit = 250
    private static let labelLimit = 100
    private static let actions = 3

    static func draft(_ message: OutgoingMessage, topic: String) -> Draft {
        let isRich = message.style == .rich
        let names = message.recipients.prefix(Mentions.most).map { Markup.oneLine($0.name) }
        let text = ChatText(message, as: .plain, names: names)
        let links = isRich ? Array(text.links.dropFirst(actions)) : text.links
        let whole = ChatText.paragraphs([text.body, links.joined(separator: "\n"), text.people])
        var members: [JSONText.Member] = [
            .init("topic", .string(topic)),
            .init("title", .string(Shortening.field(message.title, titleLimit, as: .oneLine))),
            .init("message", .string(whole.isEmpty ? text.title : whole)),
            .init("priority", .int(priority(Urgency(message)))),
        ]
        if isRich {
            if let url = message.links.first.flatMap({ Markup.safeURL($0.url) }) {
                members.append(.init("click", .string(url)))
            }
            let views = message.links.prefix(actions).compactMap(view)
            if !views.isEmpty { members.append(.init("actions", .array(views))) }
        }
        let bytes = JSONText.object(members).bytes
        return Draft(
            bytes: bytes,
            measures: [Measure(whole.utf8.count, of: message.limit(limit)), Measure(bytes.count, of: bodyLimit)])
    }

    private static func view(_ link: Link) -> JSONText? {
        guard let url = Markup.safeURL(link.url) else { return nil }
        return .object([
            .init("action", .string("view")),
            .init("label", .string(Shortening.field(link.label, labelLimit, as: .oneLine))), .init("url", .string(url)),
        ])
    }

    private static func priority(_ urgency: Urgency) -> Int64 {
        switch urgency {
        case .low: 2
        case .normal: 3
        case .high: 4
        case .urgent: 5
        }
    }
}
