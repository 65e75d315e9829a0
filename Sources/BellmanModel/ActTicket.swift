import Almanac

/// What a signed link in a message lets its reader do.
public struct ActTicket: Sendable, Hashable {
    public enum Act: Sendable, Hashable {
        case acknowledge
        case snooze
        case decide(choice: String)
    }

    public let act: Act
    /// The firing, or the id of the record of kind `approval`.
    public let target: String
    /// Whose message it stood in; empty in a room, where everybody reads it.
    public let person: String
    /// From this instant on it does nothing. Whole seconds.
    public let expiry: Instant
    /// Names the link in the store when it was used; the same link has the same.
    public var nonce = ""

    public init(act: Act, target: String, person: String, expiry: Instant) {
        self.act = act
        self.target = target
        self.person = person
        self.expiry = expiry
    }

    /// Days that a link lives: to acknowledge or put off a notice, and to decide a question.
    public static let days = 30
    public static let decisionDays = 90
}

/// Why a link does nothing.
public enum ActTicketProblem: String, Error, Sendable, Hashable, CaseIterable {
    /// Not ours: changed, cut short, or signed with a key that is gone.
    case invalid
    case expired
}
