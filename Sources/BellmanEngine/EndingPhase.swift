import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// What ends before its time: waiting steps and repetitions are cancelled in the tick that sees their end, not only
/// when they fall due, so that what is shown as waiting is what will come.
///
/// Cost follows what changed: the subjects of changed records and of acknowledged firings are asked for by index.
extension Tick {
    enum Standing {
        case stands(FiringFacts)
        case ended(Reason)
    }

    /// Whether something that waits should still run.
    mutating func standing(of pending: PendingStep, _ rule: Rule) throws -> Standing {
        guard rule.wait(ofStep: pending.step) != nil else { return .ended(Reason("rule_changed", pending.key.rule)) }
        let facts: FiringFacts
        switch try restored(rule, pending.key, pending.firing, StepContext(text: pending.context)) {
        case .success(let found): facts = found
        case .failure(let gone): return .ended(gone.reason)
        }
        if let reason = try acknowledgedEnd(of: pending, rule) { return .ended(reason) }
        if let until = rule.until, evaluator(rule).holds(until, facts) == .holds { return .ended(Reason("until")) }
        if let reason = try objection(rule, pending.key, facts) { return .ended(reason) }
        return .stands(facts)
    }

    /// An acknowledgement ends a repetition, and a waiting step that says `unless: acknowledged`.
    private func acknowledgedEnd(of pending: PendingStep, _ rule: Rule) throws -> Reason? {
        guard pending.isRepetition || (rule.step(pending.step)?.endsWhenAcknowledged ?? false) else { return nil }
        return try view.acknowledgement(firing: pending.firing).map { Reason("acknowledged", $0.by.id) }
    }

    // MARK: what happened

    /// Notes a change that the condition of something that waits may read.
    mutating func touch(_ change: Change) {
        let readers = core.rules.restRules(reading: change.ref.kind)
        guard !readers.isEmpty else { return }
        // Nothing waits for a record that has just come; only others may look at it.
        if change.operation == .created, readers.allSatisfy({ core.rules.rules[$0].restHops.isEmpty }) { return }
        guard let known = touched[change.ref] else {
            touched[change.ref] = change
            return
        }
        touched[change.ref] = Change(
            sequence: change.sequence, ref: change.ref, operation: change.operation,
            fields: known.fields + change.fields, actor: change.actor, at: change.at)
    }

    mutating func endRests() throws {
        for firing in try view.acknowledgedAnew() {
            commit.noted.append(firing)
            for pending in try view.steps(firing: firing) where pending.state == .waiting { try endIfOver(pending) }
        }
        if !editedRests.isEmpty { try endEdited() }
        guard !touched.isEmpty else { return }
        let planned = self.planned.values.sorted().map { commit.steps[$0] }.filter { $0.state == .waiting }
        guard try !planned.isEmpty || view.hasWaitingSteps() else { return }
        let subjects = subjectsTouched()
        for subject in subjects.sorted() {
            for pending in try view.waitingSteps(subject: subject) { try endIfChanged(pending, isNew: false) }
        }
        for pending in planned where subjects.contains(pending.key.subject) { try endIfChanged(pending, isNew: true) }
    }

    /// A level fell: what its last rise brought is over, also when it rises again at once.
    mutating func endRest(ofFallen rule: Rule, _ subject: String) throws {
        let isGone = rule.gathering == nil && RecordRef(subject).map { source.record($0) == nil } ?? false
        let reason = isGone ? Reason("record_deleted", subject) : Reason("condition_false")
        let planned = self.planned.values.sorted().map { commit.steps[$0] }.filter { $0.key.subject == subject }
        for pending in try planned + (rule.mayWait ? view.waitingSteps(subject: subject) : [])
        where pending.key.occurrence.hasPrefix("rise=") && self.rule(of: pending) === rule && !pending.isBranch {
            if isQuestion(pending) {
                try closeQuestion(pending, reason)
            } else if !settled.contains(pending.place) {
                finish(pending, .cancelled, reason)
            }
        }
    }

