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
        commit.steps.append(
            PendingStep(
                firing: facts.firing, step: step, key: key, dueAt: rule.shifted(now, by: wait), context: context.text))
    }

    mutating func runSteps() throws {
        for step in try view.stepsDue(through: now) { try run(step) }
    }

    private mutating func run(_ pending: PendingStep) throws {
        if QuestionRow.isTimer(pending.step) { return try escalate(pending) }
        guard let rule = core.rules[pending.key.rule], let step = rule.step(pending.step), step.wait != nil else {
            return finish(pending, .cancelled, Reason("rule_changed", pending.key.rule))
        }
        guard pending.dueAt.adding(seconds: EngineLimits.expiry) >= now else {
            return finish(pending, .expired, Reason("expired"))
        }
        let context = StepContext(text: pending.context)
        let facts: FiringFacts
        switch restored(rule, pending.key, pending.firing, context) {
        case .success(let found): facts = found
        case .failure(let gone): return finish(pending, .cancelled, gone.reason)
        }
        if let reason = objection(rule, pending.key, facts) { return finish(pending, .cancelled, reason) }
        run(rule, step, facts, evaluator(rule), depth: context.depth)
        finish(pending, .done, Reason("ran"))
    }

    /// Why a firing has no facts any more.
    struct Gone: Error {
        let reason: Reason
    }

    /// The facts of a firing, from what its row keeps and its record as it is now.
    func restored(
        _ rule: Rule, _ key: OccurrenceKey, _ firing: String, _ context: StepContext
    ) -> Result<FiringFacts, Gone> {
        var record: Record?
        if let ref = RecordRef(key.subject) {
            record = source.record(ref)
            guard record != nil else { return .failure(Gone(reason: Reason("record_deleted", ref.description))) }
        }
        var facts = FiringFacts(record: record, scheduledAt: context.scheduledAt)
        facts.anchor = context.anchor
        facts.field = context.offset == nil ? nil : key.occurrence.split(separator: "=").first.map(String.init)
        facts.offset = context.offset
        facts.changedBy = context.changedBy
        facts.changedAt = context.changedAt
        facts.late = context.late
        facts.firing = firing
        facts.daysLeft = daysLeft(rule, context.anchor)
        if let approval = context.approval {
            facts.approval = source.record(RecordRef(kind: ApprovalQuestion.kind, id: approval))
        }
        return .success(facts)
    }

    /// The rule's own condition is asked again, and a date trigger's date must be unchanged.
    func objection(_ rule: Rule, _ key: OccurrenceKey, _ facts: FiringFacts) -> Reason? {
        if let record = facts.record, facts.offset != nil {
            // The date itself too: by another zone the same instant may count for another day.
            let still = due(rule, record).contains {
                $0.occurrence(in: rule.timing.zone) == key.occurrence
                    || ($0.anchor == facts.anchor && $0.period == facts.offset)
            }
            if !still { return Reason("date_changed") }
        }
        let evaluator = evaluator(rule)
        if let level = rule.levelTrigger, key.occurrence.hasPrefix("rise="),
            evaluator.holds(level.expression, facts) != .holds
        {
            return Reason("condition_false")
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
        commit.steps.append(done)
    }
}
