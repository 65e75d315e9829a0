import Almanac
import BellmanModel
import BellmanStore

extension EngineService {
    /// Why a notice that puts a question need not leave any more, having been held: the question is decided, or was
    /// taken back. nil for other notices.
    public nonisolated func answer(to notice: Notice) throws -> Reason? {
        for case .decide(let approval, _) in notice.acts {
            let ref = RecordRef(kind: ApprovalQuestion.kind, id: approval)
            guard let record = try ask({ _, view in try view.record(ref) }) else {
                return Reason("record_deleted", ref.description)
            }
            let said = ApprovalQuestion(record)
            return said.isOpen ? nil : Reason("decided", said.decision)
        }
        return nil
    }
}