    /// The records that changed, and those that look at them.
    private func subjectsTouched() -> Set<String> {
        var subjects = Set(touched.keys.map(\.description))
        let links = LinkHistory(
            view: view, source: source, hops: core.rules.rules.filter(\.mayWait).flatMap(\.restHops),
            after: before?.sequence ?? 0, through: head)
        let present = PastSource(base: source, history: History(view: view), sequence: head, links: links)
        for change in touched.values {
            for index in core.rules.restRules(reading: change.ref.kind) {
                let rule = core.rules.rules[index]
                guard !rule.restHops.isEmpty, let kind = rule.kind, rule.reads(change) else { continue }
                let found = Dependents(past: present, hops: rule.restHops).subjects(of: change, kind: kind)
                subjects.formUnion(found.map(\.description))
            }
        }
        return subjects
    }

    // MARK: what ends

    private mutating func endIfOver(_ pending: PendingStep) throws {
        guard !settled.contains(pending.place), let rule = rule(of: pending), !isQuestion(pending) else { return }
        if case .ended(let reason) = try standing(of: pending, rule) { finish(pending, .cancelled, reason) }
    }

    /// Ends what a change ended. A condition that time alone made false is asked again when the step falls due: by then
    /// it may be true again.
    private mutating func endIfChanged(_ pending: PendingStep, isNew: Bool) throws {
        guard !settled.contains(pending.place), let rule = rule(of: pending), !isQuestion(pending),
            case .ended(let reason) = try standing(of: pending, rule)
        else { return }
        let byCondition = ["condition_false", "empty", "evaluation"].contains(reason.code)
        if byCondition, !isNew, try !heldBefore(pending, rule) { return }
        finish(pending, .cancelled, reason)
    }

    /// Whether the condition, asked now, would hold with the records as the last tick left them.
    private func heldBefore(_ pending: PendingStep, _ rule: Rule) throws -> Bool {
        guard let before, rule.gathering == nil, let ref = RecordRef(pending.key.subject) else { return true }
        let past = PastSource(base: source, history: History(view: view), sequence: before.sequence)
        guard let record = past.record(ref) else { return true }
        var facts = try facts(
            rule, pending.key, pending.firing, StepContext(text: pending.context), record)
        // The date is not the question here.
        facts.offset = nil
        return try objection(rule, pending.key, facts, past) == nil
    }

    /// A rule that was edited: what it does not have any more is over.
    private mutating func endEdited() throws {
        for pending in try view.stepsDue(through: .latest) {
            guard let rule = rule(of: pending), editedRests.contains(rule.id),
                rule.wait(ofStep: pending.step) == nil, !isQuestion(pending)
            else { continue }
            finish(pending, .cancelled, Reason("rule_changed", rule.id))
        }
    }

    /// A question that is out is no step that waits; its own ways end it.
    private func isQuestion(_ pending: PendingStep) -> Bool {
        pending.step >= QuestionRow.first
    }
}

extension Step {
    /// `unless: acknowledged`, `if: "!acknowledged"`: once true, never to be false again.
    fileprivate var endsWhenAcknowledged: Bool {
        exclusion?.source.filter { $0 != " " } == "acknowledged"
            || condition?.source.filter { $0 != " " } == "!acknowledged"
    }
}

extension Rule {
    static let restPrefix = "rest "

    /// Whether anything of the rule waits after its firing.
    var mayWait: Bool { repetition != nil || steps.contains { $0.wait != nil } }

    /// Armed like the triggers, so that a later tick notices when something was taken away.
    var restSignatures: [String] {
        guard mayWait else { return [] }
        let waiting = steps.filter { $0.wait != nil }.map { "\($0.number)" }.joined(separator: ",")
        return ["\(Rule.restPrefix)\(repetition?.times ?? 0) \(waiting)"]
    }

    /// Expressions that decide whether what waits is over.
    private var restExpressions: [Expression] {
        [condition, exclusion, until, levelTrigger?.expression].compactMap { $0 }
    }

    var restHops: [ExpressionHop] { restExpressions.flatMap(\.hops) }

    var restKinds: [String] {
        Set(restHops.flatMap { [$0.source, $0.target] } + [kind].compactMap { $0 }).sorted()
    }

    fileprivate func reads(_ change: Change) -> Bool {
        guard change.operation == .updated else { return true }
        let fields = Set(restExpressions.flatMap { $0.ownFields(of: change.ref.kind) })
        // A name in the middle of a path (`task.project.open`) is a link: who moved it is asked by itself.
        return change.fields.contains { fields.contains($0.name) }
    }
}
