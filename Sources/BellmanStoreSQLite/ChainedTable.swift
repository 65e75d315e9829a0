/// The tables whose rows are written once and never changed: each row carries a hash over its own content and the
/// hash of the row before it (docs/decisions/0011). What a row goes on to become (the state of a delivery) stands in
/// other columns, which no link covers.
public enum ChainedTable: String, CaseIterable, Sendable {
    case journal, ledger, outbox, attempt, act

    /// What a link covers, in the order of hashing; the first is the row's number. The id of a ledger row's rule is
    /// not among them, for a rename changes it: `seal` covers that.
    var columns: String {
        switch self {
        case .journal: "sequence, record, previous, operation, actor, at, quiet, depth, changes"
        case .ledger: "sequence, subject, occurrence, outcome, reason, detail, scheduled_at, decided_at, firing"
        case .outbox: "sequence, id, firing, channel, recipient, rank, created_at, notice"
        case .attempt: "sequence, outbox, number, at, verdict, answer"
        case .act: "sequence, verb, target, by, at, comment, detail"
        }
    }

    var columnCount: Int32 { Int32(columns.split(separator: ",").count) }

    /// Where the links stand. Claiming rewrites an outbox row often, so its link is kept beside the notice.
    var home: String { self == .outbox ? "outbox_notice" : rawValue }

    /// A notice without its outbox row has no content, so its link does not fit.
    var source: String { self == .outbox ? "outbox_notice LEFT JOIN outbox USING (sequence)" : rawValue }
}

/// The end of a chain.
public struct ChainHead: Sendable, Hashable {
    public var sequence: Int64
    public var link: Int64

    public init(sequence: Int64, link: Int64) {
        self.sequence = sequence
        self.link = link
    }

    /// Before the first row.
    static let start = ChainHead(sequence: 0, link: 0)
}
