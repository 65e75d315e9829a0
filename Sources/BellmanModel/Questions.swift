import Almanac

/// How the rows of an `approve` step are numbered among the waiting steps of a firing: beyond all numbers of steps and
/// repetitions, so that they meet none of them.
public enum QuestionRow {
    public static let first = 1_000_000_000_000
    /// Approvers of one step at most: each is asked in a row of their own.
    public static let mostApprovers = 50
    private static let rowsPerStep = 2 * mostApprovers

    /// The row that waits for the decision of the approver at `place`.
    public static func turn(step: Int, place: Int) -> Int { first + step * rowsPerStep + 2 * place }

    /// The row that waits for the moment at which others are told that this approver has not decided.
    public static func timer(step: Int, place: Int) -> Int { turn(step: step, place: place) + 1 }

    /// The row that waits until the people are there whom the step asks.
    public static func unasked(step: Int) -> Int { firstUnasked + step }
    private static let firstUnasked = 2 * first

    public static func isUnasked(_ row: Int) -> Bool { row >= firstUnasked }

    /// The step of a row; nil for one that belongs to no question.
    public static func step(of row: Int) -> Int? {
        if isUnasked(row) { return row - firstUnasked }
        return row < first ? nil : (row - first) / rowsPerStep
    }

    public static func isTimer(_ row: Int) -> Bool {
        row >= first && !isUnasked(row) && (row - first) % 2 == 1
    }
}

/// The words that decisions are made with.
public enum ApprovalChoice {
    /// What an asking is marked with that ended without a decision. No choice of a rule.
    public static let cancelled = "cancelled"

    /// What people call the choices that every rule has unless it names its own; a rule's own stay as written.
    public static func label(_ choice: String, _ language: AlmanacLanguage) -> String {
        switch choice {
        case "approve": language.pick(en: "Approve", zh: "同意")
        case "reject": language.pick(en: "Reject", zh: "驳回")
        case cancelled: language.pick(en: "cancelled", zh: "已取消")
        default: choice
        }
    }

    /// The choice that a person means: as the rule writes it, in other case, or by its label in either language.
    public static func match(_ text: String, among choices: [String]) -> String? {
        if choices.contains(text) { return text }
        let low = text.lowercased()
        let found = choices.filter { choice in
            choice.lowercased() == low || AlmanacLanguage.allCases.contains { label(choice, $0).lowercased() == low }
        }
        return found.count == 1 ? found[0] : nil
    }
}

/// A record of kind `approval` as those read it who ask, decide and show.
public struct ApprovalQuestion: Sendable, Hashable {
    public static let kind = "approval"

    public let id: String
    public let version: Int64
    public let askedAt: Instant
    /// `kind/id`, or empty.
    public let subject: String
    public let question: String
    /// Reference to a member, as text.
    public let approver: String
    /// May decide in the approver's place, since the question was escalated to them.
    public let deputies: [String]
    public let choices: [String]
    public let rule: String
    public let firing: String
    /// Empty while nobody decided.
    public let decision: String
    public let decidedBy: String
    public let decidedAt: Instant?
    public let comment: String

    public init(_ record: Record) {
        func text(_ field: String) -> String {
            switch record[field] {
            case .string(let text), .reference(let text): text
            default: ""
            }
        }
        func texts(_ field: String) -> [String] {
            guard case .list(let items) = record[field] else { return [] }
            return items.compactMap { item in
                switch item {
                case .string(let text), .reference(let text): text
                default: nil
                }
            }
        }
        id = record.ref.id
        version = record.version
        askedAt = record.createdAt
        subject = text("subject")
        question = text("question")
        approver = text("approver")
        deputies = texts("escalated_to")
        choices = texts("choices")
        rule = text("rule")
        firing = text("firing")
        decision = text("decision")
        decidedBy = text("decided_by")
        if case .instant(let instant) = record["decided_at"] { decidedAt = instant } else { decidedAt = nil }
        comment = text("comment")
    }

    public var ref: RecordRef { RecordRef(kind: ApprovalQuestion.kind, id: id) }
    public var isCancelled: Bool { decision == ApprovalChoice.cancelled }
    /// A word that is no choice decides nothing.
    public var isDecided: Bool { choices.contains(decision) }
    public var isOpen: Bool { !isDecided && !isCancelled }
}
