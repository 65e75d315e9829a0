import Almanac
import BellmanModel

/// One step of `then`, or of a branch of an `approve` step.
public struct Step: Sendable {
    /// Names the step for ever: those of `then` are 0…99; one in the branches of step p is 100 × (p + 1) + its ordinal
    /// there. Ids of notices, waiting steps and created records are made from it.
    public let number: Int
    public let wait: Period?
    public let condition: Expression?
    public let exclusion: Expression?
    public let action: Action

    public enum Action: Sendable {
        case notify(NotifyAction)
        case set([FieldAssignment])
        case create(kind: String, fields: [FieldAssignment])
        case approve(ApproveAction)
        case invite(InviteAction)
        case call(CallAction)
    }

    /// The least number of a step inside a branch.
    public static let nested = 100

    /// Pending rows of repetition n of a firing have the step number `repetition + n`.
    public static let repetition = 1_000_000_000

    /// The number of a step in the branches of `parent`.
    static func nested(in parent: Int, _ ordinal: Int) -> Int { 100 * (parent + 1) + ordinal }
}

public struct FieldAssignment: Sendable {
    public let field: String
    public let type: FieldType
    public let value: Template
}

public struct NotifyAction: Sendable {
    public let via: [String]
    public let to: [Expression]
    public let title: Template?
    public let text: Template?
    public let links: [(label: Template, url: Template)]
    public let priority: Priority
    /// When what was gathered for one recipient leaves as one message; nil for at once.
    public let digest: Every?
}

/// Asks people in turn for a decision; the first that is not the first choice ends it.
public struct ApproveAction: Sendable {
    /// Each names one approver or a list; they are asked in this order.
    public let by: [Expression]
    /// Of entries that say themselves when nobody is needed (`amount >= 50000 ? role("cfo") : []`), by their place: an
    /// empty result is meant only where the condition has this value.
    let nobody: [Int: (condition: Expression, is: Bool)]
    /// The first means consent, which leads on to the next approver; any other ends the asking.
    public let choices: [String]
    public let text: Template?
    /// Empty takes `mail`.
    public let via: [String]
    public let branches: [String: [Step]]
    public let escalation: Escalation?

    /// What is asked of whom: by this an open question knows its step again when the rule is edited around it.
    public var identity: String { by.map(\.source).joined(separator: " ; ") + " : " + choices.joined(separator: ", ") }

    public struct Escalation: Sendable {
        /// From the moment at which the approver was asked.
        public let wait: Period
        public let to: [Expression]
    }

    static let usualChoices = ["approve", "reject"]

    /// What people call the usual two.
    private static let otherNames = [
        "approve": ["同意", "批准", "通过", "核准", "yes", "ok", "agree", "accept", "approved", "accepted"],
        "reject": ["驳回", "拒绝", "退回", "不同意", "否决", "no", "deny", "refuse", "decline", "rejected", "denied"],
    ]

    /// The usual choice that a branch of another name means.
    static func meantChoice(_ word: String, among choices: [String]) -> String? {
        choices.first { otherNames[$0]?.contains(word.lowercased()) ?? false }
    }
}

/// A calendar invitation by mail.
public struct InviteAction: Sendable {
    public let to: [Expression]
    public let title: Template?
    public let startsAt: Expression
    /// nil takes the record's own `duration`, else an hour.
    public let duration: Length?
    public let location: Template?

    public enum Length: Sendable {
        case fixed(Period)
        case template(Template)
    }
}

/// A POST to an endpoint of the configuration.
public struct CallAction: Sendable {
    public let endpoint: String
    /// nil sends what a webhook channel would: the firing and its record.
    public let body: BodyTemplate?

    /// A JSON body whose texts hold expressions; a value that is exactly one `{{ … }}` keeps its type.
    public indirect enum BodyTemplate: Sendable {
        case null
        case value(Template)
        case array([BodyTemplate])
        case object([(key: String, value: BodyTemplate)])
    }
}

extension Rule {
    /// The step of that number, also inside branches.
    public func step(_ number: Int) -> Step? { Rule.step(number, in: steps) }

    /// The asking that an open question belongs to: the one at its place unless that is another one now and the asking
    /// stands elsewhere. An asking that was edited itself is known by its place. nil where nothing is asked there.
    public func asking(_ number: Int, identity: String) -> ApproveAction? {
        var there: ApproveAction?
        if case .approve(let action) = step(number)?.action { there = action }
        guard !identity.isEmpty, there?.identity != identity else { return there }
        return Rule.askings(in: steps).first { $0.identity == identity } ?? there
    }

    private static func askings(in steps: [Step]) -> [ApproveAction] {
        steps.flatMap { step in
            guard case .approve(let action) = step.action else { return [ApproveAction]() }
            return [action] + action.choices.flatMap { askings(in: action.branches[$0] ?? []) }
        }
    }

    private static func step(_ number: Int, in steps: [Step]) -> Step? {
        for step in steps {
            if step.number == number { return step }
            guard case .approve(let action) = step.action else { continue }
            for branch in action.choices {
                if let found = Rule.step(number, in: action.branches[branch] ?? []) { return found }
            }
        }
        return nil
    }
}

extension Step {
    public var isQuestion: Bool {
        if case .approve = action { true } else { false }
    }
}
