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
            let approval = try question(ref, by)?.id ?? ref.id
            return words.outcome(
                try desk.decide(
                    approval: approval, choice: choice, by: by, comment: event.comment, way: "test"), by: by)
        case .set, .create, .delete: return nil
        }
    }

    private func firing(_ rule: String, _ record: RecordRef?) throws -> String? {
        try store.ledger(
            rule: rule, subject: record?.description, outcomes: [.fired, .firedLate], limit: 1
        ).first?.firing
    }

    /// The open question to that person: named itself, or by what it is about; where it cannot be told which, the only
    /// one that is open.
    private func question(_ ref: RecordRef, _ by: Person) throws -> RecordRef? {
        if ref.kind == "approval" { return ref }
        return try store.read { view in
            var open: [Record] = []
            var after: String?
            while true {
                let page = try view.identifiers(kind: "approval", after: after, limit: 500)
                guard let last = page.last else { break }
                open += try page.compactMap { try view.record(RecordRef(kind: "approval", id: $0)) }
                    .filter { record in
                        let question = ApprovalQuestion(record)
                        return question.isOpen && (question.approver == by.id || question.deputies.contains(by.id))
                    }
                after = last
            }
            let about = open.filter { $0["subject"] == .string(ref.description) }
            return about.last?.ref ?? (open.count == 1 ? open[0].ref : nil)
        }
    }
}
