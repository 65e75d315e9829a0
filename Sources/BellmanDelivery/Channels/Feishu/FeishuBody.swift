import BellmanModel

/// The bot's card (form 1.0): a coloured header, `lark_md` text, link buttons. Bare: `text`.
enum FeishuBody {
    typealias Signature = (time: Int64, sign: String)

    /// Whole body in bytes. The vendor says 20 KB, not which.
    private static let limit = 20_000
    private static let titleBytes = 300
    private static let labelBytes = 90
    private static let buttons = 5

    static func draft(_ message: OutgoingMessage, keyword: String?, signature: Signature?) -> Draft {
        var members: [JSONText.Member] = []
        if let signature {
            members.append(.init("timestamp", .string(String(signature.time))))
            members.append(.init("sign", .string(signature.sign)))
        }
        // On-premises user ids are letters, digits and these.
        let people = Mentions(message.recipients, tool: "feishu", others: "-_")
        members += message.style == .rich ? card(message, people, keyword) : text(message, people, keyword)
        let bytes = JSONText.object(members).bytes
        return Draft(bytes: bytes, measures: [Measure(bytes.count, of: message.limit(limit))])
    }

    private static func card(_ message: OutgoingMessage, _ people: Mentions, _ keyword: String?) -> [JSONText.Member] {
        let text = ChatText(message, as: .feishu, names: people.names)
        let called = people.called.map { "<at id=\($0.handle)></at>" }.joined(separator: " ")
        let more = message.links.dropFirst(buttons).map { Markup.link($0, as: .feishu) }.joined(separator: "\n")
        let content = ChatText.paragraphs([text.body, more, called, text.people])
        let prefix = Keyword.missing(keyword, in: [message.title, content]).map { $0 + " " } ?? ""
        let title = Shortening.field(prefix + message.title, titleBytes, as: .oneLine)
        var elements: [JSONText] = []
        if !content.isEmpty { elements.append(tagged("div", [.init("text", label("lark_md", content))])) }
        let actions = message.links.prefix(buttons).compactMap(button)
        if !actions.isEmpty { elements.append(tagged("action", [.init("actions", .array(actions))])) }
        let header = JSONText.object([
            .init("title", label("plain_text", title)), .init("template", .string(colour(Urgency(message)))),
        ])
        return [
            .init("msg_type", .string("interactive")),
            .init("card", .object([.init("header", header), .init("elements", .array(elements))])),
        ]
    }

    private static func text(_ message: OutgoingMessage, _ people: Mentions, _ keyword: String?) -> [JSONText.Member] {
        let called = people.called.map { person in
            "<at user_id=\"\(person.handle)\">\(Markup.escape(person.name, as: .angleless))</at>"
        }
        let whole = ChatText(message, as: .angleless, names: people.names).all(called: called.joined(separator: " "))
        let prefix = Keyword.missing(keyword, in: [whole]).map { $0 + " " } ?? ""
        return [
            .init("msg_type", .string("text")),
            .init("content", .object([.init("text", .string(prefix + whole))])),
        ]
    }

    private static func button(_ link: Link) -> JSONText? {
        guard let url = Markup.safeURL(link.url) else { return nil }
        let title = Shortening.field(link.label, labelBytes, as: .oneLine)
        return tagged(
            "button",
            [.init("text", label("plain_text", title)), .init("type", .string("default")), .init("url", .string(url))])
    }

    private static func colour(_ urgency: Urgency) -> String {
        switch urgency {
        case .low: "grey"
        case .normal: "blue"
        case .high: "orange"
        case .urgent: "red"
        }
    }

    private static func tagged(_ tag: String, _ members: [JSONText.Member]) -> JSONText {
        .object([.init("tag", .string(tag))] + members)
    }

    private static func label(_ tag: String, _ text: String) -> JSONText {
        tagged(tag, [.init("content", .string(text))])
    }
}
