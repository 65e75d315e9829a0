import Almanac

/// A piece of message text. What the rule's author wrote may hold Markdown; what came from a record never does:
/// each channel escapes `value` parts for its own syntax, so record text cannot become markup or a mention.
public enum TextPart: Sendable, Hashable {
    case authored(String)
    case value(String)
    /// A table or bars: each channel shows them as well as it can.
    case report(Report)
}

public enum Priority: String, Sendable, Codable, Comparable, CaseIterable {
    case low, normal, high
    private var rank: Int { self == .low ? 0 : self == .normal ? 1 : 2 }
    public static func < (a: Priority, b: Priority) -> Bool { a.rank < b.rank }
}

/// Someone a notice is for, with the addresses known when it fired.
public struct Recipient: Sendable, Hashable, Codable {
    /// Member id, or the address itself where a rule names one that is no member.
    public let id: String
    public let name: String
    public let email: String?
    public let phone: String?
    /// Ids in chat tools by channel type: `dingtalk`, `wecom`, `feishu`, `slack`, `teams`, `telegram`.
    public let handles: [String: String]
    /// IANA name; direct channels keep quiet hours in it.
    public let timezone: String?
    /// Their own, as written in the record (`21:00-08:00 mon-fri`).
    public let quietHours: String?

    public init(
        id: String, name: String, email: String?, phone: String?, handles: [String: String] = [:],
        timezone: String? = nil, quietHours: String? = nil
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.phone = phone
        self.handles = handles
        self.timezone = timezone
        self.quietHours = quietHours
    }
}

public struct Link: Sendable, Hashable, Codable {
    public let label: String
    public let url: String
    public init(label: String, url: String) {
        self.label = label
        self.url = url
    }
}

/// The channel-neutral notice that was true when the rule fired; the wire format is made at sending.
public struct Notice: Sendable, Hashable {
    /// Stable: derived from occurrence key, step, channel and recipient. `webhook-id`, `Message-ID`.
    public let id: String
    public let firing: String
    public let rule: String
    public let ruleTitle: String
    /// `kind/id`, or empty.
    public let record: String
    public let step: Int
    public let channel: String
    /// Empty for a room; else the one recipient's id.
    public let recipientKey: String
    /// In a direct channel the one recipient, in a room those to mention.
    public let recipients: [Recipient]
    /// Plain text, one line.
    public let title: String
    public let text: [TextPart]
    public let links: [Link]
    public let priority: Priority
    public let urgent: Bool
    public let scheduledAt: Instant
    public let firedAt: Instant
    public let late: Bool
    /// `zh` or `en`.
    public let language: String
    /// What the reader can do about it; each becomes a signed link where a public address is configured.
    public let acts: [NoticeAct]
    /// Set where it is more than words: an invitation, a call of an endpoint.
    public let payload: NoticePayload?

    public init(
        id: String, firing: String, rule: String, ruleTitle: String, record: String, step: Int, channel: String,
        recipientKey: String, recipients: [Recipient], title: String, text: [TextPart], links: [Link],
        priority: Priority, urgent: Bool, scheduledAt: Instant, firedAt: Instant, late: Bool, language: String,
        acts: [NoticeAct] = [], payload: NoticePayload? = nil
    ) {
        self.id = id
        self.firing = firing
        self.rule = rule
        self.ruleTitle = ruleTitle
        self.record = record
        self.step = step
        self.channel = channel
        self.recipientKey = recipientKey
        self.recipients = recipients
        self.title = title
        self.text = text
        self.links = links
        self.priority = priority
        self.urgent = urgent
        self.scheduledAt = scheduledAt
        self.firedAt = firedAt
        self.late = late
        self.language = language
        self.acts = acts
        self.payload = payload
    }
}

extension Recipient {
    /// The same person with other times of their own.
    public func with(timezone: String?, quietHours: String?) -> Recipient {
        Recipient(
            id: id, name: name, email: email, phone: phone, handles: handles, timezone: timezone,
            quietHours: quietHours)
    }
}

extension Notice {
    /// The same notice, its recipient having other times of their own.
    public func with(timezone: String?, quietHours: String?) -> Notice {
        Notice(
            id: id, firing: firing, rule: rule, ruleTitle: ruleTitle, record: record, step: step, channel: channel,
            recipientKey: recipientKey,
            recipients: recipients.map { $0.with(timezone: timezone, quietHours: quietHours) }, title: title,
            text: text, links: links, priority: priority, urgent: urgent, scheduledAt: scheduledAt, firedAt: firedAt,
            late: late, language: language, acts: acts, payload: payload)
    }
}
