import BellmanModel

/// A post in Markdown. Buttons need an integration of their own, so links stand in the text.
enum MattermostBody {
    /// Characters of the text.
    private static let limit = 16_383

    static func draft(_ message: OutgoingMessage, channel: String?, username: String?) -> Draft {
        let people = Mentions(message.recipients, tool: "mattermost", others: "-_.@")
        let called = people.called.map { "@" + $0.handle.drop { $0 == "@" } }.joined(separator: " ")
        var members: [JSONText.Member] = []
        if let channel { members.append(.init("channel", .string(channel))) }
        if let username { members.append(.init("username", .string(username))) }
        let whole: String
        if message.style == .rich {
            let text = ChatText(message, as: .mattermost, names: people.names)
            whole = ChatText.paragraphs([
                "#### " + text.title, text.body, text.links.joined(separator: "\n"), called, text.people,
            ])
        } else {
            whole = ChatText(message, as: .mattermostText, names: people.names).all(called: called)
        }
        members.append(.init("text", .string(whole)))
        if message.style == .rich, let priority = priority(Urgency(message)) {
            members.append(.init("priority", .object([.init("priority", .string(priority))])))
        }
        return Draft(
            bytes: JSONText.object(members).bytes,
            measures: [Measure(whole.unicodeScalars.count, of: message.limit(limit))])
    }

    private static func priority(_ urgency: Urgency) -> String? {
        switch urgency {
        case .low, .normal: nil
        case .high: "important"
        case .urgent: "urgent"
        }
    }
}
