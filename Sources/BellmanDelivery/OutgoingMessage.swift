import Almanac
import BellmanModel
import BellmanStore

/// How much a channel makes of a message.
public enum MessageStyle: Sendable, Hashable {
    /// Markup, buttons, colours, as far as the vendor has them.
    case rich
    /// Bare text, half as long: for one more try after the vendor refused the rich form.
    case plain
}

/// One message as a channel sees it: one notice, or several that leave together.
public struct OutgoingMessage: Sendable, Hashable {
    /// Stable over all tries: the notice's id or the bundle's.
    public let id: String
    /// One line of plain text; may hold record text, so it is escaped like a value.
    public let title: String
    public let text: [TextPart]
    public let links: [Link]
    /// In a direct channel the one recipient, in a room those to mention.
    public let recipients: [Recipient]
    public let language: String
    /// What it is made of, most urgent first.
    public let notices: [Notice]
    public var style: MessageStyle = .rich

    public init(
        id: String, title: String, text: [TextPart], links: [Link], recipients: [Recipient], language: String,
        notices: [Notice]
    ) {
        self.id = id
        self.title = title
        self.text = text
        self.links = links
        self.recipients = recipients
        self.language = language
        self.notices = notices
    }

    public init(_ notice: Notice) {
        self.init(
            id: notice.id, title: notice.title, text: notice.text, links: notice.links,
            recipients: notice.recipients, language: notice.language, notices: [notice])
    }

    public init(_ claimed: ClaimedMessage) {
        let notices = claimed.items.map(\.notice)
        if notices.count == 1 {
            self.init(notices[0])
        } else {
            self = Bundle.combine(notices, id: claimed.id)
        }
        if claimed.isToBePlain { style = .plain }
    }

    /// The same message with less in it.
    func with(
        title: String? = nil, text: [TextPart], links: [Link]? = nil, recipients: [Recipient]? = nil
    ) -> OutgoingMessage {
        var copy = OutgoingMessage(
            id: id, title: title ?? self.title, text: text, links: links ?? self.links,
            recipients: recipients ?? self.recipients, language: language, notices: notices)
        copy.style = style
        return copy
    }
}
