import BellmanModel

/// Questions that wait: for those who were asked, and for somebody who can be asked.
public struct WaitingQuestions: Sendable {
    /// Put to somebody and not decided; who waits longest comes first.
    public var open: [Record] = []
    /// Rows of firings whose question leads to nobody, or to too many.
    public var unasked: [PendingStep] = []

    public init() {}
}

extension EngineView {
    public func waitingQuestions() throws -> WaitingQuestions {
        var waiting = WaitingQuestions()
        var seen: Set<RecordRef> = []
        for row in try openQuestions() {
            if QuestionRow.isUnasked(row.step) {
                waiting.unasked.append(row)
            } else if let ref = RecordRef(row.reason.detail), seen.insert(ref).inserted, let record = try record(ref),
                ApprovalQuestion(record).isOpen
            {
                waiting.open.append(record)
            }
        }
        waiting.open.sort { ($0.createdAt, $0.ref.id) < ($1.createdAt, $1.ref.id) }
        return waiting
    }
}
