import BellmanModel

/// What the attendees of one meeting were told last.
public struct InvitationState: Sendable, Hashable {
    public var rule: String
    /// `kind/id`; of a rule without a record, what stands for its firing.
    public let subject: String
    public let step: Int
    /// The firing that its notices belong to: the last one that invited.
    public var firing: String
    /// As it went out last; its method says whether the meeting is off.
    public var told: Invitation
    /// Whom it went to, also those without an address.
    public var people: [Recipient]
    /// What the engine needs to ask the rule again; means nothing to a store.
    public var context: String

    public init(
        rule: String, subject: String, step: Int, firing: String, told: Invitation, people: [Recipient],
        context: String
    ) {
        self.rule = rule
        self.subject = subject
        self.step = step
        self.firing = firing
        self.told = told
        self.people = people
        self.context = context
    }
}

/// A new state of a meeting, with the notices that tell of it.
public struct InvitationWrite: Sendable {
    public let state: InvitationState
    /// The sequence of the state that it follows; nil for the first. Nothing is kept where another came first.
    public let after: Int?
    public let items: [OutboxItem]

    public init(state: InvitationState, after: Int?, items: [OutboxItem]) {
        self.state = state
        self.after = after
        self.items = items
    }
}

/// Invitations that are out, as decisions see them: in the snapshot of the tick.
public protocol InvitationView {
    /// Of one rule and record, by step.
    func invitations(rule: String, subject: String) throws -> [InvitationState]
}
