import BellmanModel
import CEL

/// What the records of one group have in common.
public enum GroupValue: Sendable {
    /// The rule has no `group`: all records are one.
    case none
    /// A record: `group: task.assignee`.
    case record(RecordRef)
    /// Any other value, with its text.
    case value(CELValue, text: String)

    /// The ledger's subject: `kind/id` of a record, else the value's text.
    public var subject: String {
        switch self {
        case .none: ""
        case .record(let ref): ref.description
        case .value(_, let text): text
        }
    }
}
