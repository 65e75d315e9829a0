import Almanac
import BellmanModel

/// What the row of a question must know: the facts of its firing, and the asking as it was when it began. An edited rule
/// changes neither who is asked nor what may be answered.
struct QuestionContext {
    /// As a waiting step keeps them.
    var facts: StepContext
    /// Id of the record of kind `approval` that this turn is about; empty while nobody could be asked.
    var approval: String
    /// The decision whose branch the asking stands in: its record's id; empty for an asking of `then` itself.
    var parent: String
    /// All approvers, in their order: ids of members, or addresses.
    var approvers: [String]
    /// Whose turn it is.
    var place: Int
    var choices: [String]
    /// What its step asks of whom; empty in rows of earlier releases.
    var asking: String

    var text: String {
        JSONText.write(
            .fields([
                ("facts", .string(facts.text)), ("approval", .string(approval)), ("parent", .string(parent)),
                ("approvers", .array(approvers.map(JSONValue.string))), ("place", .int(Int64(place))),
                ("choices", .array(choices.map(JSONValue.string))), ("asking", .string(asking)),
            ]))
    }

    init(
        facts: StepContext, approval: String, parent: String, approvers: [String], place: Int, choices: [String],
        asking: String
    ) {
        self.facts = facts
        self.approval = approval
        self.parent = parent
        self.approvers = approvers
        self.place = place
        self.choices = choices
        self.asking = asking
    }

    init?(text: String) {
        guard let value = try? JSONText.parse(text), let facts = value["facts"]?.stringValue,
            let approval = value["approval"]?.stringValue, let place = value["place"]?.intValue,
            let approvers = value["approvers"]?.arrayValue?.compactMap(\.stringValue),
            let choices = value["choices"]?.arrayValue?.compactMap(\.stringValue),
            approval.isEmpty || approvers.indices.contains(Int(clamping: place))
        else { return nil }
        self.init(
            facts: StepContext(text: facts), approval: approval, parent: value["parent"]?.stringValue ?? "",
            approvers: approvers, place: Int(place), choices: choices, asking: value["asking"]?.stringValue ?? "")
    }

    var approver: String { approvers[place] }
    var ref: RecordRef { RecordRef(kind: ApprovalQuestion.kind, id: approval) }
}
