import BellmanModel

/// The robot's `markdown` message, in which people are called by user id. Mobile numbers work only in `text`: where
/// numbers are all we have, the message is `text`, because calling people matters more than bold type, and two
/// messages would cost two of the twenty a minute. Where some have ids, those with a number alone appear by name.
enum WeComBody {
    /// Bytes of the decoded content; longer ones are refused.
    private static let markdownLimit = 4_096
    private static let textLimit = 2_048

    static func draft(_ message: OutgoingMessage) -> Draft {
        let all = Mentions(message.recipients, tool: "wecom", others: "-_.@", usesPhones: true)
        if message.style == .plain || (all.called.isEmpty && !all.phones.isEmpty) { return text(message, all) }
        return markdown(message, Mentions(message.recipients, tool: "wecom", others: "-_.@"))
    }

    private static func markdown(_ message: OutgoingMessage, _ people: Mentions) -> Draft {
        let text = ChatText(message, as: .weCom, names: people.names)
        let called = people.called.map { "<@\($0.handle)>" }.joined(separator: " ")
        let content = ChatText.paragraphs([
            "### " + text.title, text.body, text.links.joined(separator: "\n"), called, text.people,
        ])
        let json = JSONText.object([
            .init("msgtype", .string("markdown")),
            .init("markdown", .object([.init("content", .string(content))])),
        ])
        return Draft(bytes: json.bytes, measures: [Measure(content.utf8.count, of: markdownLimit)])
    }

    private static func text(_ message: OutgoingMessage, _ people: Mentions) -> Draft {
        let content = ChatText(message, as: .angleless, names: people.names).all()
        let json = JSONText.object([
            .init("msgtype", .string("text")),
            .init(
                "text",
                .object([
                    .init("content", .string(content)),
                    .init("mentioned_list", .array(people.called.map { .string($0.handle) })),
                    .init("mentioned_mobile_list", .array(people.phones.map { .string($0) })),
                ])),
        ])
        return Draft(bytes: json.bytes, measures: [Measure(content.utf8.count, of: message.limit(textLimit))])
    }
}
