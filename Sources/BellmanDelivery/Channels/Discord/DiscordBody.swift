import BellmanModel

/// An embed, with the mentions in `content`: inside embeds they call nobody. Only the people listed in
/// `allowed_mentions` can be called at all. Link buttons belong to applications, so links stand in the text. Bare:
/// `content` alone.
enum DiscordBody {
    private static let contentLimit = 2_000
    private static let titleLimit = 256
    private static let descriptionLimit = 4_096
    private static let embedsLimit = 6_000
    /// No previews of addresses in the text.
    private static let suppressEmbeds: Int64 = 4

    static func draft(_ message: OutgoingMessage) -> Draft {
        // One that is no number would have the whole message refused.
        let people = Mentions(message.recipients, tool: "discord", others: "", onlyDigits: true)
        let called = people.called.map { "<@\($0.handle)>" }.joined(separator: " ")
        let allowed = JSONText.Member(
            "allowed_mentions",
            .object([
                .init("parse", .array([])), .init("users", .array(people.called.map { .string($0.handle) })),
            ]))
        guard message.style == .rich else {
            let content = ChatText(message, as: .discordText, names: people.names).all(called: called)
            let json = JSONText.object([
                .init("content", .string(content)), .init("flags", .int(suppressEmbeds)), allowed,
            ])
            return Draft(
                bytes: json.bytes, measures: [Measure(content.utf16.count, of: message.limit(contentLimit))])
        }
        let (embed, measures) = embed(message, people)
        var members: [JSONText.Member] = called.isEmpty ? [] : [.init("content", .string(called))]
        members += [.init("embeds", .array([embed])), allowed]
        return Draft(
            bytes: JSONText.object(members).bytes, measures: measures + [Measure(called.utf16.count, of: contentLimit)])
    }

    private static func embed(_ message: OutgoingMessage, _ people: Mentions) -> (JSONText, [Measure]) {
        let text = ChatText(message, as: .discord, names: people.names)
        let title = Shortening.field(message.title, titleLimit, .utf16, as: .discord)
        let description = ChatText.paragraphs([text.body, text.links.joined(separator: "\n"), text.people])
        var members: [JSONText.Member] = [.init("title", .string(title))]
        if let url = message.links.first.flatMap({ Markup.safeURL($0.url) }) {
            members.append(.init("url", .string(url)))
        }
        members.append(.init("description", .string(description)))
        members.append(.init("color", .int(colour(Urgency(message)))))
        let measures = [
            Measure(description.utf16.count, of: descriptionLimit),
            Measure(title.utf16.count + description.utf16.count, of: embedsLimit),
        ]
        return (.object(members), measures)
    }

    private static func colour(_ urgency: Urgency) -> Int64 {
        switch urgency {
        case .low: 0x98_A2_B3
        case .normal: 0x2E_74_D0
        case .high: 0xE8_A3_17
        case .urgent: 0xD9_2D_20
        }
    }
}
