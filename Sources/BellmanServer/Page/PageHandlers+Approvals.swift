import Almanac
import BellmanModel
import BellmanStore

/// Questions that wait for people, and what was decided.
extension PageHandlers {
    func approvals(_ call: Call) throws -> Reply { try approvals(call, said: nil) }

    /// The form of the page. Who holds a token named like a member decides as that member; any other token is recorded by
    /// its own name.
    func decide(_ call: Call) throws -> Reply {
        guard let people = dependencies.people?.acts else { throw ServerFailure.noSuchPath(call.head.path) }
        let id = call.parameters[0]
        let comment = String((call.form["comment"] ?? "").trimmingSpaces.prefix(ActPage.commentLimit))
        let outcome = try people.decide(
            approval: id, choice: call.form["choice"] ?? "", by: Person(call.identity.name), comment: comment,
            way: "page")
        if outcome == .unknown { throw ServerFailure.noRecord(RecordRef(kind: ApprovalQuestion.kind, id: id)) }
        if outcome == .done {
            dependencies.nudge()
            return .seeOther("/approvals?done=\(PercentCoding.encode(id))")
        }
        return try approvals(call, said: outcome)
    }

    private func approvals(_ call: Call, said outcome: ActOutcome?) throws -> Reply {
        let context = PageContext(call, dependencies)
        let open = try dependencies.records.read { try openEntries($0) }
        let decided = try dependencies.records.read { try decidedEntries($0, now: context.now) }
        let page = ApprovalsPage(
            context: context, open: Array(open.prefix(ApprovalsPage.mostOpen)), openCount: open.count,
            decided: decided, outcome: outcome, done: call.head.query["done"] ?? "")
        var reply = PageFrame(context).reply(.approvals, page.html())
        reply.status = page.status
        return reply
    }

    /// Oldest first: who waits longest stands on top.
    private func openEntries(_ view: any EngineView) throws -> [ApprovalsPage.Entry] {
        try view.waitingQuestions().open.map { try entry($0, view) }
    }

    /// Of the last days, newest first.
    private func decidedEntries(_ view: any EngineView, now: Instant) throws -> [ApprovalsPage.Entry] {
        let since = now.adding(seconds: -ApprovalsPage.days * 86_400)
        let found = try view.moments(
            kind: ApprovalQuestion.kind, field: "decided_at", instants: since...max(since, now))
        return try found.suffix(ApprovalsPage.mostDecided).reversed().compactMap { hit in
            guard let record = try view.record(RecordRef(kind: ApprovalQuestion.kind, id: hit.id)) else { return nil }
            return try entry(record, view)
        }
    }

    private func entry(_ record: Record, _ view: any EngineView) throws -> ApprovalsPage.Entry {
        let question = ApprovalQuestion(record)
        var entry = ApprovalsPage.Entry(
            question: question, approver: try view.memberName(question.approver),
            decider: try view.memberName(question.decidedBy),
            deputies: try question.deputies.map { try view.memberName($0) })
        if let ref = RecordRef(question.subject), let subject = try view.record(ref) {
            entry.subject = dependencies.schema.title(of: subject)
        }
        return entry
    }
}
