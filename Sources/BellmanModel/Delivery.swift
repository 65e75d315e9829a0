import Almanac

/// A notice is waiting, held, sent, dropped (with reason) or dead.
public enum DeliveryState: String, Sendable, Codable, CaseIterable {
    case waiting, held, sent, dropped, dead
}

/// One row of the outbox.
public struct OutboxItem: Sendable, Hashable {
    public let notice: Notice
    public var state: DeliveryState
    public var notBefore: Instant
    public var attempts: Int
    public var reason: Reason
    /// Items that leave as one message share this; `nil` until they were bundled.
    public var bundle: String?
    public let createdAt: Instant
    public var finishedAt: Instant?

    public init(
        notice: Notice, state: DeliveryState = .waiting, notBefore: Instant, attempts: Int = 0,
        reason: Reason = Reason("new"), bundle: String? = nil, createdAt: Instant, finishedAt: Instant? = nil
    ) {
        self.notice = notice
        self.state = state
        self.notBefore = notBefore
        self.attempts = attempts
        self.reason = reason
        self.bundle = bundle
        self.createdAt = createdAt
        self.finishedAt = finishedAt
    }
}

/// One try to send, with the receiver's own words.
public struct Attempt: Sendable, Hashable {
    public let notice: String
    public let number: Int
    public let at: Instant
    /// `delivered`, `throttled`, `transient`, `ambiguous`, `permanent_message`, `permanent_target`.
    public let verdict: String
    /// Status and beginning of the reply, never a secret.
    public let answer: String

    public init(notice: String, number: Int, at: Instant, verdict: String, answer: String) {
        self.notice = notice
        self.number = number
        self.at = at
        self.verdict = verdict
        self.answer = answer
    }
}
