import Almanac

/// Who acts: a member's id where it is one, else the words by which they are known (`cli (root)`, a token's name).
public struct Person: Sendable, Hashable {
    public let id: String
    public init(_ id: String) { self.id = id }
}

/// Someone took a firing upon them: repetition and escalation end for all.
public struct Acknowledgement: Sendable, Hashable {
    public let firing: String
    public let by: Person
    public let at: Instant
    public let comment: String

    public init(firing: String, by: Person, at: Instant, comment: String) {
        self.firing = firing
        self.by = by
        self.at = at
        self.comment = comment
    }
}

/// One line of the audit log: what a person did, when, and why.
public struct ActEntry: Sendable, Hashable {
    /// `ack`, `snooze`, `silence`, `silence_end`, `decide`.
    public let verb: String
    /// A firing, a silence, `approval/ID`.
    public let target: String
    public let by: Person
    public let at: Instant
    public let comment: String
    /// How it came (`link`, `command`, `api`, `page`, `edit`, `test`), then facts such as the end of a snooze, the choice made.
    public let detail: String

    public init(verb: String, target: String, by: Person, at: Instant, comment: String, detail: String) {
        self.verb = verb
        self.target = target
        self.by = by
        self.at = at
        self.comment = comment
        self.detail = detail
    }
}

extension ActEntry {
    /// How it came: the first word of the detail.
    public var way: String { String(detail.prefix { $0 != " " }) }
    /// What else the detail tells.
    public var facts: String { String(detail.dropFirst(way.count).drop { $0 == " " }) }
}

/// What became of an act.
public enum ActOutcome: Sendable, Hashable {
    case done
    /// Somebody did it before; nothing changed.
    case already(by: Person, at: Instant, choice: String)
    /// There is no such firing, notice or question.
    case unknown
    case refused(ActRefusal)
}

public enum ActRefusal: String, Error, Sendable, CaseIterable {
    /// A snooze or a silence that would be over already.
    case past
    case badChoice = "bad_choice"
    /// The question was put to somebody else.
    case notYours = "not_yours"
    /// The asking was cancelled: the condition ended, or the record is gone.
    case cancelled
}

/// What people do about notices; one implementation for commands, pages, links and the API.
public protocol PeopleActs: Sendable {
    /// `way` is how it came: `link`, `command`, `api`, `page`.
    func acknowledge(firing: String, by: Person, comment: String, way: String) throws -> ActOutcome
    func snooze(firing: String, by: Person, until: Instant, comment: String, way: String) throws -> ActOutcome
    /// `approval` is the id of the record of kind `approval`.
    func decide(approval: String, choice: String, by: Person, comment: String, way: String) throws -> ActOutcome
}

/// Making and ending silences; one implementation for commands, pages and the API.
public protocol SilenceActs: Sendable {
    /// Throws `SilenceProblem` where it cannot be.
    func silence(_ request: SilenceRequest, by: Person, way: String) throws -> Silence
    func endSilence(_ id: String, by: Person, comment: String, way: String) throws -> SilenceEnding
}

public enum SilenceEnding: Sendable, Hashable {
    case ended(Silence)
    /// It was over before; nothing changed.
    case already(Silence)
    case unknown
}
