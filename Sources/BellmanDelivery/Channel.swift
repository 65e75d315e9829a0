import Almanac
import BellmanModel
import BellmanTransport

/// What a transport is asked to carry.
public enum WireRequest: Sendable, Hashable {
    case http(HTTPRequest)
    case mail(MailEnvelope)
    /// Delivered by being in the outbox; the line may be shown on the terminal.
    case local(line: String)
}

/// What came back.
public enum WireAnswer: Sendable, Hashable {
    case http(HTTPResponse)
    case mail(MailReply)
    case local
    case failure(TransportFailure)
}

/// What an answer means for the message and for its channel.
public enum Verdict: Sendable, Hashable {
    case delivered
    /// Nothing more on this channel before that instant.
    case throttled(until: Instant)
    case transient
    /// Perhaps delivered: tried again, under the same id.
    case ambiguous
    case permanentMessage
    case permanentTarget

    /// Stored with the attempt and used as a metric label.
    public var word: String {
        switch self {
        case .delivered: "delivered"
        case .throttled: "throttled"
        case .transient: "transient"
        case .ambiguous: "ambiguous"
        case .permanentMessage: "permanent_message"
        case .permanentTarget: "permanent_target"
        }
    }
}

public struct Judgement: Sendable, Hashable {
    public let verdict: Verdict
    /// Status and the vendor's own words, shortened; never a secret.
    public let words: String
    public init(_ verdict: Verdict, _ words: String) {
        self.verdict = verdict
        self.words = words
    }
}

/// Why a message cannot be put into a channel's form.
public enum FormatProblem: Error, Sendable, Hashable {
    /// A direct channel without an address for its recipient.
    case noAddress
    case badAddress
}

/// One configured way out. A type is a folder: configuration, format, response.
public protocol Channel: Sendable {
    /// A room gets one message for all and mentions people; otherwise each person gets a message.
    var isRoom: Bool { get }
    /// Messages per time that the vendor allows; `nil` for no limit.
    var vendorPace: Pace? { get }
    /// Seconds to wait after the first, second, … failed try; the last repeats.
    var retrySchedule: RetrySchedule { get }
    /// Whether `MessageStyle.plain` looks different, so that a refused message is worth a second try.
    var hasPlainForm: Bool { get }
    /// Called again for every attempt: signatures carry the time.
    func format(_ message: OutgoingMessage, now: Instant) throws(FormatProblem) -> WireRequest
    func classify(_ answer: WireAnswer, now: Instant) -> Judgement
}

extension Channel {
    public var vendorPace: Pace? { nil }
    public var retrySchedule: RetrySchedule { .standard }
    public var hasPlainForm: Bool { true }
}
