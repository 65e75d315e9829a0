import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// Steps that wait: planned at the firing, asked again when they fall due.
extension Tick {
    mutating func plan(
        _ rule: Rule, _ key: OccurrenceKey, _ facts: FiringFacts, step: Int, wait: Period, depth: Int
    ) {
        var context = StepContext(
            anchor: facts.anchor, offset: facts.offset, scheduledAt: facts.scheduledAt, firedAt: now,
            changedBy: facts.changedBy, changedAt: facts.changedAt, late: facts.late, depth: depth)
        context.approval = facts.approval?.ref.id
        enroll(
            PendingStep(
                firing: facts.firing, step: step, key: key, dueAt: rule.shifted(now, by: wait), context: context.text))
    }

    mutating func enroll(_ step: PendingStep) {
        planned[step.place] = commit.steps.count
        commit.steps.append(step)
    }

    mutating func runSteps() throws {
        for step in try view.stepsDue(through: now) where !settled.contains(step.place) { try run(step) }
    }

    private mutating func run(_ pending: PendingStep) throws {
        if QuestionRow.isTimer(pending.step) { return try escalate(pending) }
        guard let rule = rule(of: pending) else {
            if core.rules.isPaused(pending.key.rule) { return }
            return finish(pending, .cancelled, Reason("rule_changed", pending.key.rule))
        }
        switch try standing(of: pending, rule) {
        case .ended(let reason): finish(pending, .cancelled, reason)
        case .stands(let facts):
            if pending.isRepetition { return runRepetition(pending, rule, facts) }
            try runWaiting(pending, rule, facts)
        }
    }

    private mutating func runWaiting(_ pending: PendingStep, _ rule: Rule, _ facts: FiringFacts) throws {
        guard pending.dueAt.adding(seconds: EngineLimits.expiry) >= now else {
            return finish(pending, .expired, Reason("expired"))
        }
        guard let step = rule.step(pending.step) else { return }
        let evaluator = evaluator(rule)
        guard evaluator.stepCondition(step, facts) == .holds else {
            return finish(pending, .cancelled, Reason("step_condition"))
        }
        run(rule, step, facts, evaluator, depth: StepContext(text: pending.context).depth)
        finish(pending, .done, Reason("ran"))
    }

    /// The rule of something that waits, also when it is renamed in this very tick. Nil when it is gone or off.
    func rule(of pending: PendingStep) -> Rule? {
        let id = commit.renames.first { $0.old == pending.key.rule }?.new ?? pending.key.rule
        return core.rules[id]
    }

    /// Why a firing has no facts any more.
    struct Gone: Error {
        let reason: Reason
    }

    /// The facts of a firing, from what its row keeps and its record, or its group, as it is now.
    mutating func restored(
        _ rule: Rule, _ key: OccurrenceKey, _ firing: String, _ context: StepContext
    ) throws -> Result<FiringFacts, Gone> {
        var record: Record?
        if rule.gathering == nil, let ref = RecordRef(key.subject) {
            record = source.record(ref)
            guard record != nil else { return .failure(Gone(reason: Reason("record_deleted", ref.description))) }
        }
        let known = try facts(rule, key, firing, context, record)
        guard let facts = try gatherAgain(rule, key.subject, known) else {
            return .failure(Gone(reason: Reason("no_records")))
        }
        return .success(facts)
    }

    /// What a waiting step, a repetition or a question knows when it runs.
    func facts(
        _ rule: Rule, _ key: OccurrenceKey, _ firing: String, _ context: StepContext, _ record: Record?
    ) throws -> FiringFacts {
        var facts = FiringFacts(record: record, scheduledAt: context.scheduledAt)
        facts.anchor = context.anchor
        facts.field = context.offset == nil ? nil : key.occurrence.split(separator: "=").first.map(String.init)
        facts.offset = context.offset
        facts.changedBy = context.changedBy
        facts.changedAt = context.changedAt
        facts.late = context.late
        facts.firing = firing
        facts.acknowledged = try view.acknowledgement(firing: firing) != nil
        facts.daysLeft = daysLeft(rule, context.anchor)
        if let approval = context.approval {
            facts.approval = source.record(RecordRef(kind: ApprovalQuestion.kind, id: approval))
        }
        if let ref = record?.ref, let change = key.change {
            facts.old = try History(view: view).record(ref, asOf: change - 1)
        }
        return facts
    }

    /// The rule's own condition is asked again, and a date trigger's date must be unchanged. `source` gives the records
    /// as they were at another time.
    func objection(
        _ rule: Rule, _ key: OccurrenceKey, _ facts: FiringFacts, _ source: (any RecordSource)? = nil,
        at instant: Instant? = nil
    ) throws -> Reason? {
        // What a decision brought goes on, also where it changed what the rule's condition reads.
        if facts.approval != nil { return nil }
        if let record = facts.record, facts.offset != nil {
            // The date itself too: by another zone the same instant may count for another day.
            let still = due(rule, record).contains {
                $0.occurrence(in: rule.timing.zone) == key.occurrence
                    || ($0.anchor == facts.anchor && $0.period == facts.offset)
            }
            if !still { return Reason("date_changed") }
        }
        let evaluator = evaluator(rule, source, at: instant)
        if let level = rule.levelTrigger, key.occurrence.hasPrefix("rise=") {
            let verdict =
                if let book = try shelf.book(rule) { try holds(book, key.subject, source ?? self.source) } else {
                    evaluator.holds(level.expression, facts)
                }
            if verdict != .holds { return Reason("condition_false") }
        }
        switch evaluator.condition(facts) {
        case .holds: return nil
        case .fails: return Reason("condition_false")
        case .empty(let path): return Reason("empty", path)
        case .broken(let why): return Reason("evaluation", why)
        }
    }

    mutating func finish(_ pending: PendingStep, _ state: PendingStep.State, _ reason: Reason) {
        var done = pending
        done.state = state
        done.reason = reason
        settled.insert(pending.place)
        if let index = planned[pending.place] {
            commit.steps[index] = done
        } else {
            commit.steps.append(done)
        }
    }
}

/// Names something that waits.
struct WaitingPlace: Hashable {
    let firing: String
    let step: Int
}

extension PendingStep {
    var place: WaitingPlace { WaitingPlace(firing: firing, step: step) }
    /// Inside a branch of a decision.
    var isBranch: Bool { step >= Step.nested && step < Step.repetition }
    var isRepetition: Bool { step > Step.repetition && step < QuestionRow.first }
}

extension OccurrenceKey {
    /// The sequence of the change that an edge rang for.
    fileprivate var change: Int64? {
        occurrence.hasPrefix("change=") ? Int64(occurrence.dropFirst("change=".count)) : nil
    }
}
