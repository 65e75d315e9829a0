import BellmanModel

/// The pieces of a chat message in one syntax; a channel puts them where its vendor wants them.
struct ChatText {
    /// One line.
    let title: String
    let body: String
    /// One each, label and target.
    let links: [String]
    /// Those whom the channel cannot call, by name; `nil` when there are none.
    let people: String?

    init(_ message: OutgoingMessage, as syntax: Syntax, names: [String] = []) {
        title = Markup.escape(Markup.oneLine(message.title), as: syntax)
        body = Markup.render(message.text, as: syntax)
        links = message.links.map { Markup.link($0, as: syntax) }
        people = names.isEmpty ? nil : Markup.escape(DeliveryWording(message.language).people(names), as: syntax)
    }

    /// Paragraphs without the empty ones.
    static func paragraphs(_ blocks: [String?]) -> String {
        blocks.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    /// The whole message as bare text; `called` is the line that calls people.
    func all(called: String? = nil) -> String {
        ChatText.paragraphs([title, body, links.joined(separator: "\n"), called, people])
    }
}

/// A room's people: those whom the channel can call, and the names of the others.
struct Mentions: Sendable {
    struct Person: Sendable, Hashable {
        let handle: String
        let name: String
    }

    private(set) var called: [Person] = []
    /// Mobile numbers, where the vendor takes those.
    private(set) var phones: [String] = []
    private(set) var names: [String] = []

    /// More are not read by anybody, and vendors bound them.
    static let most = 50

    /// `others` are the characters besides letters and digits that this vendor's ids may hold: ids stand in the text
    /// unescaped.
    init(
        _ recipients: [Recipient], tool: String, others: String, onlyDigits: Bool = false, usesPhones: Bool = false
    ) {
        for person in recipients.prefix(Mentions.most) {
            if let handle = person.handles[tool], Mentions.isHandle(handle, others),
                !onlyDigits || handle.utf8.allSatisfy({ (48...57).contains($0) })
            {
                called.append(Person(handle: handle, name: Markup.oneLine(person.name)))
            } else if usesPhones, let phone = person.phone.map(Mentions.digits), Mentions.isHandle(phone, "+") {
                phones.append(phone)
            } else {
                names.append(Markup.oneLine(person.name))
            }
        }
        if recipients.count > Mentions.most { names.append("+\(recipients.count - Mentions.most)") }
    }

    private static let everybody: Set<String> = ["all", "everyone", "here", "channel"]

    static func isHandle(_ text: String, _ others: String) -> Bool {
        let bare = text.drop { $0 == "@" }.lowercased()
        return !text.isEmpty && text.utf8.count <= 128 && !everybody.contains(bare)
            && text.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0 & 0xDF) && $0 < 0x80 || others.utf8.contains($0)
            }
    }

    private static func digits(_ phone: String) -> String {
        let kept = phone.filter { $0 != " " && $0 != "-" }
        return kept.hasPrefix("+86") ? String(kept.dropFirst(3)) : kept
    }
}

/// The word that a robot's filter wants to see.
enum Keyword {
    /// The word, unless one of the texts holds it already.
    static func missing(_ keyword: String?, in texts: [String]) -> String? {
        guard let keyword, !keyword.isEmpty, !texts.contains(where: { $0.contains(keyword) }) else { return nil }
        return keyword
    }
}

/// How much a message presses, for vendors with a notion of it.
enum Urgency: Sendable {
    case low, normal, high, urgent

    init(_ message: OutgoingMessage) {
        if message.notices.contains(where: \.urgent) {
            self = .urgent
        } else {
            switch message.notices.map(\.priority).max() ?? .normal {
            case .low: self = .low
            case .normal: self = .normal
            case .high: self = .high
            }
        }
    }
}
