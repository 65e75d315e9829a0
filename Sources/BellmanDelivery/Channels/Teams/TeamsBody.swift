import BellmanModel

/// An adaptive card. People are called by what the member's `teams_id` holds (sign-in name or object id), never by a
/// guess from the mail address: one unknown id moves all later mentions to the wrong people. Bare: one `TextBlock`.
enum TeamsBody {
    /// Teams measures 28 KB after it has expanded the card; a body of 24 KB was refused. Nothing is said to the
    /// sender, so this keeps well below.
    private static let limit = 20_000
    private static let labelLimit = 100
    private static let buttons = 6

    static func draft(_ message: OutgoingMessage) -> Draft {
        let people = Mentions(message.recipients, tool: "teams", others: "-_.@")
        let card = JSONText.object(
            [
                .init("$schema", .string("http://adaptivecards.io/schemas/adaptive-card.json")),
                .init("type", .string("AdaptiveCard")), .init("version", .string("1.4")),
            ] + (message.style == .rich ? rich(message, people) : plain(message)))
        let bytes = JSONText.object([
            .init("type", .string("message")),
            .init(
                "attachments",
                .array([
                    .object([
                        .init("contentType", .string("application/vnd.microsoft.card.adaptive")),
                        .init("contentUrl", .null), .init("content", card),
                    ])
                ])),
        ]).bytes
        return Draft(bytes: bytes, measures: [Measure(bytes.count, of: message.limit(limit))])
    }

    private static func rich(_ message: OutgoingMessage, _ people: Mentions) -> [JSONText.Member] {
        let text = ChatText(message, as: .teams, names: people.names)
        let tags = tags(people.called)
        let more = text.links.dropFirst(buttons).joined(separator: "\n\n")
        var heading: [JSONText.Member] = [.init("weight", .string("Bolder")), .init("size", .string("Medium"))]
        if let colour = colour(Urgency(message)) { heading.append(.init("color", .string(colour))) }
        var blocks = [block(text.title, heading)]
        let rest = [text.body, more, tags.map(\.tag).joined(separator: " "), text.people ?? ""]
        blocks += rest.filter { !$0.isEmpty }.map { block($0, []) }
        let actions = message.links.prefix(buttons).compactMap(button)
        var members: [JSONText.Member] = [.init("body", .array(blocks))]
        if !actions.isEmpty { members.append(.init("actions", .array(actions))) }
        var teams: [JSONText.Member] = [.init("width", .string("Full"))]
        if !tags.isEmpty { teams.append(.init("entities", .array(tags.map { entity($0.tag, $0.person) }))) }
        return members + [.init("msteams", .object(teams))]
    }

    private static func plain(_ message: OutgoingMessage) -> [JSONText.Member] {
        let text = ChatText(message, as: .teamsText, names: message.recipients.prefix(Mentions.most).map(\.name))
        return [.init("body", .array([block(text.all(), [])]))]
    }

    /// Each tag is used once: Teams finds people by it.
    private static func tags(_ people: [Mentions.Person]) -> [(tag: String, person: Mentions.Person)] {
        var uses: [String: Int] = [:]
        return people.map { person in
            let name = Markup.escape(person.name, as: .angleless)
            uses[name, default: 0] += 1
            let number = uses[name] ?? 1
            return (number > 1 ? "<at>\(name) \(number)</at>" : "<at>\(name)</at>", person)
        }
    }

    private static func entity(_ tag: String, _ person: Mentions.Person) -> JSONText {
        .object([
            .init("type", .string("mention")), .init("text", .string(tag)),
            .init(
                "mentioned",
                .object([.init("id", .string(person.handle)), .init("name", .string(person.name))])),
        ])
    }

    private static func block(_ text: String, _ more: [JSONText.Member]) -> JSONText {
        .object(
            [.init("type", .string("TextBlock")), .init("text", .string(text)), .init("wrap", .bool(true))] + more)
    }

    private static func button(_ link: Link) -> JSONText? {
        guard let url = Markup.safeURL(link.url) else { return nil }
        let title = Shortening.field(link.label, labelLimit, .utf16, as: .oneLine)
        return .object([
            .init("type", .string("Action.OpenUrl")), .init("title", .string(title)), .init("url", .string(url)),
        ])
    }

    private static func colour(_ urgency: Urgency) -> String? {
        switch urgency {
        case .low, .normal: nil
        case .high: "Warning"
        case .urgent: "Attention"
        }
    }
}
