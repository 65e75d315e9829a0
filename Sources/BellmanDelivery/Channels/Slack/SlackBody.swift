import BellmanModel

/// Blocks with link buttons; `text` is what notifications show. Bare: `text` alone.
enum SlackBody {
    // The vendor's bounds, in its characters; UTF-16 is the careful reading of that.
    private static let sectionLimit = 3_000
    /// Blocks of 13,200 characters in all were refused although no single bound was hit.
    private static let blocksLimit = 12_000
    private static let textLimit = 8_000
    private static let headerLimit = 150
    private static let labelLimit = 75
    private static let buttons = 5

    static func draft(_ message: OutgoingMessage, channel: String?) -> Draft {
        var members: [JSONText.Member] = []
        if let channel { members.append(.init("channel", .string(channel))) }
        let people = Mentions(message.recipients, tool: "slack", others: "")
        let called = people.called.map { "<@\($0.handle)>" }.joined(separator: " ")
        var measures: [Measure]
        if message.style == .rich {
            let sections = sections(message, people, called)
            let title = Shortening.field(message.title, headerLimit * 2, .utf16, as: .slackText)
            let longest = sections.map(\.utf16.count).max() ?? 0
            let total = sections.reduce(title.utf16.count) { $0 + $1.utf16.count }
            measures = [Measure(longest, of: sectionLimit), Measure(total, of: blocksLimit)]
            members.append(.init("text", .string(title)))
            members += blocks(message, sections)
        } else {
            let text = ChatText(message, as: .slackText, names: people.names).all(called: called)
            measures = [Measure(text.utf16.count, of: message.limit(textLimit))]
            members += [.init("text", .string(text)), .init("mrkdwn", .bool(false))]
        }
        members += [.init("unfurl_links", .bool(false)), .init("unfurl_media", .bool(false))]
        return Draft(bytes: JSONText.object(members).bytes, measures: measures)
    }

    /// The text in pieces that each fit a section, divided between lines.
    private static func sections(_ message: OutgoingMessage, _ people: Mentions, _ called: String) -> [String] {
        let text = ChatText(message, as: .slack, names: people.names)
        let more = text.links.dropFirst(buttons).joined(separator: "\n")
        let whole = ChatText.paragraphs([text.body, more, called, text.people])
        var sections: [String] = []
        var current = ""
        var size = 0
        for line in whole.split(separator: "\n", omittingEmptySubsequences: false) {
            let length = line.utf16.count
            if size > 0, size + 1 + length > sectionLimit {
                sections.append(current)
                (current, size) = ("", 0)
            }
            current += current.isEmpty ? String(line) : "\n" + line
            size = current.isEmpty ? 0 : size + 1 + length
        }
        return current.isEmpty ? sections : sections + [current]
    }

    private static func blocks(_ message: OutgoingMessage, _ sections: [String]) -> [JSONText.Member] {
        let title = Shortening.field(message.title, headerLimit, .utf16, as: .oneLine)
        let header = block("header", [.init("text", label("plain_text", title))])
        var rest = sections.map { block("section", [.init("text", label("mrkdwn", $0))]) }
        let actions = message.links.prefix(buttons).compactMap(button)
        if !actions.isEmpty { rest.append(block("actions", [.init("elements", .array(actions))])) }
        guard let colour = colour(Urgency(message)) else { return [.init("blocks", .array([header] + rest))] }
        // Only an attachment has a colour.
        return [
            .init("blocks", .array([header])),
            .init(
                "attachments", .array([.object([.init("color", .string(colour)), .init("blocks", .array(rest))])])),
        ]
    }

    private static func button(_ link: Link) -> JSONText? {
        guard let url = Markup.safeURL(link.url) else { return nil }
        let title = Shortening.field(link.label, labelLimit, .utf16, as: .oneLine)
        return block("button", [.init("text", label("plain_text", title)), .init("url", .string(url))])
    }

    private static func colour(_ urgency: Urgency) -> String? {
        switch urgency {
        case .low, .normal: nil
        case .high: "#E8A317"
        case .urgent: "#D92D20"
        }
    }

    private static func block(_ type: String, _ members: [JSONText.Member]) -> JSONText {
        .object([.init("type", .string(type))] + members)
    }

    private static func label(_ type: String, _ text: String) -> JSONText {
        block(type, [.init("text", .string(text))])
    }
}
