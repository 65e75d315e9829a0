/// One key of a file: what it is called, what may stand behind it, and what it does, in both languages.
///
/// The tables below are the one place that says so. `bellman schema`, `bellman fmt` and the pages under
/// `docs/reference` are made from them, and a test holds them against the keys that the readers take.
public struct KeyEntry: Sendable {
    public let name: String
    public let shape: KeyShape
    public let presence: KeyPresence
    /// What holds where the key is left out; nil where nothing does.
    public let standard: String?
    public let english: String
    public let chinese: String
    /// What may stand behind the colon.
    public let example: String

    func text(_ isChinese: Bool) -> String { isChinese ? chinese : english }
}

public enum KeyPresence: Sendable { case required, optional, coming }

/// What may stand behind a key.
public indirect enum KeyShape: Sendable, Hashable {
    case text, template, message, expression, bool, identifier, period, zone, calendar, every, cron, rule, time, date,
        instant
    case limit, kind, storedPath, momentPath, channel, secret, literal, any
    case count(limit: Int)
    case words([String])
    /// A length of time, or a duration field of the record.
    case periodOrField
    case oneOrMany(KeyShape)
    /// The same, where an empty list says something.
    case oneOrManyOrNone(KeyShape)
    case list(KeyShape)
    case block(KeyOwner)
    /// Fields of a kind with their values.
    case fields
    /// Names that the author chooses, each with the same shape.
    case named(KeyShape)
    case either(KeyShape, KeyShape)
}

/// What a mapping describes.
public enum KeyOwner: String, Sendable, CaseIterable {
    case rule
    case trigger = "when"
    case step, notify
    case link = "links"
    case create, `repeat`, approve, escalate, invite, call
    case test
    case testEvent = "events"
    case testSilence = "silence"
    case expectation = "expect"
    case configuration
    case channel = "channels"
    case ownKind = "kinds"
    case quietHours = "quiet_hours"
    case heartbeat, admin
    case endpoint = "endpoints"
}

/// One form of `when`: the key that names it, and the keys that may stand beside it.
public struct TriggerForm: Sendable {
    public let key: KeyEntry
    public let companions: [KeyEntry]
    /// `edge`, `time` or `level`.
    public let sort: String
}

public enum KeyTable {
    /// The keys of a mapping, in the order in which `bellman fmt` writes them.
    public static func keys(of owner: KeyOwner) -> [KeyEntry] {
        switch owner {
        case .rule: rule
        case .trigger: triggerKeys
        case .step: step
        case .notify: notify
        case .link: link
        case .create: create
        case .repeat: repetition
        case .approve: approve
        case .escalate: escalate
        case .invite: invite
        case .call: call
        case .test: test
        case .testEvent: testEvent
        case .testSilence: testSilence
        case .expectation: expectation
        case .configuration: configuration
        case .channel: channelCommon
        case .ownKind: ownKind
        case .quietHours: quietHours
        case .heartbeat: heartbeat
        case .admin: admin
        case .endpoint: endpoint
        }
    }

    /// Every key of every form once: the forms first.
    private static var triggerKeys: [KeyEntry] {
        var seen: Set<String> = []
        return (triggers.map(\.key) + triggers.flatMap(\.companions)).filter { seen.insert($0.name).inserted }
    }

    static func key(
        _ name: String, _ shape: KeyShape, standard: String? = nil, _ english: String, _ chinese: String,
        _ example: String
    ) -> KeyEntry {
        key(name, shape, .optional, standard: standard, english, chinese, example)
    }

    static func key(
        _ name: String, _ shape: KeyShape, _ presence: KeyPresence, standard: String? = nil, _ english: String,
        _ chinese: String, _ example: String
    ) -> KeyEntry {
        KeyEntry(
            name: name, shape: shape, presence: presence, standard: standard, english: english, chinese: chinese,
            example: example)
    }
}
