import BellmanModel

/// The robot's `markdown` message: of the two forms with markup the one that can call people. `actionCard` has
/// buttons, but the vendor documents no `at` for it, so links stand in the text. Bare: `text`.
enum DingTalkBody {
    /// Whole body in bytes; longer ones are refused.
    private static let limit = 20_000
    private static let titleBytes = 200

    static func draft(_ message: OutgoingMessage, keyword: String?) -> Draft {
        let people = Mentions(message.recipients, tool: "dingtalk", others: "-_+", usesPhones: true)
        let json = message.style == .rich ? rich(message, people, keyword) : plain(message, people, keyword)
        let bytes = json.bytes
        return Draft(bytes: bytes, measures: [Measure(bytes.count, of: message.limit(limit))])
    }

    private static func rich(_ message: OutgoingMessage, _ people: Mentions, _ keyword: String?) -> JSONText {
        let text = ChatText(message, as: .dingTalk, names: people.names)
        let rest = [text.body, text.links.joined(separator: "  \n"), called(people), text.people ?? ""]
        let prefix = Keyword.missing(keyword, in: [message.title] + rest)
        let heading = "### " + (prefix.map { Markup.escape($0, as: .dingTalk) + " " } ?? "") + text.title
        return .object([
            .init("msgtype", .string("markdown")),
            .init(
                "markdown",
                .object([
                    // Shown in the conversation list, as plain text.
                    .init("title", .string(Shortening.field(title(message, prefix), titleBytes, as: .oneLine))),
                    .init("text", .string(ChatText.paragraphs([heading] + rest))),
                ])), at(people),
        ])
    }

    private static func plain(_ message: OutgoingMessage, _ people: Mentions, _ keyword: String?) -> JSONText {
        let text = ChatText(message, as: .atless, names: people.names).all(called: called(people))
        let content = (Keyword.missing(keyword, in: [text]).map { $0 + " " } ?? "") + text
        return .object([
            .init("msgtype", .string("text")), .init("text", .object([.init("content", .string(content))])), at(people),
        ])
    }

    private static func title(_ message: OutgoingMessage, _ prefix: String?) -> String {
        prefix.map { "\($0) \(message.title)" } ?? message.title
    }

    /// A mention works only when the text holds it as well.
    private static func called(_ people: Mentions) -> String {
        (people.phones + people.called.map(\.handle)).map { "@" + $0 }.joined(separator: " ")
    }

    private static func at(_ people: Mentions) -> JSONText.Member {
        .init(
            "at",
            .object([
                .init("atMobiles", .array(people.phones.map { .string($0) })),
                .init("atUserIds", .array(people.called.map { .string($0.handle) })), .init("isAtAll", .bool(false)),
            ]))
    }
}
