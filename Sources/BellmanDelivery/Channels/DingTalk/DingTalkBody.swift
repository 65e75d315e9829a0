import BellmanModel

/// The robot's `markdown` message.
enum DingTalkBody {
    /// Whole body in bytes; longer ones are refused.
    static let limit = 20_000
    private static let titleBytes = 200
    private static let mentions = 100

    static func json(_ message: OutgoingMessage) -> JSONText {
        let (mobiles, users, names) = people(message.recipients)
        return .object([
            .init("msgtype", .string("markdown")),
            .init(
                "markdown",
                .object([
                    // Shown in the conversation list, as plain text.
                    .init("title", .string(Shortening.cut(Markup.oneLine(message.title), bytes: titleBytes))),
                    .init("text", .string(text(message, mobiles: mobiles, users: users, names: names))),
                ])),
            .init(
                "at",
                .object([
                    .init("atMobiles", .array(mobiles.map { .string($0) })),
                    .init("atUserIds", .array(users.map { .string($0) })), .init("isAtAll", .bool(false)),
                ])),
        ])
    }

    private static func text(_ message: OutgoingMessage, mobiles: [String], users: [String], names: [String]) -> String
    {
        var blocks = ["### " + Markup.escape(Markup.oneLine(message.title), as: .dingTalk)]
        let body = Markup.render(message.text, as: .dingTalk)
        if !body.isEmpty { blocks.append(body) }
        let links = message.links.map(link)
        if !links.isEmpty { blocks.append(links.joined(separator: "  \n")) }
        // A mention works only when the text holds it as well.
        let called = (mobiles + users).map { "@" + $0 }
        if !called.isEmpty { blocks.append(called.joined(separator: " ")) }
        if !names.isEmpty {
            blocks.append(Markup.escape(DeliveryWording(message.language).people(names), as: .dingTalk))
        }
        return blocks.joined(separator: "\n\n")
    }

    private static func link(_ link: Link) -> String {
        let label = Markup.escape(Markup.oneLine(link.label), as: .dingTalk)
        guard let url = Markup.safeURL(link.url) else { return label }
        return "[\(label)](\(url))"
    }

    /// Mobile numbers, user ids, and names of those who cannot be called.
    private static func people(_ recipients: [Recipient]) -> ([String], [String], [String]) {
        var (mobiles, users, names): ([String], [String], [String]) = ([], [], [])
        for person in recipients.prefix(mentions) {
            if let user = person.handles["dingtalk"], isHandle(user) {
                users.append(user)
            } else if let phone = person.phone.map(digits), isHandle(phone) {
                mobiles.append(phone)
            } else {
                names.append(Markup.oneLine(person.name))
            }
        }
        return (mobiles, users, names)
    }

    private static func digits(_ phone: String) -> String {
        let kept = phone.filter { $0 != " " && $0 != "-" }
        return kept.hasPrefix("+86") ? String(kept.dropFirst(3)) : kept
    }

    /// Ids stand in the text unescaped, so only letters and digits may; `all` would call everybody.
    private static func isHandle(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 64 && text.lowercased() != "all"
            && text.unicodeScalars.allSatisfy {
                ("0"..."9").contains($0) || ("a"..."z").contains($0) || ("A"..."Z").contains($0) || $0 == "+"
                    || $0 == "-" || $0 == "_"
            }
    }
}
