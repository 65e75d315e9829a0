import BellmanModel

/// `sendMessage` in HTML, which needs three escapes only, with link buttons. Bare: without `parse_mode`.
enum TelegramBody {
    enum Chat: Sendable {
        case number(Int64)
        /// `@publicname`
        case name(String)

        init(_ text: String) { self = Int64(text).map { .number($0) } ?? .name(text) }

        var json: JSONText {
            switch self {
            case .number(let number): .int(number)
            case .name(let name): .string(name)
            }
        }
    }

    /// UTF-16 units of what is left after the markup was read.
    private static let limit = 4_096
    private static let labelLimit = 60
    private static let buttons = 8

    static func draft(_ message: OutgoingMessage, chat: Chat, thread: Int64?, mentions: Bool) -> Draft {
        let isRich = message.style == .rich
        let people = Mentions(mentions ? message.recipients : [], tool: "telegram", others: "_@")
        let text = ChatText(message, as: isRich ? .telegram : .atless, names: people.names)
        let called = people.called.map { isRich ? rich($0) : plain($0) }.joined(separator: " ")
        let title = isRich ? "<b>\(text.title)</b>" : text.title
        let links = isRich ? text.links.dropFirst(buttons).joined(separator: "\n") : text.links.joined(separator: "\n")
        let whole = ChatText.paragraphs([title, text.body, links, called, text.people])
        var members: [JSONText.Member] = [.init("chat_id", chat.json)]
        if let thread { members.append(.init("message_thread_id", .int(thread))) }
        members.append(.init("text", .string(whole)))
        if isRich { members.append(.init("parse_mode", .string("HTML"))) }
        members.append(.init("link_preview_options", .object([.init("is_disabled", .bool(true))])))
        if case .low = Urgency(message) { members.append(.init("disable_notification", .bool(true))) }
        let keys = isRich ? message.links.prefix(buttons).compactMap(button) : []
        if !keys.isEmpty {
            members.append(.init("reply_markup", .object([.init("inline_keyboard", .array(keys))])))
        }
        let size = isRich ? visibleUnits(whole) : whole.utf16.count
        return Draft(bytes: JSONText.object(members).bytes, measures: [Measure(size, of: message.limit(limit))])
    }

    /// UTF-16 units without tags, an entity counted as the one character that it stands for.
    static func visibleUnits(_ html: String) -> Int {
        var count = 0
        var isInTag = false
        var isInEntity = false
        for unit in html.utf16 {
            switch unit {
            case 0x3C: isInTag = true
            case 0x3E where isInTag: isInTag = false
            case _ where isInTag: break
            case 0x26: isInEntity = true
            case 0x3B where isInEntity:
                isInEntity = false
                count += 1
            case _ where isInEntity: break
            default: count += 1
            }
        }
        return count
    }

    private static func rich(_ person: Mentions.Person) -> String {
        guard let number = Int64(person.handle) else { return plain(person) }
        return "<a href=\"tg://user?id=\(number)\">\(Markup.escape(person.name, as: .telegram))</a>"
    }

    private static func plain(_ person: Mentions.Person) -> String {
        if Int64(person.handle) != nil { return Markup.escape(person.name, as: .atless) }
        return person.handle.hasPrefix("@") ? person.handle : "@" + person.handle
    }

    /// A row of its own for each.
    private static func button(_ link: Link) -> JSONText? {
        guard let url = Markup.safeURL(link.url) else { return nil }
        let title = Shortening.field(link.label, labelLimit, .utf16, as: .oneLine)
        return .array([.object([.init("text", .string(title)), .init("url", .string(url))])])
    }
}
