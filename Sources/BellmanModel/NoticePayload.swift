import Almanac

/// What the reader of a notice can do about it by a link in it.
public enum NoticeAct: Sendable, Hashable {
    /// Done, or taken care of: ends repetition and escalation of the firing.
    case acknowledge
    /// This person's notice comes again later.
    case snooze
    /// The answer `choice` to the question that the record `approval/ID` puts.
    case decide(approval: String, choice: String)
}

/// A notice that is more than words.
public enum NoticePayload: Sendable, Hashable {
    /// By mail, beside the words (RFC 5545, RFC 6047).
    case invitation(Invitation)
    /// Goes to an endpoint of the configuration instead of the words; nil sends what a webhook channel would.
    case call(body: JSONValue?)
}

/// One state of a meeting as one mail tells it.
public struct Invitation: Sendable, Hashable {
    public enum Method: String, Sendable {
        case request = "REQUEST"
        case cancel = "CANCEL"
    }
    public enum Start: Sendable, Hashable {
        /// A whole day.
        case date(CivilDate)
        case instant(Instant)
    }

    /// Stable for the life of the meeting (RFC 5545 §3.8.4.7).
    public let uid: String
    /// Grows with every change that attendees must hear of (§3.8.7.4).
    public let sequence: Int
    public let method: Method
    public let title: String
    public let start: Start
    /// Whole seconds for an instant, whole days × 86,400 for a date.
    public let seconds: Int64
    public let location: String
    /// IANA name of the zone that the meeting is told in.
    public let zone: String
    /// Everyone who is invited, in order; each gets a mail of their own. In a cancel, those whom it concerns.
    public let attendees: [Attendee]
    /// A cancel that takes these attendees out of a meeting that takes place (RFC 5546 §3.2.5).
    public let uninvites: Bool

    public struct Attendee: Sendable, Hashable {
        public let name: String
        public let email: String
        public init(name: String, email: String) {
            self.name = name
            self.email = email
        }
    }

    public init(
        uid: String, sequence: Int, method: Method, title: String, start: Start, seconds: Int64, location: String,
        zone: String, attendees: [Attendee], uninvites: Bool = false
    ) {
        self.uid = uid
        self.sequence = sequence
        self.method = method
        self.title = title
        self.start = start
        self.seconds = seconds
        self.location = location
        self.zone = zone
        self.attendees = attendees
        self.uninvites = uninvites
    }
}
