import Almanac
import BellmanModel
import BellmanStore
import Failpoints

extension PeopleDesk {
    /// Tries to write while others write the same record.
    private static let tries = 5

    /// Answers a question: a write to its record, which the engine takes from the journal. The first decision stays.
    ///
    /// Members decide what was put to them, or escalated to them. Somebody who is no member (`cli (root)`, the name of a
    /// token) has the store in their hands anyway and is recorded by that name; a link always names a person.
    public func decide(
        approval: String, choice: String, by: Person, comment: String, way: String
    ) throws -> ActOutcome {
        let ref = RecordRef(kind: ApprovalQuestion.kind, id: approval)
        for _ in 0..<PeopleDesk.tries {
            guard let record = try store.read({ try $0.record(ref) }) else { return .unknown }
            let question = ApprovalQuestion(record)
            if question.isCancelled { return .refused(.cancelled) }
            if question.isDecided {
                return .already(
                    by: Person(question.decidedBy), at: question.decidedAt ?? record.updatedAt,
                    choice: question.decision)
            }
            guard let chosen = ApprovalChoice.match(choice, among: question.choices) else {
                return .refused(.badChoice)
            }
            guard let person = try decider(of: question, by, way) else { return .refused(.notYours) }
            if try write(question, chosen, person, comment, way) {
                changed()
                return .done
            }
        }
        throw StoreProblem.busy(path: "")
    }

    /// By whom the decision is, as the record keeps it; nil for one whom it was not put to.
    private func decider(of question: ApprovalQuestion, _ by: Person, _ way: String) throws -> Person? {
        try store.read { view in
            func member(_ text: String) throws -> String? {
                guard case .found(let id) = try view.resolve(text, kind: "member") else { return nil }
                return id
            }
            let known = try member(by.id)
            // Who has left decides nothing by a link of theirs.
            if way == "link", let known,
                try view.record(RecordRef(kind: "member", id: known))?["active"] == .bool(false)
            {
                return nil
            }
            let wanted = try ([question.approver] + question.deputies).map { try member($0) ?? $0 }
            if wanted.contains(known ?? by.id) { return Person(known ?? by.id) }
            return known == nil && way != "link" && !by.id.isEmpty ? by : nil
        }
    }

    /// False when the record was written in between.
    private func write(
        _ question: ApprovalQuestion, _ choice: String, _ person: Person, _ comment: String, _ way: String
    ) throws -> Bool {
        let at = now()
        var fields: [String: FieldValue] = [
            "decision": .string(choice), "decided_by": .reference(person.id), "decided_at": .instant(at),
        ]
        let words = String(comment.prefix(PeopleDesk.commentLimit))
        if !words.isEmpty { fields["comment"] = .string(words) }
        let write = RecordWrite(
            ref: question.ref, operation: .update, fields: fields, actor: person.id,
            expectedVersion: question.version)
        let entry = ActEntry(
            verb: "decide", target: question.ref.description, by: person, at: at, comment: words,
            detail: "\(way) \(choice)")
        return try Failpoint.step(.decisionWrite) { try store.decide(write, entry: entry) }
    }

    /// Characters of a comment that are kept.
    public static let commentLimit = 2_000
}
