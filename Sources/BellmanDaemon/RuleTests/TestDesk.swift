import Almanac
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite

/// What people do in a test of rules, by the same desk as in life.
struct TestDesk {
    let store: SQLiteStore
    let language: RuleLanguage
    let timing: RuleTiming
    let rules: [Rule]
    let words: RuleTestWording

    private func desk(_ at: Instant) -> PeopleDesk {
        let rules = rules
        return PeopleDesk(store: store, language: language, timing: timing, rules: { rules }, now: { at })
    }

    /// Nil where it was done, else why not, in words.
    func act(_ event: RuleTest.Event) throws -> String? {
        let desk = desk(event.at)
        let by = Person(event.actor)
        switch event.act {
        case .acknowledge(let rule):
            guard let firing = try firing(rule, event.record) else { return words.rangNot(rule, event.record) }
            return words.outcome(
                try desk.acknowledge(firing: firing, by: by, comment: event.comment, way: "test"), by: by)
        case .snooze(let rule, let length):
            guard let firing = try firing(rule, event.record) else { return words.rangNot(rule, event.record) }
            let until = OffsetRule(period: length, at: timing.at, zone: timing.zone, calendar: timing.calendar)
                .instant(for: event.at)
            return words.outcome(
                try desk.snooze(firing: firing, by: by, until: until, comment: event.comment, way: "test"), by: by)
        case .silence(let request):
            do {
                _ = try desk.silence(request, by: by, way: "test")
                return nil
            } catch let problem as SilenceProblem {
                return problem.words(words.language)
            }
        case .decide(let choice):
            guard let ref = event.record else { return nil }
            let all = try questions()
            guard let question = meant(ref, by, all) else { return try whyNothing(ref, by, all) }
            let outcome = try desk.decide(
                approval: question.ref.id, choice: choice, by: by, comment: event.comment, way: "test")
            if case .refused(.badChoice) = outcome { return words.noSuchChoice(choice, question.choices) }
            return words.outcome(outcome, by: by)
        case .set, .create, .delete: return nil
        }
    }

    private func firing(_ rule: String, _ record: RecordRef?) throws -> String? {
        try store.ledger(
            rule: rule, subject: record?.description, outcomes: [.fired, .firedLate], limit: 1
        ).first?.firing
    }

    /// Every question of the story so far.
    private func questions() throws -> [ApprovalQuestion] {
        try store.read { view in
            var found: [ApprovalQuestion] = []
            var after: String?
            while true {
                let page = try view.identifiers(kind: ApprovalQuestion.kind, after: after, limit: 500)
                guard let last = page.last else { return found }
                for id in page {
                    guard let record = try view.record(RecordRef(kind: ApprovalQuestion.kind, id: id)) else { continue }
                    found.append(ApprovalQuestion(record))
                }
                after = last
            }
        }
    }

    /// The open question to that person: named itself, or by what it is about; where it cannot be told which, the only
    /// one that is open.
    private func meant(_ ref: RecordRef, _ by: Person, _ all: [ApprovalQuestion]) -> ApprovalQuestion? {
        if ref.kind == ApprovalQuestion.kind { return all.first { $0.ref == ref } }
        let open = all.filter { $0.isOpen && $0.isPut(to: by) }
        if let named = open.last(where: { $0.subject == ref.description }) { return named }
        // A question about another record of the kind is never meant; one about a group, or about nothing, may be.
        guard open.count == 1, !open[0].subject.hasPrefix("\(ref.kind)/") else { return nil }
        return open[0]
    }

    /// Why there is nothing for that person to decide.
    private func whyNothing(_ ref: RecordRef, _ by: Person, _ all: [ApprovalQuestion]) throws -> String {
        let records = [ref, RecordRef(kind: "member", id: by.id)]
        for record in records where try store.read({ try $0.record(record) }) == nil {
            return words.noRecord(record)
        }
        let about = all.filter { $0.subject == ref.description }
        if let open = about.last(where: \.isOpen) { return words.askedOthers([open.approver] + open.deputies, by) }
        if let decided = about.last(where: { $0.isDecided && $0.isPut(to: by) }) ?? about.last(where: \.isDecided) {
            return words.decidedBefore(decided.decidedBy, decided.decision)
        }
        return about.isEmpty ? words.nobodyAsked(ref) : words.outcome(.refused(.cancelled), by: by) ?? ""
    }
}

extension ApprovalQuestion {
    fileprivate func isPut(to person: Person) -> Bool { approver == person.id || deputies.contains(person.id) }
}
